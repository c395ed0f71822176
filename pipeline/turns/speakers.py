"""Labels of the same speaker: "President of Russia Vladimir Putin", later "Vladimir Putin"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise

from rapidfuzz.distance import OSA

from pipeline.turns.labels import Label
from pipeline.turns.vocabulary import (
    ANSWER_WORDS,
    BODIES,
    PARTICLES,
    QUESTION_WORDS,
    TITLES,
    words,
)

Key = tuple[str, ...]
Relation = Callable[[Key, Key], bool]
QUESTION, ANSWER = ("q",), ("a",)
MAX_NAMES = 300  # more than an interview has: nothing is merged, nobody is introduced
_MIN_MISSPELT, _MIN_WHOLE, _RARER, _MAX_INITIALS = 5, 4, 2, 4
_MALE, _FEMALE = (
    words("mr sir lord king prince"),
    words("mrs ms miss lady dame queen princess madam"),
)
_PERSONAL = words("mr mrs ms miss mx dr prof professor sir lord lady dame speaker the")
# words that make another office of one, "former prime minister"
_ANOTHER = words("former ex deputy vice acting shadow assistant under honorary elect")


def group_labels(labels: Sequence[Label]) -> list[Key]:
    """Return for each label the key of its speaker; equal keys are one speaker.

    A name is resolved to another if exactly one other fits, by the first of these relations that
    any fits: it is the other's last or first words; its initials, or an abbreviation of its words
    ("D. North"); the start of a far more frequent one ("M" of "MSM"); or a misspelling that occurs
    once. An office alone is its only holder's, if the holder is not named afterwards.
    Nothing is merged across titles of different gender.
    """
    keys = _keys(labels)
    counts = Counter(keys)
    if len(counts) > MAX_NAMES:
        return keys
    genders = {key: sex for key, one in zip(keys, labels, strict=True) if (sex := _gender(one))}
    hints = {key: label.hint for key, label in zip(keys, labels, strict=True)}
    meeting = {frozenset(pair) for pair in pairwise(keys)}
    targets: dict[Key, Key] = {}
    for key in sorted(counts, key=lambda k: (len(k), len("".join(k)), counts[k], k)):
        others = [
            other
            for other in counts
            if other != key
            and {genders.get(key), genders.get(other)} != {"m", "f"}
            and targets.get(other) != key
        ]
        if (found := _find_target(key, others, counts, hints, meeting)) is not None:
            targets[key] = found
    resolved = [_resolve(key, targets) for key in keys]
    holders = _find_holders(labels, resolved)
    return [holders.get(key, key) for key in resolved]


def _find_target(
    key: Key,
    others: Sequence[Key],
    counts: Mapping[Key, int],
    hints: Mapping[Key, object],
    meeting: set[frozenset[Key]],
) -> Key | None:
    """The name that ``key`` is resolved to, if there is exactly one."""
    if key in (QUESTION, ANSWER):
        return None
    names = [other for other in others if other not in (QUESTION, ANSWER)]
    apart = [other for other in names if frozenset((key, other)) not in meeting]
    commoner = [k for k in apart if counts[k] >= _RARER * counts[key]]
    same = [k for k in (names if hints[key] else commoner) if hints[k] == hints[key]]
    once = [k for k in names if counts[key] == 1 and (counts[k] > 1 or len(key) > 1)]
    kinds: tuple[tuple[Relation, Sequence[Key]], ...] = (
        (_is_titled, names),
        (_is_tail, names),
        (_is_head, names),
        (_is_initials, names),
        (_abbreviates, names),
        (_ends_initials, apart),
        (_opens, same),
        (_is_misspelt, once),
    )
    for relation, candidates in kinds:
        fitting = [other for other in candidates if relation(key, other)]
        if fitting:
            people = _plain_names(fitting)
            return people.pop() if len(people) == 1 else None
    return None


def _plain_names(names: Iterable[Key]) -> set[Key]:
    """The names, without those that are another with words before it, or a misspelling of it."""
    kept: list[Key] = []
    for name in sorted(names, key=lambda n: (len(n), n)):
        if not any(name[-len(one) :] == one or _is_misspelt(name, one) for one in kept):
            kept.append(name)
    return set(kept)


def _is_titled(key: Key, other: Key) -> bool:
    """The other is the plain name of two words or more, before which this has a title."""
    return 1 < len(other) < len(key) and key[-len(other) :] == other


def _is_tail(key: Key, other: Key) -> bool:
    """A family name of a full name, or its first half; "hale brandt" is "hale-brandt"."""
    family = "-".join(key)
    return len(other) > 1 and family in (other[-1], other[-1].split("-")[0])


def _is_head(key: Key, other: Key) -> bool:
    return len(key) < len(other) and other[: len(key)] == key


def _is_initials(key: Key, other: Key) -> bool:
    """Two to four letters that the words of a name open with: all, or the first and the last."""
    letters = "".join(key).replace(".", "").replace("-", "")
    parts = [part for word in other for part in word.split("-") if part]
    if len(key) > 2 or not 1 < len(letters) <= _MAX_INITIALS or len(parts) < 2:
        return False
    whole = "".join(part[0] for part in parts)
    return letters in (whole, parts[0][0] + parts[-1][0], other[0][0] + other[-1][0])


def _abbreviates(key: Key, other: Key) -> bool:
    """Each word opens one of the other's, in order, and the last are the same: "d north"."""
    short = [part for word in key for part in word.split(".") if part]
    if not 1 < len(short) <= len(other) or short[-1] != other[-1] or short == list(other):
        return False
    rest = iter(other)
    return short[0][0] == other[0][0] and all(
        any(word == part or (len(part) < _MIN_WHOLE and word.startswith(part)) for word in rest)
        for part in short
    )


