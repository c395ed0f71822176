"""Lines that name who takes part and are no turns: "Guest: NAME", "For the motion: NAME"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.records import Paragraph

_LINE = re.compile(
    r"^(?P<part>(?:co-?)?hosts?|presenters?|guests?|speakers?|participants?|panel(?:l?ists?)?|"
    r"interviewe[er]s?|interviewed|moderators?|featuring|with|voices|sprecher(?:innen)?|"
    r"(?:(?:arguing|speaking) )?(?:for|against)(?: the (?:motion|proposition|resolution))?)"
    r"\s*:\s*(?P<names>\S.*)$",
    re.I,
)
_BETWEEN = re.compile(r"\s*(?:[,;&|/•]|\band\b)\s*")
_INITIALS = re.compile(r"\s*[(\[](?P<initials>[A-Z][A-Za-z]{1,4})[)\]]$")
_NAME = re.compile(r"^[^\W\d_a-z][\w.’'-]*(?: [\w.’'-]+){1,4}$")
_OPENING = re.compile(r"^(?P<label>[^:]{1,100}):(?:\s*\S|$)")
_SENTENCE_END = re.compile(r"[.?!…][\"'”’)]*$")
_MOST_WORDS = 30


def find_name_lines(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """Indices of the lines that hold a part in the talk and names, each of somebody who speaks.

    Where one line that opens with such a word says more than names, the word is a label: "Host:
    Anna North" may give the floor there.

    Args:
        paragraphs: of the whole source.
    """
    lines = {i: found for i, one in enumerate(paragraphs) if (found := _LINE.match(one.text))}
    if not lines:
        return frozenset()
    speak = find_labels(paragraphs, leave_out=frozenset(lines))
    named = {i for i, found in lines.items() if _is_names(found["names"], speak)}
    labels = {found["part"].casefold() for i, found in lines.items() if i not in named}
    return frozenset(i for i in named if lines[i]["part"].casefold() not in labels)


def find_labels(
    paragraphs: Sequence[Paragraph], *, leave_out: frozenset[int] = frozenset()
) -> frozenset[str]:
    """What stands before the first colon of each paragraph, without an office, in lower case."""
    openings = (_OPENING.match(one.text) for i, one in enumerate(paragraphs) if i not in leave_out)
    labels = (re.split(r"[,(]", found["label"])[0] for found in openings if found)
    return frozenset(label.strip().casefold() for label in labels)


def speaks(name: str, labels: frozenset[str]) -> bool:
    """One of the labels is the name, or ends in its last word: "Dr. North"."""
    last = name.casefold().split()[-1]
    return any(label == last or label.endswith(f" {last}") for label in labels)


def _is_names(text: str, labels: frozenset[str]) -> bool:
    if _SENTENCE_END.search(text) or len(text.split()) > _MOST_WORDS:
        return False
    return all(_is_speaker(name, labels) for name in _BETWEEN.split(text) if name)


def _is_speaker(text: str, labels: frozenset[str]) -> bool:
    """A full name, whose initials may be its label, or a family name that is one itself."""
    initials = _INITIALS.search(text)
    name = text[: initials.start()] if initials else text
    if not _NAME.match(name):
        return name.casefold() in labels and name[0].isupper()
    return speaks(name, labels) or (
        initials is not None and initials["initials"].casefold() in labels
    )
