"""Agreement of coders, runs and models, question by question.

Percent: of pairs of answers to one sentence, those that are equal. Cohen's kappa (1960) of two
raters, Fleiss' kappa (1971) of the sentences that all answered, PABAK (Byrt, Bishop and Carlin
1993; Brennan and Prediger's with more than two labels), AC1 (Gwet 2008), which a rare label does
not pull down, and Krippendorff's alpha (2004), nominal. Intervals are of a bootstrap over whole
interviews.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import combinations
from pathlib import Path

import krippendorff
import numpy as np
from statsmodels.stats.inter_rater import cohens_kappa, fleiss_kappa

from pipeline.actors import load_actors
from pipeline.coding.judgements import labels_of_run
from pipeline.errors import InputError
from pipeline.judges.heads import Floats
from pipeline.labels.files import HUMAN, read_labels
from pipeline.records import Label
from pipeline.runs.files import replace_file
from pipeline.tables.columns import Column, Table
from pipeline.tables.counts import Row
from pipeline.tables.net import DIGITS
from pipeline.tables.writer import write_rows

DRAWS = 300
MIN_INTERVIEWS = 2
NONE = "none"
MEASURES = ("percent", "cohen", "fleiss", "pabak", "ac1", "alpha")
N_LABELS = {"component": 3, "kind": 3, "own stance": 4, "reports a stance": 2,
            "linked": 2, "relation": 2}  # fmt: skip
PARENT = "parent"
"""Its answers are sentences, others in each interview: percent is its one measure."""
Key = tuple[str, str]
Answers = Mapping[Key, Sequence[str | None]]
"""Of each sentence, an answer a rater; None where the rater did not answer."""
Labels = Mapping[Key, Sequence[Label | None]]
Raters = Mapping[str, Sequence[Label]]
"""Labels of each rater, by name."""


@dataclass(frozen=True)
class Agreement:
    """How far raters agree on one question.

    Attributes:
        n: sentences that two raters or more answered.
        figures: by measure: value, and low and high of the 95 % interval; None where undefined.
        confusion: of each pair of raters: answers of the first, of the second, how often.
    """

    question: str
    n: int
    interviews: int
    figures: Mapping[str, tuple[float | None, float | None, float | None]]
    confusion: Mapping[str, Sequence[tuple[str, str, int]]]


def read_raters(paths: Sequence[Path]) -> Raters:
    """Return the raters of runs and files; a file with several sources is one a source.

    Raises:
        InputError: one cannot be read, or there are fewer than two.
    """
    found: list[tuple[str, list[Label]]] = []
    for path in paths:
        if path.is_dir():
            machine = (one for one in labels_of_run(path) if not one.source.startswith(HUMAN))
            found.append((path.name, list(machine)))
            continue
        by_source: dict[str, list[Label]] = {}
        for label in read_labels(path):
            by_source.setdefault(label.source, []).append(label)
        found += by_source.items()
    if len(found) < 2:
        raise InputError(
            f"{', '.join(map(str, paths))}: {len(found)} rater; expected two or more runs, files "
            "of coders, or files of labels"
        )
    names = Counter(name for name, _ in found)
    return {
        f"{name} ({place})" if names[name] > 1 else name: labels
        for place, (name, labels) in enumerate(found, start=1)
    }


def questions() -> dict[str, Callable[[Label], str | None]]:
    """Return the questions, each with the answer of a label; None where it has none."""
    table = load_actors()

    def holder(words: str, date: str | None) -> str:
        meant = {name for one in table.mentions(words, date=date) for name in one.actors}
        return meant.pop() if len(meant) == 1 else words.casefold().removeprefix("the ")

    def reported(label: Label) -> str | None:
        if label.attributed is None:
            return None
        pairs = {f"{holder(one.holder, label.date)}: {one.stance}" for one in label.attributed}
        return "; ".join(sorted(pairs)) or NONE

    def reports(label: Label) -> str | None:
        return None if label.attributed is None else "reports" if label.attributed else NONE

    def linked(label: Label) -> str | None:
        return label.relation and (NONE if label.relation == NONE else "linked")

    def parent(label: Label) -> str | None:
        return " ".join(label.parent.split()) if label.parent else None

    return {
        "component": lambda label: label.component,
        "kind": lambda label: label.kind if label.component == "claim" else None,
        "own stance": lambda label: label.west,
        "reports a stance": reports,
        "reported stance": reported,
        "linked": linked,
        PARENT: parent,
        "relation": lambda label: label.relation if label.parent else None,
    }


def compare(
    raters: Raters, *, seed: int = 1, draws: int = DRAWS
) -> tuple[list[Agreement], list[Row]]:
    """Return the agreement on each question, and a row for each sentence that differs in one.

    Raises:
        InputError: no sentence was answered by two raters.
    """
    by_key = _align(raters)
    found, differences = [], []
    for name, answer in questions().items():
        rows = {
            key: [None if one is None else answer(one) for one in labels]
            for key, labels in by_key.items()
        }
        rows = {key: row for key, row in rows.items() if sum(one is not None for one in row) > 1}
        if rows:
            found.append(_agreement(name, list(raters), rows, seed=seed, draws=draws))
        differences += list(_differences(name, raters, by_key, rows))
    if not found:
        raise InputError(
            f"{', '.join(raters)}: no sentence in common; expected labels "
            "of the same interviews (the same id, the same words)"
        )
    return found, differences


def _align(raters: Raters) -> Labels:
    """Return the labels of each sentence, one a rater.

    A sentence is its interview and unit where every label names its unit, else its interview and
    text, if it has the text once.
    """
    by_unit = all(label.unit_id for labels in raters.values() for label in labels)
    rows: dict[Key, list[Label | None]] = {}
    twice: set[Key] = set()
    for place, labels in enumerate(raters.values()):
        for label in labels:
            key = (label.doc, f"{label.unit_id} {label.text}" if by_unit else label.text)
            row = rows.setdefault(key, [None] * len(raters))
            if row[place] is not None:
                twice.add(key)
            row[place] = label
    return {key: row for key, row in rows.items() if key not in twice}


def _agreement(
    name: str, raters: Sequence[str], rows: Answers, *, seed: int, draws: int
) -> Agreement:
    if name == PARENT:
        rows = {key: _numbered(row) for key, row in rows.items()}
    labels = sorted({one for row in rows.values() for one in row if one is not None})
    index = {label: float(place) for place, label in enumerate(labels)}
    codes = np.array([[index.get(one or "", np.nan) for one in row] for row in rows.values()])
    n_labels = N_LABELS.get(name, len(labels))
    value = measure(codes, n_labels)
    unique, owner = np.unique(np.array([doc for doc, _ in rows]), return_inverse=True)
    members = [np.flatnonzero(owner == one) for one in range(len(unique))]
    random = np.random.default_rng(seed)
    drawn = [
        measure(codes[np.concatenate([members[one] for one in chosen])], n_labels)
        for chosen in random.integers(0, len(unique), (draws, len(unique)))
        if len(unique) >= MIN_INTERVIEWS
    ]
    pairs = list(combinations(range(len(raters)), 2)) if name != PARENT else []
    defined = MEASURES if name != PARENT else ("percent",)
    figures = {one: (value[one], *_bounds([draw[one] for draw in drawn])) for one in defined}
    return Agreement(
        question=name,
        n=len(rows),
        interviews=len(unique),
        figures=dict.fromkeys(MEASURES, (None, None, None)) | figures,
        confusion={f"{raters[a]} > {raters[b]}": _confusion(rows, a, b) for a, b in pairs},
    )


def _numbered(row: Sequence[str | None]) -> list[str | None]:
    """Return answers as numbers, the same for the same answer, in the order in which they come."""
    known: dict[str, str] = {}
    return [one and known.setdefault(one, str(len(known))) for one in row]


def _bounds(drawn: Sequence[float | None]) -> tuple[float | None, float | None]:
    given = [one for one in drawn if one is not None]
    if not given:
        return None, None
    low, high = np.quantile(given, (0.025, 0.975))
    return round(float(low), DIGITS), round(float(high), DIGITS)


def _confusion(answers: Answers, first: int, second: int) -> list[tuple[str, str, int]]:
    pairs = Counter((row[first], row[second]) for row in answers.values())
    return sorted((a, b, n) for (a, b), n in pairs.items() if a is not None and b is not None)


def measure(codes: Floats, n_labels: int) -> dict[str, float | None]:
    """Return each measure of agreement; None where it is undefined, as where all is one label.

    Args:
        codes: ``(n_sentences, n_raters)``, a number a label, nan for none; two or more a row.
        n_labels: how many labels there are to choose from.
    """
    used = int(np.nanmax(codes)) + 1
    counts = np.stack([(codes == one).sum(1) for one in range(used)], 1)
    given = counts.sum(1)
    observed = float(((counts * (counts - 1)).sum(1) / (given * (given - 1))).mean())
    shares = (counts / given[:, None]).mean(0)
    by_chance = float((shares * (1 - shares)).sum() / max(n_labels - 1, 1))
    whole = counts[given == codes.shape[1]]
    found: dict[str, float | None] = dict.fromkeys(MEASURES)
    found["percent"] = observed
    if n_labels > 1:
        found["pabak"] = (n_labels * observed - 1) / (n_labels - 1)
        found["ac1"] = (observed - by_chance) / (1 - by_chance)
    if np.count_nonzero(counts.sum(0)) > 1:
        alpha = krippendorff.alpha(value_counts=counts, level_of_measurement="nominal")
        found["alpha"] = float(alpha)
    if np.count_nonzero(whole.sum(0)) > 1:
        found["fleiss"] = float(fleiss_kappa(whole))
        if codes.shape[1] == 2:
            table = np.zeros((used, used))
            np.add.at(table, tuple(codes.astype(int).T), 1)
            found["cohen"] = float(cohens_kappa(table, return_results=False))
    return {name: None if one is None else round(one, DIGITS) for name, one in found.items()}


def _differences(question: str, raters: Raters, by_key: Labels, rows: Answers) -> Iterator[Row]:
    for key, row in rows.items():
        if len({one for one in row if one is not None}) > 1:
            label = next(one for one in by_key[key] if one is not None)
            place: Row = {"doc": label.doc, "unit_id": label.unit_id, "question": question}
            given: Row = dict(zip(raters, row, strict=True))
            yield {**place, **given, "text": label.text}


def write_csv(path: Path, rows: Sequence[Row]) -> None:
    """Write sentences that differ.

    Raises:
        InputError: the file cannot be written.
    """
    names = (rows or [{"doc": None}])[0]
    table = Table("differences", "one sentence", tuple(Column(name, "") for name in names))
    stream = StringIO(newline="")
    write_rows(stream, table, rows, header=True)
    replace_file(path, stream.getvalue().encode("utf8"), option="-o")
