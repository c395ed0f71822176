"""From names on the command line to transcripts."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from pipeline.corpus.inputs import find_inputs
from pipeline.errors import InputError


def touch(folder: Path, *names: str) -> Path:
    """Make files with a word in them."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("word", encoding="utf8")
    return folder


def ids(folder: Path) -> list[str]:
    """Ids of the transcripts found in a folder."""
    return [transcript.id for transcript in find_inputs([folder]).transcripts]


def test_a_folder_is_searched_to_its_depths_and_sorted(tmp_path: Path) -> None:
    assert ids(touch(tmp_path, "b.txt", "a.md", "sub/c.HTML")) == ["a", "b", "c"]


@pytest.mark.parametrize(
    "names",
    [
        "README.md LICENSE.txt a.turns.toml data.bin .hidden.txt .git/x.txt gold/labels.txt",
        "outputs/x/run.json outputs/x/notes.txt",
    ],
)
def test_what_is_no_transcript_is_left_out(names: str, tmp_path: Path) -> None:
    assert ids(touch(tmp_path, "a.txt", *names.split())) == ["a"]


def test_files_of_unknown_format_are_named(tmp_path: Path) -> None:
    found = find_inputs([touch(tmp_path, "a.txt", "b.pages")])
    assert found.ignored == (tmp_path / "b.pages",)


def test_the_index_of_a_folder_gives_ids_and_metadata(corpus: Path) -> None:
    (transcript,) = find_inputs([corpus]).transcripts
    assert (transcript.id, transcript.metadata) == ("airport", {"date": "2024-02"})


def test_a_transcript_the_index_does_not_list_is_taken_too(corpus: Path) -> None:
    assert ids(touch(corpus, "transcripts/zebra.txt")) == ["airport", "zebra"]


def test_a_listed_transcript_that_is_not_there_is_a_problem_of_its_own(corpus: Path) -> None:
    (corpus / "transcripts" / "airport.txt").rename(corpus / "transcripts" / "moved.txt")
    missing, moved = find_inputs([corpus]).transcripts
    assert "the index lists it" in (missing.problem or "")
    assert moved.problem is None


def test_an_explicit_index_is_read_from_its_own_folder(tmp_path: Path) -> None:
    touch(tmp_path, "texts/a.txt", "texts/b.txt")
    index = tmp_path / "meta.jsonl"
    index.write_text(json.dumps({"id": "first", "path": "texts/a.txt"}), encoding="utf8")
    found = find_inputs([tmp_path / "texts"], index=index)
    assert [transcript.id for transcript in found.transcripts] == ["first", "b"]
    index.write_text(json.dumps({"id": "first", "path": "a.txt"}), encoding="utf8")
    with pytest.raises(InputError, match="none of its 1 paths"):
        find_inputs([tmp_path / "texts"], index=index)


def test_two_files_of_one_id_make_the_second_a_problem(tmp_path: Path) -> None:
    first, second = find_inputs([touch(tmp_path, "a.md", "a.txt")]).transcripts
    assert first.problem is None
    assert 'id "a" is that of' in (second.problem or "")


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (("a/talk.txt", "b/talk.md", "c.txt"), ["a-talk", "b-talk", "c"]),
        (("a/talk.txt", "b/Talk.txt"), ["a-talk", "b-Talk"]),
        (("x/a/talk.txt", "y/a/talk.txt", "z/talk.txt"), ["a-talk", "a-talk-2", "z-talk"]),
        (("a-talk.txt", "a/talk.txt", "b/talk.txt"), ["a-talk-2", "a-talk", "b-talk"]),
        (("a b.txt", "a-b.txt"), ["talks-a-b", "talks-a-b-2"]),
        ((f"{'x' * 90}.txt", f"a/{'x' * 80}.txt"), [f"a-{'x' * 78}", f"talks-{'x' * 74}"]),
    ],
)
def test_files_of_one_name_get_their_folder_or_a_number(
    files: tuple[str, ...], expected: list[str], tmp_path: Path
) -> None:
    folder = touch(tmp_path / "talks", *files)
    found = find_inputs([folder]).transcripts
    assert [one.id for one in found] == expected
    assert not any(one.problem for one in found)
    assert [one.path for one in found] == sorted(folder / name for name in files)


def test_an_id_of_an_index_is_kept_and_a_file_of_that_name_gets_another(corpus: Path) -> None:
    assert ids(touch(corpus, "more/airport.txt")) == ["more-airport", "airport"]


