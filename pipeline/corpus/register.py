"""The register of a corpus: who its speakers are, in ``speakers.csv`` beside the index.

A row a person and term of office; rows with one name are one person. A spelling of a label leads to
the person, so that one person is one holder in all interviews. Of several rows, the one whose dates
cover the interview counts, then the one whose affiliation is most like what the transcript says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from rapidfuzz.fuzz import token_set_ratio

from pipeline.actors import ActorTable
from pipeline.actors.leaders import leader_of
from pipeline.actors.lexicon import covers
from pipeline.corpus.countries import country_fault
from pipeline.corpus.sheets import CSV, SUFFIXES, Kind, Line, Sheet, find_sheet, read_sheet
from pipeline.errors import InputError
from pipeline.ingest.dates import read_date
from pipeline.notices import notice
from pipeline.records import Interview, Notice, Speaker
from pipeline.tables.identity import is_personal, speaker_name
from pipeline.turns.interviewees import split_joint
from pipeline.turns.vocabulary import PARTICLES, TITLES

STEM = "speakers"
REGISTER_NAME = f"{STEM}{CSV}"
REGISTER_NAMES = tuple(f"{STEM}{suffix}" for suffix in SUFFIXES)
COLUMNS = ("name", "spellings", "affiliation", "country", "from", "to", "different_from")
JOIN = " / "
KIND = Kind(record="person", needed=("name",), known=COLUMNS, dates=("from", "to"))
_SLASH = re.compile(r"\s*/\s*")
_MAX_TITLED = 4  # words of a name after an office: "President of Latvia Ana Maria North"


@dataclass(frozen=True)
class Term:
    """A row: what holds of a person in a term of office, or at any time; empty where unknown."""

    number: int
    affiliation: str = ""
    country: str = ""
    start: str | None = None
    end: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_dated(self) -> bool:
        """Whether the row has a first or a last day."""
        return bool(self.start or self.end)


@dataclass(frozen=True)
class Person:
    """A person: the name in all tables, other spellings, and the rows in order."""

    name: str
    spellings: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    different_from: tuple[str, ...] = ()

    @property
    def countries(self) -> frozenset[str]:
        """Countries that the rows state."""
        return frozenset(term.country.upper() for term in self.terms if term.country)

    def term_at(self, date: str | None, affiliation: str) -> Term | None:
        """Return the row that holds at a date; where several may, the likest affiliation decides.

        None where every row is dated, and none of them covers the date.
        """
        open_rows = [term for term in self.terms if not term.is_dated]
        dated = [term for term in self.terms if term.is_dated]
        held = [term for term in dated if date and covers(term.start, term.end, date)]
        fitting = held or open_rows
        return max(fitting, key=lambda term: likeness(term.affiliation, affiliation), default=None)

    def agreed(self, name: str) -> str:
        """Return what all rows that fill a column say in it; empty where they differ."""
        said = {value for term in self.terms if (value := term.fields.get(name, ""))}
        return said.pop() if len(said) == 1 else ""


class Register:
    """The persons of a corpus, as read.

    Attributes:
        path: of the file; of an empty register, where it would be.
        sheet: the rows as they are; None where there is no file.
        persons: in order.
        own: the columns of the user's own.
    """

    def __init__(self, path: Path, sheet: Sheet | None = None) -> None:
        self.path, self.sheet = path, sheet
        self.persons = tuple(_persons(sheet)) if sheet is not None else ()
        columns = sheet.columns if sheet is not None else ()
        self.own = tuple(name for name in columns if name not in COLUMNS)
        self._by_key: dict[str, list[Person]] = {}
        for person in self.persons:
            for key in dict.fromkeys(map(key_of, (person.name, *person.spellings))):
                self._by_key.setdefault(key, []).append(person)

    def named(self, name: str) -> Person | None:
        """Return the person of a name, as it is in the column ``name``."""
        key = key_of(name)
        return next((one for one in self._by_key.get(key, ()) if key_of(one.name) == key), None)

    def find(self, name: str, *, country: str | None = None) -> tuple[Person, ...]:
        """Return the persons whom a spelling may mean; those of another country are left out."""
        said = frozenset((country or "").upper().split("/")) - {""}
        return tuple(
            person
            for person in self._by_key.get(key_of(name), ())
            if not said or not person.countries or said & person.countries
        )


def likeness(one: str, other: str) -> float:
    """How alike two affiliations are, 0 to 100; 0 where one is empty."""
    return token_set_ratio(one.casefold(), other.casefold()) if one and other else 0.0


def key_of(name: str) -> str:
    """Return a name without case, dots and doubled spaces: equal keys are one spelling."""
    plain = unicodedata.normalize("NFKC", name).casefold().replace("’", "'")
    return " ".join(re.sub(r"[.,]", " ", plain).split())


def find_register(corpus: Path) -> Path | None:
    """Return the register of a folder, in whichever format; None where there is none.

    Raises:
        InputError: there are two.
    """
    return find_sheet(corpus, STEM)


def load_register(path: Path | None, *, corpus: Path | None = None) -> Register:
    """Read a register; an empty one where there is none.

    Raises:
        InputError: it cannot be read, or a cell is malformed; names the row and the column.
    """
    if path is None:
        return Register((corpus or Path()) / REGISTER_NAME)
    if not path.is_file():
        raise InputError(f"{path}: no regular file; expected a register of speakers; move it away")
    return _load(path, path.read_bytes())


@lru_cache(maxsize=4)
def _load(path: Path, content: bytes) -> Register:
    return Register(path, read_sheet(path, KIND))


def _persons(sheet: Sheet) -> Iterator[Person]:
    found: dict[str, Person] = {}
    for line in sheet.lines:
        if line.fault is not None:
            raise line.fault
        name = str(line.cells.get("name", ""))
        if not name:
            raise InputError(
                f"{sheet.where(line.number, 'name')}: empty; expected the name of a person; fill "
                "it, or delete the row"
            )
        person = found.get(key_of(name), Person(name))
        found[key_of(name)] = replace(
            person,
            spellings=(*person.spellings, *_listed(line, "spellings")),
            terms=(*person.terms, _term(sheet, line)),
            different_from=(*person.different_from, *_listed(line, "different_from")),
        )
    return iter(found.values())


def _listed(line: Line, name: str) -> list[str]:
    return [one for one in _SLASH.split(str(line.cells.get(name, ""))) if one]


def _term(sheet: Sheet, line: Line) -> Term:
    cells = {name: str(value) for name, value in line.cells.items()}
    country = cells.get("country", "")
    if country and (wrong := country_fault(country)):
        raise InputError(f"{sheet.where(line.number, 'country')}: {wrong}; correct the cell")
    days: dict[str, str | None] = {"from": None, "to": None}
    for name in days:
        try:
            days[name] = read_date(cells[name]) if cells.get(name) else None
        except ValueError as error:
            place = sheet.where(line.number, name)
            raise InputError(f"{place}: {error}; correct the cell") from error
    start, end = days.values()
    if start and end and end < start[: len(end)]:
        raise InputError(
            f'{sheet.where(line.number, "to")}: "{cells["to"]}" is before from, '
            f'"{cells["from"]}"; expected the last day of the term; correct one of them'
        )
    own = {name: value for name, value in cells.items() if name not in COLUMNS}
    return Term(line.number, cells.get("affiliation", ""), country, start, end, own)


@dataclass(frozen=True)
class Identity:
    """Who a speaker is: the name in all interviews, the person of the register, or several."""

    name: str | None = None
    person: Person | None = None
    several: tuple[Person, ...] = ()


def who_is(
    speaker: Speaker, register: Register, actors: ActorTable, *, date: str | None
) -> Identity:
    """Return who a speaker is, by the register and the lexicon of leaders."""
    for name in names_of(speaker):
        if found := register.find(name, country=speaker.country):
            one = found[0]
            return Identity(one.name, one) if len(found) == 1 else Identity(several=found)
    for words in _cores(speaker):
        if (leader := leader_of(words, actors, date=date)) is not None:
            found = register.find(leader.name)
            person = found[0] if len(found) == 1 else None
            return Identity(person.name if person else leader.name, person)
    return Identity()


def names_of(speaker: Speaker) -> Iterator[str]:
    """The names by which a register may list a speaker: with the id, as labelled, without title."""
    yield speaker_name(speaker.model_copy(update={"person": None}))
    if speaker.name and is_personal(speaker.name):
        yield speaker.name
        yield from (" ".join(words) for words in _cores(speaker) if len(words) > 1)


def _cores(speaker: Speaker) -> Iterator[Sequence[str]]:
    """The words of a personal name without titles; after an office, fewer and fewer of them."""
    if not speaker.name or not is_personal(speaker.name):
        return
    every = speaker.name.replace(",", " ").split()
    words = [word for word in every if word.casefold().strip(".") not in TITLES | PARTICLES]
    if words:
        yield words
    if len(words) < len(every):
        yield from (words[-n:] for n in range(min(len(words) - 1, _MAX_TITLED), 1, -1))


def identify(
    interview: Interview, register: Register, actors: ActorTable, *, stated: Mapping[str, str]
) -> Interview:
    """Return an interview whose speakers have a person, and what the register says of it.

    What the index states of the interview precedes the register, which precedes the transcript.

    Args:
        interview: as segmented.
        register: of its corpus.
        actors: the table of actors, with the leaders.
        stated: the metadata of the index.
    """
    speakers, faults = [], []
    for speaker in interview.speakers:
        found = who_is(speaker, register, actors, date=interview.date)
        if found.several:
            faults.append(_unsure(speaker, found.several, register))
        speakers.append(_described(speaker, found, interview.date, stated))
    warnings = (*interview.warnings, *faults)
    return interview.model_copy(update={"speakers": tuple(speakers), "warnings": warnings})


def _unsure(speaker: Speaker, several: Sequence[Person], register: Register) -> Notice:
    names = [person.name for person in several]
    return notice("several-persons", name=speaker.name, persons=names, register=register.path.name)


def _described(
    speaker: Speaker, found: Identity, date: str | None, stated: Mapping[str, str]
) -> Speaker:
    person = found.person
    if person is None:
        return speaker.model_copy(update={"person": found.name})
    term = person.term_at(date, speaker.affiliation or "") or Term(0)
    update: dict[str, object] = {"person": person.name}
    if not _states(stated, "affiliation", speaker.affiliation) and term.affiliation:
        update["affiliation"] = term.affiliation
    countries = person.countries
    country = term.country or (next(iter(countries)) if len(countries) == 1 else "")
    if not _states(stated, "country", speaker.country) and country:
        update["country"] = country
    names = dict.fromkeys(name for one in person.terms for name in one.fields)
    fields = {name: term.fields.get(name) or person.agreed(name) for name in names}
    update["fields"] = {name: value for name, value in fields.items() if value}
    return speaker.model_copy(update=update)


def _states(stated: Mapping[str, str], name: str, value: str | None) -> bool:
    """Whether the index states a value, alone or among those of several respondents."""
    said = stated.get(name)
    if not said or not value:
        return False
    return any(value in split_joint(said, n) for n in range(1, said.count("/") + 2))
