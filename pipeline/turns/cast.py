"""The list of those who take part, at the head of a transcript or its foot: no speech."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.records import Paragraph
from pipeline.turns.name_lines import find_labels, speaks
from pipeline.turns.questions import ends_sentence

_HEAD = re.compile(
    r"^(?:speakers?|participants?|panel(?:l?ists?)?|guests?|hosts?|featuring|witnesses|attendees|"
    r"in attendance|who.s who)\s*:?$",
    re.I,
)
_FOOT = re.compile(
    r"^(?:contributors?|featuring|(?:about (?:the|our) )?"
    r"(?:speakers?|participants?|panel(?:l?ists?)?|guests?|hosts?))\s*:?$",
    re.I,
)
_RULE = re.compile(r"^[\W_]+$")
_FEWEST, _MOST = 2, 12
_ITEM_WORDS = 30
# "I: Dr NAME, Fellow; and ...", as committees list who gives evidence together
_NUMBERED = re.compile(r"^(I{1,3}|IV|VI{0,3}|IX|X)[:.] +[^\W\d_a-z]")
_EXAMINED = re.compile(r"^examination of witness(?:es)?$", re.I)
_WITNESSES = re.compile(r"^witness(?:es)?\s*:", re.I)
_WITNESS_LIST = re.compile(r"^witnesses\s*:?$", re.I)
_SEVERAL = re.compile(r"; (?:and )?[^\W\d_a-z]")
_HEAD_OF_PAGE = 30
_PART = re.compile(
    r"^(?:chair|host|moderator|presider|speaker|introductory (?:speaker|remarks))\s*:?\s*", re.I
)
_PARTS = re.compile(
    r"^(?:(?:co-?)?(?:chairs?|hosts?|moderators?|presenters?|presiders?)|guests?|speakers?|"
    r"panel(?:l?ists?)?|discussants?|participants?|introduct(?:ion|ory (?:speaker|remarks))|"
    r"(?:featured|keynote) speakers?|featuring|with)\s*:?$",
    re.I,
)
_BEHIND = re.compile(
    r"(?:,? (?:Ph\.? ?D|M\.?D|J\.?D|M\.?A|M\.?P|[QK]\.?C|Esq)\.?| ?\((?:[\w-]{1,20} ?){1,3}\.?\))+$"
)
_NAME_WORDS, _OFFICE_WORDS = 6, 25
_OFFICE = re.compile(
    r"\b(?:director|professor|fellow|adviser|advisor|minister|secretary|ambassador|president|chair|"
    r"chairman|chairwoman|representative|correspondent|editor|analyst|senator|commissioner|"
    r"researcher|lecturer|associate|officer|head|member|founder|university|institute|cent(?:re|er)|"
    r"council|ministry|programme|program)\b",
    re.I,
)
_CAPITALS, _MORE_LINES = 0.6, 2


def find_cast(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """Indices of the lines that say who takes part: at the head, of later panels, at the foot."""
    return _headed(paragraphs) | _paired(paragraphs) | _examined(paragraphs) | _closing(paragraphs)


def _headed(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """The lines below "Speakers", as far as a heading or a rule.

    Where speech follows with nothing between, no line is known to be the last of the list, but
    where its items are numbered.
    """
    head = next((i for i, one in enumerate(paragraphs) if _HEAD.match(one.text)), None)
    if head is None:
        return frozenset()
    listed = head + 1
    numbers: set[str] = set()
    while listed < len(paragraphs) and (item := _NUMBERED.match(paragraphs[listed].text)):
        numbers.add(item.group(1))
        listed += 1
    panel = _WITNESS_LIST.match(paragraphs[head].text) and _SEVERAL.search(
        paragraphs[listed - 1].text
    )
    if len(numbers) >= _FEWEST or (numbers and panel):  # an interviewer may be called "I" as well
        return frozenset(range(head + 1, listed))
    for index in range(head + 1, min(len(paragraphs), head + _MOST + 2)):
        paragraph = paragraphs[index]
        if paragraph.heading or _RULE.match(paragraph.text):
            items = range(head + 1, index)
            return frozenset(items if len(items) >= _FEWEST else ())
        if ends_sentence(paragraph.text) or len(paragraph.text.split()) > _ITEM_WORDS:
            break
    return frozenset()


def _paired(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """Names alone on their lines, each with an office below, of people who are labels later on.

    Above a name may stand the part in the talk, "Moderator" or "Guests:", which is no label there;
    below an office, another one, or the house that it is of.
    """
    found: list[int] = []
    index = 0
    while index + 1 < min(len(paragraphs), _HEAD_OF_PAGE):
        name, office = paragraphs[index].text, paragraphs[index + 1].text
        if _is_name(name) and _is_office(office) and _recurs(paragraphs, index):
            stop = _offices_end(paragraphs, index + 2)
            found += range(index, stop)
            index = stop
        elif _PARTS.match(name) and _is_name(office) and _recurs(paragraphs, index + 1):
            found.append(index)
            index += 1
        elif found and not _PARTS.match(name):
            break
        else:
            index += 1
    return frozenset(found if len(found) >= 2 * _FEWEST else ())


def _offices_end(paragraphs: Sequence[Paragraph], start: int) -> int:
    """Index below the further lines of an office: no name of a speaker, part or label opens one."""
    for index in range(start, min(start + _MORE_LINES, len(paragraphs))):
        text, below = paragraphs[index].text, [one.text for one in paragraphs[index + 1 :][:1]]
        named = _is_name(text) and any(map(_is_office, below)) and _recurs(paragraphs, index)
        if named or _PARTS.match(text) or ":" in text or not _is_titled(text):
            return index
    return min(start + _MORE_LINES, len(paragraphs))


def _closing(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """Below the talk, from "Contributors" on, names that spoke above, each with an office below."""
    half = len(paragraphs) // 2
    head = next((i for i in range(half, len(paragraphs)) if _FOOT.match(paragraphs[i].text)), None)
    if head is None:
        return frozenset()
    above = {paragraph.text.rstrip(":") for paragraph in paragraphs[:head]}
    found: list[int] = []
    for index in range(head + 1, len(paragraphs) - 1):
        name, office = paragraphs[index].text, paragraphs[index + 1].text
        if name in above and _is_name(name) and _is_office(office):
            found += (index, index + 1)
    return frozenset([head, *found] if found and found[0] == head + 1 else ())


def _is_name(text: str) -> bool:
    name = _plain_name(text)
    words = name.split()
    named = all(not word[0].islower() for word in words)
    return 2 <= len(words) <= _NAME_WORDS and named and name[-1].isalpha() and ":" not in name


def _plain_name(text: str) -> str:
    """The name without the part before it and the degrees and parts behind it."""
    return _BEHIND.sub("", _PART.sub("", text))


def _is_office(text: str) -> bool:
    """Set in capitals as an office is, with a word that is one, and no sentence."""
    return _is_titled(text) and bool(_OFFICE.search(text))


def _is_titled(text: str) -> bool:
    """Most words have capitals, and the line is no sentence."""
    words = [word for word in text.split() if len(word) > 3]
    capital = sum(not word[0].islower() for word in words)
    short = len(text.split()) <= _OFFICE_WORDS and not ends_sentence(text)
    return short and bool(words) and capital >= _CAPITALS * len(words)


def _recurs(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """The name opens a paragraph further down, or its last word stands there before a colon."""
    name = _plain_name(paragraphs[index].text)
    below = paragraphs[index + 2 :]
    opens = any(paragraph.text.casefold().startswith(name.casefold()) for paragraph in below)
    return opens or speaks(name, find_labels(below))


def _examined(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """ "Examination of witnesses" and the line of their names below, wherever a panel starts."""
    found: set[int] = set()
    for index, paragraph in enumerate(paragraphs):
        if _EXAMINED.match(paragraph.text):
            found.add(index)
            if index + 1 < len(paragraphs) and _WITNESSES.match(paragraphs[index + 1].text):
                found.add(index + 1)
    return frozenset(found)
