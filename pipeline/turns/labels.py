"""Speaker labels: what may be one, and what it says (name, affiliation, role, time)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.turns.affiliations import split_affiliation
from pipeline.turns.spelling import one_edit_apart, swapped
from pipeline.turns.vocabulary import (
    ANSWER_WORDS,
    BODIES,
    DEVICES,
    FLOOR,
    FOLLOW_UPS,
    GENERIC,
    INTERVIEWERS,
    KINDS_OF_TALK,
    NAME_PARTICLES,
    NOT_ASKERS,
    NOT_LABELS,
    OTHERS,
    PARTICLES,
    PARTNERS,
    PARTS,
    QUESTION_WORDS,
    RESPONDENTS,
    SHORT_TITLES,
    STAFF,
    SURNAMES,
    TITLES,
)

Hint = Literal["interviewer", "respondent", "other"]

_TIME = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_HALF = r"(?:[ \u00a0\u202f]?[AaPp]\.?[Mm]\b\.?)"
_TIME_RANGE = rf"{_TIME}{_HALF}?(?:\s*(?:-->|[-–—])\s*{_TIME}{_HALF}?)?"
_DATE = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}"
_CHAT = rf"\[?(?:{_TIME}{_HALF}?, {_DATE}|{_DATE},? {_TIME}{_HALF}?)\]?"
LEADING_TIME = re.compile(
    rf"^(?:{_CHAT}|[\[(]\s*{_TIME_RANGE}\s*[\])]|{_TIME_RANGE})\s*[-–—|:]?\s*"
)
TRAILING_TIME = re.compile(rf"\s*[-–—,|]?\s*(?:[\[(]\s*{_TIME_RANGE}\s*[\])]|\b{_TIME_RANGE})\s*$")
# a time in brackets that opens a paragraph of a turn
STAMP = re.compile(rf"^(?:[\[(]\s*{_TIME_RANGE}\s*[\])]|{_TIME_RANGE}(?=\s*$))\s*[-–—|:]?\s*")
_RESEARCH = re.compile(r"[rp]\d{1,2}$")
# "INT2", "interviewer_1": one of several
_COUNTED = re.compile(r"(?<=[^\W\d_]{2})[-_.]?\d{1,2}$")
_NUMBERED = re.compile(r"^(Q|A|Question|Answer|QUESTION|ANSWER)\s*\d{1,3}$")
# how an office is styled before the name: "HE Dr NAME", "The Rt Hon NAME"
_STYLE = re.compile(
    r"^(?:(?:H\.\s?E\.|H\.\s?R\.\s?H\.|HRH|(?:HE|HH|HM)(?=\s[A-Z][a-z])|"
    r"(?:His|Her) (?:Excellency|(?:Royal )?Highness|Majesty|Eminence|Holiness)|"
    r"(?:The )?(?:Rt\.?|Right) Hon(?:ou?rable)?\.?)\s+)(?=[A-Z])"
)
# "MR, NORTH", as a scan may have it
_SCANNED = re.compile(r"^((?i:mr|mrs|ms|miss|dr)),(?= [^\W\d_a-z])")
_PARENTHESIS = re.compile(r"\s*[(\[](?:[^()\[\]]|\([^()\[\]]{0,60}\)){0,80}[)\]]")
_PART = re.compile(r"[(\[]([\w-]{4,12})[)\]]\W*$")
# "[= the second interviewer]": no trade
_ASKER = re.compile(r"[(\[=][^()\[\]]{0,60}\b(?:co-?)?(interviewer|interviewee)[)\]]\W*$", re.I)
# "Question (NAME, HOUSE):", "Audience member (NAME, HOUSE):", from the floor
_FROM_FLOOR = re.compile(
    r"^(?P<word>[^\W\d_]{1,12}(?: [Mm]ember)?) ?\((?P<name>[^(),:]{5,40}), [^()]{2,80}\)\W*$"
)
# "Question (NAME):", "Supplementary question (NAME):"
_NAMED_ASKER = re.compile(
    r"^(?i:(?:supplementary |follow-?up )?question) \((?P<name>[^\W\d_a-z][^(),:/]{2,30})\)\W*$"
)
# what a member of parliament takes the floor for: no part in the talk
_BLUE_CARD = re.compile(r",? \(?blue[- ]card (?:question|answer)\)?", re.I)
_SENTENCE_END = re.compile(r"[^\W\d_A-Z]{5}\.\s")
# "... as I told you. (Answered in Hindi", where a colon stands in a note within the speech
_NOTE_BEGUN = re.compile(r"(?<!\S)[a-zß-ÿ]{2,}[.?!] [(\[][^()\[\]]*$")
# "PRESS CONFERENCE/2471", the number of a page in a series
_SERIES = re.compile(r"[^\W\d_]{2}/\d{3}")
# "Oral evidence", "Opening statement of Mr. NAME": a document's name
_DOCUMENT = re.compile(
    r"\s(?:evidence|statements?|note|notes|testimony|remarks)(?:$|\s(?:of|by|from|to)\b)", re.I
)
_WORD = re.compile(r"[\w.'’&/-]+", re.UNICODE)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_DATED = re.compile(
    r"^(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+"
    rf"(?:\d|{_MONTH}\.? \d)|"
    rf"(?:{_MONTH}|spring|summer|autumn|fall|winter)\.? (?:\d{{1,2}}|\d{{4}}(?:\s*\|.*)?)$)",
    re.I,
)
_HON = frozenset(("hon", "honourable", "honorable"))  # "Some hon. members"
_GENERIC = ("question", "answer", "interviewer", "interviewee", "moderator", "respondent")
# "Archived clip of NAME"
_TAPED = re.compile(
    r"^(?:archiv\w+ |taped |recorded )?(?:clip|recording|footage|soundbite|tape|audio|video) of \w"
)
_MIN_MISSPELT, _MIN_MISSPELT_TITLE = 5, 8
_LONG_TITLES = sorted(title for title in TITLES if len(title) >= _MIN_MISSPELT_TITLE)
MAX_CHARS = 90
MAX_WORDS = 12
_MAX_ROLE_WORDS = 5


@dataclass(frozen=True)
class Label:
    """A speaker label.

    ``core`` is the name without titles, in lower case; ``titles`` are those it had. A label that
    is not ``cased`` has lower-case words, as in "Former ambassador", and is doubtful.
    """

    raw: str
    name: str
    core: tuple[str, ...]
    titles: frozenset[str]
    affiliation: str | None = None
    hint: Hint | None = None
    cased: bool = True
    start_s: float | None = None


def parse_label(raw: str) -> Label | None:
    """Read a text as a label, or return None where it cannot be one."""
    text, start_s = strip_time(raw.strip().strip("*_-–—•>#").strip())
    # "NAME, “Ports and Piers: A Story”", a title; German quotes are „these“
    quoted = text.count("“") > text.count("”") + text.count("„")
    if quoted or _DATED.match(text) or _NOTE_BEGUN.search(text):
        return None
    text = _SCANNED.sub(r"\1.", text)
    if asker := _from_floor(text) or _named_asker(text):
        return replace(asker, raw=raw.strip(), start_s=start_s)
    part = _part(text)
    text = _PARENTHESIS.sub("", _BLUE_CARD.sub("", text)).strip().rstrip(":：.").strip()
    if not text:
        text = raw.strip().rstrip(":").strip("()[] ")
    text = _STYLE.sub("", text)
    name, affiliation = split_affiliation(_NUMBERED.sub(r"\1", text))
    words = _WORD.findall(name)
    if not words or len(name) > MAX_CHARS or len(words) > MAX_WORDS or not _may_name(name, words):
        return None
    cased = _is_cased(words)
    tokens = [t for w in words if (t := w.lower().strip(".'’-&/").replace("’s", ""))]
    tokens = [SHORT_TITLES.get(token, token) for token in tokens]
    tokens = [*map(_corrected_title, tokens[:-1]), *tokens[-1:]]
    core = tuple(t for t in tokens if t not in TITLES and t not in PARTICLES)
    hint = _hint(tokens) or _hint(_WORD.findall((affiliation or "").lower())[-1:]) or part
    long = len(words) > _MAX_ROLE_WORDS or words[0].lower() in ("the", "a", "an")
    if not cased and hint is None and long:
        return None
    return Label(
        raw=raw.strip(),
        name=name,
        core=tuple(tokens) if BODIES.issuperset(core) else core,
        titles=frozenset(t for t in tokens if t in TITLES),
        affiliation=affiliation,
        hint=hint,
        cased=cased or hint is not None,
        start_s=start_s,
    )


def _from_floor(text: str) -> Label | None:
    """Who asks from the floor, where name and house stand in brackets behind "Question"."""
    found = _FROM_FLOOR.match(text)
    if not found or found.group("word").lower().split()[0] not in FLOOR:
        return None
    label = parse_label(found.group("name"))
    named = label is not None and label.cased and not label.hint and len(label.core) > 1
    return replace(label, hint="interviewer") if label is not None and named else None


def _named_asker(text: str) -> Label | None:
    """Who asks, where only a family name stands in brackets: he is one of those on the floor."""
    found = _NAMED_ASKER.match(text)
    label = parse_label(found.group("name")) if found else None
    if label is None or not label.cased or label.hint or label.name.isupper():
        return None
    if len(label.core) > 1:  # a house: "Question (The Daily Courier)"
        return None
    if label.titles.issuperset(label.core) or not NOT_ASKERS.isdisjoint(label.core):
        return None
    return replace(label, core=("question", *label.core), hint="interviewer")


def strip_time(text: str) -> tuple[str, float | None]:
    """Take a time off either end; return the rest and, but for "9:03 AM", the seconds it counts."""
    for pattern in (LEADING_TIME, TRAILING_TIME):
        if found := pattern.search(text):
            rest = text[: found.start()] + text[found.end() :]
            code = re.search(rf"({_TIME}){_HALF}?", found.group())
            if code and rest.strip():
                of_day = code.group() != code.group(1)
                return rest.strip(), None if of_day else clock_seconds(code.group(1))
    return text, None


def clock_seconds(code: str) -> float:
    """Seconds of a time such as "1:02:03,5"."""
    seconds = 0.0
    for part in code.replace(",", ".").split(":"):
        seconds = seconds * 60 + float(part)
    return seconds


def _may_name(name: str, words: list[str]) -> bool:
    """Whether the words could be a label at all."""
    if name == "I":  # the interviewer, in transcripts of research interviews
        return True
    first = words[0].lower().strip(".'’")
    if re.search(r"[?!;=“”\"<>{}@%$]|\.{2,}|…|\d{4}-\d\d-\d\d", name) or not name[0].isalpha():
        return False
    if first in PARTNERS and len(words) == 1:  # "HER:", beside "ME:"
        return True
    initials = name.isupper() and len(name) == 2
    if words[-1].lower() in KINDS_OF_TALK and len(words) > 1:
        return False
    named = len(words) > 1 and (first in TITLES or (first in SURNAMES and _is_cased(words)))
    if first in NOT_LABELS and not initials and not named:
        return False
    if _SERIES.search(name) or _SENTENCE_END.search(name) or _DOCUMENT.search(name):
        return False
    if not name[0].islower() or first in (INTERVIEWERS | RESPONDENTS | DEVICES | {"speaker"}):
        return True
    return first in NAME_PARTICLES and len(words) > 1 and _is_cased(words)


def _is_cased(words: list[str]) -> bool:
    """Whether the words are set as a name is: capitals, particles, a number at the end."""
    plain = [w for w in words if w.lower() not in PARTICLES]
    named = [w for w in plain if not w[0].islower() or w.lower() in INTERVIEWERS]
    return bool(plain) and len(named) == len(plain)


def hint_of(role: str) -> Hint | None:
    """What a role's name says, as a table has it: "interviewer", "Host", "guest", "user"."""
    if role.strip().lower() in ("interviewer", "respondent", "other"):
        return role.strip().lower()  # type: ignore[return-value]
    return _hint([token.lower() for token in _WORD.findall(role)])


