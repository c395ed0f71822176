"""The run: streaming, isolation of failures, whole outputs; on stages that need no model."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import pipeline.run
from pipeline.config import load_settings
from pipeline.errors import InputError
from pipeline.notices import sentence
from pipeline.records import Interview, Unit
from pipeline.run import RunResult, default_folder, run
from pipeline.runs.jsonl import read_interviews
from pipeline.tally import Step

TEXT = """\
HOST: Why did the {} fail?

ANALYST: Nobody had prepared it. The ministers met for the first time at the airport.

HOST: And what happens now?

ANALYST: The alliance will wait for the winter, and the winter will not help.
"""


class Sentences:
    """Cuts turns at full stops; fails on a talk about "crash"."""

    name = "segment"
    requires: tuple[str, ...] = ()
    provides: tuple[str, ...] = ("units",)

    def annotate(self, interview: Interview) -> Mapping[str, tuple[Any, ...]]:
        """Return the units."""
        if any("crash" in turn.text for turn in interview.turns):
            raise ZeroDivisionError("by design")
        return {
            "units": tuple(
                Unit(
                    id=f"{turn.id}.u{number}",
                    turn_id=turn.id,
                    start=match.start(),
                    end=match.end(),
                    text=match.group(),
                )
                for turn in interview.turns
                for number, match in enumerate(re.finditer(r"\S[^.?]*[.?]", turn.text), start=1)
            )
        }


@pytest.fixture(autouse=True)
def light_stages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run without models."""
    monkeypatch.setattr(pipeline.run, "build_stages", lambda *_, **__: [Sentences()])
    monkeypatch.setattr(pipeline.run, "write_methods", lambda *_: None)
    described = {
        "versions": {"westward": "test"},
        "settings": load_settings().model_dump(mode="json"),
        "models": [],
    }
    monkeypatch.setattr(pipeline.run, "describe_run", lambda *_, **__: described)


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    """A folder with three talks."""
    folder = tmp_path / "talks"
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / f"{name}.txt").write_text(TEXT.format(f"plan {name}"), encoding="utf8")
    return folder


def annotate(*names: Path | str, out: Path, **options: Any) -> RunResult:
    """Run with default settings."""
    return run(names, out=out, settings=load_settings(), **options)


def manifest(out: Path) -> dict[str, Any]:
    """The run's run.json."""
    return dict(json.loads((out / "run.json").read_text(encoding="utf8")))


def test_a_folder_becomes_a_run(talks: Path, tmp_path: Path) -> None:
    out = tmp_path / "out" / "talks"
    result = annotate(talks, out=out)
    ids = [interview.id for interview in read_interviews(out / "annotated.jsonl")]
    assert ids == ["a", "b", "c"]
    assert [summary.units for summary in result.summaries] == [5, 5, 5]
    assert result.failures == ()
    assert (out / "tables" / "units.csv").is_file()
    annotate(talks / "c.txt", out=out)  # replaces the earlier run
    assert [interview.id for interview in read_interviews(out / "annotated.jsonl")] == ["c"]


