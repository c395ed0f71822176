"""Whom a speaker speaks for: the actors of the affiliation, the country or the label.

The countries of research institutes and universities are in ``lexicons/institutes.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from pipeline.actors import ActorTable, Mention
from pipeline.records import Interview, Speaker
from pipeline.references.sites import add_site
from pipeline.references.words import COURTESIES, FORMER, OFFICE, STUDY

Actors = tuple[str, ...]

_SENT_TO = re.compile(r"\b(to|on|about|in|with|from)( the)? $", re.IGNORECASE)
_STUDIED = re.compile(
    r"\b(historian|scholar|expert|specialist|analyst|critic|correspondent)s? (of|on|in)( the)? $",
    re.IGNORECASE,
)
_STUDIES = re.compile(r"^[ -](specialist|expert|scholar|watcher|analyst|hand)", re.IGNORECASE)
# the part of an institute, or of a ministry elsewhere, that works on a region
_UNIT = re.compile(
    r"^(?: \w+)? (?:programme|program|project|initiative|cent(?:er|re)|studies|desk|editor|section"
    r"|division)\b",
    re.IGNORECASE,
)
_FIELD = re.compile(r"^ (?:security|policy)\b", re.IGNORECASE)
_WORKS_FOR = re.compile(
    r"\b(?:director|fellow|secretary|adviser|advisor|analyst|associate|editor|lead|defen[cs]e|"
    r"minister)s?(?: for(?: the)?|,) $",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"\b[A-Z]{5,}\b|\bOF\b")
_LETTERS = re.compile(r"[A-Za-z]{2}$")
_PRIVATE = re.compile(
    r"\b(NGO|charity|aid (agency|group|organi[sz]ation|worker)|airline|company|corporation|bank"
    r"|chief executive|CEO)\b"
)
_NEXT_WORD = re.compile(r" ([a-z]+)")
_SEATED = re.compile(
    r"\b(academy|cent(re|er)|college|council|faculty|foundation|institut(e|ion)|magazine"
    r"|news(paper|room)|school|think[ -]tank|university)\b",
    re.IGNORECASE,
)
FILE = "institutes.toml"


def homes_of(interview: Interview, actors: ActorTable) -> dict[str, Actors]:
    """Return whom each speaker of an interview speaks for, by id; nobody where none is known.

    A label that is an office and no more ("THE PRESIDENT") is that of whom the title calls so
    ("Remarks by President Biden"). Of the rest, those who answer on a state's own site are of that
    state (``sites``).
    """
    homes: dict[str, Actors] = {}
    for speaker in interview.speakers:
        home = home_of(speaker, actors, date=interview.date)
        office = OFFICE.fullmatch((speaker.name or "").strip())
        if not home and office:
            home = _titled(interview, office.group(1), actors)
        homes[speaker.id] = home
    return add_site(interview, homes, actors)


def _titled(interview: Interview, office: str, actors: ActorTable) -> Actors:
    """Whom the first person stands for whom a title names with an office."""
    title = interview.title
    for mention in actors.mentions(title, date=interview.date):
        before = title[: mention.start].rstrip().lower()
        if mention.actors and mention.label == "PERSON" and before.endswith(office.lower()):
            rest = before.removesuffix(office.lower()).rstrip()
            if not rest.endswith(("vice", "deputy")):
                return mention.actors
    return ()


def home_of(speaker: Speaker, actors: ActorTable, *, date: str | None) -> Actors:
    """Return the actors a speaker means by "we" unless the sentence tells otherwise.

    An organisation that the speaker serves now comes first, then the country, then what the
    affiliation or the label names ("President of Russia", "Polish analyst"), then the country of
    an institution ("Chatham House", "a university in Vienna"); nobody where none of them is known.
    Where the metadata give several countries ("RU/DE"), the label decides.
    """
    affiliation = speaker.affiliation or ""
    own = _served(affiliation, actors, date)
    if own is not None and _is_organisation(own, actors) and not FORMER.search(affiliation):
        return own.actors
    if speaker.country and (state := _country(speaker.country, actors)):
        return (state,)
    label = speaker.name or ""
    for name in (_as_written(label), _with_surname(label)):
        named = _served(name, actors, date)
        if named is not None and not _is_namesake(named, name, affiliation, actors):
            return named.actors
    return own.actors if own is not None else _seat_of(affiliation or speaker.name or "", actors)


def _is_namesake(mention: Mention, label: str, affiliation: str, actors: ActorTable) -> bool:
    """Tell whether a label shares no more than a surname with a leader ("Ms. Putin-Reed").

    A surname alone is not the leader's before another's forename, or of somebody who studies or
    reports.
    """
    if mention.label != "PERSON":
        return False
    if label[mention.end :].startswith("-"):
        return True
    if " " in mention.text:
        return False
    last = label[: mention.start].lower().split()[-1:]
    if not last or last[0].strip(".") in {*actors.context.titles, *COURTESIES}:
        return STUDY.search(affiliation) is not None
    leaders = [one.actor.name for one in actors.senses_of(mention.text) if one.actor is not None]
    initial = last[0].strip(".")
    return len(initial) != 1 or not any(name.lower().startswith(initial) for name in leaders)


def _seat_of(label: str, actors: ActorTable) -> Actors:
    """The state of an institute that is known, or in whose capital a university or paper is."""
    if (state := country_of_institute(label)) is not None:
        return (state,)
    if not _SEATED.search(label):
        return ()
    for mention in actors.mentions(label):
        if mention.actors or _STUDIED.search(label[: mention.start]):
            continue
        for sense in actors.senses_of(label[mention.start : mention.end]):
            if sense.place and sense.actor is not None and sense.actor.kind == "state":
                return (sense.actor.name,)
    return ()


def served_by(speaker: Speaker, actors: ActorTable, *, date: str | None) -> Actors:
    """Return the organisation that a speaker serves or has served; nobody where there is none."""
    for text in (speaker.affiliation or "", _as_written(speaker.name or "")):
        for mention in actors.mentions(text, date=date):
            if not mention.actors or _is_studied(mention, text):
                continue
            if _is_organisation(mention, actors):
                return mention.actors
    return ()


def is_private(speaker: Speaker) -> bool:
    """Tell whether a speaker's firm or charity, which is no actor, is who "we" are."""
    return any(_PRIVATE.search(text) for text in (speaker.affiliation or "", speaker.name or ""))


