"""Roles of the speakers: a logistic model of the voices of a document, in two rounds.

Each voice is described by features, nearly all of them relative to the other voices of the
document, and a multinomial logistic regression (weights in ``models/turns/roles.json``, fitted by
``training/roles.py``) gives the probability of each role. A second regression also reads what the
first says of the voices around it (iterative classification, Neville and Jensen 2000): a justice
who speaks long is between the answers of one counsel, a voice of a clip among other clips. The
roles of a document are those of the highest joint probability under which somebody answers and,
where more than one voice speaks, somebody asks. What the metadata say of a speaker decides
outright.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.artefacts import find_model, read_file
from pipeline.records import Role
from pipeline.turns.labels import Label, parse_label
from pipeline.turns.questions import asks, ends_asking
from pipeline.turns.segments import Segment
from pipeline.turns.speakers import Key, same_person
from pipeline.turns.vocabulary import read_lists

MODEL, WEIGHTS = "turns", "roles.json"
ROLES: tuple[Role, ...] = ("interviewer", "respondent", "other")
Floats = npt.NDArray[np.float64]
Columns = dict[str, Floats]
Weights = Mapping[str, Mapping[str, float]]

_LISTS = read_lists("roles")
_PHRASES = {
    group: re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, phrases)) + ")")
    for group, phrases in _LISTS["phrases"].items()
}
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_SEPARATORS = re.compile(r"(?:(?<!\s)\s++)?(?:/|;|,|\+|&|\band\b)\s*")
_PARENTHESIS = re.compile(r"(?:(?<!\s)\s++)?[(\[][^()\[\]]{0,200}[)\]]")
_MAX_FIELD = 2_000
_MIN_NAME, _SPARSE = 3, 2.0
_EDGE, _BEFORE = 400, 45
_AROUND = (-4, -3, -2, -1, 1, 2, 3, 4)  # turns whose voices are near
_PRESENTING = frozenset(("presents", "greets"))


@dataclass(frozen=True)
class _Turn:
    """What one turn says about its speaker."""

    voice: int
    words: int
    asks: bool
    puts: bool
    marks: int
    me: int
    you: int
    names: frozenset[str]
    groups: frozenset[str]


@dataclass(frozen=True)
class Voices:
    """The voices of a document, described.

    Attributes:
        keys: of the n voices, in order of appearance.
        order: the voice's place of each turn.
        names: of the f features.
        values: (n, f).
    """

    keys: tuple[Key, ...]
    order: tuple[int, ...]
    names: tuple[str, ...]
    values: Floats


class RoleWeights(NamedTuple):
    """Role to feature to weight, of each round; the bias is the weight of "bias"."""

    first: Weights
    second: Weights


def describe_voices(segments: Sequence[Segment]) -> Voices:
    """Return the voices of a document's turns, with their features."""
    keys = list(dict.fromkeys(segment.key for segment in segments))
    place = {key: index for index, key in enumerate(keys)}
    labels: list[list[Label]] = [[] for _ in keys]
    for segment in segments:
        labels[place[segment.key]] += segment.labels
    turns = [_read(segment, place[segment.key]) for segment in segments]
    owners = _owners(labels)
    columns = {
        **_shares(turns, len(keys)),
        **_habits(turns, len(keys), owners),
        **_exchanges(turns, len(keys)),
        **_places([t.voice for t in turns], len(keys)),
        **_introductions(segments, keys, owners),
        **_labels(labels),
    }
    # a label of a voice outside the talk, such as a narrator, may still be the respondent's
    columns["label is neither"] *= columns["share of words"] < 0
    many = float(len(keys) > 2)
    hearing = min(1.0, 4 * sum("committee" in t.groups for t in turns) / len(turns))
    columns |= {f"{name}, more than two voices": columns[name] * many for name in _OF_MANY}
    columns["member's title, in a hearing"] = columns.pop("member's title") * hearing
    columns["a hearing"] = np.full(len(keys), hearing)
    values = np.stack(list(columns.values()), axis=1)
    return Voices(tuple(keys), tuple(t.voice for t in turns), tuple(columns), values)


_OF_MANY = ("asks", "brief", "after a question")


