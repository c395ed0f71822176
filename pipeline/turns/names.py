"""The speakers: their names, their offices, and the roles set by hand.

A person is named in a passage: a label, what is printed around the talk, the first words of a host
or of the speaker. An office is in apposition: "NAME, director of ...", "NAME is a historian at
...", "the Defence Secretary, NAME", "NAME - Institute for Rivers".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import islice
from typing import NamedTuple

from pipeline.errors import InputError
from pipeline.records import Role, Source, Speaker
from pipeline.turns.interviewees import Place
from pipeline.turns.labels import Label, parse_label
from pipeline.turns.roles import find_people
from pipeline.turns.segments import Segment, labels_of
from pipeline.turns.sidecar import ByHand
from pipeline.turns.speakers import MAX_NAMES, Key, display_name, same_person
from pipeline.turns.vocabulary import TITLES, read_lists

_WORDS: Mapping[str, frozenset[str]] = read_lists("names")
_OFFICES, _AROUND, _OF = _WORDS["offices"], _WORDS["around"], _WORDS["prepositions"]
_TITLES = TITLES | _WORDS["titles"]
_UPPER = "[A-ZÀ-ÖØ-ÞĀ-Ž]"
_WORD = rf"(?:(?:{_UPPER}\.){{1,6}}|(?:Dr|Mr|Ms|Mrs|Prof|Hon)\.|{_UPPER}[\w’'-]*)"
_PERSON = re.compile(
    rf"(?<![\w’'-]){_WORD}(?: \({_UPPER}\w+\))?"
    rf"(?: (?:(?:de|la|van|der|von|bin|al|el|da|dos) ){{0,2}}{_WORD}){{1,5}}"
)
_OFFICE = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(_OFFICES, reverse=True))})s?(?![\w-])", re.I)
_END = re.compile(  # of an office after a name
    r"(?<!\b[A-Z])(?<!\b(?:Dr|Mr|Ms|St|Lt|Jr))\.(?=\s|$)|[;:?!\"“”()\[\]|*/]|\.{3,}|\s[–—-]+\s|"
    rf",? (?:{'|'.join(sorted(_WORDS['ends']))})\b|, and\b|,? and (?:one|also|now)\b|"
    rf",? by {_UPPER}|,? \d"
)
_IS = re.compile(
    r"^,?(?: who)? (?:is|was|serves as|works as)(?: now)? (?:(?:an?|the|one)\b|(?=[A-Z]))"
)
_LISTED = re.compile(r"^\s*(?:[,–—|-]|\()\s*(?=[^\W\d_])")
_PLACE = re.compile(rf"^,? of(?: the)?(?: (?:{_UPPER}[\w’'-]+|of|the|and)){{1,7}}")
_HOUSE = re.compile(  # "NAME, The Courier.", as reporters say before they ask
    rf"^,?(?: (?:with|from|of|at|for))?(?: the)? "
    rf"({_UPPER}[\w’'&-]*(?:,? (?:{_UPPER}[\w’'&-]*|of|and|for|the)){{0,8}})(?=[.;?!—–]|$)"
)
_I_AM = re.compile(r"\b(?:I['’]m|I am|[Mm]y name is|[Mm]y name['’]s) ")
_TALKS = re.compile(
    rf"\b(?:(?:{'|'.join(map(re.escape, sorted(_WORDS['talks'])))})(?: [\w,]+){{0,4}}? "
    rf"(?:with|to|of|from)|(?:{'|'.join(sorted(_WORDS['asked']))}))(?: the)? (?=\S)",
    re.I,
)
_BRACKETS = re.compile(r"(?:(?<!\s)\s++)?[(\[][^()\[\]]{0,200}[)\]]")
_RUN_OF_LETTERS = re.compile(r"\w+")
_NAME_WORDS, _HEAD, _REACH, _LINE_WORDS, _HOST_TURNS, _OWN_TURNS, _OWN = 5, 60, 110, 30, 2, 8, 300
_WITHIN, _SPOKEN_WITHIN, _MOST_WORDS, _RUN, _TIMES = 10, 6, 25, 12, 9


class Passage(NamedTuple):
    """Text in which a person may be named: its kind, and the speaker whose label or words it is."""

    text: str
    kind: str  # "label", "printed", "host", "own"
    key: Key = ()

    @property
    def is_line(self) -> bool:
        """No sentence: an entry of a list, or a headline."""
        text = self.text.rstrip()
        return len(text.split()) <= _LINE_WORDS and not text.endswith((".", "?", "!"))


class _Passages:
    """Passages, and those that have a word."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self.all = list(passages)
        self._folded = [one.text.casefold() for one in self.all]
        self._places: dict[str, list[int]] = {}
        for at, text in enumerate(self._folded):
            for word in set(_RUN_OF_LETTERS.findall(text)):
                self._places.setdefault(word, []).append(at)

    def having(self, text: str) -> list[tuple[int, Passage]]:
        """Return the passages with the words of a text, and their places, in order."""
        folded = text.casefold()
        runs = [word for word in _RUN_OF_LETTERS.findall(folded) if len(word) > 1]
        places: Sequence[int] = range(len(self.all))
        if runs:
            places = min((self._places.get(word, []) for word in runs), key=len)
        return [(at, self.all[at]) for at in places if folded in self._folded[at]]


