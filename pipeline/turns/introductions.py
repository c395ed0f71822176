"""How speakers are introduced: their offices, from the text around a talk and from its hosts.

"Anna North, director of a policy institute in Riga", "the Defence Secretary, Anna North", "Anna
North is a historian at ..." and lists of those who take part. Whom "we" stands for rests on it,
where no metadata say it; the stance of what is said never does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.records import Paragraph, Role, Speaker
from pipeline.turns.segments import Part, Segment
from pipeline.turns.speakers import Key
from pipeline.turns.vocabulary import AROUND_OFFICES, OFFICES, TITLES

_OFFICE = re.compile(rf"\b(?:{'|'.join(sorted(OFFICES))})s?\b", re.I)
_GIVEN = r"(?:[A-Z][\w'’.-]*,? ){1,3}"
_BETWEEN = r"(?: ?\([^()]{0,40}\))?"
# where an office that stands behind a name is over
_AFTER = re.compile(
    r"[.;:?!](?=\s|$)|,? (?:who|whom|which|whose|says?|said|tells?|told|spoke|speaks|talks?|talked|"
    r"joins?|joined|discuss(?:es|ed)|explains?|explained|argues?|argued|answers?|answered|is|was|"
    r"will|has|had|about (?:what|why|how|whether)|sat down|to discuss|to talk)\b|"
    r",? (?:and|with|by) (?=[A-Z])|[\"“”()]|$"
)
_SPEAKS = re.compile(r",? (?:says?|said|speaks?|spoke|talks?|tells?|explains?|argues?) ")
_IS = re.compile(
    r"^,? (?:is|was|serves? as|served as|has (?:been|served as)|(?:currently |now )works? as|"
    r"works? as|worked as|has worked as)(?: currently| now| also)? "
)
_DOES = re.compile(
    r"^(?:, who (?:\w+ )?| )(?P<does>(?:works?|worked|serves?|served|teach(?:es)?|taught|"
    r"leads?|led|heads?|headed|runs?|ran|directs?|directed|covers?|covered|edits?)\b)"
)
_WHO_IS = re.compile(r"^, who (?:is|was|has been|serves as|served as)(?: currently| now)? ")
_OF = re.compile(
    r"^(?: [A-Z][\w'’-]+){0,2},? (?i:of)(?: the)? (?:(?:[A-Z][\w'’.-]+|of|the|and) ?){0,7}"
    r"[A-Z][\w'’.-]+"
)
_SENTENCE_END = re.compile(r"[.?!][\"'”’)\]]*$")
_LEAD = re.compile(r"^(?:and |now |the |a |an |our |my |his |her |their |then |today )+", re.I)
# members and others who are spoken to, not introduced
_ADDRESS = re.compile(
    r"^(?:(?:who|where|when|whose|as|but)\b|"
    r"(?:distinguished |honou?rable )?(?:members|colleagues|friends)\b)",
    re.I,
)
_TAIL = re.compile(
    r"(?:[\s,–-]+\d[\d./-]*|,? (?:of|at|in|on|for|and|with|the|now|most recently)|"
    r" ?[(\[][^()\[\]]*[^()\[\]\d][)\]]|[:,–—-])+$"
)
_MOST_WORDS, _LINE_WORDS, _RUN, _NEAR, _SHORTEST = 25, 30, 10, 5, 3
_OF_OFFICE = frozenset(("of", "for", "in", "at", "to", "on", "emeritus", "emerita", "designate"))
_HOSTS, _INITIAL = 2, 2
_FORMS = frozenset(("chair", "chairman", "host", "moderator", "professor", "guest"))

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
        listed = not spoken and len(text.split()) <= _LINE_WORDS and not _SENTENCE_END.search(text)
        alone = listed and not after.strip(" ,") and len(before.split()) <= 2
        if alone and _is_line(below):
            return _tidy(below)
        item = listed and len(before.split()) <= 1
        office = _behind(after, item=item, spoken=spoken) or _ahead(before, after)
        if office is not None:
            return office
    return None


def office_around(before: str, after: str) -> str | None:
    """The office that stands behind a name or in front of it in a printed sentence."""
    return _behind(after, item=False, spoken=False) or _ahead(before, after)


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


def _is_line(text: str) -> bool:
    """A line of a list that says an office, and is no sentence."""
    short = 0 < len(text.split()) <= _LINE_WORDS and not _SENTENCE_END.search(text)
    return short and _OFFICE.search(text) is not None


def _behind(after: str, *, item: bool, spoken: bool) -> str | None:
    """The office behind a name: in apposition, or as what the person is or does."""
    after = re.sub(rf"^{_BETWEEN}", "", after)
    if item and (mark := re.match(r"\s*[,–—|:-]?\s+(?=[^\W\d_])", after)):
        rest = after[mark.end() :]
        return _tidy(_SPEAKS.split(rest)[0]) if _is_line(rest) else None
    if (does := _DOES.match(after)) is not None:
        return _clip(after[does.start("does") :])
    for pattern in (_WHO_IS, _IS):
        if (found := pattern.match(after)) is not None:
            return _held(_clip(after[found.end() :]), within=_RUN)
    if after.startswith(", "):
        return _held(_clip(after[2:]), within=_NEAR if spoken else _RUN)
    return None


def _clip(text: str) -> str:
    """The words up to where the office is over."""
    end = next(_AFTER.finditer(text)).start()
    return " ".join(text[:end].split()[:_MOST_WORDS])


def _held(text: str, *, within: int) -> str | None:
    """The text without its articles if it names an office in its first words."""
    found = _OFFICE.search(text)
    if found is None or len(text[: found.end()].split()) > within or _ADDRESS.search(text):
        return None
    return _tidy(_LEAD.sub("", text))


def _ahead(before: str, after: str) -> str | None:
    """The office in front of a name: "the Defence Secretary, NAME", "historian NAME"."""
    words = before.rstrip(" ,").split()
    run: list[str] = []
    for word in reversed(words[-_RUN:]):
        plain = word.strip("\"“”'‘’()[]*_").lower()
        if plain in AROUND_OFFICES or word[-1] in ".;:?!,–—" or word.startswith(("(", "“", '"')):
            break
        run.insert(0, word)
    apart = before.rstrip().endswith(",")
    text = _LEAD.sub("", said := _own(" ".join(run)))
    if apart and text == said:  # "Senators North, NAME" is a list
        return None
    if not _ends_in_office(text):
        return None
    behind = _OF.match(after)
    return _tidy(f"{text}{behind.group().rstrip()}" if behind else text)


def _ends_in_office(text: str) -> bool:
    """The last words are an office, with at most its body or field behind it: "head of studies"."""
    offices = list(_OFFICE.finditer(text))
    behind = text[offices[-1].end() :].split() if offices else []
    named = all(not word[0].islower() for word in behind) or behind[0] in _OF_OFFICE
    return bool(offices) and len(behind) < _NEAR and named


def _own(run: str) -> str:
    """The part of the words before a name that says an office, without what the sentence is about.

    "discuss it with The Paper's editor NAME", "press conference of Federal Chancellor NAME".
    """
    for cut in (" of ", " the ", " The ", " a ", " an "):
        head, mark, tail = run.rpartition(cut)
        if mark and _OFFICE.search(tail) and not (cut == " of " and _OFFICE.search(head)):
            run = f"{mark.strip()} {tail}" if cut != " of " else tail
    return run


def _tidy(text: str) -> str | None:
    """The words of an office without a date, a mark or a loose word at its end."""
    text = _TAIL.sub("", text.strip(" ,*_/"))
    return text or None
