"""Who meets whom: the other party of a joint press conference, and of talks."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.actors import ActorTable
from pipeline.records import Interview, Speaker
from pipeline.references.homes import Actors, home_of
from pipeline.references.offices import FORMER, STUDY
from pipeline.references.sites import TALKS


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