def test_two_runs_write_the_same_bytes(talks: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        annotate(talks, out=tmp_path / name)
    one, two = (
        {p.relative_to(tmp_path / n): p.read_bytes() for p in (tmp_path / n).rglob("*.[cj]s*[vl]")}
        for n in ("one", "two")
    )
    assert one == two
    assert Path("annotated.jsonl") in one


def test_the_record_does_not_depend_on_where_the_file_lies(
    talks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (talks / "a.txt").write_text("Nobody asked. Nobody answered.", encoding="utf8")
    monkeypatch.chdir(talks)
    annotate("a.txt", out=tmp_path / "one")
    annotate(talks / "a.txt", out=tmp_path / "two")
    one, two = ((tmp_path / name / "annotated.jsonl").read_text() for name in ("one", "two"))
    assert '"code":"no-label","place":"a.txt"' in one
    assert one == two


@pytest.mark.parametrize(
    ("content", "kind", "reason"),
    [
        (b"", "input", "b.txt: the file is empty"),
        (bytes(range(256)) * 40, "input", "b.txt: .*binary"),
        (TEXT.format("crash").encode(), "internal", "internal error: ZeroDivisionError: by design"),
    ],
)
def test_one_bad_transcript_spares_the_others(
    content: bytes, kind: str, reason: str, talks: Path, tmp_path: Path
) -> None:
    (talks / "b.txt").write_bytes(content)
    result = annotate(talks, out=tmp_path / "out")
    (failure,) = result.failures
    assert (failure.interview_id, failure.kind, failure.traceback) == ("b", kind, None)
    assert re.search(reason, failure.reason)
    (written,) = manifest(tmp_path / "out")["failures"]
    assert written.keys() == {"interview_id", "path", "kind", "reason"}
    assert (written["path"], written["kind"]) == ("b.txt", kind)
    assert failure.reason.endswith(written["reason"])
    assert [summary.interview_id for summary in result.summaries] == ["a", "c"]


def test_a_failure_has_a_traceback_for_debugging_and_no_rows(talks: Path, tmp_path: Path) -> None:
    (talks / "b.txt").write_text(TEXT.format("crash"), encoding="utf8")
    (failure,) = annotate(talks, out=tmp_path / "out", debug=True).failures
    assert "in annotate" in (failure.traceback or "")
    assert "Traceback" not in (tmp_path / "out" / "run.json").read_text(encoding="utf8")
    for path in (tmp_path / "out").rglob("*.csv"):
        assert "\nb," not in path.read_text(encoding="utf8")


@pytest.mark.parametrize(
    ("earlier", "file", "fault"),
    [
        (False, "out/thesis.docx", "no run wrote it"),
        (False, "out/run.json", "not written by Westward"),
        (False, "out", "expected a folder"),
        (True, "out/tables/my-notes.xlsx", "holds tables/my-notes.xlsx, which no run wrote"),
    ],
)
def test_what_no_run_wrote_is_never_replaced(
    earlier: bool, file: str, fault: str, talks: Path, tmp_path: Path
) -> None:
    if earlier:
        annotate(talks, out=tmp_path / "out")
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text("{}", encoding="utf8")
    with pytest.raises(InputError, match=fault):
        annotate(talks, out=tmp_path / "out")
    assert (tmp_path / file).read_text(encoding="utf8") == "{}"


def test_a_run_that_breaks_leaves_nothing_and_keeps_the_earlier_one(
    talks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    annotate(talks, out=out)
    before = manifest(out)

    def full_disk(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(pipeline.run.TableWriter, "finish", full_disk)
    with pytest.raises(OSError, match="no space left"):
        annotate(talks, out=out)
    assert manifest(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "talks"]


def test_run_json_says_what_was_run_on_what(talks: Path, tmp_path: Path) -> None:
    annotate(talks, out=tmp_path / "out")
    found = manifest(tmp_path / "out")
    assert [entry["id"] for entry in found["inputs"]] == ["a", "b", "c"]
    assert all(re.fullmatch("[0-9a-f]{64}", entry["sha256"]) for entry in found["inputs"])
    assert found["seconds"]["interviews"]["a"].keys() == {"read", "segment", "rows"}
    assert set(found["outputs"]) >= {"annotated.jsonl", "tables/units.csv"}


@pytest.mark.parametrize("given", ["talks", "talks/a.txt", "talks/../talks"])
@pytest.mark.parametrize("absolute", [True, False])
def test_run_json_does_not_tell_how_the_disk_is_laid_out(
    given: str,
    absolute: bool,
    talks: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (talks / "a.txt").write_text("Nobody asked. Nobody answered.", encoding="utf8")
    (talks / "b.txt").write_bytes(b"")
    (talks / "notes.pages").touch()
    monkeypatch.chdir(tmp_path)
    annotate(tmp_path / given if absolute else given, out=tmp_path / "out")
    found = manifest(tmp_path / "out")
    assert str(tmp_path) not in json.dumps(found)
    assert found["inputs"][0]["path"] == "a.txt"
    assert any(warning["place"] == "a.txt" for warning in found["warnings"])
    if not given.endswith("a.txt"):
        assert found["ignored"] == ["notes.pages"]
        assert found["failures"][0]["path"] == "b.txt"


def test_run_json_adds_up_what_was_done_and_what_was_not(talks: Path, tmp_path: Path) -> None:
    (talks / "b.txt").write_bytes(b"")
    (talks / "notes.pages").touch()
    annotate(talks, out=tmp_path / "out")
    totals = manifest(tmp_path / "out")["totals"]
    assert {name: totals[name] for name in list(totals)[:7]} == {
        "transcripts": 3,
        "annotated": 2,
        "failed": 1,
        "not_judged": 2,
        "ignored_files": 1,
        "turns": 8,
        "units": 10,
    }
    assert totals.keys() >= {"components_abstained", "abstained", "references_unresolved"}


@pytest.mark.parametrize(("encoding", "mark"), [("utf-8", b""), ("utf-8-sig", b"\xef\xbb\xbf")])
def test_tables_have_a_byte_order_mark_if_so_set(
    encoding: str, mark: bytes, talks: Path, tmp_path: Path
) -> None:
    settings = load_settings([f"tables.encoding={encoding}"])
    run([talks], out=tmp_path / "out", settings=settings)
    for path in (tmp_path / "out" / "tables").glob("*.csv"):
        content = path.read_bytes()
        assert content.startswith(mark + path.read_text("utf-8-sig")[:9].encode())
        assert content.count(b"\xef\xbb\xbf") == bool(mark)


def test_the_same_bytes_under_two_names_are_pointed_out(talks: Path, tmp_path: Path) -> None:
    (talks / "d.txt").write_bytes((talks / "a.txt").read_bytes())
    undated, warning = annotate(talks, out=tmp_path / "out").warnings
    assert undated.code == "undated"
    assert re.search(r"d.txt: the same bytes as .*a.txt", sentence(warning))


def test_the_metadata_of_the_index_reach_the_record(talks: Path, tmp_path: Path) -> None:
    row = {"id": "first", "path": "a.txt", "title": "A plan", "date": "2024"}
    (talks / "index.jsonl").write_text(json.dumps(row), encoding="utf8")
    annotate(talks, out=tmp_path / "out")
    first = next(read_interviews(tmp_path / "out" / "annotated.jsonl"))
    assert (first.id, first.title, first.date) == ("first", "A plan", "2024")


def test_progress_is_told_in_order(talks: Path, tmp_path: Path) -> None:
    told: list[Step] = []
    annotate(talks / "a.txt", talks / "b.txt", out=tmp_path / "out", progress=told.append)
    stages = ("read", "segment", "rows")
    assert told == [
        *(Step(0, 2, "a", stage) for stage in stages),
        Step(1, 2, "a", "done"),
        *(Step(1, 2, "b", stage) for stage in stages),
        Step(2, 2, "b", "done"),
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("talks", "outputs/talks"), ("talks/a.txt", "outputs/a"), ("-", "outputs/stdin")],
)
def test_a_run_is_named_after_its_first_input(
    name: str, expected: str, talks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(talks.parent)
    assert default_folder([name]) == Path(expected)
