"""Gold turns aligned with a document's paragraphs: the state of each paragraph.

The words of the paragraphs are aligned with those of the gold turns in order.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from pipeline.turns.chain import State
from pipeline.turns.document import Document
from pipeline.turns.proposals import Proposal

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_SPOKEN = 0.5
LABELLED = 2
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Laid:
    """A document with gold: a state a paragraph, and paragraphs whose label is not proposed."""

    document: Document
    states: tuple[State, ...]
    missed: tuple[int, ...]


def read_gold(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the gold turns of ``gold_turns.jsonl`` by document."""
    gold: dict[str, list[dict[str, Any]]] = {}
    for line in (folder / "gold_turns.jsonl").read_text(encoding="utf8").splitlines():
        row = json.loads(line)
        gold.setdefault(row["doc"], []).append(row)
    return gold


def words_at(text: str) -> list[tuple[str, int]]:
    """Return the words of a text in lower case, each with its offset."""
    return [
        (found.group().lower(), found.start()) for found in _WORD.finditer(text.replace("_", " "))
    ]


def lay_gold(document: Document, rows: Rows) -> Laid:
    """Return the state of each paragraph of a document under its gold turns."""
    ours = [
        (word, i, at) for i, p in enumerate(document.paragraphs) for word, at in words_at(p.text)
    ]
    gold = [
        (word, t)
        for t, row in enumerate(rows)
        for text in row["paragraphs"]
        for word, _ in words_at(text)
    ]
    matcher = SequenceMatcher(None, [w for w, _, _ in ours], [w for w, _ in gold], autojunk=False)
    turn_of: dict[tuple[int, int], int] = {}
    for block in matcher.get_matching_blocks():
        for k in range(block.size):
            _, index, at = ours[block.a + k]
            turn_of[index, at] = gold[block.b + k][1]
    matched: list[list[tuple[int, int]]] = [[] for _ in document.paragraphs]
    total = [0] * len(document.paragraphs)
    for _, index, at in ours:
        total[index] += 1
        if (index, at) in turn_of:
            matched[index].append((at, turn_of[index, at]))
    states: list[State] = []
    missed = []
    last_turn, unlabelled = -1, False
    for index, proposal in enumerate(document.proposals):
        found = matched[index]
        if proposal is not None:
            body = [turn for at, turn in found if at >= proposal.start]
            alone = proposal.start >= len(document.paragraphs[index].text)
            below = next((i for i in range(index + 1, len(matched)) if matched[i]), None)
            own = document.proposals[below] if below is not None else None
            following = None
            if below is not None:
                at, turn_below = matched[below][0]
                labelled = own is not None and at >= own.start > 0
                following = None if labelled else turn_below
            turn = following if alone else (body[0] if body else None)
            head = [t for at, t in found if at < proposal.start and t == turn]
            if _says_own_name(document.paragraphs[index].text, proposal.start):
                head = []
            if turn is not None and not head and _names(proposal, rows[turn], document):
                states.append("label")
                last_turn, unlabelled = turn, False
                continue
        if not found or len(found) < _SPOKEN * total[index]:
            states.append("furniture")
            continue
        # the turn that most words belong to
        turns = [turn for _, turn in found]
        turn = max(set(turns), key=turns.count)
        if turn != last_turn:
            before = total[index] - len(found)
            if found[0][0] > 2 and before >= 1 and found[0][0] < 60:
                missed.append(index)
            role = rows[turn]["role"]
            states.append("question" if role == "interviewer" else "answer")
            unlabelled = True
        elif unlabelled:
            states.append("question" if rows[turn]["role"] == "interviewer" else "answer")
        else:
            states.append("continuation")
        last_turn = turn
    spoken = [i for i, state in enumerate(states) if state != "furniture"]
    first, last = min(spoken, default=0), max(spoken, default=-1)
    states = [s if first <= i <= last else "outside" for i, s in enumerate(states)]
    labels = states.count("label")
    if labels > LABELLED * sum(state in ("question", "answer") for state in states):
        # where labels mark the turns, the few unmarked ones are not training data
        states = [s if s not in ("question", "answer") else "continuation" for s in states]
    return Laid(document, tuple(states), tuple(missed))


def _says_own_name(text: str, start: int) -> bool:
    """The speech begins with the words of its label, "ANN ROE. Ann Roe from the Courier."."""
    label, speech = words_at(text[:start]), words_at(text[start:])
    said = [word for word, _ in speech[: len(label)]]
    return bool(label) and said == [word for word, _ in label]


def _names(proposal: Proposal, row: Mapping[str, Any], document: Document) -> bool:
    """Whether a proposed label fits gold's speaker: a word, initials or a role in common."""
    label, people = proposal.label, str(row["speaker"]).lower().replace("-", " ").split()
    initials = "".join(word[0] for word in people)
    return (
        not set(people).isdisjoint({*label.core, *label.titles})
        or label.core[0] in (initials, *people)
        or initials in ("".join(label.core), "".join(word[0] for word in label.core))
        or label.hint is not None
        or (document.counts[label.core] > 2 and proposal.style != "line")
    )