def _country(text: str, actors: ActorTable) -> str | None:
    if _LETTERS.match(text):
        return actors.state_of(text)
    return text if text in actors.actors else None


def _served(label: str, actors: ActorTable, date: str | None) -> Mention | None:
    """The first mention in a label that is not merely where or what the work is about."""
    for mention in actors.mentions(label, date=date):
        if _is_studied(mention, label) or _is_venue(mention, label, actors):
            continue
        # alone, so that "German security expert" is not a mere attribute of security
        alone = actors.mentions(label[: mention.end], date=date)
        if alone and alone[-1].actors:
            return alone[-1]
    return None


def _is_studied(mention: Mention, label: str) -> bool:
    """Tell whether a mention is merely where or what the work is about."""
    before, after = label[: mention.start], label[mention.end :]
    if _SENT_TO.search(before) or _STUDIED.search(before) or before.endswith("-"):
        return True
    region = mention.label in ("LOC", "NORP") and _WORKS_FOR.search(before)
    field = mention.label in ("LOC", "ORG") and _FIELD.match(after)
    if region or field or (mention.label != "PERSON" and _UNIT.match(after)):
        return True
    return mention.label == "GPE" and _STUDIES.match(after) is not None


def _is_venue(mention: Mention, label: str, actors: ActorTable) -> bool:
    """Tell whether a capital is merely where something took place: "the Lusaka meeting"."""
    after = _NEXT_WORD.match(label, mention.end)
    if after is None or not {after[1], after[1].removesuffix("s")} & actors.context.sites:
        return False
    return any(sense.place for sense in actors.senses_of(label[mention.start : mention.end]))


def _is_organisation(mention: Mention, actors: ActorTable) -> bool:
    return all(
        (actor := actors.actors.get(name)) is not None and actor.kind == "organisation"
        for name in mention.actors
    )


def _as_written(name: str) -> str:
    """A label in capitals as it is written in text, so that the table knows it."""
    return name.title() if name.isupper() else name


def _with_surname(name: str) -> str:
    """A label with its capital words as written in text: "Vladimir PUTIN", "President OF RUSSIA".

    Long words are taken for names, short ones ("EU envoy") for initials.
    """
    return _CAPITALS.sub(lambda word: word.group().title(), name).replace(" Of ", " of ")


def country_of_institute(label: str) -> str | None:
    """The country of the institute that an office names first, or None.

    Of two names that start at one place, the longer is meant: "Georgetown University in Qatar".
    """
    found = _pattern().search(label)
    return None if found is None else countries_of_institutes()[found.group()]


@lru_cache(maxsize=1)
def countries_of_institutes() -> Mapping[str, str]:
    text = files("pipeline.lexicons").joinpath(FILE).read_text(encoding="utf-8")
    table: Mapping[str, list[str]] = tomllib.loads(text)["countries"]
    return {name: country for country, names in table.items() for name in names}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names = sorted(countries_of_institutes(), key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])")
