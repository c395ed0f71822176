"""Every command: its help, its errors, its exit codes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import jsonschema
import pytest
import typer

import pipeline
from pipeline.cli import app
from pipeline.runs.jsonl import interview_schema
from tests.cli.conftest import Command

TALK = b"HOST: Why did it fail?\n\nANALYST: Nobody came. NATO should have known.\n"


def every_command(
    command: click.Command, words: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield words, command
    for name, one in getattr(command, "commands", {}).items():
        yield from every_command(one, (*words, name))


COMMANDS = [
    pytest.param(words, command, id=" ".join(words))
    for words, command in every_command(typer.main.get_command(app))
]


@pytest.mark.parametrize(("words", "command"), COMMANDS)
def test_every_command_has_help(
    words: tuple[str, ...], command: click.Command, westward: Command
) -> None:
    done = westward(*words, "--help")
    assert done.returncode == 0
    assert "Usage: westward" in done.stdout
    assert westward(*words, "-h") == done
    assert "..." not in done.stdout.partition("Commands:")[2]  # no line of a list is cut
    for name in getattr(command, "commands", ()):
        assert re.search(rf"^  {name} ", done.stdout, re.M)


@pytest.mark.parametrize(("words", "command"), COMMANDS)
def test_help_of_an_option_is_a_whole_phrase(
    words: tuple[str, ...], command: click.Command
) -> None:
    for param in command.params:
        text = getattr(param, "help", None) or ""
        assert len(text.split()) >= 3, (words, param.name)
        assert not text.startswith(("Of ", "[")), (words, param.name)
        assert text.endswith((".", "]")), (words, param.name)


@pytest.mark.parametrize(("words", "command"), COMMANDS)
def test_one_thing_has_one_option_in_every_command(
    words: tuple[str, ...], command: click.Command
) -> None:
    options = {param.name: param.opts for param in command.params}
    assert options.get("out", ["-o", "--out"]) == ["-o", "--out"]
    assert options.get("coder", ["--coder"]) == ["--coder"]


@pytest.mark.parametrize(
    "words",
    [
        ("import", "run", "file", "--as", "anna"),
        ("gold", "run", "--to", "labels.jsonl"),
        ("train", "claims", "labels.jsonl", "--data", "more.jsonl"),
        ("code", "run", "--coder", "anna", "--from", "file"),
        ("evaluate", "plain", "--half", "train"),
    ],
    ids=lambda words: words[0],
)
def test_an_option_of_an_older_version_is_named_in_the_error(
    words: tuple[str, ...], westward: Command
) -> None:
    done = westward(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"No such option: {words[-2]}" in done.stderr


def test_the_json_of_formats_and_blocs_has_what_the_text_shows(westward: Command) -> None:
    formats = json.loads(westward("formats", "--json").stdout)
    (plain,) = [one for one in formats["files"] if ".txt" in one["suffixes"]]
    assert set(plain) == {"name", "suffixes", "description", "library"}
    assert "colon" in {one["name"] for one in formats["conventions"]}
    blocs = {one["name"]: one for one in json.loads(westward("blocs", "--json").stdout)}
    assert "Germany" in blocs["nato"]["members"]
    assert blocs["nato"]["description"] in westward("blocs").stdout


def test_start_up_loads_no_heavy_package() -> None:
    code = "import sys, pipeline.cli; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"spacy", "pandas", "sklearn", "numpy", "pipeline.evaluate", "pipeline.train"}
    assert not heavy & set(done.stdout.split())


def test_version(westward: Command) -> None:
    assert westward("--version").stdout == f"westward {pipeline.__version__}\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("run", "nowhere"), "nowhere: no such file or folder"),
        (("run", "-", "--bloc", "mars"), 'unknown bloc "mars"; expected one of'),
        (("run", "-", "--set", "stance.volume=11"), 'unknown setting "volume"'),
        (("run", "-", "--set", "seed=-1"), 'setting "seed"'),
        (
            ("run", "-", "--set", "targets.inferred=maybe"),
            "setting \"targets.inferred\": Input should be 'exclude' or 'include' (found 'maybe')",
        ),
        (("run", "-", "--models", "nowhere"), "nowhere: no such folder"),
        (("run", "-", "--set", "claims.model=mine"), 'model "mine" not found; searched'),
        (("show", "nowhere"), "nowhere: cannot be read"),
        (("check", "nowhere"), "there is no corpus here"),
        (("add", "nowhere.txt"), "nowhere.txt: cannot be read"),
        (("train", "claims", "x", "--model", "llm"), "is asked, not trained"),
        (("evaluate", "plain", "--model", "llm"), "a language model is measured on annotated rows"),
        (("evaluate", "relations", "x"), "the built-in judge does not link sentences"),
        (("evaluate", "turns", "nowhere.jsonl"), "no index.jsonl"),
    ],
)
def test_an_error_is_one_message_on_stderr(
    words: tuple[str, ...], message: str, westward: Command
) -> None:
    done = westward(*words, stdin=TALK)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("error: ")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_stdin_becomes_a_run_of_its_own(westward: Command, tmp_path: Path) -> None:
    done = westward("run", "-", stdin=TALK)
    assert done.returncode == 0, done.stderr
    (line,) = (tmp_path / "outputs/stdin/annotated.jsonl").read_text("utf8").splitlines()
    assert json.loads(line)["id"] == "stdin"


def test_run_json_prints_the_summary_and_nothing_else(westward: Command, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "talk.txt").write_bytes(TALK + folder.encode())
    (tmp_path / "empty.txt").write_bytes(b"")
    words = ("--json", "-o", "out", "--model", "small", "--bloc", "nato", "--bloc", "west-core")
    done = westward("run", ".", *words)
    assert done.returncode == 1
    told, manifest = json.loads(done.stdout), json.loads((tmp_path / "out/run.json").read_text())
    assert told["folder"] == "out"
    assert [one["interview_id"] for one in told["counts"]] == ["a-talk", "b-talk"]
    assert all(told[key] == manifest[key] for key in ("totals", "counts", "failures", "warnings"))
    assert {row["other_bloc"] for row in told["compared"]} == {"west-core"}
    assert "error: empty.txt" in done.stderr
    done = westward("run", "empty.txt", "--json", "-o", "other")
    assert (done.returncode, json.loads(done.stdout)["folder"]) == (2, None)


def test_turns_in_another_language_are_warned_of(westward: Command, tmp_path: Path) -> None:
    german = (
        "HOST: Warum ist der Gipfel gescheitert?\n\nGAST: Niemand hatte ihn vorbereitet. Die "
        "Minister trafen sich am Flughafen, und die Hälfte von ihnen wollte gleich wieder heim.\n"
    )
    english = (
        "HOST: Why did it fail?\n\nGAST: Nobody came. NATO should have known that the ministers "
        "would not come, because half of them had no time for it at all.\n\n"
    )
    (tmp_path / "german.txt").write_text(german, encoding="utf8")
    (tmp_path / "half.txt").write_text(english + german, encoding="utf8")
    done = westward("run", "german.txt", "half.txt", "--json", "--model", "small", "-o", "out")
    told = json.loads(done.stdout)
    assert [one["judged"] for one in told["counts"]] == [False, True]
    assert any('german.txt: the language is "de"' in one["text"] for one in told["warnings"])
    assert any(
        'half.txt: mostly in "en"' in one["text"] and '"de" in line 7' in one["text"]
        for one in told["warnings"]
    )


def test_blocs_lists_members(westward: Command) -> None:
    text = westward("blocs").stdout
    assert re.search(r"^nato  ", text, re.M)
    assert "Germany" in text


@pytest.mark.parametrize("to_file", [True, False])
def test_schema_is_written_or_printed(to_file: bool, westward: Command, tmp_path: Path) -> None:
    done = westward("schema", *(("-o", "schema.json") if to_file else ()))
    text = (tmp_path / "schema.json").read_text("utf8") if to_file else done.stdout
    assert json.loads(text) == interview_schema()


def test_add_shows_what_it_understood(westward: Command, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_bytes(TALK)
    done = westward("add", "talk.txt", "--date", "2024-05", "--interviewee", "Analyst")
    assert done.returncode == 0, done.stderr
    assert "added as talk: corpus/transcripts/talk.txt" in done.stdout
    assert "1 questions, 1 answers" in done.stdout
    assert re.search(r"answer +ANALYST: Nobody came\. NATO should", done.stdout, re.I)


def test_add_refuses_a_duplicate(westward: Command, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_bytes(TALK)
    westward("add", "talk.txt")
    done = westward("add", "talk.txt", "--id", "other")
    assert done.returncode == 2
    assert 'the same bytes are in the corpus as "talk"' in done.stderr


def test_check_exits_with_1_on_problems(westward: Command, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_bytes(TALK)
    westward("add", "talk.txt")
    assert westward("check").returncode == 0
    (tmp_path / "corpus/transcripts/talk.txt").write_bytes(TALK + b"\nHOST: Really?\n")
    done = westward("check")
    assert done.returncode == 1
    assert "altered since it was added" in done.stderr


def test_check_prints_each_transcript_as_json(westward: Command, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_bytes(TALK)
    westward("add", "talk.txt")
    (tmp_path / "corpus/transcripts/other.txt").write_bytes(TALK + b"\nHOST: Really?\n")
    done = westward("check", "--json")
    assert done.returncode == 1
    listed, unlisted = json.loads(done.stdout)
    told = {"interview_id": "talk", "problems": [], "convention": "colon"}
    assert {**listed, **told, "speakers": 2, "questions": 1, "answers": 1, "words": 10} == listed
    assert isinstance(listed["warnings"], list)
    assert set(unlisted) == {"where", "interview_id", "problems"}
    assert unlisted["problems"][0] in done.stderr


def test_evaluate_turns_scores_the_sample_corpus(westward: Command, root: Path) -> None:
    done = westward("evaluate", "turns", root / "corpus/gold/turns.jsonl", "--json")
    scores = json.loads(done.stdout)
    assert len(scores) == 5
    assert min(score["right_role"] / score["words"] for score in scores) > 0.94


@pytest.mark.slow
def test_odd_files_give_a_result_or_a_clear_error(odd_run) -> None:
    out, done = odd_run
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    failures = {
        f["interview_id"]: f for f in json.loads((out / "run.json").read_text())["failures"]
    }
    assert {name: failure["kind"] for name, failure in failures.items()} == dict.fromkeys(
        ("binary", "empty", "one-line"), "input"
    )
    assert all(failure["reason"] in done.stderr for failure in failures.values())


@pytest.mark.slow
def test_crlf_and_a_bom_change_nothing(odd_run) -> None:
    out, _ = odd_run
    lines = (out / "annotated.jsonl").read_text("utf8").splitlines()
    found = {line["id"]: line for line in map(json.loads, lines)}
    good, twin = found["good"], found["crlf-bom"]
    assert [turn["text"] for turn in twin["turns"]] == [turn["text"] for turn in good["turns"]]
    assert len(twin["stances"]) == len(good["stances"])


@pytest.mark.slow
def test_every_record_of_a_real_run_fits_the_schema(odd_run) -> None:
    out, _ = odd_run
    validator = jsonschema.Draft202012Validator(interview_schema())
    for line in (out / "annotated.jsonl").read_text("utf8").splitlines():
        validator.validate(json.loads(line))


@pytest.mark.slow
def test_offsets_of_a_real_run_point_at_their_text(odd_run) -> None:
    out, _ = odd_run
    for line in map(json.loads, (out / "annotated.jsonl").read_text("utf8").splitlines()):
        turns = {turn["id"]: turn["text"] for turn in line["turns"]}
        unit_turn = {unit["id"]: unit["turn_id"] for unit in line["units"]}
        for record in (*line["units"], *line["entities"]):
            assert turns[record["turn_id"]][record["start"] : record["end"]] == record["text"]
        for stance in line["stances"]:
            for words in stance["evidence"]:
                text = turns[unit_turn[stance["unit_id"]]]
                assert text[words["start"] : words["end"]] == words["text"]


@pytest.mark.slow
def test_piped_output_has_no_colour_and_no_progress(odd_run) -> None:
    _, done = odd_run
    assert "\x1b" not in done.stdout + done.stderr
    assert "━" not in done.stdout + done.stderr


@pytest.mark.slow
def test_the_summary_names_every_interview_and_the_paths(odd_run) -> None:
    out, done = odd_run
    for name in ("good", "crlf-bom", "latin", "half"):
        assert re.search(rf"^ {name} +\d", done.stdout, re.M)
    assert f"written to {out}/" in done.stdout


@pytest.mark.slow
def test_show_prints_one_interview(odd_run, westward: Command) -> None:
    out, _ = odd_run
    text = westward("show", out, "latin").stdout
    assert "Señor Müller's NATO" in text
    assert "●" in text
    assert "\x1b" not in text


@pytest.mark.slow
def test_a_trained_model_can_be_evaluated(westward: Command, tmp_path: Path) -> None:
    kinds = ("policy", "value", "fact")
    says = {
        "claim": ("The pact should be kept.", "The ministers are wrong.", "The plan will fail."),
        "premise": ("In May prices rose by 5 %.", "The port closed in 2019.", "Two ships sank."),
        "none": ("Good evening.", "Let me explain.", "Thank you for coming."),
    }
    rows = [
        {
            "dataset": "own", "split": split, "id": f"{doc}:{component}{number}", "doc": doc,
            "text": text, "component": component,
            "kind": kinds[number] if component == "claim" else None, "date": "2024-01-01",
        }
        for split in ("train", "dev", "test")
        for doc in (f"{split}1", f"{split}2", f"{split}3")
        for component, texts in says.items()
        for number, text in enumerate(texts)
    ]  # fmt: skip
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf8")
    words = ("rows.jsonl", "--model", "small", "-o", "mine", "--force")
    done = westward("train", "claims", *words)
    assert done.returncode == 0, done.stderr
    assert "mine/claims-small: 27 rows" in done.stdout
    words = ("--models", "mine", "--set", "claims.model=claims-small", "--json")
    done = westward("evaluate", "claims", "rows.jsonl", *words)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["n_rows"] == 27
    done = westward("evaluate", "components", "rows.jsonl", *words, "--by", "doc")
    (first, *_) = json.loads(done.stdout)["questions"]
    assert {score["doc"] for score in first["by_doc"]} == {"test1", "test2", "test3"}
    assert [b["name"] for b in first["baselines"]] == ["majority", "lexicon"]
    done = westward("evaluate", "kind", "rows.jsonl", *words[:-1], "--by", "doc")
    assert "kind of gold claims by document, the worst first" in done.stdout


def test_turns_are_not_split_by_document(westward: Command, root: Path) -> None:
    done = westward("evaluate", "turns", root / "corpus/gold/turns.jsonl", "--by", "doc")
    assert done.returncode == 2
    assert "--by does not go with turns" in done.stderr
