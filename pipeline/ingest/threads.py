"""Pages whose talk is their posts: "ask me anything", with one who answers and many who ask.

Below a newspaper's interview readers comment as well. What tells the two apart is that here one
author answers again and again, and at length beside all that stands outside the comments.
"""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from pipeline.ingest.content import Content, clean
from pipeline.ingest.page_furniture import drop_furniture, remove
from pipeline.ingest.page_posts import DELETED, Post, find_posts
from pipeline.records import Dropped, GivenTurn, Paragraph

_ROBOT = re.compile(r"(?:(?i:auto-?mod(?:erator)?|[_-]bot)|Bot)$")
_ROBOT_SAYS = re.compile(r"\bi am a bot\b", re.I)
_ENDS_ASKING = re.compile(r"\?[\"'”’)\]*]*$")
_ASKS = re.compile(r"\?(?:\W|$)")
_TITLE = re.compile(r"(?:^|[\s_-])title(?:line|-value)?(?:$|\s)", re.I)
# "NAME said:", above what a post quotes, and what stands below it
_QUOTED_FROM = re.compile(r"^.{1,60}?\b(?:said|wrote|posted)\s*(?:↑|:)|^click to expand\W*$", re.I)
_WORD = re.compile(r"\w+")
_FEWEST, _AGAIN = 4, 2
_OPENER, _HUB = 0.2, 0.35
# words of the answers for each word outside the comments
_LEAST, _LEAST_BESIDE_TALK = 0.5, 2.0
_RUNNING, _TALK = 8, 3

Read = Callable[[etree._Element], list[Paragraph]]


@dataclass(frozen=True)
class Thread:
    """The posts of a page, in its order, and who answers in them.

    Attributes:
        posts: all of them, those too that are no turns.
        answerer: name of the author who answers.
        rest: a copy of the page without the posts' words.
        around: its furniture.
        title: of the thread, unlike the forum's.
    """

    posts: tuple[Post, ...]
    answerer: str
    rest: etree._Element
    around: tuple[Dropped, ...]
    title: str | None


def find_thread(root: etree._Element, *, read: Read) -> Thread | None:
    """Return the posts of a page, if they are its talk.

    Args:
        root: of the page with all its furniture; it is left as it is.
        read: gives the paragraphs of an element.
    """
    posts = find_posts(root)
    spoken = [post for post in posts if not _why_left_out(post)]
    if len(spoken) < _FEWEST or (answerer := _find_answerer(spoken)) is None:
        return None
    rest = _without(root, posts)
    around = drop_furniture(rest)
    beside = {p.text: None for part in spoken[0].parts for p in read(part)}
    # once each: users have signatures below all their posts
    beside.update({p.text: None for p in read(rest) if len(p.text.split()) >= _RUNNING})
    answers = _count_words([post.text for post in spoken[1:] if post.author == answerer])
    talk = sum(bool(_ENDS_ASKING.search(text)) for text in beside) >= _TALK
    least = _LEAST_BESIDE_TALK if talk else _LEAST
    if answers < least * _count_words(beside):
        return None
    return Thread(tuple(posts), answerer, rest, tuple(around), _find_title(root))


def read_thread(thread: Thread, *, metadata: dict[str, str], read: Read) -> Content:
    """Read the posts as turns; robots, deleted posts and what a post quotes are left out.

    Who is answered, or asks, is an interviewer; the others take no part.

    Args:
        thread: is used up: the furniture in its posts is taken out.
        metadata: of the page; the thread's own title takes the place of its title.
        read: gives the paragraphs of an element.
    """
    turns: list[GivenTurn] = []
    dropped = list(thread.around)
    askers = _find_askers(thread)
    said = ""
    for post in thread.posts:
        reason = _why_left_out(post)
        for part in post.parts:
            dropped += drop_furniture(part)
        paragraphs = [paragraph for part in post.parts for paragraph in read(part)]
        kept = [] if reason else [p for p in paragraphs if not _is_quotation(p, said)]
        dropped += [
            Dropped(text=p.text, reason=reason or "quotation of another post", line=p.line)
            for p in paragraphs
            if p not in kept
        ]
        said += f" {_plain(post.text)} "
        if kept:
            role = "respondent" if post.author == thread.answerer else "other"
            role = "interviewer" if post.author in askers else role
            text = "\n\n".join(paragraph.text for paragraph in kept)
            turns.append(GivenTurn(speaker=post.author, role=role, text=text, line=kept[0].line))
    dropped += [
        Dropped(text=p.text, reason="outside the posts", line=p.line) for p in read(thread.rest)
    ]
    dropped.sort(key=lambda piece: piece.line)
    title = {"title": thread.title} if thread.title else {}
    return Content([], {**metadata, **title}, turns=turns, dropped=dropped)


def _why_left_out(post: Post) -> str:
    """The reason for which a post is no turn; empty where it is one."""
    if DELETED.match(post.text):
        return "deleted post"
    if _ROBOT.search(post.author) or _ROBOT_SAYS.search(post.text):
        return "post of a robot"
    return "" if _WORD.search(post.text) else "post without words"


def _find_answerer(spoken: Sequence[Post]) -> str | None:
    """Whoever opened the page and came back to answer, or who posts far most below."""
    comments = Counter(post.author for post in spoken[1:])
    least = {name: _HUB for name, _ in comments.most_common(1)}
    least[spoken[0].author] = _OPENER
    answering = [
        name
        for name, share in least.items()
        if comments[name] >= max(_AGAIN, share * comments.total())
    ]
    words = {
        name: _count_words([post.text for post in spoken[1:] if post.author == name])
        for name in answering
    }
    answerer = max(answering, key=lambda name: words[name], default=None)
    return answerer if len(comments.keys() - {answerer}) else None


def _find_askers(thread: Thread) -> frozenset[str]:
    spoken = [post for post in thread.posts if not _why_left_out(post)]
    asking = {post.author for post in spoken if _ASKS.search(post.text)}
    asking |= {one.author for one, two in pairwise(spoken) if two.author == thread.answerer}
    return frozenset(asking - {thread.answerer})


def _without(root: etree._Element, posts: Sequence[Post]) -> etree._Element:
    """A copy of the page without the words of its posts."""
    rest = copy.deepcopy(root)
    parts = {part for post in posts for part in post.parts}
    for copied in [two for one, two in zip(root.iter(), rest.iter(), strict=True) if one in parts]:
        remove(copied)
    return rest


def _is_quotation(paragraph: Paragraph, said: str) -> bool:
    """The paragraph is set as a quotation, and says whose, or has an earlier post's words."""
    marked = paragraph.quoted or paragraph.text.startswith(">")
    if not marked or _QUOTED_FROM.match(paragraph.text):
        return marked
    return f" {_plain(paragraph.text)} " in said


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _count_words(texts: Iterable[str]) -> int:
    return sum(len(text.split()) for text in texts)


def _find_title(root: etree._Element) -> str | None:
    """The first heading, or line called a title, that the page's title holds: not the forum's."""
    whole = clean(" ".join("".join(one.itertext()) for one in root.iter("title")))
    called = (
        clean("".join(one.itertext()))
        for one in root.iter("h1", "h2", "h3", "a", "p", "span", "div")
        if one.tag in ("h1", "h2", "h3") or _TITLE.search(one.get("class") or "")
    )
    return next((text for text in called if len(text.split()) > 2 and text in whole), None)
