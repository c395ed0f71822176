"""Which labels are one speaker: "President of Russia Vladimir Putin", later "Vladimir Putin"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.turns.initialled import are_initials, is_initialled, written_in_full
from pipeline.turns.labels import Label, corrected
from pipeline.turns.offices import find_holders, is_office
from pipeline.turns.spelling import one_edit_apart, swapped, undouble
from pipeline.turns.vocabulary import ANSWER_WORDS, FOLLOW_UPS, QUESTION_WORDS

Key = tuple[str, ...]
_MAX_NAMES, _SHORT = 300, 4
_OFTEN = 3
# "(hereinafter "Q")", "(hereafter referred to as GT)", "(“GT”)", "(GT)"
_DECLARED = re.compile(
    r"[(\[](?:(?:hereinafter|hereafter|henceforth|from here on|abbreviated|in short)"
    r"(?: (?:as|referred to as|called|simply))?\s*[:,]?\s*[\"“”'‘’]?(?P<named>[\w.& -]{1,20}?)"
    r"[\"“”'‘’]?|[\"“](?P<quoted>[\w.&-]{1,12})[\"”]|(?P<initials>(?-i:[A-ZÀ-Þ]{2,4})))[)\]]",
    re.I,
)
# "D. North", "D.North"
_INITIALLED = re.compile(r"(?P<initial>[^\W\d_])(?:\.\s?|\s)(?P<family>\S{2,})")
_MALE = frozenset(("mr", "sir", "lord", "king", "prince"))
_QUESTION = frozenset(("q", "question", "frage"))
_FLOOR = FOLLOW_UPS | {"correspondent", "question"}
_FEMALE = frozenset(("mrs", "ms", "miss", "lady", "dame", "queen", "princess", "madam"))


def group_labels(labels: Sequence[Label]) -> list[Key]:
    """Return for each label the key of its speaker; equal keys are one speaker.

    Merged are: equal names under any title; a long name and its tail of two words or more; a
    family name or a given name alone, or initials, or both ("D. North"), where exactly one full
    name fits; a misspelling that occurs once, of one letter in a family name or a word that labels
    often, of a letter too many or too few within a given name, of one that is doubled, or of two
    that are swapped; a double name without its hyphen; initials with full stops, "A. B-C"; and an
    office alone, behind the only speaker who was introduced with it; "I" and "Interviewer"; and
    what a label says that it will be: "Q" behind "The Courier (hereinafter "Q")", "AB" behind
    "Anna Bell (AB)".
    Nothing is merged across titles of different gender, nor where there are more names than an
    interview has.
    """
    keys = _keys(labels)
    counts = Counter(keys)
    genders = {
        key: gender for key, label in zip(keys, labels, strict=True) if (gender := _gender(label))
    }
    aliases = {key: key for key in counts}
    if len(counts) > _MAX_NAMES:
        return keys
    for key in sorted(counts, key=lambda k: (len(k), counts[k], k)):
        if (target := _find_target(key, counts, genders)) is not None:
            aliases[key] = target
    resolved = [_resolve(key, aliases) for key in keys]
    short = {
        **_written_out(labels, resolved),
        **written_in_full(labels, resolved),
        **_declared(labels, resolved),
    }
    resolved = [short.get(key, key) for key in resolved]
    holders = find_holders(labels, resolved)
    return [holders.get(key, key) for key in resolved]


def _written_out(labels: Sequence[Label], keys: Sequence[Key]) -> dict[Key, Key]:
    """For "I", "Int", "Mod" and the like, the one word that they shorten and that labels too."""
    words = {k: label.hint for k, label in zip(keys, labels, strict=True) if len(k) == 1}
    found: dict[Key, Key] = {}
    for key, hint in words.items():
        if hint is None or len(key[0]) > _SHORT or key in (("q",), ("a",)):
            continue
        same = [k for k, h in words.items() if h == hint and k[0].isalpha()]
        full = [k for k in same if _shortens(key[0], k[0])]
        if len(full) == 1:
            found[key] = full[0]
    return {**_of_houses(labels, keys), **found}


def _of_houses(labels: Sequence[Label], keys: Sequence[Key]) -> dict[Key, Key]:
    """For "WN", which labels often, the one word of its letters that opens the talk: "Wikinews".

    Or the name whose initials it is: "THT" for "The Harbour Times". A country's name may hold the
    letters of another's, and labels more than once.
    """
    counts = Counter(keys)
    house = keys[0] if keys else ()
    if not house or counts[house] > 1 or labels[0].hint or labels[0].name.isupper():
        return {}
    initials = "".join(word[0] for word in labels[0].name.split()).casefold()
    short = {
        key
        for key, label in zip(keys, labels, strict=True)
        if len(key) == 1 and 1 < len(key[0]) <= _SHORT and label.name.isupper() and not label.hint
    }
    often = [
        key
        for key in short
        if counts[key] >= _OFTEN
        and (key[0] == initials or (len(house) == 1 and _shortens(key[0], house[0])))
    ]
    return {often[0]: house} if len(often) == 1 else {}


def _declared(labels: Sequence[Label], keys: Sequence[Key]) -> dict[Key, Key]:
    """The speaker who is to be called so from then on, for each label that another one declares."""
    found: dict[Key, set[Key]] = {}
    for label, key in zip(labels, keys, strict=True):
        if declared := _DECLARED.search(label.raw):
            name = next(filter(None, declared.groups()))
            if declared.group("initials") and not are_initials(name, label.name):
                continue  # the house of whoever speaks
            own = {k for one, k in zip(labels, keys, strict=True) if one.name == name}
            for short in own - {key}:
                found.setdefault(short, set()).add(key)
    return {short: names.pop() for short, names in found.items() if len(names) == 1}


def _shortens(short: str, word: str) -> bool:
    """All letters of the short word stand in the other in order, the first of them first."""
    rest = iter(word)
    opens = len(short) < len(word) and short[0] == word[0]
    return opens and all(letter in rest for letter in short)


def display_name(labels: Sequence[Label]) -> str:
    """The name to show for the labels of one speaker: the commonest of the full names."""
    cores = {label.core for label in labels if not is_office(label)} or {one.core for one in labels}
    initialled = {label.core for label in labels if is_initialled(label.name)}
    cores = cores - initialled or cores
    full = {core for core in cores if len(core) > 1 and not _has_title(core, cores)}
    plain = {core for core in full if all("-".join(core) != other[-1] for other in full)}
    counts = Counter(label.name for label in labels if label.core in plain or not plain)
    return min(counts, key=lambda name: (-counts[name], len(name), name))


def same_person(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names, as lower-case words, may be one person's."""
    a, b = sorted((tuple(one), tuple(other)), key=len)
    if not a:
        return False
    if len(a) > 1:
        return b[-len(a) :] == a
    # a family name may stand first, as in "Lee Hsien Loong"
    return a[0] in (b[-1], b[0])


