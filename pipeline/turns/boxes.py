"""Boxes that a page sets between the turns: who somebody is, letters to sign up for, links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.records import Paragraph
from pipeline.turns.furniture import is_headline, is_title_case
from pipeline.turns.prose import is_ended, is_in_sentences

_RULE = re.compile(r"^[\W_]+$")
_ABOUT = re.compile(
    r"^(?:About|Zur Person:?|À propos de)\s+([^\W\d_a-z][\w.’'-]*(?: [\w.’'-]+){1,4})$"
)
_NAME_LINE = re.compile(r"^[^\W\d_a-z][\w.’'-]*(?: [\w.’'-]+){1,4}$")
_IS_WHO = re.compile(
    r"^(?:(?:was|were) born\b|born (?:in|on)\b|"
    r"(?:is|was|has been) (?:an?|the|one|professor|director|president|head|chair|currently)\b|"
    r"(?:has )?(?:served|worked|taught|studied|teaches|works|lives|leads|heads) "
    r"(?:as|at|in|for|on|with|the)\b)"
)
_PROFILE = re.compile(
    r"^(?:profile|short profile|biography|short biography|bio|biographical (?:note|sketch)|"
    r"curriculum vitae|about (?:him|her)|zur person|career)\W*$",
    re.I,
)
_LETTER = re.compile(
    r"^(?:(?:our |the |free |weekly |daily )*newsletters?|stay informed)\W*$", re.I
)
_SIGN_UP = re.compile(
    r"^(?:(?:sign (?:me )?up|subscribe|register)(?: (?:now|here|today|for free))?|"
    r"(?:get|receive) (?:the|our) newsletters?)\W*$",
    re.I,
)
_FORM = re.compile(
    r"^(?:enter your e-?mail\b.{0,40}|your e-?mail(?: address)?\W*|e-?mail address\W*|"
    r"by (?:submitting your e-?mail|signing up|subscribing)\b.{0,60}\byou (?:agree|accept|"
    r"acknowledge|consent)\b.*)$",
    re.I,
)
_LINKS = re.compile(
    r"^(?:recommended(?: (?:reading|stories|articles|for you))?|"
    r"related(?: (?:articles?|stories|content|reading|coverage|links?))?|"
    r"read (?:more|also|next)|more (?:stories|coverage)|see also|editors?[’']?s? (?:picks?|choice)|"
    r"you (?:may|might) also (?:like|enjoy)|most (?:read|popular)|"
    r"(?:video|watch|listen|more) from (?-i:[A-Z]).{1,40})\W*$",
    re.I,
)
_ONE = re.compile(r"^related (?:article|story)$", re.I)
_ITEM = re.compile(r"^[-–—•·*▪]\s+\S")
_LIST, _LIST_END = re.compile(r"^list of \d+ items?$", re.I), re.compile(r"^end of list$", re.I)
_TURN = re.compile(r"^(?:\S+ ){0,4}\S+:\s|\?$")
_LABEL = re.compile(r"^(?:\S+ ){0,4}\S+:(?=\s)")
_LETTER_LINES, _LETTER_WORDS = 6, 80
_TEASER_LINES, _TEASER_WORDS = 6, 60
_LINK_LINES, _LIST_LINES = 6, 40
_OFTEN = 2
_MOST_QUOTED = 0.25


def find_boxes(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """Indices of the paragraphs of boxes; one whose end is not known is left alone."""
    found: set[int] = set()
    in_sentences = is_in_sentences([paragraph.text for paragraph in paragraphs])
    for index, paragraph in enumerate(paragraphs):
        if _LETTER.match(paragraph.text):
            found.update(_letter(paragraphs, index))
        elif _is_who(paragraphs, index):
            found.update((index, index + 1))
        elif _PROFILE.match(paragraph.text):
            found.update(_profile(paragraphs, index))
        elif head := _ABOUT.match(paragraph.text):
            found.update(_portrait(paragraphs, index, head.group(1)))
        elif _LINKS.match(paragraph.text):
            found.update(_bulleted(paragraphs, index))
            found.update(_related(paragraphs, index))
            found.update(_teasers(paragraphs, index))
            found.update(_links(paragraphs, index) if in_sentences else ())
        elif _LIST.match(paragraph.text):
            found.update(_list(paragraphs, index))
    return frozenset(found) | _explainers(paragraphs) | _forms(paragraphs)


def _forms(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """What stands between two rules with a line of a form in it: "Enter your email"."""
    found: set[int] = set()
    rules = [at for at, paragraph in enumerate(paragraphs) if _RULE.match(paragraph.text)]
    for start, end in pairwise(rules):
        box = paragraphs[start + 1 : end]
        words = sum(len(paragraph.text.split()) for paragraph in box)
        turns = any(_TURN.search(paragraph.text) for paragraph in box)
        form = any(_FORM.match(paragraph.text) for paragraph in box)
        if form and not turns and words <= _LETTER_WORDS:
            found.update(range(start, end + 1))
    return frozenset(found)


def _explainers(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """Block quotations that have a heading of their own; none where much is set as a quotation."""
    quoted = [index for index, paragraph in enumerate(paragraphs) if paragraph.quoted]
    found: set[int] = set()
    for index in quoted:
        before = index - 1 in found and not paragraphs[index].heading
        if paragraphs[index].heading or before:
            found.add(index)
    return frozenset(found if len(quoted) <= _MOST_QUOTED * len(paragraphs) else ())


def _letter(paragraphs: Sequence[Paragraph], index: int) -> range:
    """From the line "Newsletter" to the one that says "Sign up", if it is near."""
    words = 0
    for at in range(index + 1, min(len(paragraphs), index + _LETTER_LINES)):
        if _SIGN_UP.match(paragraphs[at].text):
            return range(index, at + 1)
        if _TURN.search(paragraphs[at].text):
            break
        words += len(paragraphs[at].text.split())
        if words > _LETTER_WORDS:
            break
    return range(0)


def _list(paragraphs: Sequence[Paragraph], index: int) -> range:
    """From "list of 3 items", as pages read out to the blind have it, to "end of list".

    The line above may say what they are: "Recommended".
    """
    stop = min(len(paragraphs), index + _LIST_LINES)
    ends = (at for at in range(index, stop) if _LIST_END.match(paragraphs[at].text))
    headed = index > 0 and bool(_LINKS.match(paragraphs[index - 1].text))
    end = next(ends, None)
    return range(index - headed, end + 1) if end is not None else range(0)


def _links(paragraphs: Sequence[Paragraph], index: int) -> range:
    """The line "Recommended" and the headlines below, as far as the next sentence.

    No headline is what is set apart as a question may be, or stands elsewhere too, as a name does.
    """
    texts = [paragraph.text for paragraph in paragraphs]
    for at in range(index + 1, min(len(paragraphs), index + 2 + _LINK_LINES)):
        one = paragraphs[at]
        apart = one.heading or one.bold or one.italic or one.quoted or one.start_s is not None
        labelled = _TURN.search(one.text) or one.text.endswith(")")
        if apart or labelled or not is_headline(one) or texts.count(one.text) >= _OFTEN:
            return range(index, at)
    return range(0)


def _bulleted(paragraphs: Sequence[Paragraph], index: int) -> range:
    """The line "Read also" and the list below it, if nothing else opens as its items do."""
    stop = index + 1
    while stop < len(paragraphs) and _ITEM.match(paragraphs[stop].text):
        stop += 1
    items = [one.text for one in paragraphs[index + 1 : stop]]
    alone = sum(bool(_ITEM.match(one.text)) for one in paragraphs) == len(items)
    short = sum(len(text.split()) for text in items) <= _TEASER_WORDS
    return range(index, stop) if alone and short and len(items) >= _OFTEN else range(0)


def _related(paragraphs: Sequence[Paragraph], index: int) -> range:
    """The line "Related Article", a title with capitals, which may ask, and who wrote it."""
    box = range(index, index + 3)
    if box.stop > len(paragraphs) or not _ONE.match(paragraphs[index].text):
        return range(0)
    title, writer = (paragraphs[at].text for at in box[1:])
    once = sum(one.text == writer for one in paragraphs) < _OFTEN
    return box if once and _NAME_LINE.match(writer) and is_title_case(title) else range(0)


def _teasers(paragraphs: Sequence[Paragraph], index: int) -> range:
    """The heading "Read More" and the teasers below, as far as the next turn of who often speaks.

    A teaser is a title and a sentence of it; where the turns have no labels nothing tells where
    they end.
    """
    if not paragraphs[index].heading:
        return range(0)
    words = 0
    for at in range(index + 1, min(len(paragraphs), index + 2 + _TEASER_LINES)):
        label = _LABEL.match(paragraphs[at].text)
        if label and sum(one.text.startswith(label.group()) for one in paragraphs) > _OFTEN:
            titled = any(is_headline(one) for one in paragraphs[index + 1 : at])
            return range(index, at) if titled else range(0)
        words += len(paragraphs[at].text.split())
        if label or words > _TEASER_WORDS or paragraphs[at].text.endswith("?"):
            break
    return range(0)


def _is_who(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """A name alone on its line, with what goes on in lower case below: "was born in 1954 ..."."""
    line = _NAME_LINE.match(paragraphs[index].text)
    once = line and sum(one.text == line.group() for one in paragraphs) < _OFTEN
    return bool(once and index + 1 < len(paragraphs) and _IS_WHO.match(paragraphs[index + 1].text))


def _profile(paragraphs: Sequence[Paragraph], index: int) -> range:
    """The line "Profile" and the items below it: lines that are no sentences, two at the least.

    No items are the turns that follow, nor what stands elsewhere too, as a name does.
    """
    texts = [paragraph.text for paragraph in paragraphs]
    end = index + 1
    while end < len(paragraphs) and not is_ended(texts[end]) and not _TURN.search(texts[end]):
        if texts.count(texts[end]) >= _OFTEN:
            break
        end += 1
    return range(index, end) if end - index > _OFTEN else range(0)


def _portrait(paragraphs: Sequence[Paragraph], index: int, name: str) -> range:
    """The line "About NAME" and the paragraph below, which starts with that name.

    An answer may start so under a heading, where it is of somebody else: the name must be that of
    a speaker, or rules must part both paragraphs from the talk.
    """
    box = range(index, index + 2)
    if box.stop > len(paragraphs) or not paragraphs[index + 1].text.startswith(name):
        return range(0)
    labels = (f"{name}:".casefold(), f"{name.split()[-1]}:".casefold())
    speaks = sum(one.text.casefold().startswith(labels) for one in paragraphs) >= _OFTEN
    around = [paragraphs[at].text for at in (index - 1, box.stop) if 0 <= at < len(paragraphs)]
    ruled = len(around) == 2 and all(_RULE.match(text) for text in around)
    return box if speaks or ruled else range(0)
