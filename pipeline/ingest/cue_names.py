"""The line above a caption's time, by which a meeting's export names the caption."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ARROW = re.compile(r"^[\d:.,\s]+-->")
# '12 "NAME" (3412345)', the caption's number, who speaks, and the number of the account
_WHO = re.compile(r"^\d{1,6}\s+\"(?P<name>[^\"<>]{1,100})\"(?:\s*\(\d+\))?$")


def take_out_cue_names(text: str) -> str:
    """Empty the lines that name a caption, which parsers take for words of the caption before.

    They stand between a blank line and the caption's time (https://www.w3.org/TR/webvtt1, "WebVTT
    cue identifier"), and most captions have one, or none. Where one tells who speaks, the caption
    below gets a voice tag.

    Args:
        text: of the captions.
    """
    lines = text.split("\n")
    times = [number for number, line in enumerate(lines) if _ARROW.match(line)]
    named = [number for number in times if _is_named(lines, number)]
    for time in named if 2 * len(named) > len(times) else ():
        who = _WHO.match(lines[time - 1].strip())
        lines[time - 1] = ""
        if who and not lines[time + 1].lstrip().startswith("<v"):
            lines[time + 1] = f"<v {who['name']}>{lines[time + 1]}"
    return "\n".join(lines)


def _is_named(lines: Sequence[str], time: int) -> bool:
    """A line stands alone above the time; with no words below the time it may be the words."""
    if time < 2 or time + 1 >= len(lines):
        return False
    return bool(not lines[time - 2].strip() and lines[time - 1].strip() and lines[time + 1].strip())
