"""What stands on a web page and is not the article: told by what its elements say they are."""

from __future__ import annotations

import re

from lxml import etree

from pipeline.ingest.content import clean
from pipeline.records import Dropped


def names(text: str) -> frozenset[str]:
    """Read a set of names parted by spaces."""
    return frozenset(text.split())


BLOCKS = names(
    "p div section article main header h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre table "
    "tbody thead tr td th hr address center body html details summary fieldset"
)
DROPPED_TAGS = names(
    "script style noscript template nav footer aside form button iframe svg figure figcaption "
    "select option input textarea label picture video audio canvas object embed map menu dialog "
    "head title link meta"
)
FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|footer|sidebar|side-bar|related|"
    r"recommend(?:ed|ations)?|share|sharing|social|comments?|promo|advert(?:isement)?s?|ads?|"
    r"sponsor(?:ed)?|newsletter|subscribe|subscription|signup|sign-up|cookies?|consent|banner|"
    r"popup|pop-up|popover|tooltip|modal|overlay|caption|credits?|gallery|slider|slideshow|"
    r"carousel|bottommeta|metadata|byline|tags?|taglist|toolbar|pagination|pager|search|login|"
    r"skip-link|toc|read-?more|more-?stories|trending|most-?read|outbrain|taboola|author-?bio|"
    r"author-?box|copyright|print-?only|visually-?hidden|screen-?reader(?:-text)?|sr-only)"
    r"(?:$|[\s_-])",
    re.I,
)
HIDDEN_CLASS = re.compile(
    r"(?:^|[\s_-])(?:tooltip|popup|pop-up|popover|modal|overlay|visually-?hidden|screen-?reader"
    r"(?:-text)?|sr-only)(?:$|[\s_-])",
    re.I,
)
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
FURNITURE_ROLES = names(
    "navigation banner complementary contentinfo search menu menubar dialog tooltip"
)
# "Skip advertisement", which leads to where the text goes on; not "Skip to navigation"
OUTSIDE = "outside the article"
_SKIP = re.compile(r"^\W*skip (?!to\b)(?:past |over |this )?\w+(?: \w+){0,2}\W*$", re.I)
_NOTES = re.compile(r"(?:^|[\s_-])(?:foot|end)notes?(?:$|[\s_-])", re.I)
_BUTTON = re.compile(r"(?:^|[\s_-])(?:button|btn)(?:$|[\s_-])", re.I)
_NOTE_MARK = re.compile(r"^\s*[\[(]?(?:\d{1,3}|[*†‡§])[\])]?\s*$")
_UNSEEN = names("script style noscript template head title link meta option")
# what lxml reads from entities but does not write
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_PICTURES = ("img", "figure", "picture", "video", "audio", "iframe")
_MAX_CAPTION = 300
_MAX_LINKED_LABEL = 5
_KEEP_SHARE = 0.5


def drop_furniture(root: etree._Element) -> list[Dropped]:
    """Take out the elements that say of themselves that they are not the article; return them.

    An element that holds most of the page's text stays, whatever its class is called: ``body
    class="has-sidebar"`` is not a sidebar. So does a form, where a page is one from top to bottom.
    """
    sizes = _text_sizes(root)
    total = max(1, sizes[root])
    resumed = _find_resumed(root)
    dropped: list[Dropped] = []
    gone: set[etree._Element] = set()
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element in (root, root.find("body")):
            continue
        if element.getparent() in gone:
            gone.add(element)
            continue
        large = sizes[element] >= _KEEP_SHARE * total
        holds_text = element.tag == "form" and (large or _has_no_fields(element))
        always = element.tag in DROPPED_TAGS and not holds_text
        always = always or _is_picture(element, sizes[element])
        always = always or _is_link_line(element) or _is_note_mark(element)
        small = element.tag not in BLOCKS or not large
        small = small and not (element.tag != "p" and element.get("id") in resumed)
        if always or (small and _is_furniture(element)):
            dropped += _account(element, reason=f"page furniture ({element.tag})")
            remove(element)
            gone.add(element)
    return dropped