def test_one_id_in_two_indexes_is_a_problem_that_names_both(corpus: Path, tmp_path: Path) -> None:
    index = touch(tmp_path / "other", "a.txt") / "index.jsonl"
    index.write_text(json.dumps({"id": "airport", "path": "a.txt"}), encoding="utf8")
    first, second = find_inputs([corpus, tmp_path / "other"]).transcripts
    assert first.problem is None
    problem = second.problem or ""
    assert f'{tmp_path / "other" / "a.txt"}: its id "airport" (in {index}) is that of' in problem
    assert f"(in {corpus / 'index.jsonl'})" in problem


def test_a_file_named_twice_is_taken_once(tmp_path: Path) -> None:
    touch(tmp_path, "a.txt")
    assert len(find_inputs([tmp_path / "a.txt", tmp_path]).transcripts) == 1


def test_a_hyphen_is_stdin() -> None:
    (transcript,) = find_inputs(["-"]).transcripts
    assert (transcript.id, transcript.path, transcript.where) == ("stdin", None, "-")


@pytest.mark.parametrize("name", ["nowhere.txt", "empty"])
def test_nothing_to_read_is_an_error(name: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=r"no such file|no transcript found"):
        find_inputs([tmp_path / name])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{top}/texts/a.txt:1: no label", "a.txt:1: no label"),
        ('its id "a" is that of {top}/texts/a.txt; rename', 'its id "a" is that of a.txt; rename'),
        ("texts/sub/b.txt", "sub/b.txt"),
        ("old-texts/a.txt and my/texts/a.txt", "old-texts/a.txt and my/texts/a.txt"),
    ],
)
def test_what_is_written_names_files_from_the_folder_that_was_given(
    text: str, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    touch(tmp_path, "texts/a.txt")
    monkeypatch.chdir(tmp_path)
    assert find_inputs(["texts"]).without_folders(text.format(top=tmp_path)) == expected


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_index_and_a_register_are_found_in_other_formats(form: str, tmp_path: Path) -> None:
    touch(tmp_path, "texts/a.txt", "index.txt")
    index = tmp_path / f"index.{form}"
    header, row = ("ID", "path", "Date", "Welle"), ("first", "texts/a.txt", "26.9.2016", "früh")
    if form == "csv":
        index.write_bytes("\r\n".join(map(";".join, (header, row))).encode("cp1252"))
        (tmp_path / "speakers.csv").write_text("name;party\n", encoding="utf-16")
    else:
        for path, rows in (
            (index, (header, row)),
            (tmp_path / "speakers.xlsx", [("name", "party")]),
        ):
            book = openpyxl.Workbook()
            for cells in rows:
                book.worksheets[0].append(cells)
            book.save(path)
    found = find_inputs([tmp_path])
    plain, listed = found.transcripts
    assert (plain.id, plain.metadata) == ("index", {})
    assert (listed.id, listed.metadata) == ("first", {"date": "2016-09-26"})
    assert (listed.fields, listed.register) == ({"Welle": "früh"}, tmp_path / f"speakers.{form}")
    assert found.own_columns() == {"index": ("Welle",), "register": ("party",)}


def test_a_register_that_cannot_be_used_stops_a_run(tmp_path: Path) -> None:
    touch(tmp_path, "a.txt")
    (tmp_path / "speakers.csv").write_text("name,country\nAna North,Latvia\n", encoding="utf8")
    with pytest.raises(InputError, match=r'speakers.csv:2, column B "country".*Latvia is LV'):
        find_inputs([tmp_path])


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("a;a.txt;03/04/2016", r'index.csv:2, column C "date": .*4 March 2016 or 3 April 2016'),
        ("a;;2016", r'index.csv:2, column B "path": Field required'),
        ("a b;a.txt;2016", r'column A "id": String should match .* found "a b"'),
    ],
)
def test_a_bad_cell_of_an_index_is_named(row: str, fault: str, tmp_path: Path) -> None:
    touch(tmp_path, "a.txt")
    (tmp_path / "index.csv").write_text(f"id;path;date\n{row}\n", encoding="utf8")
    with pytest.raises(InputError, match=fault):
        find_inputs([tmp_path])


def test_a_column_of_index_and_register_is_told_apart(tmp_path: Path) -> None:
    touch(tmp_path, "a.txt")
    (tmp_path / "index.csv").write_text("id,path,Party\na,a.txt,red\n", encoding="utf8")
    (tmp_path / "speakers.csv").write_text("name,party\nAna North,blue\n", encoding="utf8")
    (found,) = find_inputs([tmp_path]).transcripts
    assert found.fields == {"index_Party": "red"}
