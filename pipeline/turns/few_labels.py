"""Whether the few labels of a talk miss most of its turns.

Many pages name the two in the first round only, and any page has a byline, a caption or an
advertisement that looks like a label. What tells that they are not the talk's own way is that
paragraphs without labels ask and are answered by turns, many times over, where the labels find
hardly a turn.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.turns.questions import ends_asking
from pipeline.turns.segments import Segment

_TIMES, _MIN_TURNS = 3, 12
_CONTRAST, _MIN_RATE = 0.35, 0.22
_YOU = re.compile(r"\b(?:you|yours?|yourself)\b(?! (?:know|see)\b)", re.I)
_WE = re.compile(r"\b(?:we|us|ours?)\b", re.I)
_SPEAKER = re.compile(r"\b(?:I|me|my|we|us|our)\b", re.I)


def miss_turns(few: Sequence[Segment], many: Sequence[Segment]) -> bool:
    """Whether the one way of cutting a talk finds but a few of the turns that the other shows.

    A speech has paragraphs that ask as well: they are few among all, ask nobody, "What did we
    learn?", and what follows asks no less.

    Args:
        few: turns as the labels cut them, say.
        many: turns as paragraphs that ask and paragraphs that answer.
    """
    return len(many) >= max(_MIN_TURNS, _TIMES * len(few)) and _is_exchange(many)


def _is_exchange(segments: Sequence[Segment]) -> bool:
    """One asks, and asks somebody; the other does not; and questions come often."""
    questions = [one.text for one in segments if one.labels[0].hint == "interviewer"]
    answers = [one.text for one in segments if one.labels[0].hint != "interviewer"]
    if not questions or not answers:
        return False
    paragraphs = sum(len(one.parts) for one in segments)
    you, we = (sum(bool(one.search(text)) for text in questions) for one in (_YOU, _WE))
    contrast = _share_asking(questions) - _share_asking(answers)
    return you >= we and contrast >= _CONTRAST and len(questions) >= _MIN_RATE * paragraphs


def _share_asking(texts: Sequence[str]) -> float:
    """Share of the turns that end asking, or speak to somebody and not of who speaks."""
    asking = [ends_asking(one) or (_YOU.search(one) and not _SPEAKER.search(one)) for one in texts]
    return sum(map(bool, asking)) / len(texts)
