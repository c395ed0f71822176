"""Countries of respondents: ISO 3166 codes of two letters, several joined by "/"."""

from __future__ import annotations

import re

from pipeline.actors import ActorTable, load_actors
from pipeline.errors import near

JOINT = "/"  # between the countries of one respondent
_CODE = re.compile(r"[A-Za-z]{2}")


def country_fault(country: str) -> str | None:
    """Return what is wrong with a country, and the code that is meant; None if it is all codes."""
    table = load_actors(None)
    parts = [part.strip() for part in country.split(JOINT)]
    odd = [part for part in parts if not _is_code(part, table)]
    if not odd:
        return None
    meant = [_suggest(part, table) for part in odd]
    hint = f"; {'; '.join(filter(None, meant))}" if any(meant) else ""
    return (
        f'country "{country}": expected an ISO 3166 code of two letters, such as DE, several '
        f'joined by "{JOINT}"{hint}'
    )


def country_codes(country: str) -> str | None:
    """Return the codes of countries given by name or code; None if one is unknown."""
    table = load_actors(None)
    parts = [part.strip() for part in country.split(JOINT)]
    codes = [part.upper() if _is_code(part, table) else _code_of(part, table) for part in parts]
    return JOINT.join(code for code in codes if code) if all(codes) else None


def _is_code(part: str, table: ActorTable) -> bool:
    """Two letters that are not a name ("UK"); codes of small territories are not in the table."""
    if not _CODE.fullmatch(part):
        return False
    return table.state_of(part) is not None or not table.senses_of(part.upper())


def _code_of(name: str, table: ActorTable) -> str | None:
    bare = re.sub(r"^the\s+", "", name, flags=re.I)
    for spelling in dict.fromkeys((name, bare, bare.title(), bare.upper())):
        for sense in table.senses_of(spelling):
            if sense.actor is not None and sense.actor.iso:
                return sense.actor.iso
    return None


def _suggest(name: str, table: ActorTable) -> str | None:
    if code := _code_of(name, table):
        return f"{name} is {code}"
    names = {actor.name: actor.iso for actor in table.actors.values() if actor.iso}
    close = [f"{names[one]} ({one})" for one in near(name, names)]
    return f"did you mean {' or '.join(close)}?" if close else None