def name_speakers(
    interview_id: str,
    segments: Sequence[Segment],
    roles: Mapping[Key, Role],
    known: Mapping[str, str],
    places: Mapping[Key, Place] | None = None,
) -> dict[Key, Speaker]:
    """Return the speakers, in order of appearance, by their labels and the metadata.

    ``places`` are the affiliations and countries that the metadata state.
    """
    labels = labels_of(segments)
    fields = {"interviewer": "interviewer", "respondent": "interviewee"}
    speakers = {}
    of_role = Counter(roles[key] for key in labels)
    for number, (key, own) in enumerate(labels.items(), start=1):
        alone = of_role[roles[key]] == 1
        place = (places or {}).get(key, Place())
        people = find_people(known.get(fields.get(roles[key], "")))
        fitting = [person for person in people if same_person(key, person.core)]
        if not fitting and alone and len(people) == 1 and _is_unnamed(own):
            fitting = people
        offices = (one.affiliation or "" for one in own)
        office = next((text for text in offices if len(text) > 2 and not _says(text, "")), None)
        speakers[key] = Speaker(
            id=f"{interview_id}.s{number}",
            name=fitting[0].name if len(fitting) == 1 else display_name(own) or None,
            role=roles[key],
            affiliation=place.affiliation or office,
            country=place.country,
        )
    return speakers


def roles_by_hand(source: Source, segments: Sequence[Segment], hand: ByHand) -> dict[Key, Role]:
    """Return the roles set by hand, by the names in the source.

    Raises:
        InputError: a name is not that of a speaker.
    """
    labels = labels_of(segments)
    roles: dict[Key, Role] = {}
    for name, role in hand.speakers.items():
        label = parse_label(name)
        core = label.core if label else (name.casefold(),)
        raws = {name.casefold(), f"speaker {name}".casefold()}
        fitting = [
            key
            for key, own in labels.items()
            if raws & {text.casefold() for one in own for text in (one.raw, one.name)}
        ] or [key for key in labels if same_person(key, core)]
        if not fitting:
            shown = ", ".join(sorted({own[0].name for own in labels.values()}))
            raise InputError(
                f"{source.name}: no speaker {name}; expected {shown}; correct --speakers"
            )
        roles.update(dict.fromkeys(fitting, role))
    return roles


