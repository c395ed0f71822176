"""The actors a speaker speaks for: by affiliation, country, label, institute or official site.

Countries of institutes are listed in ``lexicons/institutes.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import urlsplit

from pipeline.actors import ActorTable, Mention
from pipeline.records import Interview, Speaker

Actors = tuple[str, ...]

_FORMER = re.compile(r"\b(former(ly)?|retired|ex|emerit\w+|since resigned)\b", re.IGNORECASE)
_OFFICE = re.compile(
    r"(?:the )?((?:vice |deputy )?(?:president|prime minister|chancellor|premier"
    r"|(?:foreign|defen[cs]e|finance) minister)|secretary)",
    re.IGNORECASE,
)
_STUDY = re.compile(
    r"\b(analyst|author|columnist|correspondent|economist|editor|expert|fellow|historian|host"
    r"|journalist|professor|reporter|researcher|scholar|scientist|specialist|writer|university"
    r"|institut(e|ion)|think[ -]tank)\b",
    re.IGNORECASE,
)
_COURTESIES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor"})
# A mention after the first or before the second is what the work is about: "expert on Iran",
# "Europe Programme", "Transatlantic Security Initiative".
_ABOUT = re.compile(
    r"(-|\b(to|on|about|in|with|from)( the)? |\b(historian|scholar|expert|specialist|analyst"
    r"|critic|correspondent)s? (of|on|in)( the)? )$",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"^[ -](?:\w+ )?(specialist|expert|scholar|watcher|analyst|hand|program(me)?|project|initiative"
    r"|cent(er|re)|studies|desk|editor|section|division)\b|^ (security|policy)\b",
    re.IGNORECASE,
)
_WORKS_FOR = re.compile(
    r"\b(director|fellow|secretary|adviser|advisor|analyst|associate|editor|lead|defen[cs]e"
    r"|minister)s?( for( the)?|,) $",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"\b[A-Z]{5,}\b|\bOF\b")
_PRIVATE = re.compile(
    r"\b(NGO|charity|aid (agency|group|organi[sz]ation|worker)|airline|company|corporation|bank"
    r"|chief executive|CEO)\b"
)
_SEATED = re.compile(
    r"\b(academy|cent(re|er)|college|council|faculty|foundation|institut(e|ion)|magazine"
    r"|news(paper|room)|school|think[ -]tank|university)\b",
    re.IGNORECASE,
)
_OFFICE_OF_STATE = re.compile(
    r"\b(president|presidency|prime minister|premier|chancell(?:or|ery)|(?:foreign|defen[cs]e) "
    r"minister|ministry|government|embassy|permanent mission|department of (?:state|defen[cs]e))\b",
    re.IGNORECASE,
)
_OFFICIAL_HOSTS = frozenset(
    {"foreign", "foreignminister", "gov", "government", "gob", "gouv", "govt", "kremlin", "mfa"}
    | {"mod", "pm", "pmo", "premier", "president", "presidency", "primeminister", "mofa"}
)
_AMERICAN_HOSTS = frozenset({"defense", "state", "usembassy", "whitehouse"})
_TALKS = re.compile(
    r"\b(talks|meeting (with|of)|conference (with|following)|statements? following|visit to"
    r"|(leaders|presidents) of)\b",
    re.IGNORECASE,
)
FILE = "institutes.toml"
WEST = "west-broad"
UNIONS = {"NATO": "nato", "European Union": "eu"}
"""Organisations whose members call them by a short name, and the blocs of those."""
ASSEMBLY = "United Nations"


class Published(NamedTuple):
    """What of an interview tells whom its speakers speak for."""

    speakers: tuple[Speaker, ...]
    title: str
    date: str | None
    series: str | None
    url: str | None


def homes_of(interview: Interview, actors: ActorTable) -> Mapping[str, Actors]:
    """Return the actors that each speaker of an interview speaks for, by id; empty if unknown.

    A label that is only an office ("THE PRESIDENT") is the person with that office in the title
    ("Remarks by President Biden"). A sole respondent without a known home has that of the
    official site on which the interview was published. The stages of an interview ask one after
    the other; it is found once.
    """
    published = {name: getattr(interview, name) for name in Published._fields}
    return _homes(Published(**published), actors)


@lru_cache(maxsize=1)
def _homes(interview: Published, actors: ActorTable) -> Mapping[str, Actors]:
    homes = {one.id: _home_or_title(one, interview, actors) for one in interview.speakers}
    answering = [one for one in interview.speakers if one.role == "respondent"]
    if len(answering) == 1 and not homes[answering[0].id] and _may_be_official(answering[0]):
        homes[answering[0].id] = _site_of(interview, actors)
    return MappingProxyType(homes)


@lru_cache(maxsize=1024)
def home_of(speaker: Speaker, actors: ActorTable, *, date: str | None) -> Actors:
    """Return the actors a speaker means by "we" unless the sentence says otherwise.

    An organisation that the speaker serves now comes first, then the country, then what the label
    or the affiliation names ("President of Russia", "Polish analyst"), then the country of an
    institution ("Chatham House", "a university in Vienna"). Where the metadata give several
    countries ("RU/DE"), the label decides.
    """
    affiliation, label = speaker.affiliation or "", speaker.name or ""
    own = _served(affiliation, actors, date)
    if own is not None and _is_organisation(own, actors) and not _FORMER.search(affiliation):
        return own.actors
    if speaker.country and (state := _country(speaker.country, actors)):
        return (state,)
    for name in (label.title() if label.isupper() else label, _with_surname(label)):
        named = _served(name, actors, date)
        if named is not None and not _is_namesake(named, name, affiliation, actors):
            return named.actors
    return own.actors if own is not None else _seat_of(affiliation or label, actors)


@dataclass(frozen=True, slots=True)
class Side:
    """Whose side a speaker is on.

    Attributes:
        home: the actors the speaker speaks for.
        private: the speaker serves a firm or a charity, which is no actor but is "we".
        guests: the other parties of the talks after which the speaker faces the press.
        western: the home is Western.
        unions: those of ``UNIONS`` that the home is a member of.
        assembly: in which the speaker is a state's delegate.
    """

    home: Actors
    private: bool
    guests: Actors
    western: bool
    unions: Actors
    assembly: Actors


def sides_of(interview: Interview, actors: ActorTable) -> dict[str, Side]:
    """Return the sides of the speakers of an interview by id."""
    homes = homes_of(interview, actors)
    parties = {
        home_of(one, actors, date=interview.date)
        for one in interview.speakers
        if one.role == "respondent" and not _is_no_party(one)
    }
    return {
        one.id: _side(one, homes[one.id], parties, interview, actors) for one in interview.speakers
    }


def _side(
    speaker: Speaker, home: Actors, parties: set[Actors], interview: Interview, actors: ActorTable
) -> Side:
    def within(bloc: str) -> bool:
        return any(actors.in_bloc(one, bloc, date=interview.date) for one in home)

    texts = (speaker.affiliation or "", speaker.name or "")
    return Side(
        home=home,
        private=any(_PRIVATE.search(text) for text in texts),
        guests=_guest_of(speaker, parties, interview, actors)
        or _titled_guests(interview, home, actors),
        western=within(WEST),
        unions=tuple(name for name, bloc in UNIONS.items() if within(bloc)),
        assembly=_assembly_of(speaker, interview, actors),
    )


def _guest_of(
    speaker: Speaker, parties: set[Actors], interview: Interview, actors: ActorTable
) -> Actors:
    """Return the other party of a joint press conference; empty unless there is exactly one.

    Speakers who have left office, study or report are no party.
    """
    if _is_no_party(speaker):
        return ()
    others = parties - {(), home_of(speaker, actors, date=interview.date)}
    return others.pop() if len(others) == 1 else ()


def _titled_guests(interview: Interview, home: Actors, actors: ActorTable) -> Actors:
    """Return the other states whose talks with the speaker's the title names.

    "News conference following Russian-Hungarian talks" may print one side's words alone. A place
    after a bar is only where it was.
    """
    title = interview.title.partition("|")[0]
    if not home or not _TALKS.search(title):
        return ()
    named = [name for one in actors.mentions(title, date=interview.date) for name in one.actors]
    others = dict.fromkeys(name for name in named if name not in home)
    return tuple(name for name in others if actors.actors[name].kind == "state")


def _assembly_of(speaker: Speaker, interview: Interview, actors: ActorTable) -> Actors:
    """Return the assembly that the title names, where the speaker's label is a state's name."""
    label = (speaker.name or "").partition("(")[0].strip()
    found = actors.mentions(label, date=interview.date)
    whole = [one for one in found if (one.start, one.end) == (0, len(label)) and one.actors]
    if not whole or actors.actors[whole[0].actors[0]].kind != "state":
        return ()
    titled = actors.mentions(interview.title, date=interview.date)
    return (ASSEMBLY,) if any(ASSEMBLY in one.actors for one in titled) else ()


def _is_no_party(speaker: Speaker) -> bool:
    texts = (speaker.affiliation or "", speaker.name or "")
    return any(one.search(text) for one in (_FORMER, _STUDY) for text in texts)


def _home_or_title(speaker: Speaker, interview: Published, actors: ActorTable) -> Actors:
    home = home_of(speaker, actors, date=interview.date)
    office = _OFFICE.fullmatch((speaker.name or "").strip())
    return home if home or not office else _titled(interview, office.group(1), actors)


def _titled(interview: Published, office: str, actors: ActorTable) -> Actors:
    """Return the actors of the first person whom a title names with an office."""
    title = interview.title
    for mention in actors.mentions(title, date=interview.date):
        before = title[: mention.start].rstrip().lower()
        if not (mention.actors and mention.label == "PERSON" and before.endswith(office.lower())):
            continue
        if not before.removesuffix(office.lower()).rstrip().endswith(("vice", "deputy")):
            return mention.actors
    return ()


def _is_namesake(mention: Mention, label: str, affiliation: str, actors: ActorTable) -> bool:
    """Tell whether a label has no more than its surname in common with a leader.

    A surname alone is not the leader's after another forename, before a hyphen, or where the
    speaker studies or reports.
    """
    if mention.label != "PERSON":
        return False
    if label[mention.end :].startswith("-"):
        return True
    if " " in mention.text:
        return False
    last = label[: mention.start].lower().split()[-1:]
    if not last or last[0].strip(".") in {*actors.context.titles, *_COURTESIES}:
        return _STUDY.search(affiliation) is not None
    leaders = [one.actor.name for one in actors.senses_of(mention.text) if one.actor is not None]
    initial = last[0].strip(".")
    return len(initial) != 1 or not any(name.lower().startswith(initial) for name in leaders)


def _seat_of(label: str, actors: ActorTable) -> Actors:
    """Return the state of a listed institute, or in whose capital a university or paper is."""
    if (state := country_of_institute(label)) is not None:
        return (state,)
    if not _SEATED.search(label):
        return ()
    for mention in actors.mentions(label):
        for sense in actors.senses_of(label[mention.start : mention.end]):
            if sense.place and sense.actor is not None and sense.actor.kind == "state":
                return (sense.actor.name,)
    return ()


def _country(text: str, actors: ActorTable) -> str | None:
    if re.fullmatch("[A-Za-z]{2}", text):
        return actors.state_of(text)
    return text if text in actors.actors else None


def _served(label: str, actors: ActorTable, date: str | None) -> Mention | None:
    """Return the first mention in a label that is not merely where or what the work is about."""
    for mention in actors.mentions(label, date=date):
        if _is_field(mention, label):
            continue
        # alone, so that "German security expert" is not a mere attribute of security
        alone = actors.mentions(label[: mention.end], date=date)
        if alone and alone[-1].actors:
            return alone[-1]
    return None


def _is_field(mention: Mention, label: str) -> bool:
    """Tell whether a mention is merely where or what the work is about."""
    before, after = label[: mention.start], label[mention.end :]
    if _ABOUT.search(before):
        return True
    if mention.label in ("LOC", "NORP") and _WORKS_FOR.search(before):
        return True
    return mention.label in ("GPE", "LOC", "ORG", None) and _FIELD.match(after) is not None


def _is_organisation(mention: Mention, actors: ActorTable) -> bool:
    return all(
        (actor := actors.actors.get(name)) is not None and actor.kind == "organisation"
        for name in mention.actors
    )


def _with_surname(name: str) -> str:
    """Write the capital words of a label as in text: "Vladimir PUTIN", "President OF RUSSIA".

    Long words are treated as names, short ones ("EU envoy") as initials.
    """
    return _CAPITALS.sub(lambda word: word.group().title(), name).replace(" Of ", " of ")


def _may_be_official(speaker: Speaker) -> bool:
    """Tell whether nothing is known of a speaker, or only an office that is held now."""
    affiliation = speaker.affiliation or ""
    return not _is_no_party(speaker) and (not affiliation or bool(_OFFICE.match(affiliation)))


def _site_of(interview: Published, actors: ActorTable) -> Actors:
    """Return the state on whose official site an interview was published, by name or address."""
    series = (interview.series or "").removeprefix("The ")
    for mention in actors.mentions(series, date=interview.date):
        kinds = {actors.actors[name].kind for name in mention.actors if name in actors.actors}
        seat = mention.label in ("FAC", "ORG") and mention.text == series
        ends = mention.start == 0 or mention.end == len(series)
        if kinds == {"state"} and (seat or (ends and _OFFICE_OF_STATE.search(series))):
            return mention.actors
    return _state_of_host(interview.url or "", actors)


def _state_of_host(url: str, actors: ActorTable) -> Actors:
    """Return the state of an official host: by country code, or an American government site."""
    try:
        labels = (urlsplit(url if "//" in url else f"//{url}").hostname or "").split(".")
    except ValueError:
        return ()
    if labels[-1] == "gov":
        code = "" if _AMERICAN_HOSTS.isdisjoint(labels) else "us"
    elif len(labels[-1]) == 2 and not _OFFICIAL_HOSTS.isdisjoint(labels[:-1]):
        code = "gb" if labels[-1] == "uk" else labels[-1]
    else:
        code = ""
    return tuple(filter(None, [actors.state_of(code)]))


def country_of_institute(label: str) -> str | None:
    """Return the country of the institute that a label names first, or None.

    Of two names that start at one place the longer is meant: "Georgetown University in Qatar".
    """
    found = _pattern().search(label)
    return None if found is None else countries_of_institutes()[found.group()]


@lru_cache(maxsize=1)
def countries_of_institutes() -> Mapping[str, str]:
    """Return the countries of the listed institutes by name."""
    text = files("pipeline.lexicons").joinpath(FILE).read_text(encoding="utf-8")
    table: Mapping[str, list[str]] = tomllib.loads(text)["countries"]
    return {name: country for country, names in table.items() for name in names}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names = sorted(countries_of_institutes(), key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])")
