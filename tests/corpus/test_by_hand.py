"""What a person decides stays decided."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import SegmentSettings
from pipeline.corpus.add import add_transcript
from pipeline.corpus.check import check_corpus
from pipeline.corpus.inputs import understand_file
from pipeline.corpus.turns_file import export_turns
from pipeline.errors import InputError
from pipeline.records import Interview
from pipeline.turns.sidecar import (
    ByHand,
    dump_decisions,
    parse_decisions,
    read_sidecar,
    sidecar_path,
)


@pytest.fixture
def understand(settings: SegmentSettings):
    """Read a transcript with what lies beside it."""

    def run(path: Path) -> Interview:
        return understand_file(path, interview_id="x", metadata={}, settings=settings).interview

    return run


def roles(interview: Interview) -> dict[str | None, str]:
    return {speaker.name: speaker.role for speaker in interview.speakers}


def test_exported_turns_come_back_as_they_are(
    understand, transcript: Path, settings: SegmentSettings
) -> None:
    before = understand(transcript)
    exported = export_turns(transcript, out=None, settings=settings)
    after = understand(transcript)
    assert (exported.path.name, exported.turns) == ("summit.turns.toml", len(before.turns))
    assert [turn.text for turn in after.turns] == [turn.text for turn in before.turns]
    assert [s.role for s in after.speakers] == [s.role for s in before.speakers]


def test_a_corrected_turn_stays_corrected(
    understand, transcript: Path, settings: SegmentSettings
) -> None:
    path = export_turns(transcript, out=None, settings=settings).path
    text = path.read_text("utf8").replace("Nobody had prepared it.", 'They "had" not; \\\\ so.')
    path.write_text(text.replace("\\\\ so", "\\\\\\\\ so").replace('"had"', '\\"had\\"'), "utf8")
    assert 'They "had" not' in understand(transcript).turns[1].text


def test_turns_of_another_file_are_refused(
    understand, transcript: Path, settings: SegmentSettings
) -> None:
    export_turns(transcript, out=None, settings=settings)
    transcript.write_text("HOST: Why?\n\nANALYST: It rained.\n", encoding="utf8")
    with pytest.raises(InputError, match="altered since its turns were set by hand"):
        understand(transcript)


def test_decisions_are_kept_beside_the_transcript(
    corpus: Path, transcript: Path, settings: SegmentSettings
) -> None:
    hand = parse_decisions(
        convention="colon", speakers="HOST=respondent,ANALYST=interviewer", keys=None
    )
    added = add_transcript(transcript, corpus=corpus, metadata={}, settings=settings, by_hand=hand)
    assert list(roles(added.interview).values()) == ["respondent", "interviewer"]
    assert read_sidecar(added.path) == hand
    found = [f for f in check_corpus(corpus, settings=settings) if f.interview_id == "summit"]
    assert found[0].interview is not None
    assert roles(found[0].interview) == roles(added.interview)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"speakers": "A"}, "expected NAME=VALUE"),
        ({"speakers": "A=boss"}, '"boss" found; expected one of interviewer'),
        ({"keys": "who=A"}, '"who" found; expected one of speaker'),
    ],
)
def test_malformed_decisions_are_refused(options: dict[str, str], message: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_decisions(**{"convention": None, "speakers": None, "keys": None, **options})
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("convention = ", "cannot be read"),
        ("colour = 'red'", "colour: Extra inputs"),
        ("convention = 'morse'", 'unknown convention "morse"; expected one of'),
        ("convention = 'chevron'", "marks no speaker in it"),
        ("[speakers]\nPope = 'respondent'", "no speaker Pope; expected"),
    ],
)
def test_decisions_that_do_not_fit_are_errors(
    toml: str, message: str, understand, transcript: Path
) -> None:
    sidecar_path(transcript).write_text(toml, encoding="utf8")
    with pytest.raises(InputError) as caught:
        understand(transcript)
    assert message in str(caught.value)


def test_any_text_survives_the_file(tmp_path: Path) -> None:
    odd = 'tab\t "quotes" \\n back\\slash \u2028 \x7f """ \U0001f600'
    hand = ByHand.model_validate(
        {"speakers": {odd: "other"}, "turns": [{"speaker": odd, "text": f"{odd}\n\n{odd}"}]}
    )
    path = tmp_path / "a.txt"
    sidecar_path(path).write_text(dump_decisions(hand), encoding="utf8")
    assert read_sidecar(path) == hand


def test_columns_are_named_by_hand(tmp_path: Path, understand) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x,y,z\nWhy did it close?,n,Ann\nIt rained for weeks.,n,Bob\n", "utf8")
    sidecar_path(path).write_text("[keys]\nspeaker = 'z'\ntext = 'x'\n", encoding="utf8")
    assert [turn.text for turn in understand(path).turns] == [
        "Why did it close?",
        "It rained for weeks.",
    ]
