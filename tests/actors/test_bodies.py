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
    ("texts", "words", "state"),
    [
        (["Peru built a port.", "Then Congress rewrote the law."], "Congress", "Peru"),
        (["Australia waits.", "It was held up by Treasury."], "Treasury", "Australia"),
        (["Chile and Norway signed.", "The Senate has to agree."], "Senate", "Chile"),
        (["Ghana lent it.", "Its National Security Council met."], "National Security Council",
         "Ghana"),
    ],
)  # fmt: skip
def test_a_body_is_of_the_state_named_before(texts: list[str], words: str, state: str) -> None:
    assert actors_of(words, *texts) == (state,)


def test_a_body_is_of_the_speakers_own_state() -> None:
    texts = ["The United States asked.", "The Senate refused."]
    assert actors_of("Senate", *texts, speaker=KENYAN) == ("Kenya",)


@pytest.mark.parametrize(
    "texts",
    [
        ["The United States is slow.", "Its own Senate said no."],
        ["The United States is slow. Its own Senate said no. The Senate is like that."],
    ],
)
def test_anothers_body_is_not_of_the_speakers_own_state(texts: list[str]) -> None:
    assert actors_of("Senate", *texts, speaker=KENYAN) == ("United States",)


@pytest.mark.parametrize(
    "texts",
    [
        ["Then Congress rewrote the law."],
        ["Norway objected.", "Then Congress rewrote the law."],
        ["Washington and Lima talked.", "Peru paid.", "America paid.", "Congress rewrote it."],
    ],
)
def test_a_body_is_of_the_usual_state_where_no_other_fits(texts: list[str]) -> None:
    assert actors_of("Congress", *texts) == ("United States",)


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
