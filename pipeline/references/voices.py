"""Who speaks a turn: for whom, beside and with whom, and in which organisations their side is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.actors import ActorTable
from pipeline.records import Interview, Speaker
from pipeline.references.assembly import assembly_of
from pipeline.references.homes import Actors, home_of, homes_of, is_private, served_by
from pipeline.references.sites import TALKS
from pipeline.references.words import FORMER, STUDY

WEST = "west-broad"
UNIONS = {"NATO": "nato", "European Union": "eu"}
"""Organisations whose members call them by a short name, and the blocs of those."""
ORGANISATIONS = {
    **UNIONS,
    "G7": "g7",
    "BRICS": "brics",
    "Shanghai Cooperation Organisation": "sco",
    "CSTO": "csto",
    "Eurasian Economic Union": "eaeu",
}
"""Organisations that "our association" may mean, and the blocs of their members."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks a turn.

    Attributes:
        home: whom the speaker speaks for.
        guest: the side of the one other party of a joint press conference.
        absent: the others with whom the title says that there were talks.
        addressee: the side of the one other who speaks, as far as there is one.
        western: the speaker's side is of the West.
        unions: those of ``UNIONS`` that the speaker's side is in.
        memberships: those of ``ORGANISATIONS`` that the speaker's side is in.
        served: the organisation that the speaker serves or has served.
        private: the speaker serves a firm or a charity.
        assembly: in which the speaker is a state's delegate.
    """

    home: Actors
    guest: Actors
    absent: Actors
    addressee: Actors
    western: bool
    unions: Actors
    memberships: Actors
    served: Actors
    private: bool
    assembly: Actors


def list_voices(
    interview: Interview, actors: ActorTable, *, told: Mapping[str, Actors]
) -> dict[str, Voice]:
    """Return the voices of an interview by the ids of its speakers.

    Args:
        interview: with its speakers.
        actors: the actor table.
        told: whom speakers without a known home say they are of, by their ids.
    """
    known = homes_of(interview, actors)
    homes = {name: home or told.get(name, ()) for name, home in known.items()}
    return {speaker.id: _voice(speaker, interview, actors, homes) for speaker in interview.speakers}


def _voice(
    speaker: Speaker, interview: Interview, actors: ActorTable, homes: Mapping[str, Actors]
) -> Voice:
    date, home = interview.date, homes[speaker.id]
    guest = other_homes(speaker, interview.speakers, actors, date=date)
    others = {one for name, one in homes.items() if name != speaker.id and one not in ((), home)}

    def within(blocs: Mapping[str, str]) -> Actors:
        return tuple(
            organisation
            for organisation, bloc in blocs.items()
            if any(actors.in_bloc(one, bloc, date=date) for one in home)
        )

    return Voice(
        home=home,
        guest=guest,
        absent=tuple(one for one in titled_guests(interview, home, actors) if one not in guest),
        addressee=others.pop() if len(others) == 1 else (),
        western=any(actors.in_bloc(one, WEST, date=date) for one in home),
        unions=within(UNIONS),
        memberships=within(ORGANISATIONS),
        served=served_by(speaker, actors, date=date),
        private=is_private(speaker),
        assembly=assembly_of(speaker, interview, actors),
    )


def other_homes(
    speaker: Speaker, speakers: Iterable[Speaker], actors: ActorTable, *, date: str | None
) -> Actors:
    """Return the one other party of a joint press conference; nobody where there is not one.

    Those who are out of office, and those who study or report, hold none.
    """
    mine = home_of(speaker, actors, date=date)
    others = {
        home_of(other, actors, date=date)
        for other in speakers
        if other.id != speaker.id and other.role == "respondent" and not _is_no_party(other)
    }
    if _is_no_party(speaker):
        return ()
    others -= {(), mine}
    return others.pop() if len(others) == 1 else ()


def _is_no_party(speaker: Speaker) -> bool:
    """Tell whether somebody is no party to talks: out of office, a scholar, a journalist."""
    texts = (speaker.affiliation or "", speaker.name or "")
    return any(one.search(text) for one in (FORMER, STUDY) for text in texts)


def titled_guests(interview: Interview, home: Actors, actors: ActorTable) -> Actors:
    """Return the other states whose talks with the speaker's a title names; nobody elsewhere.

    "News conference following Russian-Hungarian talks", "Meeting with President of Slovenia": what
    is printed may be one side's words alone. A place behind a bar is none of them.
    """
    title = interview.title.partition("|")[0]
    if not home or not TALKS.search(title):
        return ()
    named = [name for one in actors.mentions(title, date=interview.date) for name in one.actors]
    others = dict.fromkeys(name for name in named if name not in home)
    return tuple(name for name in others if actors.actors[name].kind == "state")
