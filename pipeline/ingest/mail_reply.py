"""An e-mail that answers between the lines of another: the quoted lines ask, the others answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.records import Dropped, GivenTurn, Paragraph

_LINE = (
    r"(?:wrote|writes|schrieb|a écrit|ha scritto|escribió|escreveu|schreef|skrev|napisała?|"
    r"napsala?|kirjoitti|írta|написала?)"
)
_ADDRESS = r"<(?:mailto:)?[^<>\s]+@[^<>\s]+>"
_ATTRIBUTION = re.compile(
    rf"^(?=.*\d)(?:.{{0,200}}{_ADDRESS}.{{0,80}}|"
    r"(?:On|Am|Le|El|Il|Op|Em|Den|Dne|W dniu)\b.{0,200})"
    rf"\b{_LINE}\b[^.?!]{{0,60}}:$"
)
_NAMED = re.compile(rf"([^\W\d_][^,;:<>\d@]*?)\s*(?:{_ADDRESS}|\b{_LINE}\b)")
_CLOCK = re.compile(r"^(?:[AP]\.?M\.?|Uhr|um|at|om|à)(?:\s+|$)", re.I)
_SALUTATION = re.compile(
    r"^(?:dear|hello|hi|good (?:morning|afternoon|day|evening))\s+([^\W\d_][^,!:]{1,60})[,!:]", re.I
)
_FAREWELL = re.compile(
    r"^(?:(?:with |my |our )*(?:(?:very )?(?:kind|best|warm|good)(?:est)? (?:regards|wishes)|"
    r"regards|greetings)|yours\b|sincerely|cordially|cheers|all (?:the|my) best|best\W|"
    r"sent from my\b|(?:many )?thanks?\b(?: again| you)?\W)",
    re.I,
)
_NUMBER = re.compile(r"^(?:(?:q|question)\s*)?\d{1,3}[.):]\s+|^q(?:uestion)?\s*[:.]\s+", re.I)
_ANSWER = re.compile(r"^a(?:nswer)?\s*[:.]\s+(?=\S)", re.I)
_FEWEST, _ASKED = 2, 0.5
_SIGNATURE, _FAREWELL_WORDS, _THANKS_WORDS, _LAST = 10, 14, 25, 4


@dataclass(frozen=True)
class Writers:
    """Who writes to whom, as the header has it; "" where it does not say.

    Attributes:
        sender: whose the lines without ">" are.
        receiver: to whom the mail goes back.
        replies: the header says that the mail is an answer.
    """

    sender: str
    receiver: str
    replies: bool


@dataclass(frozen=True)
class Reply:
    """The turns of a mail between whose lines another is answered, and what is around them."""

    turns: Sequence[GivenTurn]
    dropped: Sequence[Dropped]
    people: Mapping[str, str]


_Run = list[Paragraph]


def read_reply(paragraphs: Sequence[Paragraph], writers: Writers) -> Reply | None:
    """Return the questions and answers of a reply; None where it is none, or asks too little.

    A thread is read mail by mail, each below the line that says who wrote it. A note on top,
    greetings, signatures, and what is quoted below and not answered are left out.
    """
    sections, attributions = _sections(paragraphs)
    kept = [run for section in sections for run in _exchange(section)]
    questions = [run for run in kept if run[0].quoted]
    asked = sum(any("?" in one.text for one in run) for run in questions)
    answered = sum(not run[0].quoted for run in kept)
    if min(asked, answered) < _FEWEST or asked < _ASKED * len(questions):
        return None
    if not attributions and not writers.replies:
        return None
    asker, answerer = _names(paragraphs, attributions, writers)
    said = {id(one) for run in kept for one in run}
    dropped = [
        Dropped(text=one.text, reason="around the reply", line=one.line)
        for one in paragraphs
        if id(one) not in said
    ]
    people = {"interviewer": asker, "interviewee": answerer}
    return Reply(
        [_turn(run, asker if run[0].quoted else answerer) for run in kept],
        dropped,
        {part: name for part, name in people.items() if name},
    )


def _sections(paragraphs: Sequence[Paragraph]) -> tuple[list[_Run], list[str]]:
    """The mails of a thread, and the lines that say who wrote each: "On DATE, NAME wrote:"."""
    sections: list[_Run] = [[]]
    attributions = []
    for one in paragraphs:
        before = sections[-1][-1].text if sections[-1] else ""
        if _ATTRIBUTION.match(one.text):
            attributions.append(one.text)
            sections.append([])
        elif _ATTRIBUTION.match(f"{before} {one.text}") and len(one.text.split()) <= _LAST:
            attributions.append(f"{before} {one.text}")
            sections[-1].pop()
            sections.append([])
        else:
            sections[-1].append(one)
    return sections, attributions


def _exchange(section: _Run) -> list[_Run]:
    """The quoted and the other paragraphs of a mail by turns, from its first question on."""
    runs = [_unsigned(list(run)) for _, run in groupby(section, key=lambda one: one.quoted)]
    runs = [run for run in runs if run]
    if runs and not runs[0][0].quoted:
        runs = runs[1:]
    if len(runs) < 2:
        return []
    runs[0] = _without_preface(runs[0])
    if not runs[-1][0].quoted:
        runs[-1] = _without_farewell(runs[-1])
    return [run for run in _without_thanks(runs) if run]


def _unsigned(run: _Run) -> _Run:
    """The run without what stands below "--" at its end."""
    for at, one in enumerate(run):
        if re.match(r"^--(?:\s|$)", one.text) and len(run) - at <= _SIGNATURE:
            return run[:at]
    return run


def _without_preface(run: _Run) -> _Run:
    """The first question, without the greeting above it and the letter between them."""
    numbered = [at for at, one in enumerate(run) if _NUMBER.match(one.text)]
    if numbered:
        return run[numbered[0] :]
    return run[-1:] if _SALUTATION.match(run[0].text) else run


def _without_farewell(run: _Run) -> _Run:
    """The last answer without the regards that follow."""
    for at in range(max(1, len(run) - _LAST), len(run)):
        text = run[at].text
        if _FAREWELL.match(text) and len(text.split()) <= _FAREWELL_WORDS:
            return run[:at]
    return run


def _without_thanks(runs: list[_Run]) -> list[_Run]:
    """The runs without the quoted letter's last lines, that ask nothing, and a line below them."""
    last = max(at for at, run in enumerate(runs) if run[0].quoted)
    asks = any("?" in one.text or _NUMBER.match(one.text) for one in runs[last])
    below = sum(len(one.text.split()) for run in runs[last + 1 :] for one in run)
    return runs if asks or below > _THANKS_WORDS else runs[:last]


