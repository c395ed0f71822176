"""Fit the model of roles: ``python -m training roles ../shared/corpus``.

Reads the gold turns of a folder (``index.jsonl``, ``gold_turns.jsonl``), prints the share of words
in the right role for each document, fitted without its source and with it, and writes
``models/turns/roles.json`` with its card. Each source counts alike. Beside each document the fit
sees copies that are cut short, merged, or stripped of what labels and question marks say, so that
it depends on no single sign.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from pipeline.artefacts import CHECKOUT, sha256_of
from pipeline.records import Role
from pipeline.turns.labels import Label, parse_label
from pipeline.turns.roles import (
    MODEL,
    ROLES,
    WEIGHTS,
    Floats,
    RoleWeights,
    Voices,
    add_context,
    choose_roles,
    describe_voices,
    judge_voices,
    probabilities,
)
from pipeline.turns.segments import Part, Segment
from pipeline.turns.speakers import Key, group_labels
from training.altered import Talk, corrupt, merge, recast
from training.cards import describe, write_section

COPIES, CASTS, SEED, STRENGTH = 8, 3, 7, 0.5
REAL = 0.3  # of the weight of a document; its altered copies share the rest
# what a label says of itself is penalised less: it is seldom wrong, and seldom there
LABELS = 6.0
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Rows:
    """The voices of a talk, described: roles (n), and words (n)."""

    talk: Talk
    voices: Voices
    roles: tuple[Role, ...]
    words: Floats


def read_talks(folder: Path) -> list[Talk]:
    """Return the documents of a folder as gold has their turns."""
    gold: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in _read(folder / "gold_turns.jsonl"):
        gold[row["doc"]].append(row)
    talks = []
    for entry in _read(folder / "index.jsonl"):
        rows = gold[entry["id"]]
        source = str(entry.get("source") or entry.get("publisher")).split("@")[0]
        printed = (folder / entry["path"]).read_bytes().decode("utf8", "ignore")
        names = {row["speaker"]: _label(row["speaker"], printed) for row in rows}
        aliases = {
            short: names[full] for short, full in (entry.get("aliases") or {}).items()
            if short in names and full in names
        }  # fmt: skip
        labels = [aliases.get(row["speaker"], names[row["speaker"]]) for row in rows]
        segments = [
            Segment(key, (label,), tuple(Part(text=text, line=1) for text in row["paragraphs"]))
            for key, label, row in zip(group_labels(labels), labels, rows, strict=True)
        ]
        talks.append(Talk(entry["id"], source, *merge(segments, [row["role"] for row in rows])))
    return talks


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf8").splitlines() if line]


def _label(name: str, printed: str) -> Label:
    """The label of a speaker, with the title and the office that the document prints beside it."""
    after = re.findall(rf"\b{re.escape(name)}, ([A-Z][^:\n(\[]{{2,60}}):", printed)
    before = re.findall(rf"\b([A-Z]\w+\.?) {re.escape(name)}[.:]", printed)
    titled = [parse_label(f"{word} {name}") for word, _ in Counter(before).most_common(1)]
    titled += [parse_label(f"{name}, {office}") for office in after[:1]]
    known = (one for one in titled if one and (one.titles or one.affiliation))
    label = next(known, None) or parse_label(name)
    return label or Label(raw=name, name=name, core=(name.casefold(),), titles=frozenset())


def describe_talk(talk: Talk) -> Rows:
    """Return the features and gold roles of a talk's voices."""
    voices = describe_voices(talk.segments)
    words: dict[Key, Counter[Role]] = defaultdict(Counter)
    for segment, role in zip(talk.segments, talk.roles, strict=True):
        words[segment.key][role] += len(_WORD.findall(segment.text))
    return Rows(
        talk,
        voices,
        tuple(words[key].most_common(1)[0][0] for key in voices.keys),
        np.array([float(words[key].total()) for key in voices.keys]),
    )


