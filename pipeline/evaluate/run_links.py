"""The links of a run, evaluated on the sentences that people linked, beside simple baselines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text

from pipeline.coding.judgements import read_lookups
from pipeline.errors import InputError
from pipeline.evaluate.metrics import Figure
from pipeline.evaluate.models import ALL
from pipeline.evaluate.relations import (
    BASELINES,
    LinkCounts,
    LinkScore,
    Tree,
    by_document,
    count_links,
    render,
    score,
)
from pipeline.evaluate.tables import doubts
from pipeline.labels.answers import settle
from pipeline.labels.files import is_human, read_labels
from pipeline.labels.links import relation_answers
from pipeline.labels.places import LabelIndex, parent_of
from pipeline.records import Label, Unit
from pipeline.tables.lookup import Lookup

RUN = "run"
"""Beside the names of the baselines."""


class RunLinks(Figure):
    """The links of a run on labelled sentences, then those of baselines.

    Attributes:
        n_rows: sentences that are measured on.
        n_unlabelled: rows of the file whose relation is null.
        n_left_out: rows with a relation that are in no count: the run has no such sentence or says
            nothing of its relation, the parent is not in the answer, or people differ.
    """

    model: str
    file: str
    split: str
    n_rows: int
    n_docs: int
    n_unlabelled: int
    n_left_out: int
    scores: tuple[LinkScore, ...]


def evaluate_run_links(file: Path, *, split: str, run: Path, seed: int) -> RunLinks:
    """Measure the links of a run against labels; of people's alone where the file has some.

    What the judge abstained on counts as its best guess. The baselines have the components of the
    run.

    Raises:
        InputError: a file cannot be read, the run has no relations, or none on a labelled sentence.
    """
    rows = [one for one in read_labels(file) if split in (one.split, ALL)]
    rows = [one for one in rows if is_human(one.source)] or rows
    stated = [one for one in rows if one.relation is not None]
    index, sources, docs = LabelIndex(stated), list[str](), list[str]()
    counts = defaultdict[str, list[LinkCounts]](list)
    n_rows = n_used = 0
    linked = False
    for lookup in read_lookups(run):
        linked |= lookup.interview.relations is not None
        labels, doc = index.find(lookup.interview), lookup.interview.id
        for units in lookup.interview.units_by_turn().values():
            gold, known = _gold(units, labels, lookup)
            if not known:
                continue
            n_rows += len(known)
            n_used += sum(len(labels[units[at].id]) for at in known)
            sources.append(lookup.relations[units[known[0]].id].source)
            docs.append(doc)
            for name, tree in _trees(units, lookup):
                given = {at: to for at, to in tree.items() if at in known}
                counts[name].append(count_links(gold, given, len(known)))
    if not n_rows:
        raise InputError(_nothing(file, run, linked=linked, n_stated=len(stated)))
    return RunLinks(
        model=sources[0],
        file=file.name,
        split=split,
        n_rows=n_rows,
        n_docs=len(set(docs)),
        n_unlabelled=len(rows) - len(stated),
        n_left_out=len(stated) - n_used,
        scores=tuple(
            score(sources[0] if name == RUN else name, by_document(found, docs), seed=seed)
            for name, found in counts.items()
        ),
    )


def _gold(
    units: Sequence[Unit], labels: Mapping[str, Sequence[Label]], lookup: Lookup
) -> tuple[Tree, list[int]]:
    """Return the links of a turn by labels, and which units these and the run answer for."""
    places = {unit.id: at for at, unit in enumerate(units)}
    gold: dict[int, tuple[int, bool]] = {}
    known = []
    for at, unit in enumerate(units):
        if unit.id not in lookup.relations:
            continue
        answers, _ = relation_answers(labels.get(unit.id, ()), unit, units)
        if (label := settle(answers).label) is None:
            continue
        known.append(at)
        if parent := parent_of(label, unit, units):
            gold[at] = places[parent.id], label.relation == "attack"
    return gold, known


def _trees(units: Sequence[Unit], lookup: Lookup) -> Iterator[tuple[str, Tree]]:
    """Yield the links of a turn by the run, then by each baseline."""
    places = {unit.id: at for at, unit in enumerate(units)}
    found = ((at, lookup.relations.get(name)) for name, at in places.items())
    yield (
        RUN,
        {
            at: (places[one.to_unit], one.kind == "attack")
            for at, one in found
            if one and one.to_unit
        },
    )
    claims = [lookup.claims.get(unit.id) for unit in units]
    components = [one.component if one else "none" for one in claims]
    for name, link in BASELINES.items():
        yield name, link(components, [unit.text for unit in units])


def _nothing(file: Path, run: Path, *, linked: bool, n_stated: int) -> str:
    if not n_stated:
        return f"{file}: no row has a relation; expected labels of `westward code --relations`"
    if not linked:
        return (
            f"{run}: its judge does not link sentences; expected a run by a language model "
            "(docs/language-models.md)"
        )
    return (
        f"{file}: no row with a relation is of a sentence that {run} answers for; expected labels "
        "of its interviews, with the same ids and words"
    )


def render_run_links(found: RunLinks) -> RenderableType:
    """Return the scores as a table, with what they were measured on."""
    title = (
        f"relations: {found.model} on {found.file}, split {found.split}: {found.n_rows:,} "
        f"sentences, {found.n_docs:,} document{'s' * (found.n_docs != 1)}"
    )
    lost = {
        "have no relation": found.n_unlabelled,
        "are left out: no sentence that the run answers for, no parent in the answer, or people "
        "differ": found.n_left_out,
    }
    notes = (Text(f"{n:,} more rows {what}") for what, n in lost.items() if n)
    return Group(Text(title), *notes, render(found.scores), *doubts(found.n_docs))
