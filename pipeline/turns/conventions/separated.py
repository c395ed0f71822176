"""Labels parted from the speech by something else than a colon: a dash, a period, brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.conventions.inline import opening_labels

# "A. B. – text", "Ann. B. – text", and "NAME –Text", a blank lost
_DASH = re.compile(
    r"^(?P<label>(?:[^–—:.?!|]|(?<=\b[A-Z])\.|(?<=\b[A-Z][a-z])\.|(?<=\b[A-Z][a-z]{2})\.){2,60}?)"
    r"\s(?:(?:[–—-]{1,2}|\|)\s+(?=\S)|[–—](?=[A-ZÀ-Þ“\"‘]))"
)
# a scan may read a letter for the bracket that closes: "[Answerl text"
_BRACKET = re.compile(
    r"^(?:\((?=\[))?[\[<(](?:v\s+)?"
    r"(?P<label>(?:Question|Answer)(?=[lIJ1|}] )|[^\]>)]{2,60}(?=[\]>)]))[\]>)lIJ1|}]\s*:?\s*(?=\S)"
)
# "([NAME] Why so?)": the whole turn stands in brackets
_ENCLOSED = re.compile(r"^\(\[(?:[^()]|\([^()]*\))*\)$")
_CAPS = re.compile(
    r"^(?P<label>(?:[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+ ){1,5}(?:\d{1,2} )?)(?=[“\"‘']?[^\W\d_][^A-ZÀ-Þ])"
)
_TITLE = (
    r"(?:Mr|Ms|Mrs|Miss|Dr|Hon|Senator|Sen|Representative|Rep|Congressman|Congresswoman|Chairman|"
    r"Chairwoman|Chair|Secretary|Ambassador|Ambassador-designate|General|Admiral|Colonel|Judge|"
    r"Governor|Director|Professor)"
)
_FROM = r"(?:\s(?:of|from)\s(?:[A-Z][a-z]+\s)?[A-Z][a-z]+)?(?:\s\[presiding\])?"
# "ANN NORTH [Coast Radio]", later "MR. NORTH"; a scan may have a comma for a full stop
_HOUSE = r"\s\[[^\[\]]{2,60}\]"
_CAPITAL = r"[A-ZÀ-Þ][A-ZÀ-Þ'’.-]+"
_PERIOD = re.compile(
    rf"^(?P<label>(?:(?:The|{_TITLE})\.?\s+)?[A-Z][A-Z'’-]{{2,}}(?:\s[A-Z][A-Z'’.-]+){{0,3}}{_FROM}"
    rf"|(?:{_CAPITAL},?\s){{1,3}}{_CAPITAL}{_HOUSE}|M(?:R|RS|S|ISS)[.,]?\s[A-ZÀ-Þ][A-ZÀ-Þ'’-]{{2,}}"
    rf"|{_TITLE}\.?\s+(?:[A-Z]\.\s)?[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?{_FROM}"
    r"|The\s(?:Chair|Chairman|Chairwoman|President|Speaker|Clerk|Witness))\.\s+(?=\S)"
)


@dataclass(frozen=True)
class Separated:
    """A name parted from the speech by something else than a colon: a dash, or brackets."""

    name: str
    description: str
    pattern: re.Pattern[str]
    prior: float = 0.9

    def find(self, document: Document) -> list[Mark]:
        """Return the paragraphs that start with a name so parted."""
        marks = []
        for index, label, start in opening_labels(document, self.pattern):
            if len(label.name.split()) <= 5:
                text = document.paragraphs[index].text
                end = text.rindex(")") if _ENCLOSED.match(text) else None
                sure = label.hint is not None and label.cased
                marks.append(Mark(index, label, start, sure=sure, end=end))
        return marks


CAPS_PERIOD = Separated(
    "caps-period", "Mr. NAME. text or Mr. Name. text, as in hearings", _PERIOD, prior=1.0
)
CAPS_SPACE = Separated("caps-space", "NAME NAME text, with nothing between", _CAPS, prior=0.8)
NAME_DASH = Separated("name-dash", "Name - text", _DASH)
BRACKETED_NAME = Separated("bracketed-name", "[Name] text", _BRACKET)
