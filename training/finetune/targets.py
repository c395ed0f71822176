"""Find the Western target a sentence names, by a short list of names.

A stand-in for the actor table (`pipeline.actors`) while models are fitted and scored: names,
nationality words, seats and offices of the Western states and organisations.
"""

from __future__ import annotations

import re

_STATES = (
    "United States|USA|America|United Kingdom|Britain|Great Britain|England|Germany|France|Italy|"
    "Spain|Poland|Canada|Netherlands|Belgium|Denmark|Norway|Sweden|Finland|Lithuania|Latvia|"
    "Estonia|Czech Republic|Hungary|Romania|Bulgaria|Greece|Austria|Europe|Western Europe"
)
_PEOPLE = (
    "American|European|British|German|French|Italian|Polish|Canadian|Western|Euro-Atlantic|"
    "transatlantic|Atlantic"
)
_BODIES = (
    "NATO|North Atlantic Treaty Organi[sz]ation|North Atlantic Alliance|European Union|EU|G7|G-7|"
    "European Commission|European Council|European Parliament|White House|Pentagon|"
    "State Department|US Congress|Congress|Washington|Brussels|London|Berlin|Paris|Warsaw|"
    "the West|West|free world|liberal democracies|Five Eyes|AUKUS|[Aa]lliance|rules-based order|"
    "[Ss]anctions"
)
_OFFICES = (
    "Trump|Biden|Obama|Bush|Clinton|Merkel|Scholz|Macron|Sarkozy|Hollande|Cameron|Johnson|May|"
    "Starmer|Sunak|Blair|Stoltenberg|Rutte|Blinken|Kerry|Sullivan|von der Leyen|Borrell"
)
_WEST = re.compile(
    rf"(?<!\w)(?:(?:the )?(?:{_STATES}|{_BODIES})|(?:the )?U\.\s?S\.(?:A\.)?|(?:the )?(?:US|UK)|"
    rf"(?:{_PEOPLE})s?(?: (?:countries|states|partners|allies|allied|colleagues|friends|sanctions|"
    r"powers|world|alliance|leaders|government|administration|people|side|troops|army|military|"
    r"values|politicians|elites|companies|policy|order|support|aid|weapons|media|press|nations|"
    rf"president))?|(?:(?:President|Mr\.?|Chancellor|Prime Minister|Secretary) )?(?:{_OFFICES}))"
    r"(?:'s|’s)?(?!\w)"
)


_OTHERS = re.compile(
    r"(?<!\w)(?:the )?(?:Russian Federation|Russia|Moscow|Kremlin|China|Beijing|Taiwan|"
    r"Ukraine|Kyiv|Kiev|Iran|Israel|India|Turkey|Japan|North Korea|Syria|"
    r"Security Council|United Nations|Putin|Xi|Zelensky+y?|Poroshenko|Yanukovych)(?!\w)"
)


def find_others(text: str) -> list[tuple[int, int]]:
    """Code points of other actors' names, so that unlabelled text teaches any target."""
    return [match.span() for match in _OTHERS.finditer(text)]


def find_western(text: str) -> list[tuple[int, int]]:
    """Code points of each Western name in `text`, possessive endings left out, in order."""
    spans = []
    for match in _WEST.finditer(text):
        end = match.end() - 2 if match.group().endswith(("'s", "’s")) else match.end()
        spans.append((match.start(), end))
    return spans
