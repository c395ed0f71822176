"""Parts of a web page that are not the article, by the names and content of its elements."""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree

from pipeline.ingest.content import clean, load_table
from pipeline.ingest.markup import BLOCKS, UNSEEN, names
from pipeline.records import Dropped

_DATA = load_table("furniture")
_TAGS, _PICTURES, _WRAPPERS, _BOXES, _UNDIVIDED = (
    names(_DATA[key]) for key in ("tags", "pictures", "wrappers", "boxes", "undivided")
)
# also as part of a longer name: "page-footer"
_CLASSES = re.compile(rf"(?:^|[\s_-])(?:{'|'.join(_DATA['classes'].split())})(?:$|[\s_-])", re.I)
_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(float)\s*:\s*(?:left|right)", re.I
)
# what lxml reads from entities but does not write
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BODY = 0.85  # share of the running text, in the element that is the article
_LARGE = 0.3  # share of the page's text: such an element is no furniture
_FLOATING = 0.25  # share of the page's text in floating boxes, at most
_LINKED = 0.6  # share of the characters of a menu in links
_FEWEST_LINKS = 3
_LINK_LENGTH, _CAPTION = 60, 300  # characters
_LABEL_WORDS = 5


def drop_furniture(root: etree._Element, *, whole: bool = True) -> list[Dropped]:
    """Remove the elements that are not the article; return their text.

    Elements of one kind with much of the page's text stay, whatever they are called: ``body
    class="has-sidebar"`` is not a sidebar, nor are all the lines of a talk captions.

    Args:
        root: of the page, or of a fragment.
        whole: it is a page, which also has something around its article.
    """
    page = _Page(root)
    path = page.find_path() if whole else [root]
    dropped: list[Dropped] = []
    stack = list(root)
    while stack:
        element = stack.pop()
        if not isinstance(element.tag, str):
            continue
        if element in path:
            stack.extend(element)
        elif (outside := element.getparent() in path[:-1]) or page.is_furniture(element):
            reason = "outside the article" if outside else f"page furniture ({element.tag})"
            dropped += _account(element, reason=reason)
            _remove(element)
        else:
            stack.extend(element)
    return sorted(dropped, key=lambda piece: piece.line)


class _Page:
    """The sizes of a page's elements, and what follows from them."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.text: dict[etree._Element, int] = {}  # characters
        self.linked: dict[etree._Element, int] = {}  # characters in links
        self.links: dict[etree._Element, int] = {}
        self.alike: Counter[tuple[str, ...]] = Counter()  # characters
        for _, element in etree.iterwalk(root, events=("end",)):
            self._measure(element)
        self.total = max(1, self.text[root])
        floating = [one for one in root.iter("table", "div") if _floats(one)]
        held = sum(self.text[one] for one in floating if not any(map(_floats, one.iterancestors())))
        self.floats = held < _FLOATING * self.total

    def _measure(self, element: etree._Element) -> None:
        seen = isinstance(element.tag, str) and element.tag not in UNSEEN
        inner = list(element) if seen else []
        size = len((element.text or "").strip()) if seen else 0
        size += sum(self.text[child] + len((child.tail or "").strip()) for child in inner)
        self.text[element] = size
        self.alike[_kind(element)] += size
        is_link = element.tag == "a" and element.get("href") is not None
        self.linked[element] = size if is_link else sum(self.linked[child] for child in inner)
        self.links[element] = 1 if is_link else sum(self.links[child] for child in inner)

    def find_path(self) -> list[etree._Element]:
        """Return the elements from the root down to the article.

        It is the deepest element that holds nearly all of the text outside links; a body that is
        split over several elements stays whole.
        """
        path = [self.root]
        while True:
            running = {one: self.text[one] - self.linked[one] for one in (path[-1], *path[-1])}
            least = _BODY * max(1, running.pop(path[-1]))
            best = max(running, key=lambda one: running[one], default=None)
            if best is None or running[best] < least:
                return path
            if best.tag not in BLOCKS or best.tag in _UNDIVIDED:
                return path
            path.append(best)

    def is_furniture(self, element: etree._Element) -> bool:
        """Return whether an element is removed, with its content."""
        tag, size, given = element.tag, self.text[element], element.attrib
        alike = self.alike[_kind(element)] if "class" in given and tag in BLOCKS else 0
        if max(size, alike) >= _LARGE * self.total:
            return False
        if tag in _TAGS or self._is_picture(element) or self._is_menu(element):
            return True
        style = _STYLE.search(given.get("style", ""))
        if "hidden" in given or given.get("aria-hidden") == "true" or (style and not style[1]):
            return True
        called = f"{given.get('class', '')} {given.get('id', '')}"
        if tag in BLOCKS and tag != "p" and _CLASSES.search(called):
            return True
        words = "".join(element.itertext()).split() if self.floats and _floats(element) else ()
        return len(words) > _LABEL_WORDS

    def _is_menu(self, element: etree._Element) -> bool:
        """Short links are most of its text."""
        characters, links = self.linked[element], self.links[element]
        mostly = links >= _FEWEST_LINKS and characters >= _LINKED * self.text[element]
        return mostly and element.tag in _BOXES and characters <= _LINK_LENGTH * links

    def _is_picture(self, element: etree._Element) -> bool:
        """A wrapper around a picture or a player, with no more text than a caption has."""
        small = element.tag in _WRAPPERS and self.text[element] <= _CAPTION
        pictured = small and next(element.iter(*_PICTURES), None) is not None
        return pictured and element.find("p") is None


def _account(element: etree._Element, *, reason: str) -> list[Dropped]:
    """Return what a reader of the page saw of an element."""
    texts = element.xpath("descendant-or-self::*[not(self::script or self::style)]/text()")
    text = clean(" ".join(texts)) if element.tag not in UNSEEN else ""
    return [Dropped(text=text, reason=reason, line=element.sourceline or 1)] if text else []


def _kind(element: etree._Element) -> tuple[str, ...]:
    """What elements of one kind share: those with much of the text are not furniture."""
    return str(element.tag), element.get("class") or "", element.get("style") or ""


def _floats(element: etree._Element) -> bool:
    """A box beside the text: aligned left or right."""
    if element.tag == "table" and element.get("align") in ("left", "right"):
        return True
    found = _STYLE.search(element.get("style") or "") if element.tag in ("table", "div") else None
    return bool(found and found[1])


def _remove(element: etree._Element) -> None:
    """Remove an element from its tree; keep the text that follows it."""
    parent, previous = element.getparent(), element.getprevious()
    tail = _CONTROL.sub("", element.tail or "")
    if previous is not None:
        previous.tail = _CONTROL.sub("", previous.tail or "") + tail
    else:
        parent.text = _CONTROL.sub("", parent.text or "") + tail
    parent.remove(element)
