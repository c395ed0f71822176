"""Marked-up sentences of our own: which phrases may name a holder, and on which cue they depend."""

from __future__ import annotations

import pytest

from pipeline.attribution import Holder, find_holders
from pipeline.attribution.holders import content_of
from pipeline.parse import load_spacy
from pipeline.records import Entity
from tests.marked import read_marked

MODEL = "en_core_web_sm"
ACTORS = {
    "Beijing": "China", "China": "China", "Moscow": "Russia", "Russia": "Russia",
    "Russian": "Russia", "NATO": "NATO", "Delhi": "India",
}  # fmt: skip


def holders_of(text: str) -> tuple[list[Holder], list[str]]:
    doc = load_spacy(MODEL)(text)
    named = {
        token.i: Entity(
            id=f"e{token.i}", turn_id="t", start=token.idx, end=token.idx + len(token),
            text=token.text, label="GPE", actors=(ACTORS[token.text],), blocs=(), via="name",
        )
        for token in doc
        if token.text in ACTORS
    }  # fmt: skip
    found = find_holders(doc[:], named=named)
    return found, [doc[slice(*one.span)].text for one in found]


@pytest.mark.parametrize(
    "marked",
    [
        "[Beijing]{holder} portrays the sanctions as economic warfare.",
        "[China]{holder} and [Russia]{holder} condemned the sanctions.",
        "The alliance is seen by [our neighbours]{holder} as a threat.",
        "According to [Moscow]{holder}, the alliance broke its word.",
        "[Many Russian officials]{holder} say that the alliance failed.",
        "I met [officials]{holder} who say that the alliance failed.",
        "[Some]{holder} say that the alliance failed.",
        "[The critic]{holder}'s complaint is that the alliance failed.",
    ],
)
def test_actors_subjects_agents_and_possessors_may_hold_a_stance(marked: str) -> None:
    text, marks = read_marked(marked)
    found, words = holders_of(text)
    cued = {word for word, one in zip(words, found, strict=True) if one.is_cued}
    assert {mark.text for mark in marks} <= cued


@pytest.mark.parametrize(
    "text",
    [
        "I say that we condemn it.",
        "You said it, and one believes it.",
        "It is said that there is none.",
    ],
)
def test_speaker_audience_and_impersonal_words_hold_nothing(text: str) -> None:
    assert holders_of(text)[1] == []


def test_a_mention_inside_a_phrase_that_it_names_is_no_candidate_of_its_own() -> None:
    found, words = holders_of("Many Russian officials say that it failed.")
    assert words == ["Many Russian officials"]
    assert found[0].entity is not None
    assert found[0].entity.actors == ("Russia",)


@pytest.mark.parametrize(
    ("text", "cue", "is_cued"),
    [
        ("Beijing condemns the sanctions.", "condemn", True),
        ("Delhi wants to criticise NATO.", "want", True),
        ("Moscow is hostile to the alliance.", "hostile", True),
        ("Moscow voiced anger at the alliance.", "anger", True),
        ("Beijing bought more gas.", "buy", False),
    ],
)
def test_the_cue_is_the_listed_word_on_which_a_phrase_depends(
    text: str, cue: str, is_cued: bool
) -> None:
    first = holders_of(text)[0][0]
    assert (first.cue.lemma_.lower(), first.is_cued) == (cue, is_cued)


@pytest.mark.parametrize(
    ("text", "denied"),
    [("Delhi does not support NATO.", True), ("Delhi says NATO does not matter.", False)],
)
def test_a_negated_cue_is_denied(text: str, denied: bool) -> None:
    assert holders_of(text)[0][0].is_denied is denied


@pytest.mark.parametrize(
    "marked",
    [
        "Beijing says [that the alliance failed]{content}.",
        "Beijing bought [gas from the alliance]{content}.",
        "[The sanctions have failed]{content}, Moscow says.",
    ],
)
def test_content_is_the_complement_of_the_cue_or_the_rest(marked: str) -> None:
    text, (mark,) = read_marked(marked)
    doc = load_spacy(MODEL)(text)
    found, words = holders_of(text)
    holder = next(one for one, word in zip(found, words, strict=True) if word in ACTORS)
    assert doc[slice(*content_of(holder, holder.head.doc[:]))].text == mark.text


def test_holders_of_one_coordination_share_a_group() -> None:
    found, _ = holders_of("China and Russia condemned NATO.")
    assert found[0].first == found[1].first != found[2].first


def test_a_phrase_ends_with_its_unit() -> None:
    doc = load_spacy(MODEL)("President of Russia\n\nVladimir Putin accuses NATO of lying.")
    unit = doc.char_span(doc.text.index("Vladimir"), len(doc.text))
    assert unit is not None
    found = find_holders(unit, named={})
    assert found
    assert all(unit.start <= one.span[0] < one.span[1] <= unit.end for one in found)
