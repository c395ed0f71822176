"""Date, title, language, and what a reader is told to check."""

from __future__ import annotations

import pytest

from pipeline.config import SegmentSettings
from pipeline.errors import InputError
from pipeline.notices import sentence
from pipeline.records import Dropped, Notice, Paragraph
from pipeline.turns.leftovers import BEFORE
from pipeline.turns.metadata import date_of, detect_language, first_title, language_of, tag_of
from pipeline.turns.segments import Part, Segment
from pipeline.turns.warnings import check_length, find_warnings
from tests.turns.talks import TALK, roles_of, segments_of, source_of


@pytest.mark.parametrize(
    ("above", "known", "date"),
    [
        ((), {"date": "3 May 2024"}, "2024-05-03"),
        ((), {"publish_date": "2024-05-03"}, "2024-05-03"),
        ((), {"modified_date": "2024-05-03"}, None),
        ((), {"title": "2024-05-03 A pact"}, "2024-05-03"),
        (("May 3, 2024 | Page 5",), {}, "2024-05-03"),
        (("3 May 2024",), {"date": "3/5/2024"}, "2024-05-03"),
        (("4 May 2024", "This talk was recorded on 3 May 2024."), {}, "2024-05-03"),
        (("Last updated 3 May 2024",), {}, None),
        (("The pact was signed on 3 May 2024 in Riga, and nobody has read it.",), {}, None),
        ((), {}, None),
    ],
)
def test_a_talk_is_dated_by_metadata_or_by_a_line_around_it(
    above: tuple[str, ...], known: dict[str, str], date: str | None
) -> None:
    segments = segments_of(TALK, first=len(above))
    found, warnings = date_of(source_of(TALK, above=above), known, segments)
    assert found == date
    assert (known == {"date": "3 May 2024"}) != bool(warnings)


def test_running_heads_and_file_names_date_a_talk() -> None:
    source = source_of(TALK, dropped=["3 May 2024 The Harbour"])
    assert date_of(source, {}, segments_of(TALK))[0] == "2024-05-03"
    source = source_of(TALK, name="talks/2024-05-03.txt")
    assert date_of(source, {}, segments_of(TALK))[0] == "2024-05-03"


def test_a_day_that_can_be_read_in_two_ways_is_left_out() -> None:
    date, warnings = date_of(source_of(TALK), {"date": "3/4/2024"}, segments_of(TALK))
    assert date is None
    assert [one.code for one in warnings] == ["ambiguous-date"]


def test_a_title_is_a_first_heading() -> None:
    source = source_of(TALK, above=["A pact"])
    heading = Paragraph(text="A pact", line=1, heading=1)
    assert first_title(source) is None
    paragraphs = (heading, *source.paragraphs[1:])
    assert first_title(source.model_copy(update={"paragraphs": paragraphs})) == "A pact"


ENGLISH = "It holds, because all the ministers have signed it and nobody wants to leave again."
TEXTS = {
    "en": ENGLISH,
    "de": "Der Vertrag hält, weil ihn alle Minister unterschrieben haben und niemand geht.",
    "fr": "Le traité tient, parce que tous les ministres l'ont signé et que personne ne part.",
    "es": "El tratado se mantiene, porque todos los ministros lo han firmado y nadie se va.",
    "ru": "Договор действует, потому что все министры его подписали и никто не уходит.",
    "hr": "Ugovor vrijedi, jer su ga svi ministri potpisali i jer nitko od njih ne odlazi.",
    "zh": "这项条约仍然有效，因为所有部长都已经签署了它，没有人愿意离开。",
}


def language_in(*texts: str, known: str = "", index: str = "") -> tuple[str, list[Notice]]:
    """Language and warnings of a talk of these turns."""
    turns = [(("HOST", "GUEST")[number % 2], text) for number, text in enumerate(texts)]
    told = {"language": known}, {"language": index}
    return language_of(source_of(turns), segments_of(turns), *told)


@pytest.mark.parametrize("language", TEXTS)
def test_a_short_talk_is_in_the_language_of_its_words(language: str) -> None:
    assert detect_language(TEXTS[language]) == language
    assert language_in("Ja?", TEXTS[language], known="sv") == (language, [])
    assert language_in(*TEXTS[language].split(",")) == (language, [])


