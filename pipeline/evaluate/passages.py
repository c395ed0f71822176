"""Evaluate the links of a language model on annotated passages, beside simple baselines."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text

from pipeline.actors import load_actors
from pipeline.config import Settings
from pipeline.errors import ConfigError, InputError
from pipeline.evaluate.metrics import Figure
from pipeline.evaluate.models import ALL
from pipeline.evaluate.relations import (
    BASELINES,
    Annotated,
    LinkCounts,
    LinkScore,
    Tree,
    by_document,
    count_links,
    read_annotated,
    render,
    score,
)
from pipeline.evaluate.tables import doubts
from pipeline.judges.llm.answer import Codes
from pipeline.judges.llm.codebook import Dated
from pipeline.judges.llm.judge import Coded, load_judge


class LinkEvaluation(Figure):
    """The links of a judge on the passages of a file, then those of baselines.

    ``n_failed`` sentences have no usable answer, and are in no count.
    """

    model: str
    file: str
    split: str
    n_passages: int
    n_docs: int
    n_failed: int
    scores: tuple[LinkScore, ...]


def evaluate_links(
    file: Path, *, split: str, settings: Settings, answers: Path | None = None
) -> LinkEvaluation:
    """Measure the language model of the settings, or its answers in a batch file.

    The baselines have the components that it gives. A link to a sentence without an answer is
    counted as missed.

    Raises:
        ConfigError: the settings have another judge.
        InputError: a file cannot be read, or no sentence has a usable answer.
    """
    if not settings.by_llm:
        raise ConfigError(
            "evaluate relations: the built-in judge does not link sentences; expected --model llm, "
            "with a server (docs/language-models.md) or with --answers"
        )
    passages = read_annotated(file, split=None if split == ALL else split)
    table, wanted = load_actors(settings.actors.path), asked_about(passages)
    judge = load_judge(settings.llm, settings.bloc.name, table, answers=answers)
    by_answer = dict(zip(wanted, judge.code(wanted), strict=True))
    coded = [by_answer[one.answer, None] for one in passages]
    known = [[at for at, one in enumerate(codes) if _is_answered(one)] for codes in coded]
    if not any(known):
        why = next((one for codes in coded for one in codes if isinstance(one, str)), "no links")
        raise InputError(f"{file}: {judge.source} gave no usable answer: {why}")
    docs = [one.doc for one in passages]

    def scored(name: str, trees: Collection[Tree]) -> LinkScore:
        counts = map(_counts, passages, trees, known)
        return score(name, by_document(counts, docs), seed=settings.seed)

    said = [[_component(one) for one in codes] for codes in coded]
    beside = {
        name: [link(*pair) for pair in zip(said, (x.answer.units for x in passages), strict=True)]
        for name, link in BASELINES.items()
    }
    own = scored(judge.source, [_tree(codes) for codes in coded])
    return LinkEvaluation(
        model=judge.source,
        file=file.name,
        split=split,
        n_passages=len(passages),
        n_docs=len(set(docs)),
        n_failed=sum(map(len, coded)) - sum(map(len, known)),
        scores=(own, *(scored(name, trees) for name, trees in beside.items())),
    )


def render_links(found: LinkEvaluation) -> RenderableType:
    """Return the scores as a table, with what they were measured on."""
    title = (
        f"relations: {found.model} on {found.file}, split {found.split}: "
        f"{found.n_passages:,} passages, {found.n_docs:,} documents"
    )
    lost = f"{found.n_failed:,} more sentences have no usable answer and are left out"
    texts = [Text(title), *([Text(lost)] if found.n_failed else ())]
    return Group(*texts, render(found.scores), *doubts(found.n_docs))


def asked_about(passages: Collection[Annotated]) -> list[Dated]:
    """Return what a language model is asked about, once each; passages have no date."""
    return list(dict.fromkeys((one.answer, None) for one in passages))


def _is_answered(one: Codes | str) -> bool:
    return isinstance(one, Codes) and one.link is not None


def _component(one: Codes | str) -> str:
    return one.component if isinstance(one, Codes) else "none"


def _tree(codes: Coded) -> Tree:
    return {
        at: (one.link.parent - 1, one.link.kind == "attack")
        for at, one in enumerate(codes)
        if isinstance(one, Codes) and one.link and one.link.parent
    }


def _counts(passage: Annotated, found: Tree, known: Collection[int]) -> LinkCounts:
    """Count the links of the sentences that have an answer."""
    gold, given = (
        {at: to for at, to in tree.items() if at in known} for tree in (passage.tree, found)
    )
    return count_links(gold, given, len(known))