def introduce(
    speakers: Mapping[Key, Speaker],
    source: Source,
    segments: Sequence[Segment],
    known: Mapping[str, str],
) -> dict[Key, Speaker]:
    """Return the speakers with the names and offices that they are introduced with.

    A name replaces a letter or a role ("Q", "Guest"), or completes one word ("Anna"); what metadata
    or a label state is kept. The offices decide what "we" refers to.
    """
    labels = labels_of(segments)
    if len(labels) > MAX_NAMES:
        return dict(speakers)
    passages = _Passages(_passages(speakers, labels, source, segments, known))
    found = _name_unnamed(speakers, labels, segments, passages.all)
    for key, one in found.items():
        if name := _completed(one.name or "", labels[key], passages):
            found[key] = one.model_copy(update={"name": name})
    patterns = {k: p for k, one in found.items() if one.name and (p := name_pattern(one.name))}
    lists = {
        at
        for key, pattern in patterns.items()
        for at, line in passages.having((found[key].name or "").split()[-1])
        if line.kind == "printed" and line.is_line and pattern.match(line.text)
    }
    listed = len(lists) > 1
    surnames = {other.name.split()[-1] for other in found.values() if other.name}
    for key, pattern in patterns.items():
        one, name = found[key], found[key].name or ""
        if one.affiliation:
            continue
        others = surnames - {name.split()[-1]}
        given = re.compile(rf"\b{re.escape(name.split()[0])}(?= is an? )")
        offices = (
            _introduced(way, passage, key, others, listed)
            for way, word in ((pattern, name.split()[-1]), (given, name.split()[0]))
            for _, passage in passages.having(word)
        )
        if office := next((text for text in offices if text and not _says(text, name)), None):
            found[key] = one.model_copy(update={"affiliation": office})
    return found


def name_pattern(name: str) -> re.Pattern[str] | None:
    """Return the pattern of a speaker's name in running text; None if it is not a person's.

    A name of one word needs a given name or a title before it.
    """
    words = [word for word in name.split() if word.lower().strip(".,") not in _TITLES]
    if not words or any(c.isdigit() for c in name) or len(" ".join(words)) < 3:
        return None
    spelt = r" (?:[A-Z]\. ?)?".join(
        rf"(?i:{re.escape(word)})"
        if len(word.strip(".")) > 1
        else rf"{re.escape(word[0])}[\w.’'-]*"
        for word in words
    )
    if len(words) == 1:
        spelt = rf"(?P<given>(?:{_WORD},? ){{1,5}}){spelt}(?: {_WORD}){{0,2}}"
    return re.compile(rf"(?<![\w’'-]){spelt}(?![\w-])")


def _is_unnamed(labels: Sequence[Label]) -> bool:
    """The labels are letters, numbers, roles or offices."""
    return all(
        label.hint
        or _TITLES.issuperset(label.core)
        or any(c.isdigit() for c in label.name)
        or len(label.name) == 1
        or (len(label.name.replace(".", "")) <= 3 and label.name.isupper())
        for label in labels
    )


def _core(name: str) -> Key:
    words = (word.strip(".,'’").casefold() for word in name.split())
    return tuple(word for word in words if word and word not in _TITLES)


def _passages(
    speakers: Mapping[Key, Speaker],
    labels: Mapping[Key, Sequence[Label]],
    source: Source,
    segments: Sequence[Segment],
    known: Mapping[str, str],
) -> Iterator[Passage]:
    """Labels, what is printed around the talk, then first words of hosts and of each speaker."""
    for key, own in labels.items():
        for raw in dict.fromkeys(label.raw for label in own):
            yield Passage(_BRACKETS.sub("", raw), "label", key)
    for field in ("title", "description"):
        yield Passage(known.get(field, ""), "printed")
    held = {part.index for segment in segments for part in segment.parts}
    free = [one.text if i not in held else "" for i, one in enumerate(source.paragraphs)]
    for text, below in zip(free, [*free[1:], ""], strict=False):
        alone = len(text.split()) <= _NAME_WORDS and Passage(below, "").is_line and ":" not in below
        if text:
            entry = f"{text} – {below}" if alone and _OFFICE.search(below) else text
            yield Passage(entry, "printed")
    seen: Counter[Key] = Counter()
    for segment, following in zip(segments, [*segments[1:], None], strict=True):
        presents = following is not None and not seen[following.key]
        hosts = speakers[segment.key].role != "respondent"
        if hosts and (presents or seen[segment.key] < _HOST_TURNS):
            yield from (Passage(part.text, "host", segment.key) for part in segment.parts)
        if not seen[segment.key]:
            yield Passage(segment.text[:_OWN], "own", segment.key)
        seen[segment.key] += 1


