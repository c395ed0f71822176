"""Transcripts to interviews: what is accepted, what is refused, and that it is what a run gives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import westward
from tests.westward.conftest import TALK

METADATA = {"id": "k01", "title": "A talk", "date": "2024-05-02", "country": "DE"}


def test_a_text_and_a_file_of_it_are_coded_alike(
    interview: westward.Interview, folder: Path
) -> None:
    (folder / "text.txt").write_text(TALK, encoding="utf8")
    metadata = {"date": "2024-05-02"}
    for path in ("text.txt", Path("text.txt")):
        found = westward.annotate(path, model="small", metadata=metadata)
        assert (found.stances, found.claims) == (interview.stances, interview.claims)


def test_metadata_are_those_of_an_index() -> None:
    found = westward.annotate(TALK, model="small", metadata=METADATA)
    assert (found.id, found.title, found.date) == ("k01", "A talk", "2024-05-02")


@pytest.mark.parametrize(
    "change",
    [{"stance__abstain_below": 1.0}, {"settings": {"stance.abstain_below": 1.0}}],
    ids=["double underscore", "mapping"],
)
def test_settings_are_those_of_a_run(change: dict[str, object]) -> None:
    found = westward.annotate(TALK, model="small", **change)  # type: ignore[arg-type]
    assert all(stance.abstained for stance in found.stances or ())


@pytest.mark.parametrize("argument", ["actors", "actors__table"])
def test_a_table_of_actors_is_read_again_when_it_has_changed(argument: str, folder: Path) -> None:
    for name in ("Moscow Club", "Alliance Club"):
        table = f'[[actor]]\nname = "{name}"\nkind = "organisation"\naliases = ["the alliance"]\n'
        (folder / "actors.toml").write_text(table, encoding="utf8")
        found = westward.annotate(TALK, model="small", **{argument: "actors.toml"})  # type: ignore[arg-type]
        assert name in {actor for one in found.entities or () for actor in one.actors}


def test_the_bloc_is_what_stance_is_about() -> None:
    found = westward.annotate(TALK, model="small", bloc="russia")
    assert {stance.target_actor for stance in found.stances or ()} == {"Russia"}


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: westward.annotate("none.txt"), "none.txt: no such file"),
        (lambda: westward.annotate("a word " * 1000), "a word .*: no such file"),
        (lambda: westward.annotate("A: \ud83d\nB: No."), "text: character 4 is half of a pair"),
        (lambda: westward.annotate("."), "a folder; .*annotate_many"),
        (lambda: westward.annotate(" \n "), "text: the file is empty"),
        (lambda: westward.annotate(TALK, metadata={"day": "x"}), 'metadata "day": expected'),
        (lambda: westward.annotate(TALK, metadata={"date": "May"}), "metadata date"),
        (lambda: westward.annotate(TALK, model="huge"), 'unknown model "huge"'),
        (lambda: westward.annotate(TALK, bloc="nowhere"), "nowhere"),
        (lambda: westward.annotate(TALK, stance__cut=1), 'unknown setting "cut"'),
        (lambda: westward.annotate_many("none"), "none: no such file or folder"),
        (lambda: westward.open_run("none"), "expected the folder of a run"),
    ],
)
def test_what_is_refused_is_a_westward_error(
    call: Callable[[], object], message: str, folder: Path
) -> None:
    with pytest.raises(westward.WestwardError, match=message):
        call()


def test_a_bad_transcript_does_not_stop_the_others(folder: Path) -> None:
    (folder / "a.txt").write_text(" ", encoding="utf8")
    (folder / "b.txt").write_text(TALK, encoding="utf8")
    with pytest.warns(westward.WestwardWarning, match=r"a\.txt: the file is empty"):
        assert [one.id for one in westward.annotate_many(".", model="small")] == ["b"]
    with pytest.raises(westward.WestwardError, match=r"a\.txt"):
        list(westward.annotate_many(["a.txt", "b.txt"], model="small", errors="raise"))


def test_a_fault_of_ours_in_one_transcript_is_a_warning_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: object, transcript: object) -> None:
        raise KeyError("x")

    (folder / "a.txt").write_text(TALK, encoding="utf8")
    monkeypatch.setattr("pipeline.annotator.Annotator.annotate", fail)
    with (
        pytest.warns(westward.WestwardWarning, match=r"a\.txt: internal error: KeyError"),
        pytest.raises(westward.WestwardError, match="internal error"),
    ):
        list(westward.annotate_many(folder, model="small"))


def test_where_all_transcripts_fail_it_is_an_error(folder: Path) -> None:
    (folder / "a.txt").write_text(" ", encoding="utf8")
    with (
        pytest.warns(westward.WestwardWarning),
        pytest.raises(westward.WestwardError, match=r"a\.txt"),
    ):
        list(westward.annotate_many(folder, model="small"))


def test_an_index_gives_the_metadata(folder: Path) -> None:
    (folder / "b.txt").write_text(TALK, encoding="utf8")
    line = '{"id": "k07", "path": "b.txt", "date": "2001"}\n'
    (folder / "index.jsonl").write_text(line, encoding="utf8")
    (found,) = westward.annotate_many(folder, model="small")
    assert (found.id, found.date) == ("k07", "2001")


def test_blocs_have_members_and_a_description() -> None:
    bloc = westward.blocs()["west-core"]
    assert bloc.name == "west-core"
    assert "United States" in bloc.members
    assert bloc.description
