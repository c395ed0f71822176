"""Altered copies of talks: poor readings, and other casts, for fitting the model of roles.

A copy teaches that no single sign decides. Those of other casts make of one voice a panel, a bench
or two hosts, and put a report among the turns, whose voices take no part.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.records import Role
from pipeline.turns.labels import Label, parse_label
from pipeline.turns.segments import Segment
from pipeline.turns.speakers import Key

_NEITHER = ("Announcer", "Narrator", "Clip", "Operator", "Video", "Interpreter")
TAKES = 12  # talks that are looked through for each new name


@dataclass(frozen=True)
class Talk:
    """The turns of a document, the role of each, and where the document is from."""

    id: str
    source: str
    segments: tuple[Segment, ...]
    roles: tuple[Role, ...]


Turns = list[tuple[Segment, Role]]


def merge(
    segments: Sequence[Segment], roles: Sequence[Role]
) -> tuple[tuple[Segment, ...], tuple[Role, ...]]:
    """Put neighbours of one speaker together."""
    merged: list[Segment] = []
    kept: list[Role] = []
    for segment, role in zip(segments, roles, strict=True):
        if merged and merged[-1].key == segment.key:
            merged[-1] = replace(merged[-1], parts=merged[-1].parts + segment.parts)
        else:
            merged.append(segment)
            kept.append(role)
    return tuple(merged), tuple(kept)


def corrupt(talk: Talk, others: Sequence[Talk], rng: random.Random) -> Talk:
    """Return a copy of a talk as a poor reading of a shorter one would have it."""
    turns = list(zip(talk.segments, talk.roles, strict=True))
    if rng.random() < 0.6:
        size = rng.randint(10, 30)
        start = rng.randint(0, max(0, len(turns) - size))
        turns = turns[start : start + size]
    if rng.random() < 0.5:
        turns = [turn for turn in turns if rng.random() > 0.06]
        turns = [_misread(turns, i, rng) for i in range(len(turns))]
    if rng.random() < 0.25:
        lost = rng.choice((0.3, 1.0))
        turns = [(_alter(s, lambda t: t.replace("?", ".")) if rng.random() < lost else s, role)
                 for s, role in turns]  # fmt: skip
    if rng.random() < 0.4:
        turns = _without_labels(turns)
    if rng.random() < 0.15 and others and len(turns) > 4:
        turns = _with_clip(turns, rng.choice(others), rng)
    segments, roles = merge([s for s, _ in turns], [role for _, role in turns])
    return Talk(talk.id, talk.source, segments, roles)


def _misread(
    turns: Sequence[tuple[Segment, Role]], index: int, rng: random.Random
) -> tuple[Segment, Role]:
    """The turn, or, seldom, the turn as one of the speaker before."""
    segment, role = turns[index]
    if index and rng.random() < 0.06:
        before, role = turns[index - 1]
        return replace(segment, key=before.key, labels=before.labels), role
    return segment, role


def _alter(segment: Segment, change: Callable[[str], str]) -> Segment:
    return replace(segment, parts=tuple(replace(p, text=change(p.text)) for p in segment.parts))


def _without_labels(turns: Sequence[tuple[Segment, Role]]) -> list[tuple[Segment, Role]]:
    keys = list(dict.fromkeys(segment.key for segment, _ in turns))
    names = {key: f"Speaker {number}" for number, key in enumerate(keys, start=1)}
    labels = {
        key: Label(raw=name, name=name, core=(name.casefold(),), titles=frozenset())
        for key, name in names.items()
    }
    return [
        (replace(s, key=labels[s.key].core, labels=(labels[s.key],)), role) for s, role in turns
    ]


def _with_clip(
    turns: Sequence[tuple[Segment, Role]], other: Talk, rng: random.Random
) -> list[tuple[Segment, Role]]:
    """The turns and, among them, one or two of a voice that takes no part."""
    name = rng.choice(_NEITHER)
    label = parse_label(name)
    if label is None or any(segment.key == label.core for segment, _ in turns):
        return list(turns)
    said = rng.sample(other.segments, min(len(other.segments), rng.randint(1, 2)))
    clips: list[tuple[Segment, Role]] = [
        (replace(one, key=label.core, labels=(label,), parts=one.parts[:1]), "other")
        for one in said
    ]
    place = rng.choice((0, rng.randint(1, len(turns) - 1)))
    return [*turns[:place], *clips[:1], *turns[place:], *clips[1:]]


def recast(talk: Talk, others: Sequence[Talk], rng: random.Random) -> Iterator[Talk]:
    """Yield a copy of a part of a talk with each of the other casts."""
    for change in (_as_panel, _as_bench, _as_hosts, _with_report):
        turns = list(zip(talk.segments, talk.roles, strict=True))
        if rng.random() < 0.5:
            size = rng.randint(15, 60)
            start = rng.randint(0, max(0, len(turns) - size))
            turns = turns[start : start + size]
        turns = change(turns, others, rng)
        segments, roles = merge([s for s, _ in turns], [role for _, role in turns])
        yield Talk(talk.id, talk.source, segments, roles)


def _as_panel(turns: Turns, others: Sequence[Talk], rng: random.Random) -> Turns:
    """The respondent as several, with some of the questions left out: a round of answers."""
    shared = _share_out(turns, others, rng, "respondent", rng.choice((2, 2, 3, 5, 8)), stays=0.0)
    if rng.random() < 0.3:
        return shared
    lost = rng.choice((0.3, 0.6, 0.8))
    first = next((i for i, (_, role) in enumerate(shared) if role == "interviewer"), None)
    return [
        turn
        for i, turn in enumerate(shared)
        if turn[1] != "interviewer" or i == first or rng.random() > lost
    ]


def _as_bench(turns: Turns, others: Sequence[Talk], rng: random.Random) -> Turns:
    """The interviewer as several, one of whom may speak long."""
    shared = _share_out(turns, others, rng, "interviewer", rng.randint(2, 8), stays=0.65)
    askers = list(dict.fromkeys(s.key for s, role in shared if role == "interviewer"))
    if len(askers) < 2 or rng.random() < 0.4:
        return shared
    long, share = rng.choice(askers), rng.choice((0.3, 0.6, 1.0))
    return [
        (_lengthened(segment, others, rng) if segment.key == long and rng.random() < share
         else segment, role)
        for segment, role in shared
    ]  # fmt: skip


def _lengthened(segment: Segment, others: Sequence[Talk], rng: random.Random) -> Segment:
    """The turn after a paragraph or two of what a respondent elsewhere says."""
    other = rng.choice(others)
    answers = [s for s, role in zip(other.segments, other.roles, strict=True)
               if role == "respondent"]  # fmt: skip
    before = rng.choice(answers).parts[: rng.randint(1, 2)] if answers else ()
    return replace(segment, parts=(*before, *segment.parts))


def _as_hosts(turns: Turns, others: Sequence[Talk], rng: random.Random) -> Turns:
    """The interviewer as two, who also follow on each other within a turn."""
    shared = _share_out(turns, others, rng, "interviewer", 2, stays=0.0)
    voices = {s.key: s.labels for s, role in shared if role == "interviewer"}
    if len(voices) != 2:
        return shared
    done: Turns = []
    for segment, role in shared:
        done.append((segment, role))
        stops = [
            at for at in range(1, len(segment.text)) if segment.text[at - 1 : at + 1] in _STOPS
        ]
        if role == "interviewer" and stops and rng.random() < 0.4:
            at = rng.choice(stops)
            other = next(key for key in voices if key != segment.key)
            part = segment.parts[0]
            said = [
                (replace(part, text=text),) for text in (segment.text[:at], segment.text[at + 1 :])
            ]
            done[-1] = (replace(segment, parts=said[0]), role)
            done.append((Segment(other, voices[other], said[1]), role))
    return done


_STOPS = (". ", "? ", "! ")


def _with_report(turns: Turns, others: Sequence[Talk], rng: random.Random) -> Turns:
    """The turns and, near their beginning, a report: a narrator and the voices of clips."""
    other = rng.choice(others)
    size = rng.randint(2, 8)
    start = rng.randrange(max(1, len(other.segments) - size))
    said = other.segments[start : start + size]
    taken = {segment.key for segment, _ in turns}
    voices = list(_new_voices(others, rng, "respondent", 1 + size // 2, taken).items())
    if not voices:
        return turns
    narrator, *clips = voices
    block: Turns = []
    for number, segment in enumerate(said):
        key, label = rng.choice(clips) if number % 2 and clips else narrator
        block.append((Segment(key, (label,), segment.parts[:1]), "other"))
    at = rng.randint(0, min(4, len(turns)))
    return [*turns[:at], *block, *turns[at:]]


def _share_out(
    turns: Turns, others: Sequence[Talk], rng: random.Random, role: Role, n: int, *, stays: float
) -> Turns:
    """Share the turns of the voice that says most in a role among n; one goes on with ``stays``."""
    words: Counter[Key] = Counter()
    for segment, own in turns:
        words[segment.key] += len(segment.text.split()) * (own == role)
    if not words or not words.most_common(1)[0][1]:
        return turns
    key = words.most_common(1)[0][0]
    mine = [segment for segment, _ in turns if segment.key == key]
    n = min(n, len(mine) // 2)
    voices: dict[Key, tuple[Label, ...]] = {key: mine[0].labels}
    new = _new_voices(others, rng, role, n - 1, {segment.key for segment, _ in turns})
    voices |= {other: (label,) for other, label in new.items()}
    shared: Turns = []
    now = rng.choice(list(voices))
    for segment, own in turns:
        if segment.key != key:
            shared.append((segment, own))
            continue
        if rng.random() >= stays:
            now = rng.choice(list(voices))
        shared.append((replace(segment, key=now, labels=voices[now]), own))
    return shared


def _new_voices(
    others: Sequence[Talk], rng: random.Random, role: Role, n: int, taken: Container[Key]
) -> dict[Key, Label]:
    """Up to n names of voices that have a role elsewhere."""
    found: dict[Key, Label] = {}
    for _ in range(TAKES * max(0, n)):
        other = rng.choice(others)
        for segment, own in zip(other.segments, other.roles, strict=True):
            label = segment.labels[0]
            if len(found) < n and own == role and segment.key not in taken and not label.hint:
                found.setdefault(segment.key, label)
    return found