def _people_in(text: str, start: int = 0, end: int = 2_000) -> Iterator[tuple[str, int, int]]:
    """The names of people in a text, without titles, and their places."""
    for found in _PERSON.finditer(text, start, end):
        said = re.split(r"(?<=['’]s)\s", _BRACKETS.sub("", found.group()))[-1].split()
        while said and said[0].casefold().replace("’", "'").strip(".,") in (
            _TITLES | _OFFICES | _WORDS["me"]
        ):
            said.pop(0)
        if said and said[-1].casefold() in _OFFICES:
            said.pop()
        name = " ".join(said).removesuffix("'s").removesuffix("’s")
        words = {word.casefold().strip(".") for word in name.split()}
        if 2 <= len(said) <= 4 and words.isdisjoint(_OFFICES | _WORDS["bodies"] | _AROUND):
            yield name.title() if name.isupper() else name, found.start(), found.end()


def _name_unnamed(
    speakers: Mapping[Key, Speaker],
    labels: Mapping[Key, Sequence[Label]],
    segments: Sequence[Segment],
    passages: Sequence[Passage],
) -> dict[Key, Speaker]:
    """Names for letters and roles: stated by the speaker, by initials, or of the interviewee."""
    found = dict(speakers)
    printed = [one for one in passages if one.kind == "printed"][:_HEAD]
    unnamed = {
        key: own[0].name
        for key, own in labels.items()
        if _is_unnamed(own) and speakers[key].name in {label.name for label in own}
    }
    people = {name for one in printed for name, _, _ in _people_in(one.text)}
    asked = [key for key, one in speakers.items() if one.role == "respondent"]
    taken = {one.name.casefold().split()[-1] for one in speakers.values() if one.name}
    turns: dict[Key, list[int]] = {}
    for index, segment in enumerate(segments):
        turns.setdefault(segment.key, []).append(index)
    for key, label in unnamed.items():
        names = list(_said_of_oneself(turns[key][:_OWN_TURNS], segments))[:1]
        office = _TITLES.issuperset(labels[key][0].core)
        if not names and 1 < len(label) <= 3 and label.isupper():
            initials = {name for name in people if "".join(w[0] for w in name.split()) == label}
            names = list(initials) if len(initials) == 1 else []
        elif not names and asked == [key] and not office:
            told = _interviewed(printed)
            names = [name for name in told if name.casefold().split()[-1] not in taken]
        if names:
            found[key] = speakers[key].model_copy(update={"name": names[0]})
    return found


def _said_of_oneself(turns: Sequence[int], segments: Sequence[Segment]) -> Iterator[str]:
    """ "I'm NAME", "My name is NAME", or a name in answer to "state your name"."""
    for index in turns:
        text = segments[index].text[:_OWN]
        starts = {place for found in _I_AM.finditer(text) for place in found.span()}
        asked = index > 0 and "your name" in segments[index - 1].text.lower()
        for name, start, _ in _people_in(text):
            if start in starts or (asked and len(text[:start].split()) <= 3):
                yield name