def _names(
    paragraphs: Sequence[Paragraph], attributions: Sequence[str], writers: Writers
) -> tuple[str, str]:
    """Who asks and who answers: by the line above the quotation, the header, the greetings."""
    told = (_named(line) for line in attributions[:1])
    asker = next(filter(None, told), "") or writers.receiver or _greeted(paragraphs, quoted=False)
    answerer = writers.sender or _greeted(paragraphs, quoted=True)
    return ("", "") if asker == answerer else (asker, answerer)


def _named(attribution: str) -> str:
    found = _NAMED.search(attribution)
    name = _CLOCK.sub("", found.group(1)) if found else ""
    return name.strip("\"' ") if name[:1].isupper() else ""


def _greeted(paragraphs: Sequence[Paragraph], *, quoted: bool) -> str:
    """Whom the first greeting of the mail, or of the quoted one, names with a family name."""
    found = (_SALUTATION.match(one.text) for one in paragraphs if one.quoted == quoted)
    name = next((match.group(1).strip() for match in found if match), "")
    return name if len(name.split()) > 1 else ""


def _turn(run: _Run, name: str) -> GivenTurn:
    asks = run[0].quoted
    mark = _NUMBER if asks else _ANSWER
    return GivenTurn(
        speaker=name or ("Q" if asks else "A"),
        role="interviewer" if asks else "respondent",
        text="\n\n".join(mark.sub("", one.text) for one in run),
        line=run[0].line,
    )
