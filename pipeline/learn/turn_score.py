"""How well turns agree with hand-checked turns: right role, right speaker, no furniture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from pipeline.records import Interview
from pipeline.turns.labels import parse_label
from pipeline.turns.speakers import group_labels

_WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True)
class TurnScore:
    """Agreement of one interview's turns with gold, counted in words.

    ``furniture`` are the words of our turns that stand in no gold turn, ``missing`` those of gold
    that stand in none of ours.
    """

    interview_id: str
    words: int
    right_role: int
    right_speaker: int
    missing: int
    furniture: int
    furniture_text: str = ""
    missing_text: str = ""

    @property
    def role_share(self) -> float:
        """Share of gold's words in a turn of the right role."""
        return self.right_role / self.words if self.words else 1.0

    @property
    def speaker_share(self) -> float:
        """Share of gold's words under the right speaker."""
        return self.right_speaker / self.words if self.words else 1.0


def score_turns(interview: Interview, gold_rows: Iterable[Mapping[str, Any]]) -> TurnScore:
    """Align the words of an interview's turns with those of gold and count.

    A word is under the right speaker if its turn's speaker is the one that maps to gold's name.
    The mapping is one to one and the best there is (Kuhn, 1955). Gold's variants of one name
    ("President of Russia Vladimir Putin", "Vladimir Putin") count as one.

    Args:
        interview: with turns.
        gold_rows: of this interview, in order: ``speaker``, ``role``, ``paragraphs``.
    """
    rows = list(gold_rows)
    people = _gold_people([str(row["speaker"]) for row in rows])
    roles = {speaker.id: speaker.role for speaker in interview.speakers}
    ours = [(word, turn.speaker_id) for turn in interview.turns for word in _words([turn.text])]
    gold = [
        (word, people[str(row["speaker"])], str(row["role"]))
        for row in rows
        for word in _words(row["paragraphs"])
    ]
    pairs = _align([word for word, _ in ours], [word for word, _, _ in gold])
    mapping = _map_speakers(Counter((ours[i][1], gold[j][1]) for i, j in pairs))
    matched_ours, matched_gold = {i for i, _ in pairs}, {j for _, j in pairs}
    return TurnScore(
        interview_id=interview.id,
        words=len(gold),
        right_role=sum(roles[ours[i][1]] == gold[j][2] for i, j in pairs),
        right_speaker=sum(mapping.get(ours[i][1]) == gold[j][1] for i, j in pairs),
        missing=len(gold) - len(matched_gold),
        furniture=len(ours) - len(matched_ours),
        furniture_text=" ".join(w for i, (w, _) in enumerate(ours) if i not in matched_ours),
        missing_text=" ".join(w for j, (w, _, _) in enumerate(gold) if j not in matched_gold),
    )


def _words(paragraphs: Sequence[str]) -> list[str]:
    return [w for text in paragraphs for w in _WORD.findall(text.lower().replace("_", " "))]


def _gold_people(names: Sequence[str]) -> dict[str, str]:
    """Map gold's names to people, by the rules that also merge labels."""
    labels = {name: parse_label(name) for name in dict.fromkeys(names)}
    known = [(name, label) for name, label in labels.items() if label is not None]
    keys = group_labels([label for name in names if (label := labels[name]) is not None])
    by_name = dict(zip((name for name in names if labels[name] is not None), keys, strict=True))
    return {name: " ".join(by_name[name]) for name, _ in known} | {
        name: name for name, label in labels.items() if label is None
    }


def _align(ours: Sequence[str], gold: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of positions that hold the same word, in order."""
    matcher = SequenceMatcher(None, ours, gold, autojunk=False)
    return [
        (block.a + k, block.b + k)
        for block in matcher.get_matching_blocks()
        for k in range(block.size)
    ]


def _map_speakers(shared: Mapping[tuple[str, str], int]) -> dict[str, str]:
    ours = sorted({a for a, _ in shared})
    gold = sorted({b for _, b in shared})
    table = np.array([[shared.get((a, b), 0) for b in gold] for a in ours])
    if not table.size:
        return {}
    rows, columns = linear_sum_assignment(-table)
    return {ours[r]: gold[c] for r, c in zip(rows, columns, strict=True) if table[r, c]}
