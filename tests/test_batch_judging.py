"""Runs that a language model judges: interrupted, told beforehand, by batch files."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import pipeline.evaluate.models
from pipeline.cli import main
from pipeline.judges.llm.budget import TOKENS_A_SENTENCE
from pipeline.runs.jsonl import read_interviews
from tests.judges.llm_server import Answer, StubServer, right, sentences

pytestmark = pytest.mark.slow

CODES = {"claim": "C", "premise": "P", "none": "N", "fact": "F", "value": "V", "policy": "O"}
SIDES = {"favor": "+", "against": "-", "neutral": "0"}
TALK = "Q: Why did it fail in week {0}?\n\nA: NATO came {0} days late. The roads were bad.\n\n"
KEY = "sk-never-shown"


@pytest.fixture
def stub() -> Iterator[StubServer]:
    server = StubServer()
    yield server
    server.close()


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    """A talk of six answers."""
    path = tmp_path / "talk.txt"
    path.write_text("".join(TALK.format(week) for week in range(1, 7)), encoding="utf8")
    return path


def words_of(stub: StubServer, talk: Path, out: str) -> list[str]:
    """The arguments of a run that asks the stub, one request at a time."""
    values = {"base_url": stub.url, "model": "m", "parallel": 1, "ledger": f"{out}.sqlite",
              "key_env": "STUB_KEY"}  # fmt: skip
    chosen = [word for key, value in values.items() for word in ("--set", f"llm.{key}={value}")]
    return ["run", str(talk), "--model", "llm", "-o", out, *chosen]


def spawn(words: list[str], cwd: Path) -> subprocess.Popen[bytes]:
    code = "from pipeline.cli import main; main()"
    return subprocess.Popen([sys.executable, "-c", code, *words], cwd=cwd,
                            env={**os.environ, "STUB_KEY": KEY}, stderr=subprocess.PIPE)  # fmt: skip


def call(*words: str | Path) -> None:
    with pytest.raises(SystemExit) as stop:
        main([str(word) for word in words])
    assert not stop.value.code


def test_a_run_that_is_killed_goes_on_and_gives_the_bytes_of_one_that_was_not(
    stub: StubServer, talk: Path, tmp_path: Path
) -> None:
    there, killed = threading.Event(), threading.Event()

    def fourth_waits(body: Mapping[str, Any], times: int) -> Answer:
        if len(stub.asked) == 4:
            there.set()
            killed.wait(60)
        return right(body)

    stub.fault = fourth_waits
    first = spawn(words_of(stub, talk, "out"), tmp_path)
    assert there.wait(120)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    killed.set()
    answered = [body["messages"] for body in stub.asked[:3]]
    assert not (tmp_path / "out").exists()

    assert spawn(words_of(stub, talk, "out"), tmp_path).wait() == 0
    assert [body["messages"] for body in stub.asked[4:6]] == [
        stub.asked[3]["messages"],
        stub.asked[5]["messages"],
    ]
    assert all(body["messages"] not in answered for body in stub.asked[3:])
    assert len(stub.asked) == 7

    whole = spawn(words_of(stub, talk, "whole"), tmp_path)
    assert whole.wait() == 0
    for name in ("annotated.jsonl", "tables/units.csv", "tables/stances.csv"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()
    shown = whole.stderr.read() if whole.stderr else b""
    written = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert not [data for data in (shown, *written) if KEY.encode() in data]
    assert stub.keys[0] == f"Bearer {KEY}"


def test_a_dry_run_says_what_it_would_cost_and_sends_nothing(
    stub: StubServer, talk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    call(*words_of(stub, talk, "out"), "--dry-run", "--json", "--set", "llm.price_out=2000")
    found = json.loads(capsys.readouterr().out)
    assert (found["requests"], found["sentences"], found["known"]) == (6, 12, 0)
    assert found["price"] == pytest.approx(12 * TOKENS_A_SENTENCE * 2000 / 1e6)
    assert not stub.asked
    assert not (tmp_path / "out").exists()


def by_gold(request: Mapping[str, Any], gold: Mapping[tuple[str, str], dict[str, Any]]) -> str:
    """A line of a batch answer with the codes of annotated rows."""
    body = request["body"]
    question = next(
        line for line in body["messages"][1]["content"].splitlines() if line[:9] == "Question:"
    )
    codes = {}
    for number, text in sentences(body).items():
        row = gold.get((question, text)) or gold["", text]
        west, target = row["west"], row["target"] or ""
        codes[number] = {
            "c": CODES[row["component"]], "k": CODES.get(row["kind"], "-"),
            "w": SIDES.get(west, "n"), "t": target, "m": row["implicit_target"] or "",
            "r": [{"h": one["holder"], "m": "", "s": SIDES[one["stance"]]}
                  for one in row["attributed"] if one["holder"] in text], "l": "",
        }  # fmt: skip
    message = {"role": "assistant", "content": json.dumps(codes)}
    response = {"model": "gold", "choices": [{"index": 0, "message": message}]}
    return json.dumps({"custom_id": request["custom_id"],
                       "response": {"status_code": 200, "body": response}, "error": None})  # fmt: skip


def answered(requests: Path, gold: Path) -> Path:
    """Answer a batch file from annotated rows."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for line in gold.read_text("utf8").splitlines():
        row = json.loads(line)
        rows[f"Question: {' '.join(row['question'].split(chr(10))) or '(none)'}", row["text"]] = row
        rows.setdefault(("", row["text"]), row)
    lines = [by_gold(json.loads(line), rows) for line in requests.read_text("utf8").splitlines()]
    path = requests.with_suffix(".answers.jsonl")
    path.write_text("\n".join(lines) + "\n", encoding="utf8")
    return path