def _read(segment: Segment, voice: int) -> _Turn:
    text = segment.text
    plain = text.replace("’", "'")
    ends = plain if len(plain) < 2 * _EDGE else f"{plain[:_EDGE]} | {plain[-_EDGE:]}"
    ends = ends.casefold()
    words = _WORD.findall(plain)
    counts = Counter(word.casefold() for word in words)
    return _Turn(
        voice=voice,
        words=len(words),
        asks=asks(text),
        puts=ends_asking(text),
        marks=text.count("?"),
        me=sum(counts[word] for word in _LISTS["first"]),
        you=sum(counts[word] for word in _LISTS["second"]),
        names=frozenset(word.casefold().removesuffix("'s") for word in words if word[0].isupper()),
        groups=frozenset(group for group, found in _PHRASES.items() if found.search(ends)),
    )


def _shares(turns: Sequence[_Turn], n: int) -> Columns:
    """How much each voice says, in all and by turn, relative to the others."""
    words = np.bincount([t.voice for t in turns], [t.words for t in turns], n)
    count = np.bincount([t.voice for t in turns], minlength=n).astype(float)
    overall = words.sum() / count.sum()
    mean = (words + _SPARSE * overall + 5) / (count + _SPARSE)
    rest = (words.sum() - words + _SPARSE * overall + 5) / (count.sum() - count + _SPARSE)
    lone = n == 1
    return {
        "brief": np.zeros(n) if lone else np.clip(np.log(rest / mean), -3, 3),
        "share of words": np.clip(np.log((words + 1) / (words.sum() + n) * n), -3, 3),
        "opens by presenting": np.array(
            [float(turns[0].voice == v and bool(_PRESENTING & turns[0].groups)) for v in range(n)]
        ),
    }


def _habits(turns: Sequence[_Turn], n: int, owners: Mapping[str, int]) -> Columns:
    """How often each voice does a thing, minus how often the others do."""
    named = [{owners[word] for word in t.names if word in owners} - {t.voice} for t in turns]
    facts: Columns = {
        "asks": np.array([float(t.puts) for t in turns]),
        "has questions": np.array([float(t.asks) for t in turns]),
        "question marks": np.array([t.marks / max(3.0, t.words / 20) for t in turns]).clip(0, 1),
        "speaks of itself": np.array([t.me / (t.words + 10) for t in turns]) * 10,
        "speaks to another": np.array([t.you / (t.words + 10) for t in turns]) * 10,
        "names another": np.array([float(bool(others)) for others in named]),
    }
    for group in _PHRASES:
        if group not in ("committee", *_INTRODUCES):
            facts[group] = np.array([float(group in t.groups) for t in turns])
    return {name: _beside(turns, values, n) for name, values in facts.items()}


def _beside(turns: Sequence[_Turn], values: Floats, n: int) -> Floats:
    """The mean of each voice's turns less that of the others', shrunk to zero for few turns."""
    voices = [t.voice for t in turns]
    total = np.bincount(voices, values, n)
    count = np.bincount(voices, minlength=n).astype(float)
    overall = values.mean()
    own = (total + _SPARSE * overall) / (count + _SPARSE)
    rest = (total.sum() - total + _SPARSE * overall) / (count.sum() - count + _SPARSE)
    difference: Floats = own - rest
    return difference


def _exchanges(turns: Sequence[_Turn], n: int) -> Columns:
    """Who speaks after another's question, and whose turns are followed by longer ones."""
    after, longer = np.zeros(n), np.zeros(n)
    count = np.bincount([t.voice for t in turns], minlength=n).astype(float)
    for one, two in pairwise(turns):
        after[two.voice] += one.puts
        longer[one.voice] += np.sign(two.words - one.words)
    base = sum(t.puts for t in turns) / len(turns)
    return {
        "after a question": (after + base) / (count + 1) - base,
        "followed by a longer turn": longer / (count + 1),
    }


def _places(order: Sequence[int], n: int) -> Columns:
    """Where each voice speaks, how often, and between whom; of more than two voices."""
    count = np.bincount(order, minlength=n).astype(float)
    partners: list[set[int]] = [set() for _ in range(n)]
    for one, two in pairwise(order):
        if one != two:
            partners[one].add(two)
            partners[two].add(one)
    between = np.zeros(n)
    for before, voice, after in zip(order, order[1:], order[2:], strict=False):
        between[voice] += before == after != voice
    first = np.array([order.index(voice) for voice in range(n)])
    last = len(order) - 1 - np.array([order[::-1].index(voice) for voice in range(n)])
    often = np.log((count + 1) / (count.mean() + 1))
    many = float(n > 2)
    return {
        "number of turns": often,
        "number of turns, more than two voices": often * many,
        "speaks first": (first == 0).astype(float),
        "speaks last": (last == len(order) - 1).astype(float),
        "span": (last - first) / max(1, len(order) - 1) * many,
        "share of the others beside it": np.array([len(p) for p in partners])
        / max(1, n - 1)
        * many,
        "between turns of one voice": (between + 1) / (count + 2) * many,
    }


