"""How speakers are introduced: their offices, from the text around a talk and from its hosts.

"Anna North, director of a policy institute in Riga", "the Defence Secretary, Anna North", "Anna
North is a historian at ..." and lists of those who take part. Whom "we" stands for rests on it,
where no metadata say it; the stance of what is said never does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.records import Paragraph, Role, Speaker
from pipeline.turns.appositions import is_listed, office_ahead, office_behind, says_office, tidy
from pipeline.turns.segments import Part, Segment
from pipeline.turns.speakers import Key
from pipeline.turns.vocabulary import AROUND_OFFICES, TITLES

_GIVEN = r"(?:[A-Z][\w'’.-]*,? ){1,3}"
_SHORTEST, _HOSTS, _INITIAL = 3, 2, 2
_FORMS = frozenset(("chair", "chairman", "host", "moderator", "professor", "guest"))
# "Producer: NAME", the next entry of a list of credits
_ENTRY = re.compile(r"^[^\W\d_][\w -]{0,30}: +[^\W\d_a-z]")

Passage = tuple[str, str]


def introduce(
    speakers: Mapping[Key, Speaker],
    paragraphs: Sequence[Paragraph],
    segments: Sequence[Segment],
    metadata: Mapping[str, str],
) -> dict[Key, Speaker]:
    """Return the speakers with the offices they are introduced with, where none is known yet."""
    roles = {key: speaker.role for key, speaker in speakers.items()}
    names = {key: one.name for key, one in speakers.items() if one.name and not _known(one)}
    found = find_offices(paragraphs, segments, roles, names, metadata)
    return {
        key: one.model_copy(update={"affiliation": found[key]})
        if key in found and not _is_said(found[key], one.name or "")
        else one
        for key, one in speakers.items()
    }


def _known(speaker: Speaker) -> bool:
    """More than an initial is known: "North, A" gives none."""
    return len(speaker.affiliation or "") > _INITIAL


def _is_said(office: str, name: str) -> bool:
    """The office is no more than a form of address, or what the label says already."""
    said = set(office.casefold().split())
    return said <= _FORMS or said <= set(name.casefold().split())


def find_offices(
    paragraphs: Sequence[Paragraph],
    segments: Sequence[Segment],
    roles: Mapping[Key, Role],
    names: Mapping[Key, str],
    metadata: Mapping[str, str],
) -> dict[Key, str]:
    """Return the office that each speaker is introduced with, in the words of the source.

    Args:
        paragraphs: of the whole source.
        segments: of the talk.
        roles: of its speakers.
        names: of the speakers that have one.
        metadata: of the source; title and description are read.

    A name has at least two words, or stands alone with a given name or a title in front of it.
    Of several introductions the first is taken: what stands around the talk, then what its hosts
    say of their guests. In a host's words, "Ms North, members of the panel" is no introduction.
    """
    calls = {key: called for key, name in names.items() if (called := name_pattern(name))}
    printed = list(_printed(paragraphs, segments, metadata))
    spoken = [(part.text, "") for part in _hosted(segments, roles)]
    found: dict[Key, str] = {}
    for key, called in calls.items():
        others = [other for one, other in calls.items() if one != key]
        offices = (
            _introduced(called, *passage, others=others, spoken=passages is spoken)
            for passages in (printed, spoken)
            for passage in passages
        )
        if (office := next(filter(None, offices), None)) is not None:
            found[key] = office
    return found


def _printed(
    paragraphs: Sequence[Paragraph], segments: Sequence[Segment], metadata: Mapping[str, str]
) -> Iterator[Passage]:
    """Title, description and what nobody says, each with the line below it."""
    yield from ((metadata[field], "") for field in ("title", "description") if metadata.get(field))
    free = _free(paragraphs, segments)
    for index in free:
        below = paragraphs[index + 1].text if index + 1 < len(paragraphs) else ""
        yield paragraphs[index].text, below


def unspoken(paragraphs: Sequence[Paragraph], segments: Sequence[Segment]) -> list[str]:
    """The paragraphs of a source that nobody says a word of, in order."""
    return [paragraphs[index].text for index in _free(paragraphs, segments)]


def _free(paragraphs: Sequence[Paragraph], segments: Sequence[Segment]) -> list[int]:
    held = {part.index for segment in segments for part in segment.parts}
    return [index for index in range(len(paragraphs)) if index not in held]


def _hosted(segments: Sequence[Segment], roles: Mapping[Key, Role]) -> Iterator[Part]:
    """What those who do not answer say first."""
    said: dict[Key, int] = {}
    for segment in segments:
        said[segment.key] = said.get(segment.key, 0) + 1
        if roles.get(segment.key) != "respondent" and said[segment.key] <= _HOSTS:
            yield from segment.parts


def name_pattern(name: str) -> re.Pattern[str] | None:
    """What finds a speaker's name in running text, whatever its case in the label."""
    words = [word for word in name.split() if word.lower().strip(".") not in TITLES]
    if not words or any(character.isdigit() for character in name):
        return None
    spelt = [re.escape(word) if not word.isupper() else f"(?i:{re.escape(word)})" for word in words]
    if len(words) == 1:
        if len(words[0]) < _SHORTEST:
            return None
        return re.compile(rf"(?<![\w-])(?P<given>{_GIVEN}){spelt[0]}(?![\w-])")
    middle = r" (?:[A-Z]\.? )?"
    return re.compile(rf"(?<![\w-]){middle.join(spelt)}(?![\w-])")


def _introduced(
    name: re.Pattern[str],
    text: str,
    below: str,
    *,
    others: Sequence[re.Pattern[str]],
    spoken: bool,
) -> str | None:
    """The office that a text gives to a name; that of the line below where the name is alone."""
    for found in name.finditer(text):
        before, after = text[: found.start()], text[found.end() :]
        before += _titles_of(found)
        ends = [one.start() for other in others if (one := other.search(after))]
        after = after[: min(ends, default=len(after))]
        listed = not spoken and is_listed(text)
        alone = listed and not after.strip(" ,") and len(before.split()) <= 2
        if alone and says_office(below) and not _ENTRY.match(below):
            return tidy(below)
        item = listed and len(before.split()) <= 1
        office = office_behind(after, item=item, spoken=spoken) or office_ahead(before, after)
        if office is not None:
            return office
    return None


def _titles_of(name: re.Match[str]) -> str:
    """The titles and what else stands before a family name, up to the given names."""
    if "given" not in name.re.groupindex:
        return ""
    words = name.group("given").split()
    last = max(
        (
            i
            for i, w in enumerate(words, start=1)
            if w.lower().strip(".,") in TITLES | AROUND_OFFICES
        ),
        default=0,
    )
    return " ".join(words[:last])
