"""Turns of captions that open with ``>>`` and no name, where others have one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.conventions.set_questions import UNNAMED_ANSWER, UNNAMED_QUESTION
from pipeline.turns.conventions.turn_marks import CHEVRONS
from pipeline.turns.furniture import is_furniture
from pipeline.turns.labels import Label
from pipeline.turns.questions import asks
from pipeline.turns.speakers import Key, group_labels

_ALWAYS = 0.6


def add_bare_turns(document: Document, marks: Sequence[Mark]) -> list[Mark]:
    """Where captions name some who speak after ``>>``, give the bare ones to whom it was before.

    If the turn before turns to somebody who has spoken ("Thanks, Willie. Minister, ..."), it is
    theirs. Where only one is ever named, the bare ones are the other's.
    """
    labelled = {mark.index: mark for mark in marks}
    chevrons = [
        index
        for index, one in enumerate(document.paragraphs)
        if CHEVRONS.pattern.match(one.text) and not is_furniture(one, titles=document.titles)
    ]
    if len(labelled.keys() & set(chevrons)) < 2:
        return list(marks)
    keys = dict(zip(labelled, group_labels([mark.label for mark in marks]), strict=True))
    recent: list[tuple[Key, Label]] = []
    if len(set(keys.values())) == 1:
        recent, always = (
            [_other(document, marks, chevrons)],
            len(marks) >= _ALWAYS * len(chevrons) / 2,
        )
    else:
        always = False
    found: list[Mark] = []
    for index in sorted(labelled.keys() | set(chevrons)):
        mark, paragraph = labelled.get(index), document.paragraphs[index]
        if mark is not None:
            now = (keys[index], mark.label)
        elif len(recent) > 1 and (opened := CHEVRONS.pattern.match(paragraph.text)):
            said = " ".join(one.text for one in document.paragraphs[found[-1].index : index])
            now = recent[0] if always else _turned_to(said, recent[:-1]) or recent[-2]
            mark = Mark(index, now[1], opened.end(), sure=True)
        else:
            continue
        recent = _now_last(recent, now, keep=always)
        found.append(mark)
    return found


def _now_last(
    recent: Sequence[tuple[Key, Label]], now: tuple[Key, Label], *, keep: bool
) -> list[tuple[Key, Label]]:
    """Who has spoken, in the order of their last turns; as it was where the order is kept."""
    if keep and now in recent:
        return list(recent)
    return [*(one for one in recent if one[0] != now[0]), now]


def _other(document: Document, marks: Sequence[Mark], chevrons: Sequence[int]) -> tuple[Key, Label]:
    """Who speaks besides the only one that is named: who answers where the named one asks more."""
    named = {mark.index for mark in marks}
    bare = [index for index in chevrons if index not in named]
    more = _share_asking(document, sorted(named)) >= _share_asking(document, bare)
    label = UNNAMED_ANSWER if more else UNNAMED_QUESTION
    return group_labels([label])[0], label


def _share_asking(document: Document, indices: Sequence[int]) -> float:
    asking = sum(asks(document.paragraphs[index].text) for index in indices)
    return asking / max(1, len(indices))


def _turned_to(said: str, speakers: Sequence[tuple[Key, Label]]) -> tuple[Key, Label] | None:
    """The one whom a turn addresses last by the word of the label, at a sentence's start or end."""
    places: list[tuple[int, tuple[Key, Label]]] = []
    for one in speakers:
        words = re.escape(one[1].name)
        called = re.compile(rf"(?:(?:^|[.!?]\s+){words},|,\s*{words}[.?!])", re.I)
        places += [(match.start(), one) for match in called.finditer(said)]
    return max(places, key=lambda place: place[0])[1] if places else None