DOCS = ("magazine-analyst", "podcast-two-guests")


def test_answers_from_gold_to_an_exported_batch_are_all_right(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = (root / "corpus" / "gold" / "labels.jsonl").read_text("utf8").splitlines(True)
    gold = tmp_path / "rows.jsonl"
    lines = [line for line in whole if json.loads(line)["doc"] in DOCS]
    gold.write_text("".join(lines), encoding="utf8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pipeline.evaluate.models, "ENCODER", "encoder-small")
    talks = sorted(path for name in DOCS for path in (root / "corpus").rglob(f"{name}.*"))
    call("run", *talks, "--model", "small", "-o", "run")
    call("judge", "export", "run", "-o", "run.jsonl")
    call("judge", "import", "run", answered(Path("run.jsonl"), gold), "-o", "judged")
    wanted = {(row["doc"], row["text"]): (row["component"], row["kind"], row["west"])
              for row in map(json.loads, gold.read_text("utf8").splitlines())}  # fmt: skip
    found = 0
    for interview in read_interviews(Path("judged/annotated.jsonl")):
        assert not interview.failed
        own = {one.unit_id: one.polarity for one in interview.stances or () if one.voice == "own"}
        claims = {one.unit_id: one for one in interview.claims or ()}
        assert [one.from_unit for one in interview.relations or ()] == list(claims)
        for unit in interview.judged_units():
            claim = claims[unit.id]
            coded = (claim.component, claim.kind, own.get(unit.id, "none"))
            assert coded == wanted[interview.id, unit.text]
            found += 1
    assert found == len(wanted)

    call("judge", "export", gold, "-o", "gold.jsonl")
    answers = answered(Path("gold.jsonl"), gold)
    for task in ("claims", "west"):
        capsys.readouterr()
        call("evaluate", task, gold, "--model", "llm", "--answers", answers, "--json")
        scores = json.loads(capsys.readouterr().out)
        assert scores["model"].startswith("llm:gold@batch#")
        assert (scores["n_rows"], scores["n_failed"]) == (len(lines), 0)
        assert {question["macro_f1"]["value"] for question in scores["questions"]} == {1.0}
        beside = {one["name"] for question in scores["questions"] for one in question["baselines"]}
        assert beside == {"majority", "lexicon", "encoder-small"}


def test_what_a_batch_lacks_is_failed_and_nothing_else(
    stub: StubServer, talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STUB_KEY", KEY)
    call(*words_of(stub, talk, "run"))
    call("judge", "export", "run", "-o", "requests.jsonl")
    lines = Path("requests.jsonl").read_text("utf8").splitlines()
    assert len(lines) == 6
    answers = []
    for line in map(json.loads, lines[1:]):
        message = {"content": right(line["body"])[2]}
        body = {"model": "elsewhere", "choices": [{"message": message}]}
        answers.append({"custom_id": line["custom_id"], "response": {"body": body}})
    Path("answers.jsonl").write_text("\n".join(map(json.dumps, answers)), encoding="utf8")
    call("judge", "import", "run", "answers.jsonl", "-o", "judged")
    (before,), (after,) = (
        list(read_interviews(Path(name) / "annotated.jsonl")) for name in ("run", "judged")
    )
    assert [one.reason for one in after.failed or ()] == ["no answer in the file"] * 2
    failed = {one.unit_id for one in after.failed or ()}
    assert [one.polarity for one in before.stances or () if one.unit_id not in failed] == [
        one.polarity for one in after.stances or ()]  # fmt: skip
    assert json.loads(Path("judged/run.json").read_text("utf8"))["judge"]["source"].startswith(
        "llm:elsewhere@batch#"
    )
