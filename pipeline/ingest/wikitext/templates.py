"""Templates of wikis: which of them hold words of the text, and which furniture."""

from __future__ import annotations

import re
from types import MappingProxyType

import mwparserfromhell
from mwparserfromhell.nodes import Template
from mwparserfromhell.wikicode import Wikicode

from pipeline.ingest.content import clean
from pipeline.ingest.dates import find_date

_LAST, _FIRST = -1, 0


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(","))


# which of the positional arguments is the text
_WORDS = MappingProxyType(
    {
        **dict.fromkeys(
            _names(
                "font, font color, font colour, fontcolor, color, colour, background color, "
                "highlight, big, bigger, larger, large, huge, small, smaller, small caps, "
                "smallcaps, sc, b, bold, strong, i, italic, italics, em, u, underline, center, "
                "centre, nowrap, nobr, nobreak, w, wp, wikt, lang, transl, transliteration, span, "
                "div, text, resize, size"
            ),
            _LAST,
        ),
        **dict.fromkeys(
            _names(
                "abbr, tooltip, hover title, ill, interlanguage link, sic, lang-fr, lang-de, "
                "lang-es, lang-ru, lang-uk, lang-da, circa"
            ),
            _FIRST,
        ),
    }
)
_SIGNS = MappingProxyType(
    {
        **dict.fromkeys(_names("snd, spnd, spaced ndash, spaced en dash, dash"), " – "),
        **dict.fromkeys(_names("ndash, en dash, endash"), "–"),
        **dict.fromkeys(_names("mdash, em dash, emdash"), "—"),
        **dict.fromkeys(_names("nbsp, nbs, space, spaces, thinsp, hairsp"), " "),
        **dict.fromkeys(_names("br, break, newline, pb, paragraph break"), "\n"),
        **dict.fromkeys(_names("', apos"), "'"),
        **dict.fromkeys(_names("!, pipe"), "|"),
        "=": "=",
        "((": "((",
        "))": "))",
        "sic": " [sic]",
    }
)
_QUOTATIONS = frozenset(
    _names("quote, quotation, blockquote, block quote, cquote, quote text, indent quote")
)
_PULL_QUOTES = re.compile(r"(?:quote ?box|pull ?quote|quote ?(?:left|right|center|centre))\b.*")
_NOTES = re.compile(
    r"(?:cite|citation|sfn|sfnp|harv\w*|efn|refn|ref|r|rp|note|notetag|fact|cn|dead link|"
    r"who|when|clarify|verify source)(?: .*)?"
)
_PICTURES = re.compile(
    r"(?:image|picture|photo|multiple image|gallery|audio|video|listen|slideshow)\b.*"
)
_FURNITURE = re.compile(
    r"(?:source|wikinews|wikipedia|wikisource|wikiquote|commons|sister|see also|main|further|"
    r"reflist|infobox|navbox|sidebar|haveyoursay|have your say|social bookmarks|publish|archived?|"
    r"original|review|peer review|develop|tasks?|stub|coord|correction|editprotected|"
    r"breaking|update|editnote|edit note)\b.*"
)
_MEASURES = frozenset(_names("convert, cvt"))
_LAYOUT = frozenset(_names("-, clear, clr, clearleft, clearright, toc, tocright, tocleft"))
_TITLE = "displaytitle:"
_MIN_WORDS = 8
_MARK = re.compile(r"\(\([^()]{1,60}\)\)")
_LETTER = re.compile(r"\w")


def template_name(template: Template) -> str:
    """The template's name in lower case, without its namespace."""
    name = clean(template.name.strip_code()).replace("_", " ").lower()
    return name.removeprefix("template:").strip()


def is_layout(name: str) -> bool:
    """The template prints no words: it clears the space beside a picture, or lists the headings."""
    return name in _LAYOUT


def is_quotation(name: str) -> bool:
    """The template sets a quotation apart from the text it belongs to."""
    return name in _QUOTATIONS


def find_sign(template: Template, name: str) -> str | None:
    """Return the sign or the break that the template stands for, or None."""
    return None if _positional(template) else _SIGNS.get(name)


def find_words(template: Template, name: str, *, alone: bool) -> Wikicode | None:
    """Return the argument that is text, or None where the template holds furniture.

    Of a template that is not known, the last argument without a name is taken for text if it
    stands within a line, or is long, or opens with a speaker's mark.

    Args:
        template: the node.
        name: its name.
        alone: nothing else stands on its lines.
    """
    texts = _positional(template)
    if is_quotation(name) or name in _WORDS:
        named = next((template.get(key).value for key in ("text", "quote") if template.has(key)),
                     None)  # fmt: skip
        if named is not None:
            return named
        return texts[0 if is_quotation(name) else _WORDS[name]] if texts else None
    if name in _MEASURES and len(texts) > 1:
        return mwparserfromhell.parse(f"{str(texts[0]).strip()} {str(texts[1]).strip()}")
    if ":" in name or not texts or reason_to_drop(name) != "template" or _FURNITURE.fullmatch(name):
        return None
    longest = max(texts, key=lambda text: len(str(text)))
    if len(str(longest).split()) >= _MIN_WORDS or _MARK.search(str(longest)):
        return longest
    return None if alone else texts[_LAST]


def find_rest(template: Template, name: str, words: Wikicode) -> str:
    """Return the other arguments without a name: who is quoted, or what is not known."""
    if name in _WORDS or name in _MEASURES:
        return ""
    return " | ".join(str(text).strip() for text in _positional(template) if text is not words)


def reason_to_drop(name: str) -> str:
    """Say why a template of this name is not part of the text."""
    if _PULL_QUOTES.fullmatch(name):
        return "pull quote"
    if _NOTES.fullmatch(name):
        return "footnote"
    return "caption" if _PICTURES.fullmatch(name) else "template"


def read_template_metadata(template: Template, name: str) -> dict[str, str]:
    """Return what the template says of the page: its date, place and title."""
    if name.startswith(_TITLE):
        title = clean(template.name.strip_code())[len(_TITLE) :].strip().strip("'")
        return {"title": title} if title else {}
    if name not in ("date", "dateline", "byline"):
        return {}
    texts = _positional(template)
    date = template.get("date").value if template.has("date") else next(iter(texts), None)
    found = {"date": find_date(clean(date.strip_code())) if date is not None else None}
    if template.has("location"):
        found["location"] = clean(template.get("location").value.strip_code())
    return {key: value for key, value in found.items() if value}


def _positional(template: Template) -> list[Wikicode]:
    """The arguments without a name, or numbered, that hold anything readable."""
    values = [p.value for p in template.params if not p.showkey or str(p.name).strip().isdigit()]
    return [value for value in values if _LETTER.search(str(value))]
