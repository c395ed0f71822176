"""What opens a paragraph like a label and is none: titles printed again, captions, files."""

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
# "RIGA, Latvia (AGENCY) -- ", as news stories open
_DATELINE = re.compile(
    r"^[^\W\d_a-z][^\d_:;!?a-z]{2,40}(?:, [A-Z][\w. ]{1,30})?(?: ?\([^()]{2,40}\))? ?"
    r"(?:--|[—–-]) ?(?=\w)"
)


def forget_false_labels(document: Document, marks: Sequence[Mark]) -> list[Mark]:
    """Leave out the marks of titles, captions, recordings' files, and a story's dateline.

    "The Long Winter: Ports and Power" stands in a page's head and again above the article, with no
    other label between. A speaker may say one thing twice, "Clerk: Please rise.", but others speak
    between, or the words are a statement. Below a picture stand a name, a quotation and a credit.
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
    ]


def _opens_with_dateline(marks: Sequence[Mark], keys: Sequence[Key], texts: Sequence[str]) -> bool:
    """The first paragraph opens with a place and a dash, and no other label has a dash."""
    dashed = [bool(_DATELINE.match(text)) for text in texts]
    alone = len(keys) > 1 and keys[0] not in keys[1:] and dashed[0] and not any(dashed[1:])
    return alone and marks[0].label.hint is None and not marks[0].label.titles


def _is_copied(key: Key, keys: Sequence[Key], texts: Sequence[str]) -> bool:
    """The key's marks follow each other, and all stand in one and the same text."""
    places = [place for place, other in enumerate(keys) if other == key]
    run = places[-1] - places[0] + 1 == len(places)
    return run and len(places) > 1 and len({texts[place] for place in places}) == 1


def _may_be_title(mark: Mark, text: str) -> bool:
    """Words stand behind what may be no label, the whole is no short call, and no statement."""
    long = mark.start < len(text) and len(text.split()) >= _TITLE_WORDS
    return long and not mark.sure and not text.endswith((".", "!"))