def _interviewed(printed: Sequence[Passage]) -> list[str]:
    """Who is named as interviewed, in a title, with an office or again; else who has an office."""
    everything = "\n".join(one.text for one in printed)
    found, told = [], []
    for one in printed:
        for begun in _TALKS.finditer(one.text):
            reach = one.text[begun.start() : begun.end() + _REACH]
            near = re.split(r"(?:(?<!\b\w)(?<!\b\w\w)\.|[;?!|])\s", reach)[0]
            people = list(_people_in(one.text, begun.end(), begun.start() + len(near)))
            for name, start, stop in people[:1]:
                several = len(people) > 1 and one.text[stop : people[1][1]] == " and "
                again = everything.count(name.split()[-1]) > 1
                if not several and (one.is_line or again or _beside(one.text, start, stop)):
                    found.append(name)
        for name, start, stop in _people_in(one.text):
            office = _beside(one.text, start, stop) if one.is_line or not start else None
            signed = re.search(r"\b(?:by|photos?|credits?|image)\W*$", one.text[:start], re.I)
            if office and not signed and _WORDS["press"].isdisjoint(office.lower().split()):
                told.append(name)
    return found or (told[:1] if len(set(told)) == 1 else [])


def _beside(text: str, start: int, stop: int) -> str | None:
    """The office beside a place in a printed text."""
    before, after = _around(text, start, stop)
    return office_behind(after) or office_ahead(before + _led(text[start:stop]), after)


def _around(text: str, start: int, stop: int) -> tuple[str, str]:
    """What is before a name and after it, without degrees and a bracket that says no office."""
    after = re.sub(r"^,? (?:Ph|M|J|LL)\.? ?D\b\.?", "", text[stop : stop + _OWN])
    note = _BRACKETS.match(after)
    after = after[note.end() :] if note and not _OFFICE.search(note.group()) else after
    return text[max(0, start - _OWN) : start], after


def _led(name: str) -> str:
    """The offices and titles with which a name begins."""
    words = [(word, word.lower().strip(".,")) for word in name.split()]
    led = [i for i, (_, w) in enumerate(words, 1) if w in _TITLES | _OFFICES | _AROUND]
    return " ".join(word for word, _ in words[: max(led, default=0)])


def _completed(name: str, labels: Sequence[Label], passages: _Passages) -> str | None:
    """The whole name where the label has one word of it, and one name fits."""
    bare = [one.name for one in labels if " " not in one.name and not _is_unnamed([one])]
    if " " in name or not bare or any(label.titles for label in labels):
        return None
    name = max(bare, key=len)
    full = {
        (core[0], core[-1]): person
        for _, passage in reversed(passages.having(name))
        if passage.kind != "label"
        for person, _, _ in _people_in(passage.text)
        if name.casefold() in ((core := _core(person))[0], core[-1])
    }
    return next(iter(full.values())) if len(full) == 1 else None


def _introduced(
    name: re.Pattern[str], passage: Passage, key: Key, others: Set[str], listed: bool
) -> str | None:
    """The office that a passage gives to a name."""
    if passage.kind in ("label", "own") and passage.key != key:
        return None
    text = passage.text
    for found in islice(name.finditer(text), _TIMES):
        before, after = _around(text, *found.span())
        before += _led(found.groupdict().get("given", ""))
        ends = [word.start() for word in re.finditer(r"\w[\w’'-]*", after) if word[0] in others]
        if ends:
            after = re.sub(r",?(?: and)?(?: [A-Z][\w.’'-]*){0,4} $", "", after[: ends[0]])
        if passage.kind == "printed" and passage.is_line and len(before.split()) <= 2:
            mark = _LISTED.match(after)
            office = _without_articles(_clip(after[mark.end() :], cut=False)) if mark else ""
            if _OFFICE.search(office) or (listed and office[:1].isupper()):
                return office
        spoken = passage.kind == "host"
        if found_office := office_behind(after, spoken=spoken) or office_ahead(before, after):
            return found_office
        if passage.kind == "own" and (house := _HOUSE.match(after)):
            return house[1]
    return None


