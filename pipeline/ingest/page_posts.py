"""Posts on a web page: who wrote each, and the elements that hold what was written.

Forums differ in all but this: every post names its author in an element, or an attribute, that
says so, and holds its words in one that is called so too, or in plain paragraphs.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from pipeline.ingest.content import clean
from pipeline.ingest.page_furniture import names

DELETED = re.compile(
    r"^\W*(?:(?:this )?(?:comment|post|message)(?: has been| was)? )?"
    r"(?:deleted|removed|unavailable|flagged|dead)"
    r"(?: by (?:an? |the |its )?(?:\w+ )?(?:moderators?|mods?|users?|authors?|poster))?\W*$",
    re.I,
)
_UNSEEN = names("script style noscript template head nav aside svg select button")
_NAMING = ("class", "slot", "itemprop", "property", "rel", "data-testid", "data-test-id",
           "data-click-id")  # fmt: skip
_AUTHOR_ATTRIBUTES = ("author", "data-author", "data-username")
_AUTHOR = re.compile(
    r"(?:^|[_-])(?:author|user-?name|hnuser|poster|creator|nick(?:name)?|fn|commenter|"
    r"person-listing)(?:$|[_-])",
    re.I,
)
_TEXT = re.compile(
    r"md|md-div|usertext-body|comm-?text|toptext|cooked|bb-?wrapper|prose|content|body|text|"
    r"message|msg|richtextjson-root|rtjson-content|"
    r"(?:\w+-)?(?:posts?|comments?|messages?|reply|replies|user|topic|answer|entry|e|text)[_-]?"
    r"(?:text|body|content|copy|message|html)",
    re.I,
)
_TEXT_SLOTS = frozenset(("comment", "text-body"))
_TEXT_ID = re.compile(r"(?:(?:comment|post)(?:-rtjson)?-content|post_message_\d+)$", re.I)
_DELETED_USER = re.compile(r"^\[(?:deleted|removed)(?: user)?\]$", re.I)
_PARAGRAPHS = names("p blockquote ul ol pre")
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:meta|info|actions?|buttons?|date|time|score|points|votes?|tagline|controls?|"
    r"header|footer|flair|title|signature)(?:$|[\s_-])",
    re.I,
)
_BEFORE_NAME = re.compile(r"^(?:@|/?u/|by )", re.I)
_NAME_CHARS, _NAME_WORDS, _LINE_WORDS = 40, 5, 40
_NEARLY_ALL = 0.8
_FEWEST = 3


@dataclass(frozen=True)
class Post:
    """One post: its author as the page names them, and the elements that hold its words."""

    author: str
    parts: tuple[etree._Element, ...]

    @property
    def text(self) -> str:
        """Its words on one line."""
        return clean(" ".join(_text(part) for part in self.parts))


@dataclass(frozen=True)
class _Words:
    """Elements that may be a post's words, and where the search for the author starts."""

    parts: tuple[etree._Element, ...]
    start: etree._Element
    place: int


def find_posts(root: etree._Element) -> list[Post]:
    """Return the posts of a page, in its order; few or none where it is no page of posts."""
    order = {element: place for place, element in enumerate(_walk(root))}
    sizes = _count_words(root)
    authors = _find_authors(order, sizes)
    inside = _gather(authors)
    posts = _pair(list(_called_words(order, inside, sizes)), authors, inside, order)
    if len(posts) < _FEWEST:
        posts = _pair(list(_plain_words(order, inside)), authors, inside, order)
    return posts


def _walk(root: etree._Element) -> Iterator[etree._Element]:
    walker = etree.iterwalk(root, events=("start",))
    for _, element in walker:
        if element.tag in _UNSEEN:
            walker.skip_subtree()
        else:
            yield element


def _count_words(root: etree._Element) -> dict[etree._Element, int]:
    sizes: dict[etree._Element, int] = {}
    for _, element in etree.iterwalk(root, events=("end",)):
        words = len((element.text or "").split())
        words += sum(sizes.get(child, 0) + len((child.tail or "").split()) for child in element)
        sizes[element] = words
    return sizes


def _find_authors(
    order: Mapping[etree._Element, int], sizes: Mapping[etree._Element, int]
) -> dict[etree._Element, str]:
    """The elements that name an author: the innermost of those that say so, or a whole post."""
    found: dict[etree._Element, str] = {}
    holders: set[etree._Element] = set()
    for element in reversed(tuple(order)):
        by = next((name for key in _AUTHOR_ATTRIBUTES if (name := element.get(key))), None)
        text = _own(element)
        if by is not None and len(element):
            found[element] = _plain(by)
        elif element.tag == "blockquote":
            for inner in element.iter():
                found.pop(inner, None)
        elif _DELETED_USER.match(text) and element.tag != "p" and not _is_called_text(element):
            found[element] = text.strip("[]")
        elif element in holders or sizes[element] > _LINE_WORDS:
            continue
        elif name := _read_called(element):
            found[element] = name
            holders.update(element.iterancestors())
    return dict(reversed(found.items()))


