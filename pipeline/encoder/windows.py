"""Answers as token windows: the end of the question, then the units of the answer.

Sequential sentence classification (Cohan et al. 2019): the units of an answer are encoded together,
and each is pooled from its own tokens. A long answer is split into overlapping windows; each unit
belongs to the one that shows most of its context. Used in training and prediction alike; speakers'
names are not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tokenizers import Encoding, Tokenizer

from pipeline.reading.rows import Answer, Span

MAX_TOKENS = 512
QUESTION_TOKENS = 64
UNIT_TOKENS = 200
OVERLAP_TOKENS = 96
"""Tokens that two neighbouring windows share, so that no unit is read without context."""


def overlap(offsets: Sequence[Span], span: Span) -> Span | None:
    """Return the half-open range of tokens whose code points overlap a span, if any do."""
    inside = [i for i, (a, b) in enumerate(offsets) if a < span[1] and span[0] < b]
    return (inside[0], inside[-1] + 1) if inside else None


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit in a window.

    Attributes:
        unit: index in the answer.
        start, end: half-open token positions; the separator is at ``end``.
        offsets: code points of each token in the unit.
    """

    unit: int
    start: int
    end: int
    offsets: tuple[Span, ...]

    def tokens_of(self, span: Span) -> Span | None:
        """Return the half-open token positions that overlap code points of the unit, if any."""
        found = overlap(self.offsets, span)
        return (self.start + found[0], self.start + found[1]) if found else None


@dataclass(frozen=True, slots=True)
class Window:
    """Token ids, segment numbers, and the units that are judged from this window."""

    ids: tuple[int, ...]
    types: tuple[int, ...]
    placed: tuple[Placed, ...]


def special_ids(tokenizer: Tokenizer) -> tuple[int, int]:
    """Return the ids of the first token and of the separator (BERT's or MPNet's)."""
    for first, separator in (("[CLS]", "[SEP]"), ("<s>", "</s>")):
        ids = tokenizer.token_to_id(first), tokenizer.token_to_id(separator)
        if ids[0] is not None and ids[1] is not None:
            return ids[0], ids[1]
    raise ValueError("expected a tokenizer with [CLS] and [SEP] or <s> and </s>")


def build_windows(
    answer: Answer, tokenizer: Tokenizer, *, max_tokens: int = MAX_TOKENS
) -> list[Window]:
    """Split an answer into windows; each unit is placed in exactly one.

    Units are truncated to ``UNIT_TOKENS`` tokens.
    """
    first, separator = special_ids(tokenizer)
    encoded = tokenizer.encode_batch([answer.question, *answer.units], add_special_tokens=False)
    question = list(encoded[0].ids[-QUESTION_TOKENS:])
    head = [first, *question, separator]
    lengths = [min(len(one.ids), UNIT_TOKENS) + 1 for one in encoded[1:]]
    ranges = _ranges(lengths, room=max_tokens - len(head))
    owners = _owners(ranges, lengths)
    return [
        _window(head, separator, encoded, span, {u for u in range(*span) if owners[u] == number})
        for number, span in enumerate(ranges)
    ]


def _ranges(lengths: Sequence[int], *, room: int) -> list[Span]:
    """Return half-open ranges of units that fit into ``room`` tokens, each overlapping the last."""
    ranges: list[Span] = []
    start = 0
    while start < len(lengths):
        end, used = start, 0
        while end < len(lengths) and (used + lengths[end] <= room or end == start):
            used += lengths[end]
            end += 1
        ranges.append((start, end))
        if end == len(lengths):
            break
        following, shared = end, 0
        while following - 1 > start and shared + lengths[following - 1] <= OVERLAP_TOKENS:
            following -= 1
            shared += lengths[following]
        start = following
    return ranges


def _owners(ranges: Sequence[Span], lengths: Sequence[int]) -> dict[int, int]:
    """Return for each unit the window with the longest context on its shorter side."""
    best: dict[int, tuple[int, int]] = {}
    for number, (start, end) in enumerate(ranges):
        for unit in range(start, end):
            before = sum(lengths[start:unit]) if start else max(1, sum(lengths))
            after = sum(lengths[unit + 1 : end]) if end < len(lengths) else max(1, sum(lengths))
            shown = min(before, after)
            if unit not in best or shown > best[unit][0]:
                best[unit] = (shown, number)
    return {unit: number for unit, (_, number) in best.items()}


def _window(
    head: Sequence[int], separator: int, encoded: Sequence[Encoding], span: Span, owned: set[int]
) -> Window:
    ids = list(head)
    placed = []
    for unit in range(*span):
        tokens = encoded[unit + 1].ids[:UNIT_TOKENS]
        start = len(ids)
        ids += [*tokens, separator]
        if unit in owned:
            offsets = tuple(encoded[unit + 1].offsets[: len(tokens)])
            placed.append(Placed(unit, start, start + len(tokens), offsets))
    types = [0] * len(head) + [1] * (len(ids) - len(head))
    return Window(tuple(ids), tuple(types), tuple(placed))
