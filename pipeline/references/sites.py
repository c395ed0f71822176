"""Whose officials speak on a site: "President of Estonia", "www.mfa.gov.xx", as far as it says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from pipeline.actors import ActorTable, Mention
from pipeline.records import Interview, Speaker
from pipeline.references.words import FORMER, OFFICE, STUDY

Actors = tuple[str, ...]

TALKS = re.compile(
    r"\b(talks|meeting (with|of)|conference (with|following)|statements? following|visit to"
    r"|(leaders|presidents) of)\b",
    re.IGNORECASE,
)
"""Where a title holds one of these, others may speak beside those whose site it is."""
_OFFICE = re.compile(
    r"\b(president|presidency|prime minister|premier|chancell(?:or|ery)|(?:foreign|defen[cs]e) "
    r"minister|ministry|government|embassy|permanent mission|department of (?:state|defen[cs]e))\b",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"\b(president|premier|chancellor|(?:under)?secretary|minister|ambassador|spokes\w+)\b",
    re.IGNORECASE,
)
_OF = re.compile(r"(?:,| (?:of|for))(?: the)? ?$")
_OFFICIAL_HOSTS = frozenset(
    {"foreign", "foreignminister", "gov", "government", "gob", "gouv", "govt", "kremlin", "mfa"}
    | {"mod", "pm", "pmo", "premier", "president", "presidency", "primeminister", "mofa"}
)
_AMERICAN_HOSTS = frozenset({"defense", "state", "usembassy", "whitehouse"})


def add_site(
    interview: Interview, homes: Mapping[str, Actors], actors: ActorTable
) -> dict[str, Actors]:
    """Return the homes of an interview's speakers, with those that the site of its source tells.

    Given to respondents of no known home: to the one whose label is the office that the site is
    named after, and to one who answers alone and of whom at most an office is known. Of several,
    to those with an office, where nobody's home is known and the title tells of no talks.

    Args:
        interview: with its speakers.
        homes: those known already, by the ids of the speakers.
        actors: the actor table.
    """
    site = _named(interview, actors) or _addressed(interview.url or "", actors)
    answering = [one for one in interview.speakers if one.role == "respondent"]
    told = dict(homes)
    if not site:
        return told
    among = not any(homes[one.id] for one in answering) and not TALKS.search(interview.title)
    surnames = {_surname(one) for one in answering if among and _holds_office(one)}
    for speaker in answering:
        meant = len(answering) == 1 or (among and _surname(speaker) in surnames)
        if not homes[speaker.id] and (
            _is_host(speaker, interview) or (meant and _may_be_official(speaker))
        ):
            told[speaker.id] = site
    return told


def _is_host(speaker: Speaker, interview: Interview) -> bool:
    """Tell whether a label is the office that the site is named after, and no more."""
    label = OFFICE.fullmatch((speaker.name or "").strip())
    site = OFFICE.match(interview.series or "")
    return label is not None and site is not None and label[1].lower() == site[1].lower()


def _holds_office(speaker: Speaker) -> bool:
    """Tell whether a label or an affiliation says an office of state."""
    return any(_HELD.search(text) for text in (speaker.name or "", speaker.affiliation or ""))


def _surname(speaker: Speaker) -> str:
    """The last word of a label, in lower case: that of "A. North" and "Anna North"."""
    return re.split(r"[\s.]+", (speaker.name or "").strip(" ."))[-1].lower()


def _may_be_official(speaker: Speaker) -> bool:
    """Tell whether nothing is known of a speaker but perhaps an office that is held now."""
    label, affiliation = speaker.name or "", speaker.affiliation or ""
    if any(one.search(text) for one in (FORMER, STUDY) for text in (label, affiliation)):
        return False
    return not affiliation or OFFICE.match(affiliation) is not None


def _named(interview: Interview, actors: ActorTable) -> Actors:
    """The state in the name of a site that is an office of it, or its seat: "The Kremlin"."""
    series = (interview.series or "").removeprefix("The ")
    office = _OFFICE.search(series)
    for mention in actors.mentions(series, date=interview.date):
        if not _is_state(mention, actors):
            continue
        seat = mention.label in ("FAC", "ORG") and mention.text == series
        if seat or (office is not None and _belongs(mention, office, series)):
            return mention.actors
    return ()


def _belongs(mention: Mention, office: re.Match[str], series: str) -> bool:
    """Tell whether an office is a state's: "President of Latvia", "Latvian Government"."""
    if mention.start > office.start():
        ends = mention.end == len(series)
        return ends and _OF.search(series, office.end(), mention.start) is not None
    return mention.start == 0 and (
        office.end() == len(series) or series[office.end() :].startswith(" of ")
    )


def _addressed(url: str, actors: ActorTable) -> Actors:
    """The state of an official's host: its country code, or a site of the American government."""
    try:
        labels = (urlsplit(url if "//" in url else f"//{url}").hostname or "").split(".")
    except ValueError:
        return ()
    if labels[-1] == "gov":
        american = not _AMERICAN_HOSTS.isdisjoint(labels)
        return tuple(filter(None, [actors.state_of("us")])) if american else ()
    if len(labels[-1]) != 2 or _OFFICIAL_HOSTS.isdisjoint(labels[:-1]):
        return ()
    code = "gb" if labels[-1] == "uk" else labels[-1]
    return tuple(filter(None, [actors.state_of(code)]))


def _is_state(mention: Mention, actors: ActorTable) -> bool:
    kinds = {actors.actors[name].kind for name in mention.actors if name in actors.actors}
    return kinds == {"state"}