def _own(element: etree._Element) -> str:
    return clean(element.text or "") if not len(element) else ""


def _words_of(element: etree._Element) -> list[str]:
    """What an element calls itself, word by word."""
    return [word for key in _NAMING for word in (element.get(key) or "").split()]


def _read_called(element: etree._Element) -> str:
    """A name that stands in an element called an author: all of it, or what is set in it."""
    if not any(map(_AUTHOR.search, _words_of(element))):
        return ""
    inner = [one for one in element.iter() if one.get("itemprop") == "name"]
    inner += [element, *element.iter("a", "strong", "b")]
    found = (_plain(_text(one)) for one in inner)
    fits = (n for n in found if n and len(n) <= _NAME_CHARS and len(n.split()) <= _NAME_WORDS)
    return next(fits, "")


def _plain(name: str) -> str:
    return _BEFORE_NAME.sub("", clean(name)).strip(" :[]")


def _gather(authors: Mapping[etree._Element, str]) -> dict[etree._Element, list[etree._Element]]:
    """For each element the authors named in it, in the page's order."""
    inside: dict[etree._Element, list[etree._Element]] = {}
    for author in authors:
        inside.setdefault(author, []).append(author)
        for holder in author.iterancestors():
            inside.setdefault(holder, []).append(author)
    return inside


def _called_words(
    order: Mapping[etree._Element, int],
    inside: Mapping[etree._Element, Sequence[etree._Element]],
    sizes: Mapping[etree._Element, int],
) -> Iterator[_Words]:
    """The elements that say that they hold words, each as far in as nearly all of them stand."""
    called = {
        element: sizes[element]
        for element in order
        if _is_called_text(element) and set(inside.get(element, ())) <= {element}
    }
    outer: set[etree._Element] = set()
    for element, words in called.items():
        if words and outer.isdisjoint(element.iterancestors()):
            outer.add(element)
            deep = [e for e in element.iter() if called.get(e, 0) >= _NEARLY_ALL * words]
            yield _Words((deep[-1],), element, order[element])


def _is_called_text(element: etree._Element) -> bool:
    if element.get("slot") in _TEXT_SLOTS or _TEXT_ID.search(element.get("id") or ""):
        return True
    return any(map(_TEXT.fullmatch, _words_of(element)))


def _plain_words(
    order: Mapping[etree._Element, int], inside: Mapping[etree._Element, Sequence[etree._Element]]
) -> Iterator[_Words]:
    """The paragraphs that stand side by side in one element, without those about the post."""
    for holder in order:
        parts = tuple(
            child
            for child in holder
            if child.tag in _PARAGRAPHS
            and not inside.get(child)
            and not _AROUND.search(f"{child.get('class')} {child.get('id')}")
        )
        if any(part.tag == "p" and _text(part).strip() for part in parts):
            yield _Words(parts, holder, order[parts[0]])


def _pair(
    words: Sequence[_Words],
    authors: Mapping[etree._Element, str],
    inside: Mapping[etree._Element, Sequence[etree._Element]],
    order: Mapping[etree._Element, int],
) -> list[Post]:
    """Give words to the author named nearest: in the smallest element around that names one.

    Where that holds one text only, its first author above the text wrote it; else the last one
    named between the text above and this one.
    """
    places = sorted(one.place for one in words)
    held: dict[etree._Element, int] = {}
    for one in words:
        for holder in (one.start, *one.start.iterancestors()):
            held[holder] = held.get(holder, 0) + 1
    found: dict[etree._Element, Post] = {}
    for one in sorted(words, key=lambda one: one.place):
        holders = (one.start, *one.start.iterancestors())
        holder = next((e for e in holders if inside.get(e)), None)
        if holder is None:
            continue
        above = places[bisect_left(places, one.place) - 1] if one.place > places[0] else -1
        named = [e for e in inside[holder] if above < order[e] <= one.place]
        if named:
            by = named[0 if held[holder] == 1 else -1]
            post, other = Post(authors[by], one.parts), found.get(by)
            if other is None or len(other.text) < len(post.text):
                found[by] = post
    return list(found.values())


def _text(element: etree._Element) -> str:
    return "".join(element.itertext())
