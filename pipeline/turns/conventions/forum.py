"""Posts of a forum, as in an "ask me anything": a line of user, score and age, the words below."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.labels import Hint, Label
from pipeline.turns.vocabulary import words

_LINE = re.compile(
    r"^[^\w\[@]{0,6}(?:\[[–+-]\] ?)?(?:/?u/|@)?"
    r"(?P<name>\[deleted\]|[^\W_][\w.-]{1,29}(?: [^\W\d_a-z][\w.’'-]{0,29}){0,2}?)"
    r"(?P<rest>\W.{2,90})$"
)
# the line above what opens a thread
_SUBMITTED = re.compile(
    r"^(?:submitted|posted)\b(?P<rest>.{0,60}?) by (?:/?u/)?(?P<name>[^\W_][\w.-]{1,29})\W*"
    r"(?:\d.{0,30} ago)?$",
    re.I,
)
# "u/name Maritime law, mostly 3d ago edited 2d ago": with words of the user's own before the age
_FLAIRED = re.compile(
    r"^/?u/(?P<name>\[deleted\]|[^\W_][\w-]{1,29})(?: [^\s?!]{1,25}){1,6}?"
    r"(?P<rest>[ •·]\d{1,3}(?:[smhdwy]|mo) ago\b.{0,40})$"
)
_SCORE = re.compile(
    r"[⬆↑▲△👍❤♥]|\b[\d.,]+k? (?:points?|upvotes?|likes?|karma)|\bscore\b|\bago\b|"
    r"\b(?:today|yesterday) at\b",
    re.I,
)
_TIME = re.compile(
    r"\d{1,2}:\d{2}|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b|"
    r"\b(?:\d+|an?) ?(?:[smhdwy]|mo|mins?|hrs?|yrs?|minutes?|hours?|days?|weeks?|months?|years?)\b",
    re.I,
)
_WORD = re.compile(r"[^\W\d_]+")
# what may stand beside a user: score, age, standing
_PARTICULARS = words(
    "points point upvotes upvote likes like karma score k ago just now today yesterday at on am pm "
    "utc gmt s m h d w y mo min mins hr hrs yr yrs minute minutes hour hours day days week weeks "
    "month months year years a an edited edit verified guest op author host mod moderator admin "
    "top pinned stickied new replied reply replies said wrote posted permalink parent root next "
    "prev context last hidden comment child children submitted by jan feb mar apr may jun jul aug "
    "sep oct nov dec"
)
_ANSWERING = re.compile(r"\b(?:OP|verified|guest|author)\b|^\[S\]|🎤")
_ROBOT = re.compile(r"(?i:auto-?mod(?:erator)?|[_-]bot)$|Bot$")
_FEWEST, _HUB = 3, 0.35
_MAX_LINE = 160


@dataclass(frozen=True)
class ForumPost:
    """``user 12 points 3 hours ago`` alone on a line, the post below.

    Whoever has a badge, "OP" or "Verified guest", answers, or else who posts far most; those ask
    below whom that one posts, and the rest take no part.
    """

    name: str = "forum-post"
    description: str = "user, score and age of a post on a line, the post below"
    prior: float = 1.0

    def find(self, document: Document) -> list[Mark]:
        """Return the lines above posts, if most of them have a score or an age."""
        found = [
            (index, paragraph.text, match)
            for index, paragraph in enumerate(document.paragraphs)
            if len(paragraph.text) <= _MAX_LINE and (match := _match(paragraph.text))
        ]
        scored = sum(bool(_SCORE.search(match["rest"])) for _, _, match in found)
        if len(found) < _FEWEST or 2 * scored < len(found):
            return []
        hints = _hints([match for _, _, match in found])
        return [
            Mark(index, _label(match["name"], hints), len(text), sure=True, apart=True)
            for index, text, match in found
        ]


def _match(line: str) -> re.Match[str] | None:
    """Read the line of a post: the user, and the rest, in which nothing else is said."""
    matches = (pattern.match(line) for pattern in (_SUBMITTED, _LINE, _FLAIRED))
    return next((one for one in matches if one and _is_particulars(one["rest"])), None)


def _is_particulars(rest: str) -> bool:
    """The rest of the line holds a time, and no word that does not belong to a post's line."""
    return bool(_TIME.search(rest)) and _PARTICULARS.issuperset(_WORD.findall(rest.lower()))


def _hints(lines: Sequence[re.Match[str]]) -> dict[str, Hint]:
    """The part of each user; none is known where there is no one user who answers."""
    users = [match["name"] for match in lines]
    hints: dict[str, Hint] = {user: "other" for user in users if _ROBOT.search(user)}
    badged = {match["name"] for match in lines if _ANSWERING.search(match["rest"])}
    most, posts = Counter(users).most_common(1)[0]
    answering = badged if badged else {most} if posts >= _HUB * len(users) else set()
    if len(answering) != 1:
        return hints
    asking = {one for one, two in pairwise(users) if two in answering} - answering
    rest: dict[str, Hint] = dict.fromkeys(users, "other")
    rest.update(dict.fromkeys(asking, "interviewer"))
    rest.update(dict.fromkeys(answering, "respondent"))
    return {**rest, **hints}


def _label(user: str, hints: Mapping[str, Hint]) -> Label:
    name = user.strip("[]")
    core = (name.lower(),)
    return Label(raw=user, name=name, core=core, titles=frozenset(), hint=hints.get(user))
