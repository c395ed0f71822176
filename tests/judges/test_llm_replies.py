"""A server's response, a kept answer, and a file of answers are read within limits."""

from __future__ import annotations

import json
import math
import random
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import InputError
from pipeline.judges.llm.answer import read_answer
from pipeline.judges.llm.batch_files import AnswerFile
from pipeline.judges.llm.judge import LanguageJudge
from pipeline.judges.llm.ledger import Ledger
from pipeline.judges.llm.reply import NoAnswerError, Reply, load, message_of, read_body
from pipeline.reading.rows import Answer
from tests.judges.llm_server import Answer as Response
from tests.judges.llm_server import StubServer, code

JudgeFor = Callable[..., LanguageJudge]
TALK = (Answer("Why?", ("Moscow calls NATO a threat.",)), None)
KEY = "sk-secret/words"


@pytest.mark.parametrize(
    "data", [b"[" * 100_000, b"[" * 500 + b"]" * 500, b"[" + b"0," * 600_000 + b"0]", b"NaN", b""]
)
def test_json_beyond_a_limit_is_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        load(data)


@pytest.mark.parametrize("tokens", [1e400, math.nan, -5, "many", 10**400, [1], None])
def test_a_count_that_is_none_is_unknown(tokens: Any) -> None:
    body = {"choices": [{"message": {"content": "{}"}}], "usage": {"prompt_tokens": tokens}}
    assert read_body(body) == Reply("{}")


def test_an_answer_without_an_end_is_none() -> None:
    with pytest.raises(NoAnswerError, match="longer than 1,000,000 characters"):
        read_body({"choices": [{"message": {"content": "x" * 1_000_001}}]})


@pytest.mark.parametrize("escaped", [False, True])
def test_a_key_that_is_echoed_leaves_in_no_reason_answer_or_ledger(
    stub: StubServer,
    judge_for: JudgeFor,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    escaped: bool,
) -> None:
    def echo(body: Mapping[str, Any], times: int) -> Response:
        said = json.dumps({"1": {**code("NATO"), "t": "NATO", "m": KEY}})
        return 200, {}, said.replace("/", "\\/").replace("k-", "\\u006b-") if escaped else said

    monkeypatch.setenv("STUB_KEY", KEY)
    stub.fault = echo
    coded = judge_for(key_env="STUB_KEY").code([TALK])[0]
    assert coded == ["the answer repeats the key, and is not kept"]
    with closing(sqlite3.connect(tmp_path / "llm.sqlite")) as file:
        assert file.execute("select count(*) from answers").fetchone() == (0,)


@pytest.mark.parametrize("start", ["", "x" * 192])
def test_a_key_in_an_error_is_redacted_before_the_error_is_cut(start: str) -> None:
    for data in (
        json.dumps({"error": {"message": start + KEY}}),
        f"<p>{start}{KEY}",
        start + "\\u0073" + KEY[1:],
    ):
        assert "k-sec" not in message_of(data.encode(), KEY)


@pytest.mark.parametrize(
    "row",
    ["{", "[]", "null", "{}", '{"content":1}', '{"content":"x","more":1}', '{"content":"x","tokens_in":-1}',
     '{"content":"x","shares":{"1":{"c":{"claim":NaN}}}}', '{"content":"x","shares":{"1":{"c":{"claim":1}}}}', None, 5],
)  # fmt: skip
def test_a_damaged_answer_of_the_ledger_is_asked_for_again(
    stub: StubServer, judge_for: JudgeFor, tmp_path: Path, row: Any
) -> None:
    first = judge_for().code([TALK])
    with closing(sqlite3.connect(tmp_path / "llm.sqlite")) as file, file:
        file.execute("update answers set reply = ?", [row])
    assert judge_for().code([TALK]) == first
    assert len(stub.asked) == 2


