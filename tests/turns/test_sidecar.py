"""Decisions are written as TOML and read back."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.turns.sidecar import (
    ByHand,
    HandTurn,
    dump_decisions,
    parse_decisions,
    read_sidecar,
    sidecar_path,
)

WORDS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r"), min_size=1)


@given(st.dictionaries(WORDS, st.just("other")), st.lists(st.tuples(WORDS, WORDS)))
def test_decisions_come_back_as_they_were(
    speakers: dict[str, str], turns: list[tuple[str, str]]
) -> None:
    said = tuple(HandTurn(speaker=name, text=text, line=3, start_s=1.5) for name, text in turns)
    hand = ByHand.model_validate({"convention": "none", "speakers": speakers, "turns": said})
    assert ByHand.model_validate(tomllib.loads(dump_decisions(hand))) == hand


def test_the_command_line_states_roles_and_keys() -> None:
    hand = parse_decisions(convention=None, speakers="Ana North=other", keys="speaker=who")
    assert (hand.speakers, hand.keys) == ({"Ana North": "other"}, {"speaker": "who"})
    with pytest.raises(InputError, match="expected one of interviewer, respondent, other"):
        parse_decisions(convention=None, speakers="Ana North=guest", keys=None)
    with pytest.raises(InputError, match="expected NAME=VALUE"):
        parse_decisions(convention=None, speakers="Ana North", keys=None)


@pytest.mark.parametrize("text", ["speakers = [", 'talks = "none"'])
def test_a_sidecar_that_cannot_be_read_is_refused(tmp_path: Path, text: str) -> None:
    path = sidecar_path(tmp_path / "talk.txt")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"talk\.turns\.toml"):
        read_sidecar(tmp_path / "talk.txt")
    path.unlink()
    assert read_sidecar(tmp_path / "talk.txt") == ByHand()


def test_a_speaker_with_two_roles_is_named_with_both_lines(tmp_path: Path) -> None:
    hand = ByHand.model_validate({"speakers": {"D. North": "other", "Ana North": "other"}})
    text = dump_decisions(hand).replace("D. North", "Ana North")
    sidecar_path(tmp_path / "a.txt").write_text(text, encoding="utf8")
    with pytest.raises(InputError) as caught:
        read_sidecar(tmp_path / "a.txt")
    assert 'a.turns.toml:5: the speaker "Ana North" has a role in line 4 already' in str(
        caught.value
    )
    assert "delete one of the two lines" in str(caught.value)
