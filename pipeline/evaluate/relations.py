"""How well links between sentences agree with annotated passages, beside simple baselines.

A row of the file is a passage: ``question``, ``doc``, ``split``, and ``sentences`` with ``text``,
``component``, ``parent`` (number of another sentence, or null) and ``relation``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from rich.console import RenderableType

from pipeline.errors import InputError
from pipeline.evaluate.connectives import connectives_in
from pipeline.evaluate.metrics import DRAWS, Figure, Interval, bounds
from pipeline.evaluate.tables import simple_table
from pipeline.reading.rows import Answer
from pipeline.records import Component, Record
from pipeline.runs.jsonl import load_object, read_lines

Tree = Mapping[int, tuple[int, bool]]
"""Parent of each linked sentence, by index, and whether the link is an attack."""
_REASONS = frozenset({"opens reason", "opens example", "opens evidence"})
EXPECTED = "doc and sentences, each with n, text, component, parent (n of another) and relation"


class Sentence(Record):
    """An annotated sentence of a passage."""

    n: int
    text: str
    component: Component | None = None
    parent: int | None = None
    relation: Literal["support", "attack"] | None = None


@dataclass(frozen=True)
class Annotated:
    """A passage with its annotated links and components."""

    doc: str
    question: str
    sentences: tuple[Sentence, ...]
    split: str = ""

    @property
    def answer(self) -> Answer:
        """The passage as a judge reads it."""
        return Answer(self.question, tuple(one.text for one in self.sentences))

    @property
    def tree(self) -> dict[int, tuple[int, bool]]:
        """The annotated links, by index."""
        places = {one.n: at for at, one in enumerate(self.sentences)}
        return {
            at: (places[one.parent], one.relation == "attack")
            for at, one in enumerate(self.sentences)
            if one.parent is not None
        }


def is_passages(path: Path) -> bool:
    """Whether the first line of a file is a passage, and not a row of one sentence."""
    lines = read_lines(path, load_object, record="annotated line", expected=EXPECTED)
    return "sentences" in next(lines, (0, {}))[1]


def read_annotated(path: Path, *, split: str | None) -> list[Annotated]:
    """Read the passages of a split; of all if it is null.

    Raises:
        InputError: a line is no passage, or none is of the split.
    """
    lines = read_lines(path, _annotated, record="passage", expected=EXPECTED)
    found = [one for _, one in lines if split in (None, one.split)]
    if not found:
        raise InputError(f'{path}: no passage of split "{split}"; expected {EXPECTED}')
    return found


def _annotated(line: str) -> Annotated:
    row = load_object(line)
    missing = {"doc", "sentences"} - row.keys()
    if missing:
        raise ValueError(f"no {', '.join(sorted(missing))}")
    known = [
        {k: v for k, v in one.items() if k in Sentence.model_fields} for one in row["sentences"]
    ]
    sentences = tuple(map(Sentence.model_validate, known))
    numbers = {one.n for one in sentences}
    if lost := [one.n for one in sentences if one.parent not in (None, *(numbers - {one.n}))]:
        raise ValueError(f"sentence {lost[0]}: its parent is no other sentence of the passage")
    split, question = str(row.get("split") or ""), str(row.get("question") or "")
    return Annotated(str(row["doc"]), question, sentences, split)


class LinkCounts(Record):
    """Counts over the sentences of one document or of many."""

    sentences: int = 0
    linked: int = 0
    gold: int = 0
    right: int = 0
    agreed: int = 0
    attacks: int = 0
    gold_attacks: int = 0
    right_attacks: int = 0

    def figures(self) -> dict[str, float]:
        """Return the scores: links with the right parent, linked or not, attacks."""
        return {
            "links_precision": _share(self.right, self.linked),
            "links_recall": _share(self.right, self.gold),
            "links_f1": _share(2 * self.right, self.linked + self.gold),
            "linked_accuracy": _share(self.agreed, self.sentences),
            "attack_f1": _share(2 * self.right_attacks, self.attacks + self.gold_attacks),
        }


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def count_links(gold: Tree, found: Tree, n: int) -> LinkCounts:
    """Count a passage's found links against the annotated ones.

    A link is right if its parent is; an attack, if the link is right and annotated as an attack.

    Args:
        n: number of sentences.
    """
    right = [
        unit for unit, (parent, _) in found.items() if unit in gold and gold[unit][0] == parent
    ]
    return LinkCounts(
        sentences=n,
        linked=len(found),
        gold=len(gold),
        right=len(right),
        agreed=n - len(found.keys() ^ gold.keys()),
        attacks=sum(attack for _, attack in found.values()),
        gold_attacks=sum(attack for _, attack in gold.values()),
        right_attacks=sum(found[unit][1] and gold[unit][1] for unit in right),
    )


class LinkScore(Figure):
    """The scores of one way to link, with intervals over documents."""

    name: str
    figures: dict[str, Interval]
    counts: LinkCounts


def by_document(counts: Iterable[LinkCounts], docs: Iterable[str]) -> dict[str, LinkCounts]:
    """Return the counts of passages, given with their documents, summed by document."""
    found: dict[str, LinkCounts] = {}
    for one, doc in zip(counts, docs, strict=True):
        found[doc] = add(found.get(doc, LinkCounts()), one)
    return found


def add(one: LinkCounts, other: LinkCounts) -> LinkCounts:
    """Return the sums of two counts."""
    fields = LinkCounts.model_fields
    return LinkCounts(**{name: getattr(one, name) + getattr(other, name) for name in fields})


def score(name: str, by_doc: Mapping[str, LinkCounts], *, seed: int) -> LinkScore:
    """Return the scores over all documents, with 95 % intervals by bootstrap over documents."""
    fields = tuple(LinkCounts.model_fields)
    table = np.array([[getattr(one, field) for field in fields] for one in by_doc.values()])
    rng = np.random.default_rng(seed)

    def figures(sums: Iterable[int]) -> dict[str, float]:
        return LinkCounts(**dict(zip(fields, map(int, sums), strict=True))).figures()

    draws = rng.integers(0, len(table), (DRAWS, len(table)))
    drawn = [figures(table[one].sum(axis=0)) for one in draws]
    total = table.sum(axis=0)
    ends = {key: bounds(np.array([one[key] for one in drawn])) for key in drawn[0]}
    return LinkScore(
        name=name,
        figures={
            key: Interval(value=round(value, 4), low=ends[key][0], high=ends[key][1])
            for key, value in figures(total).items()
        },
        counts=LinkCounts(**dict(zip(fields, map(int, total), strict=True))),
    )


def previous_sentence(components: Sequence[str], texts: Sequence[str]) -> Tree:
    """Link each sentence that is no ``none`` to the one before it, unless that is ``none``."""
    said = [component != "none" for component in components]
    return {at: (at - 1, False) for at in range(1, len(said)) if said[at] and said[at - 1]}


def nearest_claim(components: Sequence[str], texts: Sequence[str]) -> Tree:
    """Link each premise to the nearest claim, of two equally near to the one before it."""
    claims = [at for at, component in enumerate(components) if component == "claim"]
    return {
        at: (min(claims, key=lambda claim: (abs(at - claim), claim > at)), False)
        for at, component in enumerate(components)
        if component == "premise" and claims
    }


def connectives(components: Sequence[str], texts: Sequence[str]) -> Tree:
    """Link by the first words, else premises to the nearest claim.

    "For example" and "because" link to the sentence before, "but" likewise as an attack, and a
    sentence before "so" or "therefore" links to it.
    """
    shown = [connectives_in(text) for text in texts]
    found = dict(nearest_claim(components, texts))
    for at in range(len(shown)):
        if at + 1 < len(shown) and "opens conclusion" in shown[at + 1]:
            found[at] = (at + 1, False)
        elif at and "opens contrast" in shown[at]:
            found[at] = (at - 1, True)
        elif at and _REASONS & shown[at]:
            found[at] = (at - 1, False)
    return {at: to for at, to in found.items() if components[at] != "none"}


BASELINES: Mapping[str, Callable[[Sequence[str], Sequence[str]], Tree]] = {
    "previous sentence": previous_sentence,
    "nearest claim": nearest_claim,
    "connectives": connectives,
}
"""Ways to link the sentences of a passage by their components and words alone."""


def render(scores: Sequence[LinkScore]) -> RenderableType:
    """Return one table of the scores, a row a way to link."""
    counts = scores[0].counts
    table = simple_table(
        f"links of {counts.sentences:,} sentences, {counts.gold:,} annotated, "
        f"{counts.gold_attacks:,} of them attacks",
        "",
        "shown",
        "precision",
        "recall",
        "F1",
        "linked",
        "attack F1",
    )
    table.caption = (
        "a link is right if its parent is; linked: share of sentences rightly linked or not; an "
        "attack is right if its link is; 95 % intervals over documents"
    )
    table.caption_justify = "left"
    for one in scores:
        shares = [f"{one.figures[key].value:.2f}" for key in ("links_precision", "links_recall")]
        figures = [one.figures[key] for key in ("links_f1", "linked_accuracy", "attack_f1")]
        intervals = [f"{f.value:.2f} [{f.low:.2f}, {f.high:.2f}]" for f in figures]
        table.add_row(one.name, f"{one.counts.linked:,}", *shares, *intervals)
    return table