def corrected(word: str) -> str:
    """The generic label that a word misspells, as "qestion" does; else the word itself."""
    if len(word) < _MIN_MISSPELT:
        return word
    meant = (one for one in _GENERIC if one_edit_apart(word, one) or swapped(word, one))
    return word if word in _GENERIC else next(meant, word)


def _corrected_title(word: str) -> str:
    """The long title that a word misspells, as "profesor" does; else the word itself."""
    if len(word) < _MIN_MISSPELT_TITLE - 1 or word in TITLES:
        return word
    meant = (one for one in _LONG_TITLES if one_edit_apart(word, one) or swapped(word, one))
    return next(meant, word)


def _part(text: str) -> Hint | None:
    """The part that stands in brackets behind a name, "NAME (Host)"; a trade is none."""
    found = _PART.search(text) or _ASKER.search(text)
    part = found.group(1).lower() if found else ""
    return _hint([part]) if part in PARTS else None


def _hint(tokens: list[str]) -> Hint | None:
    """What a generic label says of the role; a name says nothing."""
    words = [t for t in tokens if t not in PARTICLES and not t.isdigit()]
    if not words:
        return None
    if _TAPED.match(" ".join(tokens)):
        return "other"
    if tokens[0] in ("a", "an", "some", "several") and _HON.intersection(tokens):
        return "other"
    words = [corrected(_COUNTED.sub("", word)) for word in words]
    last, alone = words[-1], len(words) == 1
    if alone and (last == "i" or _RESEARCH.match(last)):
        return "interviewer" if last == "i" else "respondent"
    if (alone and last in QUESTION_WORDS) or {"reporter", "audience", "journalist"} & set(words):
        return "interviewer"
    if words[0] in FOLLOW_UPS and (alone or (len(words) == 2 and last in QUESTION_WORDS)):
        return "interviewer"
    if alone and last in ANSWER_WORDS:
        return "respondent"
    if not alone and last in STAFF:
        return "other"
    meaning = [w for w in words if w not in GENERIC] or words
    for hint, family in (
        ("interviewer", INTERVIEWERS),
        ("respondent", RESPONDENTS),
        ("other", OTHERS),
    ):
        if all(word in family for word in meaning):
            return hint  # type: ignore[return-value]
    return None