def _keys(labels: Sequence[Label]) -> list[Key]:
    """The labels' names; one that stands with "Mr" and with "Mrs" is two.

    Beside "Question" whoever is called "Correspondent" or "Follow-up" is one of those who ask.
    """
    genders: dict[Key, set[str]] = {}
    for label in labels:
        genders.setdefault(_key(label), set()).add(_gender(label))
    questions = any(not _QUESTION.isdisjoint(label.core[:1]) for label in labels)
    floor = _FLOOR if questions and ("q",) in genders else frozenset()
    return [
        ("q",)
        if floor.issuperset(key := _key(label))
        else (_gender(label), *key)
        if {"m", "f"} <= genders[key]
        else key
        for label in labels
    ]


def _key(label: Label) -> Key:
    word = corrected(label.core[0])
    if word in QUESTION_WORDS and label.hint == "interviewer" and len(label.core) <= 2:
        named = label.core[0] == "question" and "question" not in label.name.casefold()
        return ("q", *label.core[1:]) if named else ("q",)
    if word in ANSWER_WORDS and label.hint == "respondent":
        return ("a",)
    return label.core


def _resolve(key: Key, aliases: dict[Key, Key]) -> Key:
    seen = {key}
    while aliases[key] not in seen:
        key = aliases[key]
        seen.add(key)
    return key


