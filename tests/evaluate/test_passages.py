"""Links of a language model on annotated passages, by its answers in a batch file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from pipeline.batch_judging import export_requests
from pipeline.config import Settings, choose_models, load_settings
from pipeline.errors import ConfigError, InputError
from pipeline.evaluate.passages import LinkEvaluation, evaluate_links, render_links
from tests.judges.llm_server import code, sentences

COMPONENTS = {"C": "claim", "P": "premise", "N": "none"}
TEXTS = ("NATO is needed.", "It kept the peace.", "But it costs much.", "Thank you.")
CODES = ("C", "P", "C", "N")
GOLD = ("", "s1", "a1", "")
KINDS = {"s": "support", "a": "attack"}


def passage(doc: str, split: str = "test") -> dict[str, Any]:
    rows = [
        {"n": n, "text": text, "component": COMPONENTS[c], "licence": "ours",
         "parent": int(link[1:]) if link else None, "relation": KINDS.get(link[:1])}
        for n, (text, c, link) in enumerate(zip(TEXTS, CODES, GOLD, strict=True), start=1)
    ]  # fmt: skip
    return {"doc": doc, "split": split, "question": f"Of {doc}?", "sentences": rows}


@pytest.fixture
def by_llm(tmp_path: Path) -> Settings:
    return load_settings(choose_models("llm"), folder=tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "passages.jsonl"
    rows = [passage("a"), passage("b"), passage("c", "dev")]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf8")
    return path


Linked = Callable[[Mapping[str, Any], int], dict[str, Any]]


def answered(file: Path, settings: Settings, linked: Linked) -> Path:
    """A batch file of answers with the components of the passages and links by a function."""
    lines = []
    for at, request in enumerate(map(json.loads, export_requests(file, settings))):
        body, given = request["body"], {}
        for number, text in sentences(body).items():
            codes = {**code(text), "c": CODES[int(number) - 1]}
            given[number] = {**codes, **linked(codes, int(number) + 10 * at)}
        message = {"content": json.dumps(given)}
        response = {"body": {"model": "m", "choices": [{"message": message}]}}
        lines.append(json.dumps({"custom_id": request["custom_id"], "response": response}))
    path = file.with_suffix(".answers.jsonl")
    path.write_text("\n".join(lines) + "\n", encoding="utf8")
    return path


def gold(codes: Mapping[str, Any], n: int) -> dict[str, Any]:
    return {"l": GOLD[n % 10 - 1]}


def figures(found: LinkEvaluation, at: int = 0) -> dict[str, float]:
    return {key: one.value for key, one in found.scores[at].figures.items()}


def test_answers_as_annotated_are_all_right_and_baselines_are_beside(
    file: Path, by_llm: Settings
) -> None:
    answers = answered(file, by_llm, gold)
    found = evaluate_links(file, split="test", settings=by_llm, answers=answers)
    assert set(figures(found).values()) == {1.0}
    assert (found.n_passages, found.n_docs, found.n_failed) == (2, 2, 0)
    assert [one.name for one in found.scores] == [
        found.model, "previous sentence", "nearest claim", "connectives"]  # fmt: skip
    assert [figures(found, at)["links_f1"] for at in (1, 2)] == [0.5, 0.6667]
    everything = evaluate_links(file, split="all", settings=by_llm, answers=answers)
    assert everything.scores[0].counts.sentences == 12


def test_links_are_scored_by_their_parent(file: Path, by_llm: Settings) -> None:
    answers = answered(
        file, by_llm, lambda codes, n: {"l": "s2" if n % 10 == 3 else gold(codes, n)["l"]}
    )
    found = evaluate_links(file, split="test", settings=by_llm, answers=answers)
    assert figures(found)["links_f1"] == 0.5
    assert figures(found)["attack_f1"] == 0.0
    assert figures(found)["linked_accuracy"] == 1.0


def test_a_sentence_without_an_answer_is_in_no_count(file: Path, by_llm: Settings) -> None:
    answers = answered(file, by_llm, lambda codes, n: {"l": "s9"} if n == 3 else gold(codes, n))
    found = evaluate_links(file, split="test", settings=by_llm, answers=answers)
    assert found.n_failed == 1
    assert {one.counts.sentences for one in found.scores} == {7}
    assert {one.counts.gold for one in found.scores} == {3}
    console = Console(width=200)
    with console.capture() as capture:
        console.print(render_links(found))
    text = capture.get()
    assert "1 more sentences have no usable answer" in text
    assert "split test: 2 passages, 2 documents" in text
    assert "an interval over 2 documents says little" in text


def test_answers_of_other_requests_are_an_error(file: Path, by_llm: Settings) -> None:
    answers = answered(file, by_llm, gold)
    answers.write_text(answers.read_text("utf8").replace("westward-", "other-"), encoding="utf8")
    with pytest.raises(InputError, match="gave no usable answer: no answer in the file"):
        evaluate_links(file, split="test", settings=by_llm, answers=answers)


def test_the_built_in_judge_does_not_link(file: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="does not link sentences; expected --model llm"):
        evaluate_links(file, split="test", settings=load_settings(folder=tmp_path))
