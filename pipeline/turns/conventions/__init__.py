"""The conventions that mark speakers, in one table; the more telling of two equals stands first.

A new convention is a class with ``name``, ``prior`` and ``find``, and a row here.
"""

from __future__ import annotations

from pipeline.turns.conventions.base import Convention, Document, Mark
from pipeline.turns.conventions.bold_name import BOLD_NAME, ITALIC_NAME
from pipeline.turns.conventions.forum import ForumPost
from pipeline.turns.conventions.inline import (
    CapsColon,
    LowerColon,
    NameColon,
    QuestionAnswer,
    QWithoutColon,
)
from pipeline.turns.conventions.letter_pairs import LetterPairs
from pipeline.turns.conventions.letters import Greetings, Letters
from pipeline.turns.conventions.magazine import Magazine
from pipeline.turns.conventions.own_line import HeadingName, LabelLine
from pipeline.turns.conventions.period_dash import PERIOD_DASH
from pipeline.turns.conventions.reader_chat import ReaderChat
from pipeline.turns.conventions.running_names import RunningName
from pipeline.turns.conventions.separated import (
    BRACKETED_NAME,
    CAPS_PERIOD,
    CAPS_SPACE,
    NAME_DASH,
)
from pipeline.turns.conventions.set_questions import (
    BOLD_QUESTION,
    CAPITALS_QUESTION,
    HEADING_QUESTION,
    ITALIC_QUESTION,
    MIXED_QUESTION,
    NUMBERED_QUESTION,
    QUOTED_QUESTION,
)
from pipeline.turns.conventions.turn_marks import CHEVRONS, DASH_DIALOGUE

CONVENTIONS: tuple[Convention, ...] = (
    ForumPost(),
    ReaderChat(),
    Letters(),
    HeadingName(),
    BOLD_NAME,
    ITALIC_NAME,
    QWithoutColon(),
    CapsColon(),
    QuestionAnswer(),
    LetterPairs(),
    NameColon(),
    LowerColon(),
    CAPS_PERIOD,
    PERIOD_DASH,
    LabelLine(),
    BRACKETED_NAME,
    NAME_DASH,
    CAPS_SPACE,
    RunningName(),
    Greetings(),
    MIXED_QUESTION,
    BOLD_QUESTION,
    ITALIC_QUESTION,
    HEADING_QUESTION,
    QUOTED_QUESTION,
    NUMBERED_QUESTION,
    CAPITALS_QUESTION,
    DASH_DIALOGUE,
    CHEVRONS,
    Magazine(),
)

__all__ = ["CONVENTIONS", "Convention", "Document", "Mark"]
