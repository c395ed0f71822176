"""Speaker labels and their parts: name, title, affiliation, role."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.turns.vocabulary import (
    ANSWER_WORDS,
    GENERIC,
    INTERVIEWERS,
    NAME_PARTICLES,
    NEVER_LABELS,
    OTHERS,
    PARTICLES,
    QUESTION_WORDS,
    RESPONDENTS,
    SHORT_TITLES,
    TITLES,
)

Hint = Literal["interviewer", "respondent", "other"]

MAX_CHARS, MAX_WORDS = 100, 14
_MAX_NAME_WORDS, _MAX_PLAIN_WORDS = 8, 4  # "Former trade minister" is no name
_EDGES = "*_-–—•>#:：|.,;? \t"
_PARENTHESIS = re.compile(r"(?:(?<!\s)\s++)?[(\[{]([^()\[\]{}]{0,80})[)\]}]?")
_WORD = re.compile(r"[\w.'’&/-]+")
_NEVER_IN_NAMES = re.compile(r"[?!;=“”\"<>@%$]|\.{2,}|…|\d{4}|[^\W\d_A-Z]{4}\.\s")
# "Q1", "A 12", "Question 3", "Interviewer_2", "R1"
_NUMBERED = re.compile(r"(?<=[^\W\d_])[ _.#-]{0,2}\d{1,3}$")
# "The Secretary of State (Mr. A. North)", as parliaments print who holds an office
_HOLDER = re.compile(
    r"(?:Mr|Mrs|Ms|Miss|Sir|Dame|Dr|Lord|Lady|Senator)\b\.?(?: [A-Z][\w.'’-]*){1,4}"
)
_DEGREES = frozenset(("jr", "sr", "ii", "iii", "phd", "md", "mp", "esq"))


@dataclass(frozen=True)
class Label:
    """A speaker label.

    Attributes:
        raw: as printed.
        name: without affiliation, notes and separator.
        core: words of the name without titles, in lower case; the titles where nothing else is.
        titles: titles and offices in the name, in lower case.
        affiliation: after the name's comma, or in brackets: an office or an organisation.
        hint: the role that a generic label states ("Q", "HOST"); a name states none.
        cased: each word is written as in a name: capital, particle or number.
        start_s: time in the label, seconds.
    """

    raw: str
    name: str
    core: tuple[str, ...]
    titles: frozenset[str] = frozenset()
    affiliation: str | None = None
    hint: Hint | None = None
    cased: bool = True
    start_s: float | None = None

    @property
    def is_sign(self) -> bool:
        """It is a sign that marks a change of speaker, not a name."""
        return not any(map(str.isalnum, self.name))


def speaker(name: str) -> Label:
    """Return the label of an unnamed speaker: "Q", "A"."""
    return Label(raw="", name=name, core=(name.lower(),), hint=hint_of(name))


def parse_label(raw: str) -> Label | None:
    """Parse a text as a speaker label, or return None where it cannot be one."""
    text = raw.strip(_EDGES)
    if not text or len(text) > MAX_CHARS:
        return None
    notes = _PARENTHESIS.findall(text)
    name = _PARENTHESIS.sub("", text).strip(_EDGES) or text.strip("()[]{} ")
    holder = next((note.strip() for note in notes if _HOLDER.fullmatch(note.strip())), None)
    office = _WORD.findall(name.lower())
    if holder and TITLES.intersection(office) and not _hint(office):
        held = parse_label(holder)
        return replace(held, raw=raw.strip(), affiliation=name) if held else None
    name, affiliation = _split_affiliation(name)
    words = _WORD.findall(name)
    if not words or len(words) > _MAX_NAME_WORDS or len(text.split()) > MAX_WORDS:
        return None
    if _NEVER_IN_NAMES.search(name) or not (name[0].isalpha() or name[0].isdigit()):
        return None
    if name[0].isdigit() and len(words) == 1:
        return None
    tokens = [t for w in words if (t := w.lower().strip(".'’-&/").removesuffix("’s"))]
    tokens = [SHORT_TITLES.get(token, token) for token in tokens]
    if not tokens:
        return None
    generic = _NUMBERED.sub("", " ".join(tokens)).split()
    hint = _hint(generic) or next(filter(None, (hint_of(note) for note in notes)), None)
    hint = hint or _hint((affiliation or "").lower().split()[-1:])
    if QUESTION_WORDS.issuperset(generic) or ANSWER_WORDS.issuperset(generic):
        tokens = generic
    cased = hint is not None or _is_cased(words)
    if not cased and len(words) > _MAX_PLAIN_WORDS:
        return None
    if not cased and tokens[0] in NEVER_LABELS:
        return None
    core = tuple(t for t in tokens if t not in TITLES and t not in PARTICLES)
    return Label(
        raw=raw.strip(),
        name=name,
        core=core or tuple(tokens),
        titles=frozenset(t for t in tokens if t in TITLES),
        affiliation=affiliation or next((n for n in notes if _is_office(n) and n != name), None),
        hint=hint,
        cased=cased,
    )


def hint_of(role: str) -> Hint | None:
    """Return the role that the words of a part state: "interviewer", "Host", "guest"."""
    return _hint(_NUMBERED.sub("", role.strip().lower()).split())


def _split_affiliation(text: str) -> tuple[str, str | None]:
    """Split "NAME, office" at its first comma."""
    head, comma, tail = text.partition(",")
    head, tail = head.strip(), tail.strip()
    if not comma or not tail or tail.lower().rstrip(".") in _DEGREES:
        return text.strip(_EDGES), None
    return head, tail


def _is_office(note: str) -> bool:
    """A note in brackets that could be an office or an organisation, no direction or language."""
    note = note.strip()
    return len(note) > 2 and note[0].isupper() and hint_of(note) is None and not note.isdigit()


def _is_cased(words: list[str]) -> bool:
    """Each word has a capital, is a particle, or a number; at least one has a capital."""
    plain = [word for word in words if word.lower() not in PARTICLES]
    if not plain or any(word[0].islower() for word in plain):
        return False
    return not words[0][0].islower() or words[0].lower() in NAME_PARTICLES


def _hint(tokens: list[str]) -> Hint | None:
    words = [t.strip(".:") for t in tokens if t not in PARTICLES and not t.isdigit()]
    if not words:
        return None
    meaning = [word for word in words if word not in GENERIC] or words
    if all(word in QUESTION_WORDS or word in INTERVIEWERS for word in meaning):
        return "interviewer"
    if all(word in ANSWER_WORDS for word in words) and len(words) == 1:
        return "respondent"
    if all(word in RESPONDENTS for word in meaning):
        return "respondent"
    return "other" if all(word in OTHERS for word in meaning) else None