def make_rows(talks: Sequence[Talk], copies: int = COPIES) -> dict[str, list[Rows]]:
    """Return the voices of each talk, by its id: first as it is, then of its altered copies."""
    found: dict[str, list[Rows]] = {}
    for talk in talks:
        rng = random.Random(f"{SEED}:{talk.id}")
        others = [one for one in talks if one.source != talk.source]
        altered = [corrupt(talk, others, rng) for _ in range(copies)]
        for _ in range(CASTS):
            altered += recast(talk, others, rng)
        usable = [one for one in altered if {"interviewer", "respondent"} <= set(one.roles)]
        found[talk.id] = [describe_talk(one) for one in (talk, *usable)]
    return found


def fit(rows: Sequence[Sequence[Rows]], strength: float = STRENGTH) -> RoleWeights:
    """Return the weights of both regressions; each source, and each document of it, alike.

    Args:
        rows: the copies of each document.
        strength: inverse of the L2 penalty, on features of unit variance.
    """
    per_source = Counter(copies[0].talk.source for copies in rows)
    counts: list[Floats] = []
    for copies in rows:
        altered = (1 - REAL) / max(1, len(copies) - 1)
        for place, one in enumerate(copies):
            share = (altered if place else REAL) / per_source[one.talk.source]
            counts.append(share * (0.5 / len(one.words) + 0.5 * one.words / one.words.sum()))
    weights = np.concatenate(counts)
    weights *= 100 / weights.sum() * len(per_source) / 36
    flat = [one for copies in rows for one in copies]
    roles = [role for one in flat for role in one.roles]
    voices = [one.voices for one in flat]
    first = _fit_round(voices, roles, weights, strength)
    again = [add_context(one, probabilities(one.values, one.names, first)) for one in voices]
    return RoleWeights(first, _fit_round(again, roles, weights, strength))


def _fit_round(
    voices: Sequence[Voices], roles: Sequence[Role], weights: Floats, strength: float
) -> dict[str, dict[str, float]]:
    """Return the weights of a logistic regression of voices with their weights."""
    table, names = np.concatenate([one.values for one in voices]), voices[0].names
    scale = np.sqrt(np.average(table**2, axis=0, weights=weights))
    scale[scale == 0] = 1.0
    scale /= [LABELS if "label" in name else 1.0 for name in names]
    model = LogisticRegression(C=strength, max_iter=2_000)
    model.fit(table / scale, roles, sample_weight=weights)
    found: dict[str, dict[str, float]] = {
        role: dict.fromkeys((*names, "bias"), 0.0) for role in ROLES
    }
    for role, line, bias in zip(model.classes_, model.coef_ / scale, model.intercept_, strict=True):
        found[role] = {
            **dict(zip(names, line.round(4).tolist(), strict=True)),
            "bias": round(float(bias), 4),
        }
    return found


def score(one: Rows, weights: RoleWeights) -> float:
    """Return the share of a talk's words whose voice gets gold's role."""
    chosen = choose_roles(judge_voices(one.voices, weights), {})
    right = dict(zip(one.voices.keys, chosen, strict=True))
    counts: Counter[bool] = Counter()
    for segment, role in zip(one.talk.segments, one.talk.roles, strict=True):
        counts[right[segment.key] == role] += len(_WORD.findall(segment.text))
    return counts[True] / counts.total()


def leave_sources_out(
    rows: Mapping[str, Sequence[Rows]], strength: float = STRENGTH
) -> Iterator[tuple[Rows, float, list[float]]]:
    """Yield each talk, its score without its source in the fit, and those of its altered copies."""
    sources = sorted({copies[0].talk.source for copies in rows.values()})
    for source in sources:
        seen = [copies for copies in rows.values() if copies[0].talk.source != source]
        weights = fit(seen, strength)
        for copies in rows.values():
            if copies[0].talk.source == source:
                first, *rest = (score(one, weights) for one in copies)
                yield copies[0], first, rest


