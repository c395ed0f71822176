"""Source, cue and content against PolNeAR (Newell et al. 2018), attribution in political news.

For evaluation only: nothing is trained or chosen on it.
Run ``python -m training measure-polnear polnear.jsonl.gz SPLIT``. Every row of the file holds
an attribution, so sentences without any are not in it and precision is flattered, ours and the
baseline's alike. The baseline: the subject of a reporting verb is the source, what the verb
governs the content. PolNeAR's sources may be first and second persons, which never hold a
reported stance here; they count as missed.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from spacy.tokens import Doc

from pipeline.config import load_settings
from pipeline.parse import load_spacy
from pipeline.reporting import find_reports
from training.usage import run_module, write_figures

Spans = tuple[tuple[int, int], ...]
_THIRD = frozenset({"he", "she", "they", "it", "his", "her", "their"})
_SAYING = frozenset(
    {"say", "tell", "claim", "argue", "believe", "think", "write", "add", "report", "announce",
     "suggest", "call", "ask", "declare", "state", "explain", "warn", "note"}
)  # fmt: skip
_OBJECTS = ("ccomp", "dobj", "xcomp", "parataxis")
_RULES = frozenset({"reporting-verb", "reporting-noun", "place", "viewpoint"})


class Quoted(NamedTuple):
    """An attribution as code points: source, cue, content, each in one or more pieces."""

    source: Spans
    cue: Spans
    content: Spans


Finder = Callable[[Doc], list[Quoted]]


def read_polnear(path: Path, *, split: str) -> dict[str, list[Quoted]]:
    """Read the attributions of a split that have a source, by text."""
    found: dict[str, list[Quoted]] = {}
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["split"] == split and row["source_span"]:
                parts = (row[f"{name}_span"] for name in ("source", "cue", "content"))
                spans = (tuple((start, end) for start, end in part) for part in parts)
                found.setdefault(row["text"], []).append(Quoted(*spans))
    return found


def by_rules(doc: Doc) -> list[Quoted]:
    """Find attributions by the rules; third-person pronouns count as resolved."""
    names = {token.i for span in doc.ents for token in span}
    names |= {token.i for token in doc if token.lower_ in _THIRD}
    return [
        Quoted(
            _chars(doc, *report.holder),
            _chars(doc, report.cue_token, report.cue_token + 1),
            _chars(doc, *report.content),
        )
        for sentence in doc.sents
        for report in find_reports(sentence, names=names)
        if report.rule in _RULES
    ]


def by_subjects(doc: Doc) -> list[Quoted]:
    """The baseline: subject of a reporting verb, and its complement."""
    return list(_by_subjects(doc))


def _by_subjects(doc: Doc) -> Iterator[Quoted]:
    for verb in doc:
        if verb.lemma_.lower() not in _SAYING or verb.pos_ != "VERB":
            continue
        subjects = [child for child in verb.children if child.dep_ == "nsubj"]
        contents = [child for child in verb.children if child.dep_ in _OBJECTS]
        if subjects and contents:
            spans = (_chars(doc, t.left_edge.i, t.right_edge.i + 1) for t in (subjects[0],))
            content = contents[-1]
            yield Quoted(
                next(spans),
                _chars(doc, verb.i, verb.i + 1),
                _chars(doc, content.left_edge.i, content.right_edge.i + 1),
            )


def score(gold: dict[str, list[Quoted]], docs: Sequence[Doc], find: Finder) -> dict[str, float]:
    """Partial F1 (source, cue and content each overlap) and exact source F1 (cue overlaps)."""
    wanted = sum(map(len, gold.values()))
    predicted = partial = exact = 0
    for doc in docs:
        found, left = find(doc), gold[doc.text]
        predicted += len(found)
        partial += _matches(left, found, _all_overlap)
        exact += _matches(left, found, _same_source)
    total = wanted + predicted
    return {
        "partial_f1": 2 * partial / total,
        "precision": partial / max(1, predicted),
        "recall": partial / wanted,
        "source_exact_f1": 2 * exact / total,
    }


def _matches(
    gold: Sequence[Quoted], found: Sequence[Quoted], fits: Callable[[Quoted, Quoted], bool]
) -> int:
    """How many gold attributions a found one fits, each found one used once."""
    free = list(found)
    hits = 0
    for one in gold:
        hit = next((other for other in free if fits(one, other)), None)
        if hit is not None:
            free.remove(hit)
            hits += 1
    return hits


def _all_overlap(one: Quoted, other: Quoted) -> bool:
    return all(_overlap(a, b) for a, b in zip(one, other, strict=True))


def _same_source(one: Quoted, other: Quoted) -> bool:
    return one.source == other.source and _overlap(one.cue, other.cue)


def _overlap(one: Spans, other: Spans) -> bool:
    return any(a < d and c < b for a, b in one for c, d in other)


def _chars(doc: Doc, start: int, end: int) -> Spans:
    span = doc[start:end]
    return ((span.start_char, span.end_char),)


def main(arguments: Sequence[str]) -> int:
    """Print the scores of the rules and the baseline; return the exit code."""

    def work(words: Sequence[str]) -> None:
        annotated = read_polnear(Path(words[0]), split=words[1])
        parsed = list(load_spacy(load_settings().parse.model).pipe(annotated, batch_size=64))
        finders: dict[str, Finder] = {"rules": by_rules, "baseline": by_subjects}
        for name, finder in finders.items():
            write_figures(name, score(annotated, parsed, finder))

    return run_module(__doc__, arguments, work, expected="polnear.jsonl.gz SPLIT", least=2, most=2)
