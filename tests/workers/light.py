"""An annotator without models, which worker processes can import."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.annotator import Annotator
from pipeline.config import load_settings
from pipeline.corpus.inputs import Transcript
from pipeline.records import Interview, Unit

DEADLY = "crash"
SLOW = "slowly"
TALK = "HOST: Why did the {} fail?\n\nANALYST: Nobody had prepared it. It rained.\n"


class Sentences:
    """Splits turns at full stops; a talk about a crash ends the process, as a lack of memory."""

    name = "segment"
    requires: tuple[str, ...] = ()
    provides: tuple[str, ...] = ("units",)
    fingerprint = ("full stops",)

    def annotate(self, interview: Interview) -> Mapping[str, tuple[Any, ...]]:
        """Return the units."""
        words = " ".join(turn.text for turn in interview.turns)
        if DEADLY in words:
            os._exit(9)
        if SLOW in words:
            time.sleep(0.2)
        return {
            "units": tuple(
                Unit(id=f"{turn.id}.u{number}", turn_id=turn.id, start=match.start(),
                     end=match.end(), text=match.group())
                for turn in interview.turns
                for number, match in enumerate(re.finditer(r"\S[^.?]*[.?]", turn.text), start=1)
            )
        }  # fmt: skip


def build() -> Annotator:
    """Return an annotator with one stage."""
    return Annotator([Sentences()], settings=load_settings())


def write_talks(folder: Path, *topics: str) -> list[Transcript]:
    """Write a talk on each topic."""
    found = []
    for number, topic in enumerate(topics):
        path = folder / f"t{number}.txt"
        path.write_text(TALK.format(topic), encoding="utf8")
        found.append(Transcript(id=f"t{number}", path=path))
    return found