def _find_resumed(root: etree._Element) -> frozenset[str]:
    """Names of the elements in which the text goes on behind an advertisement.

    They are named after it, ``id="after-story-ad-1"``, and the link that skips it leads to them.
    """
    links = (a for a in root.iter("a") if (a.get("href") or "").startswith("#"))
    skips = (a for a in links if _SKIP.match(clean("".join(a.itertext()))))
    return frozenset(a.get("href", "")[1:] for a in skips)


def _account(element: etree._Element, *, reason: str) -> list[Dropped]:
    """What a reader of the page saw of an element."""
    if element.tag in _UNSEEN:
        return []
    words: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start" and node.text and node.tag not in _UNSEEN:
            words.append(node.text)
        elif event == "end" and node.tail and node is not element:
            words.append(node.tail)
    text = clean(" ".join(words))
    return [Dropped(text=text, reason=reason, line=element.sourceline or 1)] if text else []


def find_outside(body: etree._Element) -> list[Dropped]:
    """What stands beside the body and the elements that hold it."""
    found: list[Dropped] = []
    node = body
    while (parent := node.getparent()) is not None:
        for child in parent:
            if child is not node and isinstance(child.tag, str):
                found += _account(child, reason=OUTSIDE)
        node = parent
    return sorted(found, key=lambda piece: piece.line)


def _is_furniture(element: etree._Element) -> bool:
    """A word inside a paragraph goes only if it is hidden: ``a class="tag"`` may be speech."""
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if element.get("role") in FURNITURE_ROLES or HIDDEN_STYLE.search(element.get("style") or ""):
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    classes = (element.get("class") or "").split()
    if "hidden" in classes or HIDDEN_CLASS.search(names):
        return True
    if element.tag not in BLOCKS:
        return False
    # a paragraph of the class may be the line below an interview, which says that it ends
    return bool(FURNITURE.search(names) or (element.tag != "p" and _NOTES.search(names)))


def _has_no_fields(form: etree._Element) -> bool:
    """Nothing can be filled in: some sites wrap what users wrote in a form."""
    fields = form.iter("input", "textarea", "select", "button")
    return all(field.get("type") == "hidden" for field in fields)


def _is_picture(element: etree._Element, size: int) -> bool:
    """A wrapper around a picture or a player, with no more text than a caption has."""
    return (
        element.tag in ("div", "section", "span", "a", "li", "center")
        and size <= _MAX_CAPTION
        and element.find("p") is None
        and any(next(element.iter(tag), None) is not None for tag in _PICTURES)
    )


def _is_link_line(element: etree._Element) -> bool:
    """A paragraph that is one link to something else: "Read next: ..." is not speech.

    Nor is a short one, if the link is set as a button.
    """
    first = element.find(".//a")
    if element.tag not in ("p", "li") or first is None:
        return False
    words = len("".join(element.itertext()).split())
    if _BUTTON.search(first.get("class") or "") and words == len("".join(first.itertext()).split()):
        return True
    linked = sum(len("".join(a.itertext()).split()) for a in element.iter("a"))
    return words > _MAX_LINKED_LABEL and linked >= 0.9 * words


def _is_note_mark(element: etree._Element) -> bool:
    """A number that leads to a note on the same page."""
    if element.tag not in ("a", "sup") or not _NOTE_MARK.match("".join(element.itertext())):
        return False
    link = element if element.tag == "a" else element.find(".//a")
    return link is not None and "#" in (link.get("href") or "")


def remove(element: etree._Element) -> None:
    """Take an element out of its tree; what stands behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    tail = _CONTROL.sub("", element.tail or "")
    previous = element.getprevious()
    if previous is not None:
        previous.tail = _CONTROL.sub("", previous.tail or "") + tail
    else:
        parent.text = _CONTROL.sub("", parent.text or "") + tail
    parent.remove(element)


def _text_sizes(root: etree._Element) -> dict[etree._Element, int]:
    """Characters of text in each element, its descendants' included, without scripts."""
    sizes: dict[etree._Element, int] = {}
    for _, element in etree.iterwalk(root, events=("end",)):
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "noscript"):
            sizes[element] = 0
            continue
        size = len((element.text or "").strip())
        for child in element:
            size += sizes.get(child, 0) + len((child.tail or "").strip())
        sizes[element] = size
    return sizes
