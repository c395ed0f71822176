"""What a chat program shows among the messages: reactions, who joined, files, its own buttons."""

from __future__ import annotations

import re
from collections.abc import Sequence

_EMOJI = re.compile(r"^\s*(?::[\w+'-]+:(?::[\w-]+:)?|[^\w\s.,;:?!'\"“”‘’()\[\]…–—-]+)\s*$")
_COUNT = re.compile(r"^\s*\d{1,3}\s*$")
_FILE = re.compile(
    r"^\s*[\w.()-]{1,60}(?: [\w.()-]{1,30}){0,3}\."
    r"(?:png|jpe?g|gif|heic|webp|pdf|docx?|xlsx?|mp[34]|mov)\s*$",
    re.I,
)
# what a program writes of itself, told from words by how the channel or the button is named
_EVENT = re.compile(
    r"^\s*(?:(?:joined|left) #\S.*|(?:was added to|set the channel|pinned a message|"
    r"archived the channel|renamed the channel|started a (?:huddle|call|meeting))\b.{0,160}|"
    r"replied to a thread:?.{0,160}|view (?:thread|newer replies|message)|message #\S+|"
    r"(?:shift|ctrl|cmd|⌘) ?\+ ?(?:return|enter) .{0,40}|\(edited\)|add (?:reaction|a bookmark)|"
    r"also sent to the channel|this message was (?:deleted|edited)\.?)\s*$",
    re.I,
)
# what may be a message as well, where it stands right below a name or a time
_MARGIN = re.compile(
    r"^\s*(?:\d+ (?:repl(?:y|ies)|members?|files?|new messages?)|last reply .{0,40}|new|edited|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day,? [a-z]+ \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?|"
    r"today|yesterday)\s*$",
    re.I,
)
_CLOCK_END = re.compile(r"\d:\d{2}(?: ?[ap]\.?m\.?)?[\])]?\s*$", re.I)
_SIGN = re.compile(
    r"^\s*(?:(?:joined|left) #\S.*|\(edited\)|view thread|message #\S+|:[a-z][\w+-]*:)\s*$", re.I
)
_SIGNS = 2


def shows_chat(lines: Sequence[str]) -> bool:
    """Some lines are of a chat program and of no transcript."""
    return sum(bool(_SIGN.match(line)) for line in lines) >= _SIGNS


def find_chat_furniture(lines: Sequence[str]) -> frozenset[int]:
    """Return the indices of the lines of a message that nobody wrote.

    A number counts those who react where it stands below their sign; alone it is a message.

    Args:
        lines: below the name and time of who wrote them.
    """
    found: set[int] = set()
    before = ""
    for index, line in enumerate(lines):
        below = lines[index + 1] if index + 1 < len(lines) else ""
        counts = bool(_COUNT.match(line) and _EMOJI.match(before))
        reacts = bool(_EMOJI.match(line) and _COUNT.match(below))
        margin = bool(before and not _CLOCK_END.search(before) and _MARGIN.match(line))
        if counts or reacts or margin or _FILE.match(line) or _EVENT.match(line):
            found.add(index)
        before = line if line.strip() else before
    return frozenset(found)