@pytest.mark.parametrize(
    "made",
    [
        "create view answers as with recursive n(key) as (select '' union all select key from n) select key, 1 model, 1 reply from n",
        "create table answers (key text primary key, model text, reply text); create trigger t after insert on answers begin delete from answers; end",
        "create table answers (key text, model text, reply text)",
    ],
)
def test_a_ledger_with_anything_but_its_table_is_refused(tmp_path: Path, made: str) -> None:
    path = tmp_path / "llm.sqlite"
    with closing(sqlite3.connect(path)) as file, file:
        file.executescript(made)
    with pytest.raises(InputError, match="other tables, views or triggers"):
        Ledger(path)


def test_an_environment_that_names_a_proxy_sends_nothing_to_it(
    stub: StubServer, judge_for: JudgeFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", stub.url)
    monkeypatch.setenv("HTTP_PROXY", stub.url)
    judge = judge_for(base_url="http://nowhere.invalid/v1", send_text=True)
    with suppress(Exception):
        judge.code([TALK])
    assert stub.asked == []
    judge = judge_for(base_url="http://nowhere.invalid/v1", send_text=True, proxy=stub.url[:-3])
    judge.code([TALK])
    assert len(stub.asked) == 1


VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 1e308, math.inf, math.nan, 10**400, "", "x", "1", "\x1b[2J", "\ud800", "NATO", "a" * 5000,
    [], {}, [[]], [{}], {"": 0}, {"content": []}, {"message": {"content": 5}},
)  # fmt: skip


def fuzzed(value: Any, draw: random.Random, *, rate: float = 0.1) -> Any:
    """A value with some of its parts replaced, dropped or doubled."""
    if draw.random() < rate:
        return draw.choice(VALUES)
    if isinstance(value, dict):
        kept = (pair for pair in value.items() if draw.random() > rate / 2)
        return {key: fuzzed(one, draw, rate=rate) for key, one in kept}
    if isinstance(value, list):
        times = (1, 0, 2) if draw.random() < rate else (1,)
        return [fuzzed(one, draw, rate=rate) for one in value for _ in range(draw.choice(times))]
    return value


def response(draw: random.Random) -> bytes:
    """A fuzzed response: its parts, the answer in it, and of some the bytes."""
    content = json.dumps(fuzzed({"1": code(TALK[0].units[0])}, draw))
    tokens = [{"token": one, "top_logprobs": [{"token": one, "logprob": -0.1}]} for one in content]
    choice = {"message": {"content": content}, "logprobs": {"content": tokens}}
    whole = {"choices": [choice], "usage": {"prompt_tokens": 5, "completion_tokens": 5}}
    changed = fuzzed(whole, draw, rate=draw.choice((0, 0, 0.002, 0.05)))
    data = bytearray(json.dumps(changed).encode())
    for _ in range(draw.choice((0, 0, 0, 1, 5))):
        data[draw.randrange(len(data))] = draw.randrange(256)
    return bytes(data[: draw.randrange(len(data) + 1)] if draw.random() < 0.1 else data)


@pytest.mark.parametrize("seed", range(20))
def test_no_response_raises_another_error_than_ours(seed: int) -> None:
    draw, read = random.Random(seed), 0
    for _ in range(100):
        data = response(draw)
        message_of(data, KEY)
        try:
            value = load(data)
        except ValueError:
            continue
        with suppress(NoAnswerError):
            reply = read_body(value)
            read += 1
            found, faults = read_answer(reply.content, {1: TALK[0].units[0]})
            assert set(found) | set(faults) == {1}
    assert read > 20


@pytest.mark.parametrize("seed", range(10))
def test_no_file_of_answers_raises_another_error_than_ours(seed: int, tmp_path: Path) -> None:
    draw, path = random.Random(seed), tmp_path / "answers.jsonl"
    body = {"model": "m", "choices": [{"message": {"content": "{}"}}]}
    line = {
        "custom_id": "a",
        "response": {"status_code": 200, "body": body},
        "error": {"message": "x"},
    }
    for _ in range(30):
        path.write_text(json.dumps(fuzzed(line, draw)) + "\n", encoding="utf8")
        with suppress(InputError, NoAnswerError):
            AnswerFile(path).reply("a")