def _find_target(key: Key, counts: Counter[Key], genders: dict[Key, str]) -> Key | None:
    """The fuller or commoner name that ``key`` stands for, if there is just one."""
    if key in (("q",), ("a",)):
        return None
    others = [
        k for k in counts if k != key and k not in (("q",), ("a",)) and _agree(k, key, genders)
    ]
    if (short := _INITIALLED.fullmatch(" ".join(key))) is not None:
        fitting = [
            k for k in others
            if len(k) > 1 and k[-1] == short["family"] and k[0][0] == short["initial"]
            and len(k[0]) > 2
        ]  # fmt: skip
        if len(fitting) == 1:
            return fitting[0]
    if len(key) > 1:
        # of a name and its tail the shorter is the plain name, the longer has a title before it
        tails = [k for k in others if 1 < len(k) < len(key) and key[-len(k) :] == k]
        if tails:
            return min(tails, key=lambda k: (len(k), k))
        hyphened = [k for k in others if k[-1] == "-".join(key)]
        if hyphened:
            return max(hyphened, key=lambda k: (counts[k], k))
        typos = [k for k in others if counts[key] == 1 and _is_misspelt(key, k)]
        return typos[0] if len(typos) == 1 else None
    word = key[0].replace(".", "")
    full = [k for k in others if len(k) > 1]
    for candidates in (
        [k for k in full if k[-1] == key[0]],
        [k for k in full if k[0] == key[0]],
        [k for k in full if len(word) > 1 and word in _initials(k)],
        [k for k in full if len(word) == 2 and k[0][0] + k[-1][0] == word],
    ):
        people = _without_slips({_shortest_tail(k, full) for k in candidates}, counts)
        if len(people) == 1:
            return people.pop()
    often = [k for k in others if len(k) == 1 and counts[k] >= _OFTEN]
    typos = [k for k in often if counts[key] == 1 and _is_misspelt(key, k)]
    return typos[0] if len(typos) == 1 else None


def _without_slips(people: set[Key], counts: Counter[Key]) -> set[Key]:
    """The names without those that occur once and misspell another one of them."""
    often = {key for key in people if counts[key] > 1}
    return {
        key for key in people if key in often or not any(_is_misspelt(key, one) for one in often)
    }


def _initials(key: Key) -> tuple[str, str]:
    """A name's initials, a double name as one and as two."""
    parts = (part for word in key for part in word.split("-") if part)
    return "".join(word[0] for word in key), "".join(part[0] for part in parts)


def _shortest_tail(key: Key, names: Sequence[Key]) -> Key:
    return min((n for n in names if key[-len(n) :] == n), key=len, default=key)


def _is_misspelt(one: Key, other: Key) -> bool:
    if one[1:] == other[1:] and len(one) > 1:
        return _is_slip(one[0], other[0])
    if one[:-1] != other[:-1]:
        return False
    doubled = len(one) > 1 and undouble(one[-1]) == undouble(other[-1])
    if doubled or swapped(one[-1], other[-1]):
        return True
    return min(len(one[-1]), len(other[-1])) >= 5 and one_edit_apart(one[-1], other[-1])


def _is_slip(one: str, other: str) -> bool:
    """A letter doubled, too many or too few within a given name; brothers differ in more."""
    ends = (one[0], one[-1]) == (other[0], other[-1])
    lost = len(one) != len(other) and min(len(one), len(other)) >= 5 and one_edit_apart(one, other)
    return ends and (lost or undouble(one) == undouble(other))


def _gender(label: Label) -> str:
    if label.titles & _MALE:
        return "m"
    return "f" if label.titles & _FEMALE else ""


def _agree(one: Key, other: Key, genders: dict[Key, str]) -> bool:
    return genders.get(one, "") == genders.get(other, "") or not (
        genders.get(one) and genders.get(other)
    )


def _has_title(core: Key, cores: set[Key]) -> bool:
    """The name is another one with a title before it."""
    return any(1 < len(other) < len(core) and core[-len(other) :] == other for other in cores)
