"""Persons into the register: enrolled from a transcript, proposed as one, merged by a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from pipeline.actors import ActorTable
from pipeline.actors.leaders import leader_of, office_at
from pipeline.actors.lexicon import Actor
from pipeline.corpus.index import find_index, read_table
from pipeline.corpus.register import (
    COLUMNS,
    JOIN,
    REGISTER_NAME,
    STEM,
    Person,
    Register,
    Term,
    find_register,
    key_of,
    likeness,
    load_register,
    names_of,
    who_is,
)
from pipeline.corpus.sheets import XLSX, Cells, Sheet, new_sheet, write_sheet
from pipeline.errors import InputError, did_you_mean, near
from pipeline.records import Interview, Speaker
from pipeline.runs.files import only_one
from pipeline.tables.identity import is_personal, speaker_name
from pipeline.turns.labels import parse_label
from pipeline.turns.speakers import is_office, same_person

SAME_OFFICE = 60.0
"""Likeness from which two affiliations are one in other words: "President of Russia", "Russian
President"."""
_MAX_ALIKE = 50  # persons with a word in common, more than which are not compared
OPTION = "--corpus"


@dataclass
class _Changes:
    """Cells of rows to change, by number; rows to add; numbers of rows to remove."""

    changed: dict[int, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    added: list[Cells] = field(default_factory=list)
    removed: set[int] = field(default_factory=set)

    def __bool__(self) -> bool:
        return any(self.changed.values()) or bool(self.added or self.removed)


@dataclass(frozen=True)
class Pair:
    """Two persons of a register who may be one: the one to keep first."""

    keep: Person
    other: Person


def open_register(corpus: Path) -> Register:
    """Return the register of a corpus; an empty one where there is none.

    A new one is an Excel workbook where the index is, else CSV.
    """
    path = find_register(corpus)
    if path is None and find_index(corpus).suffix == XLSX:
        path = corpus / f"{STEM}{XLSX}"
        return Register(path)
    return load_register(path, corpus=corpus)


def enrol(corpus: Path, interviews: Sequence[Interview], actors: ActorTable) -> list[str]:
    """Add the respondents of interviews to the register of a corpus, and what is said of them.

    What is in the register already stays: only empty cells are filled, and rows added.

    Args:
        corpus: the folder.
        interviews: as segmented, with what index and transcript state.
        actors: the table of actors, with the leaders and their terms.

    Returns:
        The names of new persons.

    Raises:
        InputError: the register cannot be read or written.
    """
    new: list[str] = []
    with only_one(corpus / REGISTER_NAME, option=OPTION):
        for interview in interviews:
            for speaker in interview.speakers:
                if speaker.role == "respondent":
                    register = open_register(corpus)
                    changes = _enrol(speaker, interview.date, register, actors)
                    new += [str(row["name"]) for row in changes.added]
                    if changes:
                        _write(register, corpus, changes)
    return list(dict.fromkeys(new))


def _write(register: Register, corpus: Path, changes: _Changes) -> None:
    sheet = register.sheet or new_sheet(register.path, COLUMNS, like=_like(corpus))
    write_sheet(sheet, changed=changes.changed, added=changes.added, removed=changes.removed)


def _like(corpus: Path) -> Sheet | None:
    index = find_index(corpus)
    return read_table(index) if index.exists() else None


def _enrol(speaker: Speaker, date: str | None, register: Register, actors: ActorTable) -> _Changes:
    changes = _Changes()
    found = who_is(speaker, register, actors, date=date)
    if found.several:
        return changes
    stated = {"affiliation": speaker.affiliation or "", "country": speaker.country or ""}
    name = found.name or _canonical(speaker)
    held = _office(name, date, actors)
    row = {**held, **{key: value for key, value in stated.items() if value}}
    person = found.person
    if person is None:
        spelt = _spelling(speaker, name)
        if register.named(name) is not None:  # a namesake of another country
            name, spelt = f"{name} ({speaker.country})", [*spelt, name]
        spelt = [one for one in dict.fromkeys(spelt) if key_of(one) != key_of(name)]
        changes.added.append({"name": name, "spellings": JOIN.join(spelt) or None, **row})
        return changes
    _complete(changes, person, row, date)
    known = {key_of(one) for one in (person.name, *person.spellings)}
    if known.isdisjoint(map(key_of, names_of(speaker))):
        both = JOIN.join((*person.spellings, *_spelling(speaker, person.name)))
        changes.changed[person.terms[0].number]["spellings"] = both
    return changes


def _complete(changes: _Changes, person: Person, row: Mapping[str, str], date: str | None) -> None:
    """Fill empty cells of the row that holds at a date, or add one for another office."""
    said = row.get("affiliation", "")
    term = person.term_at(date, said)
    if row and (term is None or (said and _is_other(term, said, row))):
        changes.added.append({"name": person.name, **row})
        return
    if term is not None:
        empty = ["country"] * (not person.countries) + ["affiliation"] * (not term.affiliation)
        filled = {name: row[name] for name in empty if row.get(name)}
        changes.changed[term.number].update(filled)


def _is_other(term: Term, said: str, row: Mapping[str, str]) -> bool:
    """Whether an affiliation is another office than that of a row, which no dates bound."""
    if not term.affiliation or term.is_dated:
        return False
    return "from" in row or likeness(term.affiliation, said) < SAME_OFFICE


def _office(name: str, date: str | None, actors: ActorTable) -> dict[str, str]:
    """The office of a leader at a date, as a row has it."""
    leader = actors.actors.get(name)
    if leader is None or leader.kind != "leader" or not date:
        return {}
    office = office_at(leader, date)
    if office is None:
        return {}
    state = actors.actors.get(office.actor)
    cells = {
        "affiliation": f"{office.role}, {office.actor}", "from": office.start, "to": office.end,
        "country": state.iso if state is not None else None,
    }  # fmt: skip
    return {name: cell for name, cell in cells.items() if cell}


def _canonical(speaker: Speaker) -> str:
    """The name under which a new person is listed: as labelled, without capitals throughout."""
    name = speaker.name
    if not name or not is_personal(name):
        return speaker_name(speaker.model_copy(update={"person": None}))
    return name.title() if name.isupper() and " " in name else name


def _spelling(speaker: Speaker, name: str) -> list[str]:
    """The spelling of a label, where it is personal and another than the name."""
    said = speaker.name or ""
    return [said] if is_personal(said) and key_of(said) != key_of(name) else []


def propose(register: Register, actors: ActorTable) -> list[Pair]:
    """Return the pairs of persons who may be one, by their names; a longer name is kept.

    One family name, with initials, a title or nothing before it; not with other countries, nor
    where the register says that they are different.
    """
    named = {
        person.name: [core for one in (person.name, *person.spellings) if (core := _core(one))]
        for person in register.persons
    }
    by_word: defaultdict[str, list[Person]] = defaultdict(list)
    for person in register.persons:
        for word in {word for core in named[person.name] for word in core}:
            by_word[word].append(person)
    pairs: dict[tuple[str, str], Pair] = {}
    for group in by_word.values():
        for one, other in combinations(group, 2) if len(group) <= _MAX_ALIKE else ():
            if _may_be_one(one, other, named):
                keep, rest = sorted((one, other), key=lambda who: _rank(who, actors))
                pairs[keep.name, rest.name] = Pair(keep, rest)
    return [pairs[key] for key in sorted(pairs)]


def propose_offices(
    interviews: Sequence[Interview], register: Register, actors: ActorTable
) -> list[Pair]:
    """Return who may be meant by an office alone, "THE PRESIDENT": the leader in the title."""
    pairs = []
    for interview in interviews:
        for speaker in interview.speakers:
            label = parse_label(speaker.name or "")
            listed = register.named(speaker_name(speaker))
            if speaker.person and listed is not None and label is not None and is_office(label):
                said = {word.strip(".").casefold() for word in label.core} - {"the"}
                leaders = [
                    one.name
                    for one in _leaders_in(interview.title, interview.date, actors)
                    if (office := office_at(one, interview.date or ""))
                    and said <= {*(role := office.role.casefold().split())}
                    and role[0] in said  # no vice president
                ]
                if len(leaders) == 1 and leaders[0] not in listed.different_from:
                    keep = register.named(leaders[0]) or Person(leaders[0])
                    pairs.append(Pair(keep, listed))
    return pairs


def _leaders_in(text: str, date: str | None, actors: ActorTable) -> list[Actor]:
    """The leaders whom a text names, each once."""
    senses = (sense for _, sense in actors.meanings(text, date=date))
    found = (one.actor for one in senses if one.actor is not None and one.actor.kind == "leader")
    return list({one.name: one for one in found}.values())


def _rank(person: Person, actors: ActorTable) -> tuple[bool, int, str]:
    """A leader of the lexicon first, then the longest name."""
    length = len("".join(_core(person.name)))
    listed = leader_of(person.name.split(), actors, date=None)
    return listed is None or listed.name != person.name, -length, person.name


def _core(name: str) -> tuple[str, ...]:
    label = parse_label(name) if is_personal(name) else None
    return label.core if label is not None and label.hint is None else ()


def _may_be_one(one: Person, other: Person, named: Mapping[str, list[tuple[str, ...]]]) -> bool:
    if key_of(other.name) in map(key_of, one.different_from):
        return False
    if key_of(one.name) in map(key_of, other.different_from):
        return False
    if one.countries and other.countries and not one.countries & other.countries:
        return False
    pairs = ((a, b) for a in named[one.name] for b in named[other.name])
    return any(same_person(a, b) or same_person(b, a) for a, b in pairs)


def command_of(pair: Pair, corpus: Path) -> str:
    """Return the command that accepts a proposal."""
    folder = f'"{corpus}"' if " " in str(corpus) else corpus
    return f'westward corpus merge "{pair.keep.name}" "{pair.other.name}" --corpus {folder}'


def merge(corpus: Path, keep: str, other: str) -> Person:
    """Make two persons of a register one, under the first name; return it as it is now.

    One of the two may also be a name or a spelling that the register lacks. Rows that say the same
    become one.

    Raises:
        InputError: there is no register, or neither is in it, or a name is much like another's.
    """
    _filled(corpus)  # one that is not there is an error before its folder is locked
    with only_one(corpus / REGISTER_NAME, option=OPTION):
        register = _filled(corpus)
        if not register.find(keep) and register.find(other) and not _alike(keep, register, other):
            second = _require(register, other)
            person = Person(keep, terms=second.terms)
        else:
            person, second = _require(register, keep), None
        second = second or next((one for one in register.find(other) if one != person), None)
        changes = _Changes()
        names = [other] if second is None else [second.name, *second.spellings]
        _join(changes, person, second, names)
        _write(register, corpus, changes)
    return _require(open_register(corpus), person.name)


def _join(changes: _Changes, person: Person, second: Person | None, names: list[str]) -> None:
    spelt = {key_of(one): one for one in (*names, *person.spellings) if one}
    spelt.pop(key_of(person.name), None)
    first = person.terms[0].number
    changes.changed[first]["spellings"] = JOIN.join(spelt.values()) or None
    for term in second.terms if second is not None else ():
        others = [one for one in person.terms if one is not term]
        if any(_says_no_more(term, one) for one in others) and term.number != first:
            changes.removed.add(term.number)
        else:
            changes.changed[term.number] |= {"name": person.name}
            if term.number != first:
                changes.changed[term.number]["spellings"] = None


def _alike(name: str, register: Register, apart: str) -> bool:
    """Whether a name that the register lacks may be a slip of another than one."""
    known = [one.name for one in register.persons if key_of(one.name) != key_of(apart)]
    return bool(near(name, known))


def _says_no_more(term: Term, than: Term) -> bool:
    """Whether a row has nothing that another has not."""
    affiliation = not term.affiliation or term.affiliation.casefold() == than.affiliation.casefold()
    country = not term.country or term.country.upper() == than.country.upper()
    dates = not term.is_dated or (term.start, term.end) == (than.start, than.end)
    return affiliation and country and dates and term.fields.items() <= than.fields.items()


def keep_apart(corpus: Path, one: str, other: str) -> None:
    """State in the register that two of its persons are different, so that none proposes them.

    Raises:
        InputError: there is no register, or one of them is in no row of it.
    """
    _filled(corpus)  # one that is not there is an error before its folder is locked
    with only_one(corpus / REGISTER_NAME, option=OPTION):
        register = _filled(corpus)
        first, second = _require(register, one), _require(register, other)
        said = JOIN.join(dict.fromkeys((*first.different_from, second.name)))
        changes = _Changes()
        changes.changed[first.terms[0].number]["different_from"] = said
        _write(register, corpus, changes)


def _filled(corpus: Path) -> Register:
    register = open_register(corpus)
    if register.sheet is None:
        raise InputError(
            f"{register.path}: there is no register of speakers here; fill one from the "
            f"transcripts with `westward corpus speakers --corpus {corpus}`"
        )
    return register


def _require(register: Register, name: str) -> Person:
    found = register.find(name)
    if len(found) == 1:
        return found[0]
    if (exact := register.named(name)) is not None:
        return exact
    names = [person.name for person in register.persons]
    if found:
        raise InputError(
            f'{register.path}: "{name}" may be {" or ".join(one.name for one in found)}; expected '
            "one person; give the name as it is in the column name"
        )
    raise InputError(
        f'{register.path}: no person "{name}"{did_you_mean(name, names)}; expected a name or a '
        "spelling of the register"
    )


def unlisted(register: Register, interview: Interview, actors: ActorTable) -> Iterator[str]:
    """Yield the respondents of an interview whom the register lacks; without one, those by name."""
    for speaker in interview.speakers:
        if speaker.role == "respondent":
            found = who_is(speaker, register, actors, date=interview.date)
            personal = bool(speaker.name) and is_personal(speaker.name or "")
            if not found.person and not found.several and (register.sheet or personal):
                yield found.name or _canonical(speaker)