@pytest.mark.parametrize(
    "text", ["Ja.", "Ana North, Bo South, Riga, Oslo, Kim West, Lima, Ulm, Li"]
)
def test_a_language_that_is_not_certain_is_what_the_file_says_else_english(text: str) -> None:
    assert detect_language(text) is None
    assert language_in(text, known="sv-SE") == ("sv", [])
    assert language_in(text) == ("en", [])


def test_the_language_that_the_index_says_is_not_questioned() -> None:
    assert language_in(TEXTS["de"], TEXTS["fr"], index="English") == ("en", [])
    assert tag_of("en-GB") == "en"


@pytest.mark.parametrize(
    ("languages", "main", "said"),
    [
        (["en"] * 3 + ["de"] * 2, "en", '"de" in lines 4, 5; they are judged as if'),
        (["en"] * 20 + ["de"] * 8, "en", '"de" in lines 21, 22, 23, 24, 25 and 3 more; they'),
        (["en", "de", "en", "en"] * 9, "en", '"de" in lines 2, 6, 10, 14, 18 and 4 more; they'),
        (["fr", "en", "fr"], "fr", '"en" in line 2; they are not judged either'),
        (["fr", "fr", "ru"], "fr", None),
        (["en", "en", "en", "fr", "ru"], "en", '"fr" in line 4; "ru" in line 5; they'),
        (["en"] * 9 + ["de"] * 2, "en", None),
    ],
)
def test_turns_in_another_language_are_told_where_they_are_many(
    languages: list[str], main: str, said: str | None
) -> None:
    found, warnings = language_in(*(TEXTS[one] for one in languages))
    assert found == main
    assert [said in sentence(one) for one in warnings] == [True] * (said is not None)


def test_a_talk_without_labels_is_judged_by_paragraph() -> None:
    parts = (Part(ENGLISH, line=1, index=0, start=0), Part(TEXTS["de"], line=3, index=1, start=0))
    (segment,) = segments_of([("HOST", ENGLISH)])
    segments = [Segment(segment.key, segment.labels, parts)]
    assert '"de" in line 3' in sentence(language_of(source_of(TALK), segments, {}, {})[1][0])


def test_warnings_say_what_to_check() -> None:
    segments = segments_of([*TALK * 3, ("Ana West", "More info.")])
    roles = dict.fromkeys((one.key for one in segments), "respondent")
    left = [Dropped(text="a line " * 40, reason=BEFORE, line=7)]
    found = find_warnings(
        source_of(TALK), segments, roles, labelled=True, left_out=left, confidence=0.4,
        language="de", unpunctuated=0.9,
    )  # fmt: skip
    for said in ("talk.txt:7: 80 words before", "confidence (0.40)", "no interviewer",
                 '"Ana West" (line 13)', '"de"', "no punctuation"):  # fmt: skip
        assert any(said in sentence(one) for one in found), said
    assert not find_warnings(source_of(TALK), segments_of(TALK), roles_of(segments), labelled=True)


def test_a_doubtful_role_is_named_with_its_probability() -> None:
    segments = segments_of(TALK)
    roles = roles_of(segments)
    sure = dict.fromkeys(roles, 0.99)
    assert not find_warnings(source_of(TALK), segments, roles, labelled=True, sure=sure)
    sure[segments[1].key] = 0.52
    (found,) = find_warnings(source_of(TALK), segments, roles, labelled=True, sure=sure)
    assert found.code == "doubtful-roles"
    name = segments[1].labels[0].name
    assert f"{name} is {roles[segments[1].key]} (0.52)" in sentence(found)


def test_one_voice_and_no_label_are_told() -> None:
    alone = segments_of(TALK[:1])
    roles = roles_of(alone)
    for labelled, code in ((True, "one-speaker"), (False, "no-label")):
        found = find_warnings(source_of(TALK), alone, roles, labelled=labelled)
        assert [one.code for one in found][:1] == [code]


def test_a_turn_too_long_for_the_stages_is_refused() -> None:
    segments = segments_of([("HOST", "Does the pact hold?" * 100)])
    settings = SegmentSettings(max_turn_chars=1_000)
    with pytest.raises(InputError, match=r"talk.txt:1: a turn of 1,900 characters"):
        check_length(source_of(TALK), segments, settings)
