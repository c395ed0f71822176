"""The sheet above a research interview: "Place", "Duration", "Interviewer", each with its value.

In a table such words stand alone on their lines, in bold, as labels do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.records import Paragraph

_PLAIN = re.compile(
    r"^(?:date(?: of (?:the )?interview)?|interview date|time|place|location|venue|setting|length|"
    r"duration|language|mode|medium|format|recorded(?: on| by| with)?|recording|transcri(?:bed|ber)"
    r"(?: by| with)?|transcription|translat(?:ed|or)(?: by)?|consent(?: form)?|pseudonym|code|"
    r"interview(?: id| no\.?| number)|project|age|gender|occupation|position|affiliation):?$",
    re.I,
)
_PERSON = re.compile(
    r"^(?:interviewers?|interviewees?|interviewed by|participants?|respondents?|informants?|"
    r"present|subject|researcher|moderator):?$",
    re.I,
)
_FEWEST, _FEWEST_PLAIN = 3, 2
_HEAD_OF_PAGE, _VALUE_WORDS = 30, 25


def find_fact_sheet(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """Indices of the lines of the sheet; none where it says of people alone who they are.

    Each field stands there once: "Interviewer" that heads turn after turn is a label.
    """
    run: list[int] = []
    index = 0
    while index + 1 < min(len(paragraphs), _HEAD_OF_PAGE):
        if _is_field(paragraphs[index].text) and _is_value(paragraphs[index + 1].text):
            run += (index, index + 1)
            index += 2
        elif run:
            break
        else:
            index += 1
    names = [paragraphs[place].text.casefold().rstrip(":") for place in run[::2]]
    plain = sum(bool(_PLAIN.match(name)) for name in names)
    full = len(names) >= _FEWEST and plain >= _FEWEST_PLAIN
    return frozenset(run if full and len(set(names)) == len(names) else ())


def _is_field(text: str) -> bool:
    return bool(_PLAIN.match(text) or _PERSON.match(text))


def _is_value(text: str) -> bool:
    return not _is_field(text) and len(text.split()) <= _VALUE_WORDS