def add_context(voices: Voices, shares: Floats) -> Voices:
    """Return the voices with features of what the others are, by a first judgement.

    Args:
        voices: n of them.
        shares: probabilities (n, 3) of their roles.
    """
    n, order = len(voices.keys), voices.order
    base = shares[list(order)].mean(axis=0)
    columns: Columns = {}
    for name, offsets in (("before", (-1,)), ("after", (1,)), ("near", _AROUND)):
        total, count = np.zeros((n, len(ROLES))), np.zeros((n, 1))
        for at, voice in enumerate(order):
            for other in (order[at + o] for o in offsets if 0 <= at + o < len(order)):
                if other != voice:
                    total[voice] += shares[other]
                    count[voice] += 1
        own = (total + _SPARSE * base) / (count + _SPARSE) - base
        columns |= {f"{name} it: {role}": own[:, place] for place, role in enumerate(ROLES)}
    for place, role in enumerate(ROLES):
        rest = [np.delete(shares[:, place], voice) for voice in range(n)]
        columns[f"others: {role}"] = np.array([np.log1p(others.sum()) for others in rest])
        columns[f"surest other: {role}"] = np.array([others.max(initial=0.0) for others in rest])
    values = np.hstack([voices.values, np.stack(list(columns.values()), axis=1)])
    return replace(voices, names=(*voices.names, *columns), values=values)


def _owners(labels: Sequence[Sequence[Label]]) -> dict[str, int]:
    """The voice that each word of a name belongs to, if only one."""
    owners: dict[str, set[int]] = {}
    for voice, own in enumerate(labels):
        for word in {w for label in own if not label.hint for w in label.core}:
            if len(word) >= _MIN_NAME and word.isalpha():
                owners.setdefault(word, set()).add(voice)
    return {word: min(voices) for word, voices in owners.items() if len(voices) == 1}


def _introductions(
    segments: Sequence[Segment], keys: Sequence[Key], owners: Mapping[str, int]
) -> Columns:
    """Who is introduced as a host or as a guest, by the words just before the name."""
    found = {group: np.zeros(len(keys)) for group in _INTRODUCES}
    for segment in segments:
        text = segment.text.replace("’", "'").replace("-", " ")
        for match in _WORD.finditer(text):
            voice = owners.get(match[0].casefold().removesuffix("'s"))
            if voice is None or match[0].islower() or keys[voice] == segment.key:
                continue
            before = text[max(0, match.start() - _BEFORE) : match.start()].casefold()
            for group in _INTRODUCES:
                if _PHRASES[group].search(before):
                    found[group][voice] = 1.0
                    break
    return found


_INTRODUCES = ("introduced to ask", "introduced to answer")


def _labels(labels: Sequence[Sequence[Label]]) -> Columns:
    """What the labels say."""
    said = [
        {
            word
            for one in own
            for word in (*one.titles, *_WORD.findall((one.affiliation or "").casefold()))
        }
        for own in labels
    ]
    hints = [Counter(one.hint for one in own if one.hint and not one.affiliation) for own in labels]
    tails = [{one.name.split()[-1].casefold() for one in own if one.name.split()} for own in labels]
    askers = [any(not _LISTS["askers"].isdisjoint(one.core) for one in own) for own in labels]
    columns: dict[str, list[bool]] = {
        "another's label asks": [not own and any(askers) for own in askers],
        "label asks": [h["interviewer"] > 0 for h in hints],
        "label answers": [h["respondent"] > 0 for h in hints],
        "label is neither": [h["other"] > 0 for h in hints],
        "affiliation of a host": [not _LISTS["hosts"].isdisjoint(words) for words in said],
        "office": [not _LISTS["offices"].isdisjoint(words) for words in said],
        "member's title": [
            not _LISTS["members"].isdisjoint(words | tail)
            for words, tail in zip(said, tails, strict=True)
        ],
    }
    return {name: np.array(values, float) for name, values in columns.items()}


