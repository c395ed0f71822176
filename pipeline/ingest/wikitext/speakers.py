"""Who speaks on a wiki page: marks such as ``((WN))``, and those left out where setting tells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.ingest.content import Line

_MARK = re.compile(r"\s*\(\(\s*(?P<name>[^\W\d_a-zß-ÿ][^()]{0,60}?)\s*:?\s*\)\)\s*[:：]?\s*")
# what is noted in brackets and is no name
_NOISES = frozenset(
    (
        "laughs", "laughter", "laughing", "smiles", "sighs", "pause", "pauses", "applause",
        "silence", "crosstalk", "inaudible",
    )
)  # fmt: skip


@dataclass
class WikiLine(Line):
    """A line of a wiki page.

    Attributes:
        indented: the mark of a list opens it.
        speaker: the name in the mark that opens it, "" where none does.
    """

    indented: bool = False
    speaker: str = ""

    def take_mark(self) -> None:
        """Print the mark of who speaks as a label in bold: ``((WN)) Why?`` as ``WN: Why?``."""
        found = _MARK.match("".join(text for text, _, _ in self.runs))
        if found is None or found.group("name").casefold() in _NOISES:
            return
        left = found.end()
        for index, (text, bold, italic) in enumerate(self.runs):
            self.runs[index] = (text[left:], bold, italic)
            left = max(0, left - len(text))
        self.name(found.group("name"))

    def name(self, speaker: str) -> None:
        """Set a label in bold before the words."""
        self.speaker = speaker
        self.runs[:0] = [(f"{speaker}:", True, False), (" ", False, False)]

    @property
    def setting(self) -> tuple[bool, bool]:
        """Whether it is indented, and whether all its words are bold, its label aside."""
        words = self.runs[2:] if self.speaker else self.runs
        return self.indented, all(bold for text, bold, _ in words if text.strip())


def name_by_setting(lines: Iterable[WikiLine]) -> None:
    """Set the label of lines that have no mark, where their setting tells another speaks.

    Wikinews often marks only the first answers, and indents all of them below bold questions. A
    line set as the lines of the one who spoke last never are is another's: of the only other
    one whose marked lines are set so.
    """
    lines = [line for line in lines if not line.heading and line.plain()]
    settings: dict[str, set[tuple[bool, bool]]] = {}
    for line in lines:
        if line.speaker:
            settings.setdefault(_key(line.speaker), set()).add(line.setting)
    names: dict[str, str] = {}
    last = ""
    for line in lines:
        if line.speaker:
            last = _key(line.speaker)
            names[last] = line.speaker
        elif last and line.setting not in settings[last]:
            others = [key for key, found in settings.items() if line.setting in found]
            if len(others) == 1 and others[0] in names:
                last = others[0]
                line.name(names[last])


def _key(name: str) -> str:
    """A person's last name, by which a mark names them once the full name was given."""
    return name.split()[-1].casefold()
