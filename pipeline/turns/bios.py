"""Lines below a talk that say who somebody is: "Anna North is a fellow at ..."."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.records import Paragraph
from pipeline.turns.questions import ends_sentence

_DOES = (
    r"\s+(?:\([^)]*\)\s*)?(?:(?:is|was|serves|has served|works|teaches)\s+(?:currently\s+|also\s+)?"
    r"(?:an?|the|as|at|currently|professor|director|president|senior|one)\b|"
    r"(?:reports (?:on|for|from)|writes (?:about|for|on)|lives (?:and works )?in|"
    r"covers [^.?!]{3,60} (?:at|for))\s)"
)
_IS_BIO = re.compile(_DOES)
_TITLE = r"(?:(?:Dr|Prof|Professor|Mr|Ms|Mrs)\.?\s+)?"
_GIVEN = r"(?:[A-Z][\w.’'-]*\s+){1,3}"
_NAME = re.compile(
    r"\b[A-Z][\w’'-]+(?: [A-Z][\w.’'-]*){1,3}"
    r"(?= (?:is|was|serves|works|teaches|reports|writes|covers)\b)"
)
_TRADE = re.compile(
    r"^.{0,120}?\b(?:fellow|editor|writer|professor|lecturer|analyst|correspondent|journalist|reporter|"
    r"researcher|author|scholar|historian|economist|columnist|contributor|adviser|advisor|director|"
    r"student|expert|specialist|associate|covers|reports|writes)\b",
    re.I,
)
# "Anna NorthTwitterAnna North writes on ...", the name and its links glued to the line below
_GLUED = re.compile(
    r"^(?P<name>[A-Z][\w’'-]{1,20}?(?: [A-Z][\w.’'-]{0,20}?){1,3}?)(?:Twitter|Facebook|E-?mail)*"
    r"(?P=name)(?= [a-z])"
)


def is_glued_bio(text: str) -> bool:
    """A name, and glued to it the line that says who that is."""
    found = _GLUED.match(text)
    return found is not None and is_bio(text[found.end() :])


def is_bio(text: str) -> bool:
    """What stands behind a name says who that is: " is a fellow at ..."."""
    return bool(_IS_BIO.match(text))


def is_bio_of_another(text: str, everything: Sequence[str]) -> bool:
    """The text says what trade somebody has of whom nobody speaks: "Cy Dun is the editor of ...".

    Args:
        text: below a talk.
        everything: from the talk's start on; no sentence of it may have the name.
    """
    name = _NAME.match(text)
    if not name or not is_bio(text[name.end() :]) or not _TRADE.match(text):
        return False
    told = [other for other in everything if name.group() in other]
    return all(other == text or not ends_sentence(other) for other in told)


def bio_pattern(names: Sequence[str], families: Sequence[str]) -> re.Pattern[str] | None:
    """What finds a line that says who one of the speakers is; None where nobody has a name.

    Args:
        names: full names.
        families: names of which the labels have the last word only; a line has more of them.
    """
    who = [re.escape(name) for name in sorted(names, key=len, reverse=True)]
    who += [_GIVEN + re.escape(family) for family in sorted(families, key=len, reverse=True)]
    return re.compile(rf"^{_TITLE}(?:{'|'.join(who)}){_DOES}") if who else None


def names_in_notes(paragraphs: Sequence[Paragraph], *, first: int, last: int) -> list[str]:
    """People whose trade a note below a talk without labels gives, and who are named above it.

    Args:
        paragraphs: of the whole source.
        first: index of the first paragraph of speech.
        last: index from which notes may stand.
    """
    above = " ".join(paragraph.text for paragraph in paragraphs[:first])
    below = [one.text for one in paragraphs[last:] if _TRADE.match(one.text)]
    names = [found.group() for text in below if (found := _NAME.match(text))]
    return [name for name in names if name in above]
