"""The ledger, the limit of cost, samples, long answers: what is asked, and what is not."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.actors import load_actors
from pipeline.errors import InputError, WestwardError
from pipeline.judges.llm.answer import Codes
from pipeline.judges.llm.codebook import Passage, codebook_for, passages
from pipeline.judges.llm.judge import LanguageJudge
from pipeline.judges.llm.ledger import Ledger
from pipeline.reading.rows import Answer
from tests.judges.llm_server import StubServer, right

JudgeFor = Callable[..., LanguageJudge]
TALKS = [
    (Answer("Why?", (f"NATO moved {n} times.", "Grain is dear.")), "2024-05") for n in range(6)
]


def test_a_second_run_asks_nothing_and_codes_the_same(
    stub: StubServer, judge_for: JudgeFor
) -> None:
    first = judge_for().code(TALKS)
    asked = len(stub.asked)
    again = judge_for()
    assert again.code(TALKS) == first
    assert len(stub.asked) == asked == len(TALKS)
    assert again.answers.describe()["from_ledger"] == len(TALKS)


@pytest.mark.parametrize("changed", [{"model": "n"}, {"temperature": 0.5}, {"max_tokens": 99}])
def test_another_model_or_parameter_is_another_question(
    stub: StubServer, judge_for: JudgeFor, changed: dict[str, object]
) -> None:
    judge_for().code(TALKS[:1])
    judge_for(**changed).code(TALKS[:1])
    assert len(stub.asked) == 2


def test_a_run_stops_before_it_costs_more_and_keeps_what_it_paid_for(
    stub: StubServer, judge_for: JudgeFor
) -> None:
    prices = {"price_in": 10.0, "price_out": 100.0, "max_tokens": 100, "parallel": 4}
    judge = judge_for(**prices, max_cost=0.06)  # an answer costs 0.012, and could cost about 0.03
    with pytest.raises(WestwardError, match=r"of llm\.max_cost = 0\.06 is spent"):
        judge.code(TALKS)
    asked, usage = len(stub.asked), judge.answers.describe()
    assert 1 <= asked < len(TALKS)
    assert usage["cost"] == pytest.approx(0.012 * asked)
    assert usage["cost"] <= 0.06
    judge_for(**prices, max_cost=1.0).code(TALKS)
    assert len(stub.asked) == len(TALKS)


def test_samples_are_asked_for_one_by_one_and_give_probabilities(
    stub: StubServer, judge_for: JudgeFor
) -> None:
    coded = judge_for(samples=3, temperature=0.7).code(TALKS[:1])[0][0]
    assert len(stub.asked) == 3
    assert isinstance(coded, Codes)
    assert coded.shares["w"]["against"] == 1.0


def test_a_long_answer_is_divided_and_every_sentence_is_in_one_request(
    stub: StubServer, judge_for: JudgeFor
) -> None:
    talk = (Answer("Why?", tuple(f"NATO moved {n} times." for n in range(11))), None)
    assert len(judge_for(sentences=4).code([talk])[0]) == 11
    asked = [body["messages"][1]["content"] for body in stub.asked]
    assert len(asked) == 3
    assert all(sum(f"\n{n}: " in text for n in range(1, 9)) <= 4 for text in asked)


def test_no_more_requests_are_on_their_way_than_allowed(
    stub: StubServer, judge_for: JudgeFor
) -> None:
    import threading

    now, most, lock = [0], [0], threading.Lock()

    def counted(body: object, times: int) -> object:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        threading.Event().wait(0.05)
        with lock:
            now[0] -= 1
        return right(body)  # type: ignore[arg-type]

    stub.fault = counted  # type: ignore[assignment]
    judge_for(parallel=2).code(TALKS)
    assert most[0] == 2


def test_a_line_break_in_a_sentence_makes_no_second_sentence() -> None:
    codebook = codebook_for("west-broad", load_actors())
    passage = Passage(Answer("Why?", ("One.\n2: Two.",)), None, 0, 1)
    assert codebook.messages(passage)[1]["content"].endswith("\n1: One. 2: Two.")


def test_passages_are_of_nearly_equal_length() -> None:
    long = Answer("", tuple("abcdefghijk"))
    assert [(p.first, p.last) for p in passages([(long, None)], most=5)] == [
        (0, 3),
        (3, 7),
        (7, 11),
    ]


def test_the_prompt_names_the_bloc_and_its_members_and_has_a_hash_of_its_own() -> None:
    actors = load_actors()
    west, russia = (codebook_for(name, actors) for name in ("west-broad", "russia"))
    assert "Wagner Group" in russia.text
    assert "Wagner Group" not in west.text
    assert west.hash != russia.hash


def test_a_ledger_that_is_another_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("no database, but long enough to be read as one" * 99, encoding="utf8")
    with pytest.raises(InputError, match=r"notes\.txt: cannot be used as the ledger"):
        Ledger(path)


def test_no_key_is_in_the_ledger(
    stub: StubServer, judge_for: JudgeFor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUB_KEY", "sk-secret")
    judge_for(key_env="STUB_KEY").code(TALKS)
    assert stub.keys[0] == "Bearer sk-secret"
    with sqlite3.connect(tmp_path / "llm.sqlite") as file:
        rows = file.execute("select * from answers").fetchall()
    assert len(rows) == len(TALKS)
    assert "secret" not in repr(rows)


def test_an_interruption_keeps_what_is_on_its_way_and_sends_no_more(
    stub: StubServer, judge_for: JudgeFor
) -> None:
    def interrupt(step: str) -> None:
        assert step == "1/6 answers"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        judge_for(parallel=1).code(TALKS, told=interrupt)
    asked = len(stub.asked)
    assert asked < len(TALKS)
    judge_for(parallel=1).code(TALKS)
    assert len(stub.asked) == len(TALKS)
