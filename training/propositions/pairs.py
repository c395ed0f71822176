"""Pairs of claims of real interviews, with labels by the digests of their sentences.

``pairs.jsonl`` has no text: documents, turns and offsets (half-open code points) of a run over the
raw interviews, a digest of each sentence, both readings and the label after adjudication. One
language model read them twice, the second time in another order with the sentences swapped: their
agreement is that of a reader with itself.

- same: one main point about the same actors; one may be stronger, or add detail or a reason.
- opposed: both cannot be right, or they take opposite sides on one question.
- related: the same subject or actors, another point; also where a "this" or "they" leaves it open.
- other: neither.

Pairs never cross the halves: a document is dev or test by the parity of the SHA-256 of its id. They
were drawn evenly from bands of similarity, across interviews and within: by words (cosine of
TF-IDF), by vectors (cosine of all-MiniLM-L6-v2), and, to find opposed ones, where words agree and
one of the two is negated, or their stances on a target differ.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from pipeline.errors import InputError
from pipeline.records import Interview, Offset, Record

LABELS_FILE = Path(__file__).with_name("pairs.jsonl")
SAME, OPPOSED, RELATED, OTHER = "same", "opposed", "related", "other"
Answer = Literal["same", "opposed", "related", "other"]
Half = Literal["dev", "test"]
Key = tuple[str, str]
"""Document and digest of a sentence."""


class Place(Record):
    """A sentence, without its words; ``start`` and ``end`` are code points of its turn."""

    doc: str
    turn: str
    start: Offset
    end: Offset
    digest: str

    @property
    def key(self) -> Key:
        """What the sentence is found by."""
        return self.doc, self.digest


class Pair(Record):
    """Two claims, and what two readings of one reader say of them."""

    split: Half
    drawn_by: Literal["words", "vectors", "negated"]
    one: Place
    other: Place
    first: Answer
    second: Answer
    label: Answer

    @property
    def keys(self) -> tuple[Key, Key]:
        """Both sentences."""
        return self.one.key, self.other.key


def read_pairs(path: Path = LABELS_FILE) -> list[Pair]:
    """Return the labelled pairs."""
    lines = path.read_text(encoding="utf8").splitlines()
    return [Pair.model_validate_json(line) for line in lines]


def digest_of(text: str) -> str:
    """Return what stands for a sentence in ``pairs.jsonl``."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def find_units(interviews: Iterable[Interview], pairs: Sequence[Pair]) -> dict[Key, str]:
    """Return the unit id of each sentence of the pairs, the first of repeated ones.

    Raises:
        InputError: none of the sentences is in the interviews.
    """
    wanted = {key for pair in pairs for key in pair.keys}
    found: dict[Key, str] = {}
    for interview in interviews:
        for unit in interview.units or ():
            key = interview.id, digest_of(unit.text)
            if key in wanted:
                found.setdefault(key, unit.id)
    if not found:
        raise InputError(
            f"{LABELS_FILE.name}: none of its {len(wanted):,} sentences is in the run; expected a "
            "run over the raw interviews, under their ids"
        )
    return found