def render(rows: Mapping[str, Sequence[Rows]], weights: RoleWeights) -> tuple[str, dict[str, Any]]:
    """Return the table of scores as Markdown, and the figures that the description holds."""
    held = {one.talk.id: (alone, rest) for one, alone, rest in leave_sources_out(rows)}
    inside = {name: score(copies[0], weights) for name, copies in rows.items()}
    words = {name: float(copies[0].words.sum()) for name, copies in rows.items()}
    total = sum(words.values())
    figures = {
        "documents": len(rows),
        "sources": len({copies[0].talk.source for copies in rows.values()}),
        "held_out_mean": round(mean(alone for alone, _ in held.values()), 4),
        "held_out_words": round(sum(held[n][0] * words[n] for n in held) / total, 4),
        "held_out_altered_mean": round(mean(mean(rest) for _, rest in held.values() if rest), 4),
        "in_sample_mean": round(mean(inside.values()), 4),
    }
    lines = ["| document | source left out | in sample | altered copies, source left out |",
             "|---|---|---|---|"]  # fmt: skip
    lines += [
        f"| {name} | {held[name][0]:.3f} | {inside[name]:.3f} | {mean(held[name][1] or [1]):.3f} |"
        for name in rows
    ]
    return "\n".join(lines), figures


def card(weights: RoleWeights, figures: Mapping[str, Any]) -> str:
    """Return the card's section."""
    names = weights.second[ROLES[0]]
    lines = [
        "Multinomial logistic regression of the role of each voice of a document, on features",
        "relative to the other voices, and a second one that also reads what the first says of the",
        "voices around it (`pipeline/turns/roles.py`; its weights are below). Fitted by",
        "`python -m training roles FOLDER` on gold turns of real transcripts and altered copies of",
        "them; no sentence of them is in the weights. Many sources state no licence: the",
        "transcripts are used to fit and to measure, and are not part of the repository.",
        "",
        f"Words in the right role, gold turns given, mean over {figures['documents']} documents of",
        f"{figures['sources']} sources: **{figures['held_out_mean']:.3f}** with the document's",
        f"source left out of the fit ({figures['held_out_altered_mean']:.3f} on copies that are",
        f"cut short, merged and stripped of labels), {figures['in_sample_mean']:.3f} in sample.",
        "The features were chosen on the same documents, so expect less on others.",
        "",
        "| feature | interviewer against respondent | neither against respondent |",
        "|---|---|---|",
    ]
    second = weights.second
    base = second["respondent"]
    lines += [
        f"| {name} | {second['interviewer'][name] - base[name]:+.2f} "
        f"| {second['other'][name] - base[name]:+.2f} |"
        for name in names
    ]
    return "\n".join(lines)


def render_weights(weights: RoleWeights) -> bytes:
    """Return the weights as JSON."""
    return (json.dumps({"roles": ROLES, **weights._asdict()}, indent=1) + "\n").encode()


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, print the scores, and write the weights with their description and card."""
    parser = argparse.ArgumentParser(prog="python -m training roles", description=__doc__)
    parser.add_argument("folder", type=Path, help="with index.jsonl and gold_turns.jsonl")
    parser.add_argument("--out", type=Path, default=CHECKOUT / MODEL, help="folder of the model")
    options = parser.parse_args(arguments)
    rows = make_rows(read_talks(options.folder))
    weights = fit(list(rows.values()))
    table, figures = render(rows, weights)
    content = render_weights(weights)
    section = {
        "task": "role of each voice of a document",
        "data": f"{figures['documents']} gold transcripts of {figures['sources']} sources",
        "data_sha256": sha256_of(options.folder / "gold_turns.jsonl"),
        "licence_note": "fitted on transcripts that are not redistributed; weights MIT",
        "settings": {
            "copies": COPIES,
            "casts": CASTS,
            "real": REAL,
            "seed": SEED,
            "strength": STRENGTH,
            "labels": LABELS,
        },
        "figures": figures,
    }
    describe(options.out, WEIGHTS, content, section)
    write_section(options.out, "Roles", card(weights, figures))
    print(table)
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
