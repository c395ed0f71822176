"""The entities stage: the stock recogniser and the actor table, merged."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.actors import load_actors
from pipeline.config import load_settings
from pipeline.parse import Parser
from pipeline.records import Entity, Interview, Speaker, Turn
from pipeline.stage import apply
from pipeline.stages.entities import Entities, Found, find_names
from training.entities import read_dates, read_entities, score_entities


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser(load_settings().parse.model)


@pytest.fixture(scope="module")
def stage(parser: Parser) -> Entities:
    return Entities(parser, load_actors())


def interview(*texts: str, date: str | None = "2019-06-27") -> Interview:
    return Interview(
        id="k01",
        title="A test",
        date=date,
        sha256="0" * 64,
        source_format="txt",
        convention="labels",
        convention_confidence=1.0,
        speakers=(Speaker(id="k01.s1", role="respondent"),),
        turns=tuple(
            Turn(id=f"k01.t{n:03d}", speaker_id="k01.s1", kind="answer", text=text)
            for n, text in enumerate(texts, start=1)
        ),
        units=(),
    )


def entities(stage: Entities, *texts: str, date: str | None = "2019-06-27") -> tuple[Entity, ...]:
    return apply(stage, interview(*texts, date=date)).entities or ()


def test_ids_are_positional_over_all_turns(stage: Entities) -> None:
    found = entities(stage, "What does NATO want?", "Ask Washington and Brussels.")
    assert [(e.id, e.turn_id, e.text) for e in found] == [
        ("k01.e0001", "k01.t001", "NATO"),
        ("k01.e0002", "k01.t002", "Washington"),
        ("k01.e0003", "k01.t002", "Brussels"),
    ]


def test_offsets_give_the_text_back(stage: Entities) -> None:
    texts = ("😀 The U.S.’s allies, e\u0301lite Türkiye included,\r\nmet Putin.", "NATO")
    by_turn = {f"k01.t{n:03d}": text for n, text in enumerate(texts, start=1)}
    found = entities(stage, *texts)
    assert len(found) >= 4
    assert all(by_turn[e.turn_id][e.start : e.end] == e.text for e in found)


@pytest.mark.parametrize(
    ("text", "words", "label"),
    [
        ("The West is tired.", "West", "LOC"),
        ("He admires Western values.", "Western", "NORP"),
        ("The Kremlin’s answer came.", "Kremlin", "ORG"),
        ("President Putin came.", "Putin", "PERSON"),
        ("The Tehran summit failed.", "Tehran summit", "EVENT"),
    ],
)
def test_spans_and_labels(stage: Entities, text: str, words: str, label: str) -> None:
    assert [(e.text, e.label) for e in entities(stage, text)] == [(words, label)]


def test_the_stock_recogniser_adds_what_the_table_does_not_know(stage: Entities) -> None:
    (found,) = entities(stage, "I once met Margaret Atwood at a party.")
    assert (found.text, found.label, found.actors, found.blocs) == (
        "Margaret Atwood",
        "PERSON",
        (),
        (),
    )


def test_another_person_of_the_name_is_not_the_leader(stage: Entities) -> None:
    (found,) = entities(stage, "She asked Lara Trump about the book.")
    assert (found.text, found.actors) == ("Lara Trump", ())


def test_blocs_are_those_at_the_date(stage: Entities) -> None:
    before, after = (entities(stage, "Finland decides.", date=d)[0] for d in ("2020", "2024"))
    assert "nato" not in before.blocs
    assert "nato" in after.blocs


def test_leaders_out_of_office_stand_for_nobody(stage: Entities) -> None:
    assert entities(stage, "Obama came.", date="2012")[0].actors == ("United States",)
    assert entities(stage, "Obama came.", date="2019")[0].actors == ()


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("We took the night train from Warsaw.", ()),
        ("The envoy left Moscow before dawn.", ()),
        ("They met at the London talks.", ()),
        ("The guns shelled Kyiv for a week.", ()),
        ("She saw the market streets of Ankara.", ()),
        ("The Berlin authorities objected.", ("Germany",)),
        ("The mood in Tokyo has changed.", ("Japan",)),
        ("Hardliners in Tehran want this.", ("Iran",)),
        ("That was the position of Paris.", ("France",)),
        ("Vienna said no.", ("Austria",)),
    ],
)
def test_a_capital_acts_or_is_a_mere_place_by_the_grammar(
    stage: Entities, text: str, actors: tuple[str, ...]
) -> None:
    (found,) = [one for one in entities(stage, text) if one.label == "GPE"]
    assert found.actors == actors


def test_a_bare_institution_is_the_one_usually_meant(stage: Entities) -> None:
    found = entities(stage, "The Council met. The Commission proposed it. The Alliance agreed.")
    assert [one.actors for one in found if one.label] == [
        ("United Nations",),
        ("European Union",),
        ("NATO",),
    ]


@pytest.mark.parametrize(
    ("text", "words", "actors"),
    [
        ("Genscher and Shultz met.", "Genscher", ("Germany",)),
        ("Prime Minister Major agreed with Chancellor Kohl.", "Kohl", ("Germany",)),
        ("King Hussein came.", "Hussein", ("Jordan",)),
    ],
)
def test_leaders_of_the_past_stand_for_their_state_at_the_time(
    stage: Entities, text: str, words: str, actors: tuple[str, ...]
) -> None:
    found = {one.text: one.actors for one in entities(stage, text, date="1991-03-01")}
    assert found[words] == actors


def test_phrases_that_are_no_names_have_no_label(stage: Entities) -> None:
    (found,) = entities(stage, "Some fear the rules-based order.")
    assert (found.label, found.via, found.actors) == (None, "nominal", ("West",))


def test_an_interview_without_names_has_an_empty_layer(stage: Entities) -> None:
    assert apply(stage, interview("Yes, of course.")).entities == ()


def test_scores_on_the_annotated_sentences(shared: Path, parser: Parser) -> None:
    folder = shared / "data" / "train"
    actors = load_actors()
    dates = read_dates([folder / "interviews.jsonl", folder / "interviews_west.jsonl"])

    def find(text: str, date: str | None) -> list[Found]:
        return find_names(parser.nlp(text), actors, date=date)

    rows = read_entities(folder / "entities.jsonl", split="dev")
    figures = score_entities(rows, find, actors, dates=dates).figures()
    assert figures["f1"] >= 0.93
    assert figures["actor"] >= 0.95
    assert figures["bloc"] >= 0.95


@pytest.mark.parametrize(
    ("text", "words", "label"),
    [
        ("He signed the Narva Fishing Treaty.", "Narva Fishing Treaty", "LAW"),
        ("He lived through the Peach Blossom Revolution.", "Peach Blossom Revolution", "EVENT"),
    ],
)
def test_treaties_and_events_by_their_form(
    stage: Entities, text: str, words: str, label: str
) -> None:
    assert (words, label) in [(e.text, e.label) for e in entities(stage, text)]


def test_pronouns_join_the_names_in_the_order_of_the_text(stage: Entities) -> None:
    found = entities(stage, "We met Macron, and he smiled.")
    assert [(e.text, e.label, e.via) for e in found] == [
        ("We", None, "pronoun"),
        ("Macron", "PERSON", "alias"),
        ("he", None, "pronoun"),
    ]
