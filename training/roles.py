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
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
    choose_roles,
    probabilities,
    voice_features,
)
from pipeline.turns.segments import Part, Segment
from pipeline.turns.speakers import Key, group_labels
from training.cards import describe, write_section

COPIES, SEED, STRENGTH = 8, 7, 0.2
# what a label says of itself is penalised less: it is seldom wrong, and seldom there
LABELS = 6.0
_WORD = re.compile(r"\w+")
_NEITHER = ("Announcer", "Narrator", "Clip", "Operator", "Video", "Interpreter")
Weights = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Talk:
    """The turns of a document, the role of each, and where the document is from."""

    id: str
    source: str
    segments: tuple[Segment, ...]
    roles: tuple[Role, ...]


@dataclass(frozen=True)
class Rows:
    """The voices of a talk: features (n, f), roles (n), words (n) and the features' names."""

    talk: Talk
    values: Floats
    names: tuple[str, ...]
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
        talks.append(Talk(entry["id"], source, *_merge(segments, [row["role"] for row in rows])))
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


def _merge(
    segments: Sequence[Segment], roles: Sequence[Role]
) -> tuple[tuple[Segment, ...], tuple[Role, ...]]:
    """Put neighbours of one speaker together."""
    merged: list[Segment] = []
    kept: list[Role] = []
    for segment, role in zip(segments, roles, strict=True):
        if merged and merged[-1].key == segment.key:
            merged[-1] = replace(merged[-1], parts=merged[-1].parts + segment.parts)
        else:
            merged.append(segment)
            kept.append(role)
    return tuple(merged), tuple(kept)


def describe_voices(talk: Talk) -> Rows:
    """Return the features and gold roles of a talk's voices."""
    keys, names, values = voice_features(talk.segments)
    words: dict[Key, Counter[Role]] = defaultdict(Counter)
    for segment, role in zip(talk.segments, talk.roles, strict=True):
        words[segment.key][role] += len(_WORD.findall(segment.text))
    return Rows(
        talk,
        values,
        tuple(names),
        tuple(words[key].most_common(1)[0][0] for key in keys),
        np.array([float(words[key].total()) for key in keys]),
    )


def corrupt(talk: Talk, others: Sequence[Talk], rng: random.Random) -> Talk:
    """Return a copy of a talk as a poor reading of a shorter one would have it."""
    turns = list(zip(talk.segments, talk.roles, strict=True))
    if rng.random() < 0.6:
        size = rng.randint(10, 30)
        start = rng.randint(0, max(0, len(turns) - size))
        turns = turns[start : start + size]
    if rng.random() < 0.5:
        turns = [turn for turn in turns if rng.random() > 0.06]
        turns = [_misread(turns, i, rng) for i in range(len(turns))]
    if rng.random() < 0.25:
        lost = rng.choice((0.3, 1.0))
        turns = [(_alter(s, lambda t: t.replace("?", ".")) if rng.random() < lost else s, role)
                 for s, role in turns]  # fmt: skip
    if rng.random() < 0.4:
        turns = _without_labels(turns)
    if rng.random() < 0.15 and others and len(turns) > 4:
        turns = _with_clip(turns, rng.choice(others), rng)
    segments, roles = _merge([s for s, _ in turns], [role for _, role in turns])
    return Talk(talk.id, talk.source, segments, roles)


def _misread(
    turns: Sequence[tuple[Segment, Role]], index: int, rng: random.Random
) -> tuple[Segment, Role]:
    """The turn, or, seldom, the turn as one of the speaker before."""
    segment, role = turns[index]
    if index and rng.random() < 0.06:
        before, role = turns[index - 1]
        return replace(segment, key=before.key, labels=before.labels), role
    return segment, role


def _alter(segment: Segment, change: Callable[[str], str]) -> Segment:
    return replace(segment, parts=tuple(replace(p, text=change(p.text)) for p in segment.parts))


def _without_labels(turns: Sequence[tuple[Segment, Role]]) -> list[tuple[Segment, Role]]:
    keys = list(dict.fromkeys(segment.key for segment, _ in turns))
    names = {key: f"Speaker {number}" for number, key in enumerate(keys, start=1)}
    labels = {
        key: Label(raw=name, name=name, core=(name.casefold(),), titles=frozenset())
        for key, name in names.items()
    }
    return [
        (replace(s, key=labels[s.key].core, labels=(labels[s.key],)), role) for s, role in turns
    ]