@cache
def _load(folder: Path) -> RoleWeights:
    stored = json.loads(read_file(folder, WEIGHTS))
    return RoleWeights(stored["first"], stored["second"])


def probabilities(values: Floats, names: Sequence[str], weights: Weights) -> Floats:
    """Return the probabilities (n, 3) of the roles for features (n, f) by one regression.

    Args:
        values: features of voices.
        names: of the features, in order of the columns.
        weights: role to feature to weight; the bias is the weight of "bias".
    """
    table = np.array([[weights[role].get(name, 0.0) for name in names] for role in ROLES])
    bias = np.array([weights[role]["bias"] for role in ROLES])
    scores = values @ table.T + bias
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=1, keepdims=True)
    return shares


def judge_voices(voices: Voices, weights: RoleWeights) -> Floats:
    """Return the probabilities (n, 3) of the voices' roles, in two rounds."""
    first = probabilities(voices.values, voices.names, weights.first)
    again = add_context(voices, first)
    return probabilities(again.values, again.names, weights.second)


def choose_roles(shares: Floats, fixed: Mapping[int, Role]) -> list[Role]:
    """Return the most probable roles, with a respondent and, among several voices, an interviewer.

    Args:
        shares: probabilities (n, 3) of the roles of n voices.
        fixed: roles known otherwise, by the voice's place.
    """
    logs = np.log(np.maximum(shares, 1e-9))
    for place, role in fixed.items():
        logs[place] = -1e6
        logs[place, ROLES.index(role)] = 0.0
    best = [int(place) for place in logs.argmax(axis=1)]
    wanted = (1, 0) if len(best) > 1 else (1,)
    for role_place in wanted:
        if role_place in best:
            continue
        # the only voice with the other required role keeps it
        sole = {one for one in wanted if best.count(one) == 1}
        free = [v for v, one in enumerate(best) if one not in sole and v not in fixed]
        gains = {voice: float(logs[voice, role_place] - logs[voice, best[voice]]) for voice in free}
        if gains:
            best[max(gains, key=lambda voice: gains[voice])] = role_place
    return [ROLES[index] for index in best]


class Judged(NamedTuple):
    """The role of a speaker, and its probability; 1 where the metadata state it."""

    role: Role
    probability: float


def judge_roles(
    segments: Sequence[Segment],
    metadata: Mapping[str, str],
    *,
    models: Path | None = None,
) -> dict[Key, Judged]:
    """Return each speaker's role.

    Args:
        segments: the turns, in order.
        metadata: the interviewer and interviewee it names have these roles.
        models: a folder of models, searched first.

    Raises:
        ArtefactError: the model is missing or altered.
    """
    voices = describe_voices(segments)
    shares = judge_voices(voices, _load(find_model(MODEL, models=models)))
    known = _named(voices.keys, metadata)
    fixed = {place: known[key] for place, key in enumerate(voices.keys) if key in known}
    roles = choose_roles(shares, fixed)
    return {
        key: Judged(role, 1.0 if place in fixed else float(shares[place, ROLES.index(role)]))
        for place, (key, role) in enumerate(zip(voices.keys, roles, strict=True))
    }


def _named(keys: Sequence[Key], metadata: Mapping[str, str]) -> dict[Key, Role]:
    """The roles of the speakers named in the metadata."""
    roles: dict[Key, Role] = {}
    for role, field in zip(ROLES, ("interviewer", "interviewee"), strict=False):
        for person in find_people(metadata.get(field)):
            for key in keys:
                if same_person(key, person.core):
                    roles.setdefault(key, role)
    return roles


def split_people(text: str) -> list[str]:
    """Return the names in a metadata field, "A. Name / B. Name (Newspaper)", in order.

    A field is read up to ``_MAX_FIELD`` characters: a longer one is not a list of names.
    """
    parts = _SEPARATORS.split(_PARENTHESIS.sub("", text[:_MAX_FIELD]))
    return [part.strip() for part in parts if part.strip()]


def find_people(text: str | None) -> list[Label]:
    """Return the labels of the names in a metadata field; "press" is none."""
    labels = [parse_label(part) for part in split_people(text or "")]
    return [label for label in labels if label is not None and not label.hint]
