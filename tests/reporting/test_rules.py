"""Marked-up sentences of our own: who is reported to hold a stance, by which cue, on what.

Names (``{holder}``, ``{name}``) are given to the rules as actors; the rules must find exactly the
holders, each with the content that holds the ``{target}``.
"""

from __future__ import annotations

import pytest

from pipeline.parse import load_spacy
from pipeline.reporting import Report, described_reports, find_reports, load_cues
from tests.marked import read_marked

MODEL = "en_core_web_sm"

REPORTED = {
    "reporting verb": "[Beijing]{holder} portrays [the sanctions]{target} as economic warfare.",
    "shared subject": "[China]{holder} and [Russia]{holder} condemned [the sanctions]{target}.",
    "stand against": "[China]{holder} and [Russia]{holder} stand together against [NATO]{target}.",
    "plural possessive": (
        "[China]{holder} and [Russia]{holder} announced their decision to stand against "
        "[the Western alliance]{target}."
    ),
    "controlled infinitive": "[Moscow]{holder} has long tried to weaken [NATO]{target}.",
    "second verb": "[Tehran]{holder} waited and then denounced [Washington]{target}.",
    "quotation before": "[The sanctions]{target} have failed, [Moscow]{holder} says.",
    "passive": "[NATO]{target} is seen by [Moscow]{holder} as a threat.",
    "according to": "According to [Moscow]{holder}, [the alliance]{target} broke its word.",
    "in the eyes of": "In the eyes of [Beijing]{holder}, [Washington]{target} is in decline.",
    "reporting noun": "I do not accept the [Russian]{holder} claim that [NATO]{target} attacked.",
    "participle": "[Beijing]{holder} gave money to Moscow, undermining [Western sanctions]{target}.",
    "common noun": "[Many officials]{holder} say that [the West]{target} has lost its nerve.",
    "adjective": "[The Chinese government]{holder} rejects [American sanctions]{target}.",
    "favor": "[Poland]{holder} has always trusted [the United States]{target}.",
    "place": "In [Tehran]{holder} they say that [the Europeans]{target} are cowards.",
    "hearsay": "What one hears from [Moscow]{holder} is that [NATO]{target} is finished.",
    "state": "[Tehran]{holder} is hostile to [the United States]{target}.",
    "to whom it is": "For [Beijing]{holder}, [the alliance]{target} is a relic.",
    "anger somewhere": "There is anger in [Baghdad]{holder} at [the Americans]{target}.",
    "an attempt by": "The attempt by [Moscow]{holder} to divide [the allies]{target} failed.",
    "share of people": "[Eighty per cent]{holder} tell pollsters that [America]{target} is to blame.",
    "people somewhere": "[People in Lahore]{holder} believe that [America]{target} betrayed them.",
    "parser's mistake": "[Australia]{holder} sides with [the United States]{target} at every vote.",
    "relative clause": "[Hungary]{holder}, which blocked [the sanctions]{target}, smiled.",
}

NOT_REPORTED = {
    "first person": "I say that NATO has failed.",
    "first person plural": "We condemn the sanctions, and we always have.",
    "second person": "You said that the West was finished.",
    "no holder": "It is said that the West was finished.",
    "a thing": "The weather undermined the summit.",
    "a liking for doing": "[Moscow]{name} would like to trade more.",
    "a share": "For [Vietnam]{name} it was forty, and for the European Union twenty.",
    "a degree": "The alliance is a good deal stronger than its critics in the capital believe.",
    "trade": "[China]{name} bought more gas last year.",
}


def reports_of(marked: str) -> tuple[str, list[str], list[str], list[Report]]:
    text, marks = read_marked(marked)
    doc = load_spacy(MODEL)(text)
    named = [mark for mark in marks if mark.name in ("holder", "name")]
    names = {
        token.i
        for token in doc
        for mark in named
        if mark.start <= token.idx < mark.end and token.text[0].isupper()
    }
    reports = find_reports(doc[:], names=names)
    holders = [doc[report.holder[0] : report.holder[1]].text for report in reports]
    contents = [doc[report.content[0] : report.content[1]].text for report in reports]
    return text, holders, contents, reports


@pytest.mark.parametrize("marked", REPORTED.values(), ids=REPORTED)
def test_holder_and_content_of_a_report(marked: str) -> None:
    _, marks = read_marked(marked)
    _, holders, contents, _ = reports_of(marked)
    assert {mark.text for mark in marks if mark.name == "holder"} <= set(holders)
    target = next(mark.text for mark in marks if mark.name == "target")
    assert any(target in content for content in contents)


@pytest.mark.parametrize("marked", NOT_REPORTED.values(), ids=NOT_REPORTED)
def test_nothing_is_reported(marked: str) -> None:
    assert reports_of(marked)[3] == []


