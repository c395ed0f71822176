"""Columns of a user's own, and one person in several offices, in the tables."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pipeline.errors import InputError
from pipeline.records import Interview
from pipeline.tables.columns import codebook_rows, tables_in
from pipeline.tables.frames import build_frames, read_frame
from pipeline.tables.own import check_own, fields_of, own_name, own_of
from pipeline.tables.writer import TableWriter, interview_rows
from tests.built import build

OWN = {"party": "Left", "role": "whip", "Side of 2022": "=for"}


def described(name: str, date: str, affiliation: str, **fields: str) -> Interview:
    """The built interview, its respondent one person in an office."""
    made = build(name)
    about = {"person": "Ana North", "affiliation": affiliation, "fields": {**OWN, **fields}}
    speakers = tuple(
        one.model_copy(update=about) if one.role == "respondent" else one for one in made.speakers
    )
    return made.model_copy(
        update={"speakers": speakers, "date": date, "fields": {"wave": "2", "party": "red"}}
    )


TALKS = (
    described("y", "2024-05-02", "Minister", party="Right"),
    described("x", "2015-01-01", "Mayor"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Tables of one person in two offices."""
    writer = TableWriter(tmp_path, duplicates="include", own=own_of(TALKS))
    for one in TALKS:
        writer.append(interview_rows(one))
    writer.finish()
    return tmp_path


def read(folder: Path, name: str) -> pd.DataFrame:
    (table,) = (one for one in tables_in(folder) if one.name == name)
    return read_frame(folder / f"{name}.csv", table)


@pytest.mark.parametrize("table", ["holders", "positions"])
def test_one_person_in_two_offices_is_one_holder(table: str, folder: Path) -> None:
    frame = read(folder, table)
    own = frame[frame["voice"] == "own"]
    assert set(own["holder_id"]) == {"speaker:Ana North"}
    assert set(own["affiliation"]) == {"Mayor|Minister"}
    assert set(own["country"]) == {"FR"}
    assert set(own["country_iso3"]) == {"FRA"}
    assert set(own["party"]) == {"Left|Right"}
    assert set(own["register_role"]) == {"whip"}
    assert set(own["Side_of_2022"]) == {"=for"}


def test_a_speaker_has_the_office_and_the_columns_of_the_interview(folder: Path) -> None:
    frame = read(folder, "speakers").query("role == 'respondent'")
    assert list(frame["speaker"]) == ["Ana North"] * 2
    assert list(frame["affiliation"]) == ["Minister", "Mayor"]
    assert list(frame["party"]) == ["Right", "Left"]
    assert list(read(folder, "interviews")["wave"]) == ["2", "2"]


def test_the_codebook_names_them(folder: Path) -> None:
    rows = {(row["table"], row["column"]) for row in codebook_rows(tables_in(folder))}
    written = read(folder, "codebook")
    assert {("interviews", "wave"), ("speakers", "register_role")} <= rows
    assert rows - {("codebook", name) for name in written.columns} == set(
        zip(written["table"], written["column"], strict=True)
    )


def test_they_can_be_asked_for_and_are_in_frames_alike(tmp_path: Path, folder: Path) -> None:
    frames = build_frames(TALKS, duplicates="include")
    for name in ("interviews", "speakers", "holders", "positions"):
        pd.testing.assert_frame_equal(frames[name], read(folder, name))


def test_what_is_known_of_a_respondent_is_one_mapping() -> None:
    (speaker,) = (one for one in TALKS[0].speakers if one.role == "respondent")
    found = fields_of(TALKS[0], speaker)
    assert found["speaker"] == "Ana North"
    assert (found["party"], found["index_party"], found["wave"]) == ("Right", "red", "2")
    assert (found["affiliation"], found["country"], found["date"]) == (
        "Minister", "FR", "2024-05-02"
    )  # fmt: skip


def test_a_name_that_a_table_has_is_told_apart() -> None:
    assert own_name("speakers", "Affiliation") == "register_Affiliation"
    assert own_name("interviews", "notes on §") == "notes_on"


def test_a_column_that_a_run_does_not_state_is_an_error_of_ours() -> None:
    own = own_of(TALKS)
    check_own(TALKS[0], own)
    odd = TALKS[0].model_copy(update={"fields": {"wage": "1"}})
    with pytest.raises(InputError, match='a column "wage" of the index'):
        check_own(odd, own)
