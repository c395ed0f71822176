"""Questions that lost their type: plain paragraphs between those of an answer that must ask.

An editor forgets to set one question in bold, or the page that was saved drops it. The weights of
talks without labels tell it, where they leave little doubt: an answer's own paragraphs are many.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.records import Paragraph
from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.conventions.exchange import load_exchange
from pipeline.turns.questions import is_question

_SURE = 2.0  # log odds
_MAX_WORDS = 40
_MOST = 0.5


def find_lost_questions(document: Document, marks: Sequence[Mark]) -> list[int]:
    """Return the plain paragraphs that ask, each above one that goes on with the answer.

    Where there are nearly as many as set ones, the type does not tell questions.

    Args:
        document: with questions set apart.
        marks: of the set questions and of the answers to them.
    """
    asked = [mark.index for mark in marks if mark.end is not None]
    if not asked:
        return []
    body = [index for index in document.body if asked[0] <= index <= asked[-1]]
    found: list[int] = []
    for above, (index, below) in zip(body, pairwise(body[1:]), strict=False):
        taken = not {*asked, *found}.isdisjoint(range(above, below + 1))
        if taken or _is_set(document.paragraphs[index]):
            continue
        if _asks(*(document.paragraphs[at].text for at in (above, index, below))):
            found.append(index)
    return found if len(found) <= _MOST * len(asked) else []


def _is_set(paragraph: Paragraph) -> bool:
    """The paragraph opens in a type of its own, as what another convention looks for does."""
    opens = any(spans and spans[0][0] == 0 for spans in (paragraph.bold, paragraph.italic))
    return bool(opens or paragraph.heading or paragraph.quoted)


def _asks(above: str, text: str, below: str) -> bool:
    """The row in which the paragraph asks is far likelier than the one in which all answer."""
    if len(text.split()) > _MAX_WORDS:
        return False
    model, ends_asking = load_exchange(), is_question(text)
    behind = is_question(above)
    asking = model.asking(text, before=above, after=below)
    turns = model.step(False, True, behind=behind) + model.step(True, False, behind=ends_asking)
    goes_on = model.step(False, False, behind=behind) + model.step(False, False, behind=ends_asking)
    return asking + turns - goes_on >= _SURE