def _ends_initials(key: Key, other: Key) -> bool:
    """Two letters beside a family name alone that opens with the second: "BL", later "Lawsky"."""
    letters = "".join(key)
    return len(letters) == 2 and len(key) == len(other) == 1 and len(other[0]) > _MAX_INITIALS and (
        letters[1] == other[0][0]
    )  # fmt: skip


def _opens(key: Key, other: Key) -> bool:
    """A few letters of another label in order, its first among them: "M" of "MSM", "Int", "IV"."""
    if len(key) > 1 or len(other) > 1 or len(key[0]) >= min(len(other[0]), _MAX_INITIALS + 1):
        return False
    letters = iter(other[0])
    return key[0][0] == other[0][0] and all(letter in letters for letter in key[0])


def _is_misspelt(key: Key, other: Key) -> bool:
    """One letter inserted, deleted, replaced or two swapped in one word; not in numbers."""
    if len(key) != len(other):
        return "".join(key) == "".join(other).replace("-", "")
    wrong = [(a, b) for a, b in zip(key, other, strict=True) if a != b]
    if len(wrong) != 1 or not all(word.isalpha() for word in wrong[0]):
        return False
    one, two = wrong[0]
    if min(len(one), len(two)) < _MIN_MISSPELT or OSA.distance(one, two) > 1:
        return False
    # "Daniel" and "Daniela", "Mario" and "Maria" are two people
    lost_within = len(one) != len(two) and one[-1] == two[-1]
    return lost_within or len(key) == 1 or one == key[-1]


def _resolve(key: Key, targets: Mapping[Key, Key]) -> Key:
    seen = {key}
    while key in targets and targets[key] not in seen:
        key = targets[key]
        seen.add(key)
    return key


def _keys(labels: Sequence[Label]) -> list[Key]:
    """The labels' names; one with both "Mr" and "Mrs" is two."""
    genders: dict[Key, set[str]] = {}
    for label in labels:
        genders.setdefault(_key(label), set()).add(_gender(label))
    return [
        (_gender(label), *key) if {"m", "f"} <= genders[key := _key(label)] else key
        for label in labels
    ]


def _key(label: Label) -> Key:
    """The name, or one key for all generic labels of questions, and one for those of answers."""
    asks = label.hint == "interviewer" and label.core
    if asks and QUESTION_WORDS.issuperset(label.core):
        return QUESTION
    if label.hint == "respondent" and ANSWER_WORDS.issuperset(label.core):
        return ANSWER
    return label.core


def _gender(label: Label) -> str:
    if label.titles & _MALE:
        return "m"
    return "f" if label.titles & _FEMALE else ""


def is_office(label: Label) -> bool:
    """Return whether the label has words of office only, and one that is no form of address."""
    said = _plain(label.core)
    known = label.hint is None and (TITLES | BODIES).issuperset(label.core)
    return known and bool(said & TITLES) and not said <= _PERSONAL


def _find_holders(labels: Sequence[Label], keys: Sequence[Key]) -> dict[Key, Key]:
    """For each office that is a label of its own, the only speaker who was introduced with it.

    The holder is not named after the office alone is used: "THE PRESIDENT" beside
    "PRESIDENT NORTH", who alternates with it, is another president.
    """
    held: dict[Key, frozenset[str]] = {}
    offices: dict[Key, frozenset[str]] = {}
    for label, key in zip(labels, keys, strict=True):
        if is_office(label):
            offices.setdefault(key, _plain(label.core))
        elif label.hint is None:
            said = (label.affiliation or "").casefold().replace(",", " ").split()
            body = [word for word in label.core if word in BODIES]
            held[key] = held.get(key, frozenset()) | _plain([*label.titles, *said, *body])
    last = {key: index for index, key in enumerate(keys)}
    found: dict[Key, Key] = {}
    for key, office in offices.items():
        fitting = [
            holder for holder, known in held.items()
            if office <= known and not (known - office) & _ANOTHER
        ]  # fmt: skip
        fitting = [one for one in fitting if held[one] - _PERSONAL == office] or fitting
        if len(fitting) == 1 and last[fitting[0]] < keys.index(key) - 1:
            found[key] = fitting[0]
    return found


def _plain(said: Iterable[str]) -> frozenset[str]:
    return frozenset(word.strip(".,'’") for word in said) - PARTICLES - {"the"}


def display_name(labels: Sequence[Label]) -> str:
    """Return the name to show for the labels of one speaker: the commonest of the full names."""
    cores = {label.core for label in labels if not is_office(label)} or {one.core for one in labels}
    full = {core for core in cores if len(core) > 1 and any(len(word) > 2 for word in core[:-1])}
    full = full or {core for core in cores if len(core) > 1} or cores
    # without those that are another with words before it, of two words or more
    plain = {core for core in full if full.isdisjoint(core[at:] for at in range(1, len(core) - 1))}
    counts = Counter(label.name for label in labels if label.core in plain)
    return min(counts, key=lambda name: (-counts[name], len(name), name))


def same_person(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether two names, as lower-case words, may name one person."""
    a, b = sorted((tuple(one), tuple(other)), key=len)
    if not a:
        return False
    if len(a) > 1:
        return b[-len(a) :] == a or _abbreviates(a, b)
    # a family name may come first, as in "Lee Hsien Loong"
    return a[0] in (b[-1], b[0]) or _is_initials(a, b)