def office_behind(after: str, *, spoken: bool = False) -> str | None:
    """Return the office after a name: in apposition, or as what the person is; or None."""
    if found := _IS.match(after):
        return _held(_clip(after[found.end() :].lstrip()), _WITHIN)
    after = after.removeprefix(" ") if after.startswith(" ,") else after
    if after.startswith(" ("):
        return _held(after[2:].split(")")[0].split(",")[0], _WITHIN)
    if after.startswith(", "):
        return _held(_clip(after[2:]), _SPOKEN_WITHIN if spoken else _WITHIN)
    return None


def office_ahead(before: str, after: str) -> str | None:
    """Return the office before a name: "the Defence Secretary, NAME", "historian NAME"; or None."""
    words = before.rstrip(" ,").split()
    at = len(words)
    while at and at > len(words) - _RUN:
        word, earlier = words[at - 1], words[at - 2].lower() if at > 1 else ""
        to = word == "to" and earlier in _OFFICES  # "ambassador to"
        around = not to and word.strip("\"“”'‘’()[]*_").lower() in _AROUND
        ends = word[-1] in ".;:?!,–—" and not re.fullmatch(r"(?:[A-Z]\.)+", word)
        if around or ends or word[0] in '(“"' or any(c.isdigit() for c in word):
            break
        at -= 1
    said = _own(" ".join(words[at:]))
    text = _without_articles(re.sub(r"^(?:(?:of|for|in|at|\w+ing) )+", "", said))
    offices = list(_OFFICE.finditer(text))
    behind = text[offices[-1].end() :].lower().split() if offices else []
    led = not behind or (behind[0] in _OF and behind[-1] not in _OF | {"the"})
    listed = before.rstrip().endswith(",") and text == said and len(text.split()) < 4
    if not offices or len(behind) > 8 or not led or listed:
        return None  # "president of the Harbour Board"; "Senator North, NAME"
    place = None if behind else _PLACE.match(after)
    return _tidy(f"{text}{place.group()}" if place else text)


def _own(run: str) -> str:
    """The office in the words before a name: "talks of Chancellor NAME"."""
    for cut in (" of ", " the ", " a ", " an "):
        place = run.lower().rfind(cut)
        head, tail = run[: max(0, place)], run[place + len(cut) :]
        if place >= 0 and _OFFICE.search(tail) and not (cut == " of " and _OFFICE.search(head)):
            run = tail if cut == " of " else f"{cut.strip()} {tail}"
    return run


def _clip(text: str, *, cut: bool = True) -> str:
    """The words up to the end of an office, without what else the person is."""
    if found := _END.search(text):
        text = text[: found.start()]
    chunks = text.split(", ")
    kept = 1
    while kept < len(chunks):
        words = [word for word in chunks[kept].split() if word not in _OF | {"the"}]
        proper = bool(words) and words[0][:1].isupper()
        named = _OFFICE.search(", ".join(chunks[:kept]))
        if not proper and (named or not cut or kept > 1):
            break
        kept += 1
    return _tidy(" ".join(", ".join(chunks[:kept]).split()[:_MOST_WORDS])) or ""


def _held(text: str, within: int) -> str | None:
    """The text if it names an office in its first words, and is not an address."""
    words = _without_articles(text).split()
    if not words or words[0].lower() in _AROUND or text.lower().startswith("and "):
        return None
    return " ".join(words) if _OFFICE.search(" ".join(words[:within])) else None


def _without_articles(text: str) -> str:
    words = text.split()
    while words and words[0].lower() in _WORDS["articles"]:
        words.pop(0)
    return " ".join(words)


def _tidy(text: str) -> str | None:
    """An office without loose words at its end."""
    words = text.strip(" ,.*_–—-").split()
    while words and words[-1].lower() in _OF | {"on", "by", "and", "with", "the"}:
        words.pop()
    return " ".join(words).strip(" ,") or None


def _says(office: str, name: str) -> bool:
    """The office is no more than a form of address, or what the name says already."""
    said = set(office.casefold().replace(".", "").split())
    return said <= _WORDS["forms"] or said <= set(name.casefold().replace(".", "").split())