@pytest.mark.parametrize(
    ("marked", "flag"),
    [
        ("If [Moscow]{holder} believes that [NATO]{target} is weak, it will act.", "supposed"),
        ("Suppose [Russia]{holder} attacked [NATO]{target} tomorrow.", "supposed"),
        (
            "Had [Paris]{holder} opposed [the sanctions]{target}, they would be gone.",
            "supposed",
        ),
        ("Does [Moscow]{holder} hate [NATO]{target}?", "question"),
        ("He asked me, “Does [Moscow]{holder} hate [NATO]{target}?”", "question"),
        ("‘Does [Moscow]{holder} hate [NATO]{target}?’", "question"),
        ("Why is it that '[Moscow]{holder} hates' [NATO]{target}?", "question"),
        ("[Moscow]{holder} never said that [NATO]{target} was weak.", "denied"),
        ("No [Russian]{holder} official said that [NATO]{target} was weak.", "denied"),
        ("I do not think that [Moscow]{holder} hates [NATO]{target}.", "denied"),
        ("[Moscow]{holder} would say that [NATO]{target} is weak.", "supposed"),
        ("[Beijing]{holder} might argue that [NATO]{target} is weak.", "supposed"),
        ("Imagine that [Moscow]{holder} condemned [NATO]{target}.", "supposed"),
        ("We complain of [NATO]{target} as [New Yorkers]{holder} complain of rain.", "supposed"),
    ],
)
def test_what_is_no_plain_report_says_so(marked: str, flag: str) -> None:
    assert {flag} <= {one for report in reports_of(marked)[3] for one in report.flags}


def test_each_holder_of_nested_reports_has_a_content_of_its_own() -> None:
    marked = "[Beijing]{holder} says that [Moscow]{holder} condemned [the alliance]{target}."
    _, holders, contents, _ = reports_of(marked)
    assert dict(zip(holders, contents, strict=True)) == {
        "Beijing": "that Moscow condemned the alliance",
        "Moscow": "the alliance",
    }


@pytest.mark.parametrize(
    ("marked", "cue"),
    [
        ("[Brazil]{holder} refuses to support [the sanctions]{target}.", "not support"),
        ("[Brazil]{holder} did not refuse to support [the sanctions]{target}.", "support"),
        ("[Serbia]{holder} has stopped supporting [the alliance]{target}.", "not support"),
        ("[Serbia]{holder} is reluctant to support [the alliance]{target}.", "not support"),
        ("[Serbia]{holder} no longer trusts [NATO]{target}.", "not trust"),
        ("[Serbia]{holder} rarely supports [NATO]{target}.", "not support"),
        ("Few [Russians]{holder} trust [NATO]{target}.", "not trust"),
        ("A few [Russians]{holder} trust [NATO]{target}.", "trust"),
        ("They withdrew [Russian]{name} support for [NATO]{target}.", "not support"),
    ],
)
def test_what_is_refused_or_given_up_is_denied(marked: str, cue: str) -> None:
    reports = [one for one in reports_of(marked)[3] if one.cue.endswith(cue.split()[-1])]
    assert {one.cue for one in reports} == {cue}
    assert all(("denied" in one.flags) == cue.startswith("not") for one in reports)


@pytest.mark.parametrize(
    ("text", "holders"),
    [
        ("President of Russia\n\nVladimir Putin accuses NATO of lying.", ["Vladimir Putin"]),
        ("China\n\nand Russia condemn NATO.", ["Russia"]),
        ("I met the President\n\nof Russia who condemned NATO.", []),
    ],
)
def test_a_holder_ends_with_its_paragraph(text: str, holders: list[str]) -> None:
    doc = load_spacy(MODEL)(text)
    names = {token.i for token in doc if token.text in ("China", "Russia", "Vladimir", "Putin")}
    unit = doc.char_span(text.index("\n\n") + 2, len(text))
    assert unit is not None
    reports = find_reports(unit, names=names)
    assert [doc[report.holder[0] : report.holder[1]].text for report in reports] == holders
    for report in described_reports(unit, names=names, cues=load_cues()):
        assert unit.start <= report.holder[0] < report.holder[1] <= unit.end


def test_a_denied_cue_says_so() -> None:
    reports = reports_of("[Delhi]{holder} does not support [the sanctions]{target}.")[3]
    assert [report.cue for report in reports] == ["not support"]


@pytest.mark.parametrize(
    "marked",
    [
        "[Moscow]{holder} said that [NATO]{target} would fall.",
        "I know that [Moscow]{holder} condemned [NATO]{target}.",
        "I do not doubt that [Moscow]{holder} hates [NATO]{target}.",
        "[Moscow]{holder} said that [NATO]{target} never kept its word.",
        "[Moscow]{holder} says, “Who will save [NATO]{target}?”",
    ],
)
def test_a_plain_report_has_no_flag(marked: str) -> None:
    assert {report.flags for report in reports_of(marked)[3]} == {()}


@pytest.mark.parametrize(
    ("marked", "cue"),
    [
        ("[Moldova]{name} wants in because the Russians are at the door.", "want in"),
        ("[Georgia]{name} wants into [NATO]{target}.", "want into"),
        ("[Hungary]{name} wants out of [the European Union]{target}.", "want out"),
        ("[Ukraine]{name} wants to join [the alliance]{target}.", "want to join"),
        ("What [Russia]{name} wants in Syria is a port.", "want"),
        ("[Russia]{name} wants to rest.", "want"),
    ],
)
def test_wanting_in_or_out_is_a_cue_of_its_own(marked: str, cue: str) -> None:
    assert reports_of(marked)[3][0].cue == cue


def test_what_the_speaker_denies_does_not_turn_the_cue_round() -> None:
    reports = reports_of("I do not think that [Moscow]{holder} condemns [NATO]{target}.")[3]
    assert [report.cue for report in reports] == ["condemn"]
