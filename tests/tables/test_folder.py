"""The tables of a run that is there, with people's labels and without."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.labels.files import append_labels, coder_file
from pipeline.notices import sentence
from pipeline.report.update import update, warn_of_labels
from pipeline.runs.folder import read_manifest, replace_outputs, write_manifest
from pipeline.tables.folder import current_tables
from pipeline.tables.query import query
from tests.coding.runs import label, talk
from tests.exports.conftest import write_run

SIDES = ["favor", "against", "neutral"]
COUNT = "select own_favor, own_against from interviews"


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run with tables of the judge alone, and a label that changes one stance."""
    interview = talk("a", SIDES)
    folder = write_run(tmp_path / "run", interview, tables=True)
    append_labels(coder_file(folder, "anna"), [label(interview, 0, west="against")])
    return folder


def test_a_query_counts_labels_at_once_and_writes_nothing(run: Path) -> None:
    before = {path: path.read_bytes() for path in run.rglob("*") if path.is_file()}
    assert query(run, COUNT)[1] == [(0, 2)]
    assert query(run, COUNT, labels=False)[1] == [(1, 1)]
    assert {path: path.read_bytes() for path in run.rglob("*") if path.is_file()} == before


def test_tables_that_are_current_are_not_made_again(run: Path) -> None:
    update(run)
    with current_tables(run) as folder:
        assert folder == run / "tables"
    with current_tables(run, labels=False) as folder:
        assert folder != run / "tables"
    update(run, labels=False)
    assert "labels" not in read_manifest(run)
    with current_tables(run, labels=False) as folder:
        assert folder == run / "tables"


def test_estimates_and_comparisons_are_those_of_the_run(run: Path) -> None:
    for name in ("estimates", "sensitivity", "sensitivity_units"):
        replace_outputs(run, {f"tables/{name}.csv": b"as,the,run,has,it\n"})
    with current_tables(run) as folder:
        for name in ("estimates", "sensitivity", "sensitivity_units"):
            assert (folder / f"{name}.csv").read_bytes() == b"as,the,run,has,it\n"


def test_units_say_who_decides_what_and_where_people_differ(run: Path) -> None:
    interview = talk("a", SIDES)
    own = label(interview, 1, west="favor", note="a joke").model_copy(
        update={"source": "human:ben"}
    )
    other = label(interview, 0, west="neutral").model_copy(update={"source": "human:ben"})
    append_labels(coder_file(run, "ben"), [own, other])
    cells = "labelled_by, labelled, disputed, note"
    assert query(run, f"select {cells} from units where judged")[1] == [
        (None, None, "west", None), ("human:ben", "west", None, "ben: a joke"), (None,) * 4
    ]  # fmt: skip


def test_a_run_with_actors_of_its_own_needs_their_file(run: Path) -> None:
    manifest = {**read_manifest(run), "actors": {"path": "gone.toml", "sha256": "0"}}
    write_manifest(run, manifest)
    with pytest.raises(InputError, match=r"made with the actors of gone\.toml, which is not there"):
        query(run, COUNT)


def test_labels_of_no_sentence_are_told_with_their_coders_and_the_first(run: Path) -> None:
    lost = label(talk("b", SIDES), 0, west="favor")
    append_labels(coder_file(run, "ben"), [lost.model_copy(update={"source": "human:ben"})])
    append_labels(coder_file(run, "anna"), [lost])
    (told,) = map(sentence, warn_of_labels(update(run)))
    assert "do not count: 2 (anna 1, ben 1)" in told
    assert 'the first is of "NATO keeps case 0." in "b"' in told
    assert warn_of_labels(update(run, labels=False)) == []
