"""Bodies that several states have under one name, and whose an interview means."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.actors import load_actors
from pipeline.actors.catalogue import explain
from pipeline.errors import ConfigError
from pipeline.records import Speaker
from tests.actors.interviews import actors_of

KENYAN = Speaker(id="k.s1", role="respondent", name="The senator", country="KE")


@pytest.mark.parametrize(
    ("words", "state", "texts"),
    [
        # of the state named before
        ("Congress", "Peru", ["Peru built a port.", "Then Congress rewrote the law."]),
        ("Treasury", "Australia", ["Australia waits.", "It was held up by Treasury."]),
        ("Senate", "Chile", ["Chile and Norway signed.", "The Senate has to agree."]),
        ("National Security Council", "Ghana",
         ["Ghana lent it.", "Its National Security Council met."]),
        # of the usual state where no other fits
        ("Congress", "United States", ["Then Congress rewrote the law."]),
        ("Congress", "United States", ["Norway objected.", "Then Congress rewrote the law."]),
        ("Congress", "United States",
         ["Washington and Lima talked.", "Peru paid.", "America paid.", "Congress rewrote it."]),
    ],
)  # fmt: skip
def test_a_body_is_of_the_state_that_the_interview_means(
    words: str, state: str, texts: list[str]
) -> None:
    assert actors_of(words, *texts) == (state,)


@pytest.mark.parametrize(
    ("state", "texts"),
    [
        ("Kenya", ["The United States asked.", "The Senate refused."]),
        ("United States", ["The United States is slow.", "Its own Senate said no."]),
        ("United States",
         ["The United States is slow. Its own Senate said no. The Senate is like that."]),
    ],
)  # fmt: skip
def test_a_body_is_of_the_speakers_own_state_unless_it_is_anothers(
    state: str, texts: list[str]
) -> None:
    assert actors_of("Senate", *texts, speaker=KENYAN) == (state,)


def test_bills_and_bonds_are_no_actor() -> None:
    assert actors_of("Treasury", "We sold a Treasury bill every week.") == ()


def test_a_users_own_meaning_of_a_body_stands(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        "[[alias]]\ntexts = ['Congress']\nactor = 'Peru'\nlabel = 'ORG'\n", encoding="utf8"
    )
    assert "Congress" in load_actors().bodies
    assert "Congress" not in load_actors(path).bodies


def test_a_users_own_body_may_be_of_several_states(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    alias = "[[alias]]\ntexts = ['Folketing']\nactor = 'Denmark'\nlabel = 'ORG'\nalso = ['{}']\n"
    path.write_text(alias.format("Norway"), encoding="utf8")
    assert load_actors(path).bodies["Folketing"] == ("Denmark", "Norway")
    path.write_text(alias.format("Atlantis"), encoding="utf8")
    with pytest.raises(ConfigError, match="field also"):
        load_actors(path)


def test_what_decides_whose_a_body_is_is_said() -> None:
    (found,) = explain(load_actors(), "Treasury", date=None)
    assert "this state or United Kingdom, Australia" in " ".join(found.candidates[0].decides)
