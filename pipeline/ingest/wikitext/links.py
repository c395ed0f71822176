"""Links between pages of a wiki: which are words of the text, which pictures or furniture."""

from __future__ import annotations

import re

from mwparserfromhell.nodes import Wikilink

from pipeline.ingest.content import clean

_PICTURE = re.compile(r"(?:file|image)\s*:", re.I)
_CATEGORY = re.compile(r"category\s*:", re.I)
# "fr:Titre", the page in another language, which stands in the margin; "mw:" is another wiki
_LANGUAGE = re.compile(r"(?!mw:|wp:|doi:|rfc:|irc:)[a-z]{2,3}(?:-[a-z]{2,8}){0,2}:\S")
_OTHER_WIKI = re.compile(
    r":?(?:(?:w|wp|wikipedia|wikt|wiktionary|wikinews|s|wikisource|n|b|q|wikiquote|v|d|c|commons|"
    r"m|meta|mw|species|voy)\s*:\s*)(?:[a-z]{2,3}:)?",
    re.I,
)
_OPTION = re.compile(
    r"\s*(?:thumb(?:nail)?|frame(?:d|less)?|border|left|right|cent(?:er|re)|none|baseline|middle|"
    r"sub|super|text-(?:top|bottom)|top|bottom|upright(?:\s*=?\s*[\d.]*)|\d*(?:x\d+)?\s*px|"
    r"(?:alt|link|lang|page|class|start|end|thumbtime|thumb(?:nail)?)\s*=[^|]*)\s*(?:\||$)",
    re.I,
)


def reason_to_drop_link(link: Wikilink) -> str:
    """Say why a link is not part of the text, "" where it is."""
    title = str(link.title).strip()
    if _PICTURE.match(title):
        return "caption"
    if _CATEGORY.match(title):
        return "category"
    return "link to another language" if link.text is None and _LANGUAGE.match(title) else ""


def read_picture(link: Wikilink) -> str:
    """Return the caption of a picture as it is written; its file's name where it has none."""
    rest = str(link.text or "")
    while (option := _OPTION.match(rest)) and option.end():
        rest = rest[option.end() :]
    return clean(rest) or clean(str(link.title))


def read_bare_title(link: Wikilink) -> str:
    """Return what a link without words of its own shows, without the name of another wiki."""
    title = str(link.title).strip()
    return _OTHER_WIKI.sub("", title, count=1).removeprefix(":") or title
