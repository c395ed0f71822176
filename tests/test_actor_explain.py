"""What words resolve to, and why."""

from __future__ import annotations

import pytest

from pipeline.actors import ActorTable, load_actors
from pipeline.actors.catalogue import explain, list_actors, near_phrases
from pipeline.errors import did_you_mean


@pytest.fixture(scope="module")
def table() -> ActorTable:
    return load_actors()


@pytest.mark.parametrize(
    ("words", "date", "actors", "via", "form"),
    [
        ("United States", None, ("United States",), "name", "name"),
        ("USA", None, ("United States",), "alias", "alias"),
        ("Polish", None, ("Poland",), "alias", "demonym"),
        ("London", None, ("United Kingdom",), "metonym", "capital"),
        ("the Kremlin", None, ("Russia",), "metonym", "metonym"),
        ("free world", None, ("West",), "nominal", "phrase"),
        ("Obama", "2012", ("United States",), "alias", "leader"),
    ],
)
def test_a_word_is_explained(
    table: ActorTable, words: str, date: str | None, actors: tuple[str, ...], via: str, form: str
) -> None:
    (found,) = explain(table, words, date=date)
    assert (found.actors, found.via, found.candidates[0].form) == (actors, via, form)


@pytest.mark.parametrize(("date", "member"), [("2021", False), ("2024", True)])
def test_blocs_are_those_of_the_date(table: ActorTable, date: str, member: bool) -> None:
    assert ("nato" in explain(table, "Finland", date=date)[0].blocs) is member
    listed = {one.name for one in list_actors(table, bloc="nato", kind="state", date=date)}
    assert ("Finland" in listed) is member


@pytest.mark.parametrize(
    ("words", "date", "reason"),
    [
        ("Trump", "2022", "Donald Trump refers to no actor on 2022: President, United States"),
        ("Black Sea", None, "a known name that refers to no actor"),
        ("May", "2018", "the words around it decide"),
    ],
)
def test_why_a_word_stands_for_no_actor(
    table: ActorTable, words: str, date: str | None, reason: str
) -> None:
    (found,) = explain(table, words, date=date)
    assert found.actors == ()
    assert reason in (found.reason or "")


def test_a_sentence_shows_every_mention_and_why_some_are_none(table: ActorTable) -> None:
    text = "London said in Berlin that German cars please the White House."
    found = {one.text: (one.actors, one.reason) for one in explain(table, text, date="2024")}
    assert found == {
        "London": (("United Kingdom",), None),
        "Berlin": ((), "only a place here"),
        "German": ((), "only an attribute of the word after it"),
        "White House": (("United States",), None),
    }


def test_offsets_point_at_the_words(table: ActorTable) -> None:
    text = "😀 Türkiye and the É.U. met NATO."
    for one in explain(table, text, date=None):
        assert text[one.start : one.end] == one.text


def test_an_ambiguous_word_shows_every_candidate_in_order(table: ActorTable) -> None:
    several = next(
        phrase
        for phrase in table.phrases
        if len({sense.actor.name for sense in table.senses_of(phrase) if sense.actor}) > 1
    )
    (found,) = explain(table, several, date="2020")
    entries = [candidate.entry for candidate in found.candidates]
    assert entries == [sense.actor.name for sense in table.senses_of(several) if sense.actor]
    assert all(candidate.decides for candidate in found.candidates)


def test_what_decides_is_said(table: ActorTable) -> None:
    (washington,) = explain(table, "Washington", date=None)
    told = " ".join(washington.candidates[0].decides)
    assert 'only a place ("in Washington")' in told
    assert "not before Post, Times" in told
    assert "not after George" in told


@pytest.mark.parametrize(
    ("words", "meant"), [("usa", "USA"), ("Natto", "NATO"), ("Frnace", "France")]
)
def test_near_spellings(table: ActorTable, words: str, meant: str) -> None:
    assert not explain(table, words, date=None)
    assert meant in near_phrases(table, words)


@pytest.mark.parametrize(
    ("word", "said"), [("nat", "; did you mean nato?"), ("NATO", "; did you mean nato?"), ("q", "")]
)
def test_did_you_mean(word: str, said: str) -> None:
    assert did_you_mean(word, ["nato", "eu"]) == said


def test_the_list_is_filtered_by_bloc_type_and_date(table: ActorTable) -> None:
    def names(**filters: str) -> set[str]:
        return {one.name for one in list_actors(table, **filters)}  # type: ignore[arg-type]

    assert names() == set(table.actors)
    assert names(kind="idea") == {"West", "Global South", "Global North"}
    assert "Joe Biden" in names(bloc="west-core", kind="leader", date="2022")
    assert "Joe Biden" not in names(bloc="west-core", kind="leader", date="2018")


def test_a_listed_actor_has_all_its_words(table: ActorTable) -> None:
    listed = {one.name: one for one in list_actors(table, kind="state")}
    assert {"Poland", "Polish", "Poles", "Warsaw"} <= set(listed["Poland"].words)
    assert listed["Poland"].words[0] == "Poland"
    assert not listed["Poland"].own


def test_the_entry_of_a_leader_states_its_source(table: ActorTable) -> None:
    leaders = [one for one in table.actors.values() if one.kind == "leader"]
    assert all(one.source for one in leaders)
    (found,) = explain(table, "Obama", date="2012")
    assert "not verified" in (found.candidates[0].source or "")
