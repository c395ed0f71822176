"""Stamps of archives on each page: "APPROVED FOR RELEASE ...", "FOR OFFICIAL USE ONLY"."""

from __future__ import annotations

import re
from collections.abc import Sequence

# a scan reads "APPR~VED", "F'OR OFFICIAI, USE ONLY"
_RELEASED = re.compile(r"\bappr\S{1,2}ved for releas\S{0,2}\W{1,4}\d{4}/\d\d/\d\d\b", re.I)
_RESTRICTED = re.compile(r"^\W{0,4}F\W?[O0]R [O0]FF[I1L]C[I1L]A\S{1,2} USE [O0]N[LI1]Y\W{0,4}$")
_BESIDE = re.compile(r"^\W{0,3}(?:\d{1,4})?\W{0,3}$")
_OFTEN = 2


def find_stamps(lines: Sequence[str]) -> set[int]:
    """Lines that are stamps, twice at the least, and the pages' numbers right beside them."""
    stamps = {
        index
        for index, line in enumerate(lines)
        if _RELEASED.search(line) or _RESTRICTED.match(line)
    }
    if len(stamps) < _OFTEN:
        return set()
    found = set(stamps)
    for step in (-1, 1):
        for index in stamps:
            at = index + step
            while 0 <= at < len(lines) and at not in stamps and _BESIDE.match(lines[at]):
                found.update((at,) if lines[at].strip() else ())
                at += step
    return found
