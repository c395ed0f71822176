"""How well turns agree with hand-checked turns: right role, right speaker, no furniture."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from pipeline.config import SegmentSettings
from pipeline.corpus.index import INDEX_NAME, find_index, read_index
from pipeline.corpus.inputs import understand_file
from pipeline.errors import InputError
from pipeline.records import Interview
from pipeline.runs.jsonl import load_object, read_lines

KEYS = frozenset({"doc", "speaker", "role", "paragraphs"})
_NOTE = re.compile(r"\s*\([^()]*\)$")
_WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True)
class TurnScore:
    """Agreement of one interview's turns with gold, counted in words.

    ``furniture`` are the words of our turns that are in no gold turn, ``missing`` those of gold
    that are in none of ours.
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


def score_turns(
    interview: Interview,
    gold_rows: Iterable[Mapping[str, Any]],
    *,
    aliases: Mapping[str, str] | None = None,
) -> TurnScore:
    """Align the words of an interview's turns with those of gold and count.

    A word is under the right speaker if its turn's speaker is the one that maps to gold's name.
    The mapping is one to one and the best there is (Kuhn, 1955). Gold's variants of one name count
    as one: those in ``aliases``, and a name that ends another ("Minister Ann North", "North").

    Args:
        interview: with turns.
        gold_rows: of this interview, in order: ``speaker``, ``role``, ``paragraphs``.
        aliases: speakers that gold names in two ways, name to name.
    """
    rows = list(gold_rows)
    people = _gold_people([str(row["speaker"]) for row in rows], aliases or {})
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


def _gold_people(names: Sequence[str], aliases: Mapping[str, str]) -> dict[str, str]:
    """Map gold's names to people: a name that ends a longer one is that one, if only one does."""
    plain = {name: _NOTE.sub("", aliases.get(name, name)).casefold().split() for name in names}
    people = {}
    for name, words in plain.items():
        longer = {" ".join(other) for other in plain.values() if other[-len(words) :] == words}
        nested = sorted(longer, key=len)
        chain = all(b.endswith(a) for a, b in pairwise(nested))
        people[name] = nested[-1] if nested and chain else " ".join(words)
    return people


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


def score_corpus_turns(
    gold: Path, *, index: Path | None = None, settings: SegmentSettings
) -> list[TurnScore]:
    """Segment each transcript that gold turns exist for, and score it.

    Args:
        gold: JSON Lines, one turn a line: ``doc`` (id in the index), ``speaker``, ``role``,
            ``paragraphs``.
        index: of the transcripts; if not given, the nearest one above ``gold``.
        settings: of the segmentation.

    Raises:
        InputError: a file cannot be read, or gold names a transcript that the index lacks.
    """
    index = index or _nearest_index(gold)
    rows = {row.id: row for row in read_index(index).values()}
    scores: list[TurnScore] = []
    for doc, turns in _read_gold(gold).items():
        if doc not in rows:
            raise InputError(
                f'{gold}: turns of "{doc}", which {index} does not list; expected one of '
                f"{', '.join(sorted(rows))}; give its index with --index"
            )
        interview = understand_file(
            index.parent / rows[doc].path,
            interview_id=doc,
            metadata=rows[doc].metadata(),
            settings=settings,
        ).interview
        scores.append(score_turns(interview, turns))
    return scores


def _nearest_index(gold: Path) -> Path:
    for folder in (gold.parent, gold.parent.parent):
        if (index := find_index(folder)).is_file():
            return index
    raise InputError(
        f"{gold}: no {INDEX_NAME} in its folder or the one above; expected the index of the "
        "transcripts; give it with --index"
    )


def _read_gold(gold: Path) -> dict[str, list[dict[str, Any]]]:
    turns: dict[str, list[dict[str, Any]]] = defaultdict(list)
    expected = f"one JSON object a line, with the keys {', '.join(sorted(KEYS))}"
    for number, row in read_lines(gold, load_object, record="gold turn", expected=expected):
        if missing := sorted(KEYS - row.keys()):
            raise InputError(
                f"{gold}:{number}: no gold turn: no key {missing[0]}; expected {expected}"
            )
        turns[row["doc"]].append(row)
    return turns
