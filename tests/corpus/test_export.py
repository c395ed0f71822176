"""Turns of an altered transcript are exported again, and comments are not lost."""

from __future__ import annotations

from pathlib import Path

from pipeline.config import SegmentSettings
from pipeline.corpus.inputs import understand_file
from pipeline.corpus.turns_file import export_turns
from pipeline.turns.sidecar import read_sidecar, sidecar_path

MORE = "\nHOST: And the minister?\n\nPOET: He wrote a letter.\n"


def test_turns_of_an_altered_transcript_are_exported_again(
    transcript: Path, settings: SegmentSettings
) -> None:
    export_turns(transcript, out=None, settings=settings)
    path = sidecar_path(transcript)
    path.write_text(path.read_text("utf8").replace('"ANALYST" = "respondent"', ""), "utf8")
    transcript.write_text(transcript.read_text("utf8") + MORE, encoding="utf8")
    exported = export_turns(transcript, out=None, settings=settings)
    assert (exported.renewed, exported.turns) == (True, 6)
    found = understand_file(transcript, interview_id="x", metadata={}, settings=settings)
    assert found.interview.turns[-1].text == "He wrote a letter."


def test_roles_of_remaining_speakers_are_kept(transcript: Path, settings: SegmentSettings) -> None:
    export_turns(transcript, out=None, settings=settings)
    path = sidecar_path(transcript)
    path.write_text(path.read_text("utf8").replace('"respondent"', '"other"'), "utf8")
    transcript.write_text(
        transcript.read_text("utf8").replace("HOST:", "CHAIR:") + MORE, encoding="utf8"
    )
    export_turns(transcript, out=None, settings=settings)
    assert read_sidecar(transcript).speakers["ANALYST"] == "other"


def test_the_earlier_file_is_kept_with_its_comments(
    transcript: Path, settings: SegmentSettings
) -> None:
    assert export_turns(transcript, out=None, settings=settings).kept is None
    assert export_turns(transcript, out=None, settings=settings).kept is None
    path = sidecar_path(transcript)
    for name in ("summit.old.turns.toml", "summit.old2.turns.toml"):
        path.write_text(path.read_text("utf8") + f"# mine, {name}\n", encoding="utf8")
        kept = export_turns(transcript, out=None, settings=settings).kept
        assert kept is not None
        assert (kept.name, kept.read_text("utf8")[-8:]) == (name, f"{name}\n"[-8:])


def test_keys_set_by_hand_are_kept(tmp_path: Path, settings: SegmentSettings) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x,y,z\nWhy did it close?,n,Ann\nIt rained for weeks.,n,Bob\n", "utf8")
    sidecar_path(path).write_text("[keys]\nspeaker = 'z'\ntext = 'x'\n", encoding="utf8")
    export_turns(path, out=None, settings=settings)
    assert read_sidecar(path).keys == {"speaker": "z", "text": "x"}
