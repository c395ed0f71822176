"""Labels that are pronouns, "ME:" and "HER:", as people write who transcribe their own talks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.labels import Hint
from pipeline.turns.vocabulary import PARTNERS, SELVES

_AGAIN, _INITIALS = 2, 2


def pair_pronouns(_: Document, marks: Sequence[Mark]) -> list[Mark]:
    """Let "ME" ask and "HER" answer where both recur; elsewhere "Her: ..." is no label.

    "ME" alone may be somebody's initials.
    """
    counts = Counter(_pronoun(mark) for mark in marks)
    me = any(counts[word] >= _AGAIN for word in SELVES)
    other = any(counts[word] >= _AGAIN for word in PARTNERS)
    if me and other:
        return [_with_hint(mark, _pronoun(mark)) for mark in marks]
    return [mark for mark in marks if _pronoun(mark) not in PARTNERS or _may_be_initials(mark)]


def _pronoun(mark: Mark) -> str | None:
    core = mark.label.core
    return core[0] if len(core) == 1 and core[0] in SELVES | PARTNERS else None


def _with_hint(mark: Mark, word: str | None) -> Mark:
    if word is None:
        return mark
    hint: Hint = "interviewer" if word in SELVES else "respondent"
    return replace(mark, label=replace(mark.label, hint=hint), sure=True)


def _may_be_initials(mark: Mark) -> bool:
    return len(mark.label.name) == _INITIALS and mark.label.name.isupper()
