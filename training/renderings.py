"""Gold turns set in other layouts than their own, for fitting the segmenter.

A talk is a list of (role, speaker, paragraphs). Its rendering is what a reader of files would
return for it, with the state of each paragraph. Renderings teach; they never measure.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.records import Paragraph
from pipeline.turns.chain import UNSAID, State
from pipeline.turns.vocabulary import REQUESTS

Talk = Sequence[tuple[str, str, Sequence[str]]]
Row = tuple[Paragraph, State]
_PARTS = {"interviewer": ("Interviewer", "Q", "Host"), "respondent": ("Respondent", "A", "Guest")}
# how people are called who are not named
_DESCRIBED = {
    "interviewer": ("First interviewer", "Audience member", "Our reporter", "Moderator"),
    "respondent": ("Former ambassador", "Trade economist", "Retired general", "Senior official"),
}
_WAYS = ("full", "full", "surname", "first", "initials", "part", "described", "letter", "capitals",
         "titled", "office")  # fmt: skip
_GIVEN_NAMES = ("Anna", "Boris", "Chen", "Dora", "Emil", "Fatima", "Georg", "Hana", "Ivo", "Jia")
_REQUESTS = sorted(REQUESTS)
_DIRECTIONS = ("(Laughter.)", "[crosstalk]", "* * *", "(Applause)", "---", "[inaudible]", "...")


@dataclass(frozen=True)
class Furniture:
    """Paragraphs of one real document that nobody says: above, between and below its talk."""

    above: tuple[Paragraph, ...]
    between: tuple[Paragraph, ...]
    below: tuple[Paragraph, ...]


def _plain(
    text: str,
    *,
    bold: int = 0,
    italic: int = 0,
    heading: int = 0,
    quoted: bool = False,
    start: float | None = None,
) -> Paragraph:
    return Paragraph(
        text=text,
        line=1,
        heading=heading,
        quoted=quoted,
        bold=((0, bold),) if bold else (),
        italic=((0, italic),) if italic else (),
        start_s=start,
    )


def render(talk: Talk, furniture: Furniture, rng: random.Random) -> list[Row]:
    """Return a talk in a layout drawn by ``rng``, with furniture around and between its turns."""
    rows: list[Row] = [(one, "outside") for one in _some(furniture.above, rng)]
    layout = rng.choice(_LAYOUTS)
    rows += layout(talk, rng)
    rows += [(one, "outside") for one in _some(furniture.below, rng)]
    return _interrupt(rows, furniture, rng)


def _some(paragraphs: Sequence[Paragraph], rng: random.Random) -> Sequence[Paragraph]:
    if not paragraphs or rng.random() < 0.2:
        return ()
    start = rng.randrange(len(paragraphs))
    return paragraphs[start : start + rng.randint(1, 25)]


def _interrupt(rows: Sequence[Row], furniture: Furniture, rng: random.Random) -> list[Row]:
    """Insert directions, and now and then what a page sets between paragraphs."""
    share = rng.choice((0.0, 0.0, 0.02, 0.05))
    done: list[Row] = []
    for row in rows:
        done.append(row)
        if row[1] not in UNSAID and rng.random() < share:
            if furniture.between and rng.random() < 0.4:
                done.append((rng.choice(furniture.between), "furniture"))
            else:
                done.append((_plain(rng.choice(_DIRECTIONS)), "furniture"))
    return done


def _names(talk: Talk, rng: random.Random) -> dict[str, tuple[str, str]]:
    """What each speaker is called the first time, and afterwards."""
    way = rng.choice(_WAYS)
    names = {}
    numbers: dict[str, int] = {}
    for role, speaker, _ in talk:
        if speaker in names:
            continue
        words = [w for w in speaker.replace("?", "").split() if w.isalpha() or len(w) > 2]
        words = [w.capitalize() if w.islower() or w.isupper() else w for w in words or ["Voice"]]
        if len(words) < 2:
            words = [rng.choice(_GIVEN_NAMES), *words]
        full, surname = " ".join(words[-2:]), words[-1]
        numbers[role] = numbers.get(role, 0) + 1
        part, letter, host = _PARTS.get(role, ("Narrator", "N", "Announcer"))
        count = f" {numbers[role]}" if numbers[role] > 1 else ""
        called = _DESCRIBED.get(role, ("Second voice", "Male voice"))
        described = called[(numbers[role] - 1) % len(called)]
        names[speaker] = {
            "full": (full, full),
            "surname": (full, surname),
            "first": (full, words[-2]),
            "initials": (
                full if rng.random() < 0.5 else f"{words[-2][0]}{surname[0]}",
                f"{words[-2][0]}{surname[0]}",
            ),
            "part": (part + count, part + count),
            "described": (described, described),
            "letter": (letter, letter),
            "capitals": (
                f"{full.upper()}{rng.choice((', HOST', ', ANALYST', ''))}",
                surname.upper(),
            ),
            "titled": (f"Mr. {surname}", f"Mr. {surname}"),
            "office": (f"{rng.choice(('Professor', 'Senator', 'Minister', 'Dr'))} {full}", full),
        }[way if way != "host" else "part"]
        if way == "part" and rng.random() < 0.3:
            names[speaker] = (host + count, host + count)
    return names


def _labelled(
    setting: Callable[[str, str, random.Random, bool], list[Row]],
) -> Callable[[Talk, random.Random], list[Row]]:
    def layout(talk: Talk, rng: random.Random) -> list[Row]:
        names, seen = _names(talk, rng), set()
        again = rng.random() < 0.15
        rows: list[Row] = []
        for role, speaker, paragraphs in talk:
            name = names[speaker][speaker in seen]
            seen.add(speaker)
            rows += setting(name, paragraphs[0], rng, role == "interviewer")
            for text in paragraphs[1:]:
                rows += (
                    setting(name, text, rng, False) if again else [(_plain(text), "continuation")]
                )
        return rows

    return layout


def _inline(mark: str) -> Callable[[str, str, random.Random, bool], list[Row]]:
    return lambda name, text, rng, asks: [(_plain(f"{name}{mark}{text}"), "label")]


def _bold(mark: str) -> Callable[[str, str, random.Random, bool], list[Row]]:
    return lambda name, text, rng, asks: [
        (_plain(f"{name}{mark}{text}", bold=len(f"{name}{mark}".rstrip())), "label")
    ]


def _bold_question(name: str, text: str, rng: random.Random, asks: bool) -> list[Row]:
    whole = f"{name}: {text}"
    return [(_plain(whole, bold=len(whole) if asks else len(name) + 1), "label")]


def _own_line(
    mark: str, *, heading: int = 0, timed: bool = False, bold: bool = False
) -> Callable[[str, str, random.Random, bool], list[Row]]:
    def setting(name: str, text: str, rng: random.Random, asks: bool) -> list[Row]:
        start = rng.random() * 3000 if timed else None
        label = f"{name}{mark}"
        line = _plain(label, heading=heading, start=start, bold=len(label) if bold else 0)
        return [(line, "label"), (_plain(text), "continuation")]

    return setting


_UNLABELLED = ("plain", "plain", "bold", "italic", "heading", "quoted", "numbered", "bold numbered")


def _unlabelled(talk: Talk, rng: random.Random) -> list[Row]:
    way, requests, level = rng.choice(_UNLABELLED), rng.random() < 0.4, rng.randint(2, 4)
    rows: list[Row] = []
    number = 0
    for role, _, paragraphs in talk:
        asks = role == "interviewer"
        for place, text in enumerate(paragraphs):
            if not asks:
                rows.append((_plain(text), "answer"))
                continue
            if requests and rng.random() < 0.5:
                text = _as_request(text, rng)
            if "numbered" in way and place == 0:
                number += 1
                text = f"{number}. {text}"
            rows.append((_plain(
                text,
                bold=len(text) if "bold" in way else 0,
                italic=len(text) if way == "italic" else 0,
                heading=level if way == "heading" else 0,
                quoted=way == "quoted",
            ), "question"))  # fmt: skip
    return rows


def _as_request(text: str, rng: random.Random) -> str:
    """A question as magazines put it: "Assess the impact of ...", its last sentence reworded."""
    words = re.split(r"(?<=[.?!])\s+", text.strip())[-1].rstrip("?!. ").split()
    return f"{rng.choice(_REQUESTS).capitalize()} {' '.join(words[1:])}."


def _first_round(talk: Talk, rng: random.Random) -> list[Row]:
    """Names in the first exchange alone; after it bold questions and plain answers."""
    names, seen = _names(talk, rng), set[str]()
    rows: list[Row] = []
    for role, speaker, paragraphs in talk:
        for place, text in enumerate(paragraphs):
            asks = role == "interviewer"
            if speaker not in seen and place == 0:
                label = f"{names[speaker][0]}: "
                whole = label + text
                rows.append((_plain(whole, bold=len(whole) if asks else len(label) - 1), "label"))
                seen.add(speaker)
            elif speaker in seen and rows[-1][1] in ("label", "continuation") and place:
                rows.append((_plain(text), "continuation"))
            else:
                rows.append(
                    (_plain(text, bold=len(text) if asks else 0), "question" if asks else "answer")
                )
    return rows


def _letter(name: str, text: str, rng: random.Random, asks: bool) -> list[Row]:
    label = "Q" if asks else f"{name}:"
    return [(_plain(f"{label} {text}"), "label")]


def _chevron(name: str, text: str, rng: random.Random, asks: bool) -> list[Row]:
    label = f"{name}: " if rng.random() < 0.2 else ""
    return [(_plain(f">> {label}{text}"), "label")]


def _question_and_answer(talk: Talk, rng: random.Random) -> list[Row]:
    """ "Q: ...", "A: ...", or with a full stop, or the letter alone."""
    letters = [("A" if role == "respondent" else "Q", paragraphs) for role, _, paragraphs in talk]
    mark = rng.choice((": ", ". ", " "))
    rows: list[Row] = []
    for letter, (first, *rest) in letters:
        rows.append((_plain(f"{letter}{mark}{first}"), "label"))
        rows += [(_plain(text), "continuation") for text in rest]
    return rows


_LAYOUTS: Sequence[Callable[[Talk, random.Random], list[Row]]] = (
    *[_labelled(_inline(": "))] * 4,
    _labelled(_inline(" – ")),
    _labelled(_inline(" | ")),
    _labelled(lambda name, text, rng, asks: [(_plain(f"[{name}] {text}"), "label")]),
    _labelled(_inline(". ")),
    _labelled(_inline(" : ")),
    _labelled(_bold(": ")),
    _labelled(_bold(": ")),
    _labelled(_bold(" ")),
    _labelled(_bold_question),
    _labelled(_own_line(":")),
    _labelled(_own_line("")),
    _labelled(_own_line("", timed=True)),
    _labelled(_own_line(":", timed=True)),
    _labelled(_own_line(":", heading=3)),
    _labelled(_own_line("", heading=2)),
    _labelled(_own_line("", bold=True)),
    _labelled(_letter),
    _labelled(_chevron),
_question_and_answer,
    *[_unlabelled] * 6,
    _first_round,
)  # fmt: skip