def _with_clip(
    turns: Sequence[tuple[Segment, Role]], other: Talk, rng: random.Random
) -> list[tuple[Segment, Role]]:
    """The turns and, among them, one or two of a voice that takes no part."""
    name = rng.choice(_NEITHER)
    label = parse_label(name)
    if label is None or any(segment.key == label.core for segment, _ in turns):
        return list(turns)
    said = rng.sample(other.segments, min(len(other.segments), rng.randint(1, 2)))
    clips: list[tuple[Segment, Role]] = [
        (replace(one, key=label.core, labels=(label,), parts=one.parts[:1]), "other")
        for one in said
    ]
    place = rng.choice((0, rng.randint(1, len(turns) - 1)))
    return [*turns[:place], *clips[:1], *turns[place:], *clips[1:]]


def make_rows(talks: Sequence[Talk], copies: int = COPIES) -> dict[str, list[Rows]]:
    """Return the voices of each talk, by its id: first as it is, then of its altered copies."""
    found: dict[str, list[Rows]] = {}
    for talk in talks:
        rng = random.Random(f"{SEED}:{talk.id}")
        others = [one for one in talks if one.source != talk.source]
        altered = (corrupt(talk, others, rng) for _ in range(copies))
        usable = [one for one in altered if {"interviewer", "respondent"} <= set(one.roles)]
        found[talk.id] = [describe_voices(one) for one in (talk, *usable)]
    return found


def fit(rows: Sequence[Sequence[Rows]], strength: float = STRENGTH) -> Weights:
    """Return the weights of the logistic regression; each source, and each document of it, alike.

    Args:
        rows: the copies of each document.
        strength: inverse of the L2 penalty, on features of unit variance.
    """
    per_source = Counter(copies[0].talk.source for copies in rows)
    values: list[Floats] = []
    counts: list[Floats] = []
    roles: list[Role] = []
    for copies in rows:
        for one in copies:
            share = 1 / per_source[one.talk.source] / len(copies)
            values.append(one.values)
            roles += one.roles
            counts.append(share * (0.5 / len(one.words) + 0.5 * one.words / one.words.sum()))
    table, weights = np.concatenate(values), np.concatenate(counts)
    weights *= 100 / weights.sum() * len(per_source) / 36
    scale = np.sqrt(np.average(table**2, axis=0, weights=weights))
    scale[scale == 0] = 1.0
    scale /= [LABELS if "label" in name else 1.0 for name in rows[0][0].names]
    model = LogisticRegression(C=strength, max_iter=2_000)
    model.fit(table / scale, roles, sample_weight=weights)
    names = rows[0][0].names
    found: Weights = {role: dict.fromkeys((*names, "bias"), 0.0) for role in ROLES}
    for role, line, bias in zip(model.classes_, model.coef_ / scale, model.intercept_, strict=True):
        found[role] = {
            **dict(zip(names, line.round(4).tolist(), strict=True)),
            "bias": round(float(bias), 4),
        }
    return found


def score(one: Rows, weights: Weights) -> float:
    """Return the share of a talk's words whose voice gets gold's role."""
    chosen = choose_roles(probabilities(one.values, one.names, weights), {})
    right = dict(zip(_keys(one), chosen, strict=True))
    counts: Counter[bool] = Counter()
    for segment, role in zip(one.talk.segments, one.talk.roles, strict=True):
        counts[right[segment.key] == role] += len(_WORD.findall(segment.text))
    return counts[True] / counts.total()


def _keys(one: Rows) -> list[Key]:
    return list(dict.fromkeys(segment.key for segment in one.talk.segments))


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


def render(rows: Mapping[str, Sequence[Rows]], weights: Weights) -> tuple[str, dict[str, Any]]:
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


def card(weights: Weights, figures: Mapping[str, Any]) -> str:
    """Return the card's section."""
    names = weights[ROLES[0]]
    lines = [
        "Multinomial logistic regression of the role of each voice of a document, on features",
        "relative to the other voices (`pipeline/turns/roles.py`). Fitted by",
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
    base = weights["respondent"]
    lines += [
        f"| {name} | {weights['interviewer'][name] - base[name]:+.2f} "
        f"| {weights['other'][name] - base[name]:+.2f} |"
        for name in names
    ]
    return "\n".join(lines)


def render_weights(weights: Weights) -> bytes:
    """Return the weights as JSON."""
    return (json.dumps({"roles": ROLES, "weights": weights}, indent=1) + "\n").encode()


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
        "settings": {"copies": COPIES, "seed": SEED, "strength": STRENGTH, "labels": LABELS},
        "figures": figures,
    }
    describe(options.out, WEIGHTS, content, section)
    write_section(options.out, "Roles", card(weights, figures))
    print(table)
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
