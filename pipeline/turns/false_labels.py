"""What opens a paragraph like a label and is none: titles printed again, captions, telephones."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.furniture import is_caption
from pipeline.turns.speakers import Key, group_labels

_TITLE_WORDS = 5
# "Audio: talk_02.m4a (58:41)"
_FILE = re.compile(
    r"^\S{1,80}\.(?:aac|aif|docx?|flac|m4a|m4v|mkv|mov|mp3|mp4|ogg|opus|pdf|wav|webm|wma)"
    r"\s*(?:$|[(\[–—|,-])",
    re.I,
)
# "NAME, 58, is the keeper ...", as leads have it, unlike "NAME, 58:"
_AGED = re.compile(r"^(?:aged )?[2-9]\d, \w")
# "T: +44 20 7946 0123"
_TELEPHONE = re.compile(r"^\+?[\d(](?:[\s().-]?\d){6,}\)?$")
# "RIGA, Latvia (AGENCY) -- ", as news stories open
_DATELINE = re.compile(
    r"^[^\W\d_a-z][^\d_:;!?a-z]{2,40}(?:, [A-Z][\w. ]{1,30})?(?: ?\([^()]{2,40}\))? ?"
    r"(?:--|[—–-]) ?(?=\w)"
)
# "By NAME", "Published on 1 March", as stand below a headline
_UNDER_HEADLINE = re.compile(
    r"^(?:(?:text |interview )?by:? (?:the )?(?-i:[^\W\d_a-z]).{0,60}|"
    r"(?:(?:first )?published|posted|(?:last )?updated)\b.{0,60}\d.*)$",
    re.I,
)
_BY = re.compile(r"^by:?$", re.I)
_BY_NAME = re.compile(r"^(?:by|BY|By):? [^\W\d_a-z].{0,60}$")
_MEDIA = frozenset(("video", "audio", "photo", "image", "picture", "recording", "source"))
_SENTENCE = re.compile(r"[.?!…][\"'”’)]*$")
_STATED = re.compile(r"[^\W\d_.][.!…][\"'”’)]*$")
# the rest of a title, as "THE NEW MAP: PORTS, POWER AND THE SEA"
_CAPITALS = re.compile(r"^(?:[^\W\d_a-z][^\W\d_a-z]*\W+){4}")
_HEADLINE_WORDS, _UNDER = 20, 8


def forget_false_labels(document: Document, marks: Sequence[Mark]) -> list[Mark]:
    """Leave out the marks of titles, captions, recordings' files, and a story's dateline.

    "The Long Winter: Ports and Power" stands in a page's head and again above the article, with no
    other label between. A speaker may say one thing twice, "Clerk: Please rise.", but others speak
    between, or the words are a statement. Below a picture stand a name, a quotation and a credit.
    Above a byline, "The Minister: ‘We are not for sale’" is a headline, and where the talk has not
    begun, "Video: ref. 12 · 00:38:12" says where to find it. Below "By NAME" an office may stand:
    it heads no speech; nor does what recurs nowhere and goes on in capitals.
    """
    texts = [document.paragraphs[mark.index].text for mark in marks]
    keys = group_labels([mark.label for mark in marks])
    copied = {key for key in set(keys) if _is_copied(key, keys, texts)}
    if _opens_with_dateline(marks, keys, texts):
        marks, keys, texts = marks[1:], keys[1:], texts[1:]
    return [
        mark
        for mark, key, text in zip(marks, keys, texts, strict=True)
        if not (key in copied and _may_be_title(mark, text))
        and not is_caption(text)
        and not _FILE.match(text[mark.start :])
        and not _AGED.match(mark.label.affiliation or "")
        and not _TELEPHONE.match(text[mark.start :])
        and not (
            keys.count(key) == 1
            and (_is_in_byline(document, mark) or _CAPITALS.match(text[mark.start :]))
        )
        and not (mark is marks[0] and (_is_headline(document, marks) or _is_reference(mark, text)))
    ]


def _opens_with_dateline(marks: Sequence[Mark], keys: Sequence[Key], texts: Sequence[str]) -> bool:
    """The first paragraph opens with a place and a dash, and no other label has a dash."""
    dashed = [bool(_DATELINE.match(text)) for text in texts]
    alone = len(keys) > 1 and keys[0] not in keys[1:] and dashed[0] and not any(dashed[1:])
    return alone and marks[0].label.hint is None and not marks[0].label.titles


def _is_headline(document: Document, marks: Sequence[Mark]) -> bool:
    """What the first mark opens is no statement, and a byline or a day stands before the next."""
    index = marks[0].index
    following = marks[1].index if len(marks) > 1 else index
    text = document.paragraphs[index].text
    if len(text.split()) > _HEADLINE_WORDS or _STATED.search(text) or marks[0].start >= len(text):
        return False
    below = document.paragraphs[index + 1 : min(following, index + 1 + _UNDER)]
    return any(_UNDER_HEADLINE.match(one.text) for one in below)


def _is_in_byline(document: Document, mark: Mark) -> bool:
    """A line right below "By NAME", or below "by" and a name on lines of their own."""
    texts = [one.text for one in document.paragraphs[max(0, mark.index - 2) : mark.index]]
    alone = mark.start >= len(document.paragraphs[mark.index].text) and not mark.apart
    named = bool(texts) and bool(_BY_NAME.match(texts[-1]) or _BY.match(texts[-1]))
    return alone and (named or (len(texts) > 1 and bool(_BY.match(texts[0]))))


def _is_reference(mark: Mark, text: str) -> bool:
    """ "Video: ..." with no sentence behind it."""
    return _MEDIA.issuperset(mark.label.core) and not _SENTENCE.search(text)


def _is_copied(key: Key, keys: Sequence[Key], texts: Sequence[str]) -> bool:
    """The key's marks follow each other, and all stand in one and the same text."""
    places = [place for place, other in enumerate(keys) if other == key]
    run = places[-1] - places[0] + 1 == len(places)
    return run and len(places) > 1 and len({texts[place] for place in places}) == 1


def _may_be_title(mark: Mark, text: str) -> bool:
    """Words stand behind what may be no label, the whole is no short call, and no statement."""
    long = mark.start < len(text) and len(text.split()) >= _TITLE_WORDS
    return long and not mark.sure and not text.endswith((".", "!"))
