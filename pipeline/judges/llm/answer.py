"""A language model's answer: the schema it is held to, and the check of what came.

The object has a key for each sentence of the request. The check keeps the sentences that are right
and states the faults of the others.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Any, TypeVar, cast

from pipeline.judges.judgement import ClaimJudgement, StanceJudgement
from pipeline.judges.llm import links
from pipeline.judges.llm.links import Link, codes_of, read_link
from pipeline.reading.rows import Span
from pipeline.records import ClaimKind, Component, Polarity

COMPONENTS: Mapping[str, Component] = {"C": "claim", "P": "premise", "N": "none"}
KINDS: Mapping[str, ClaimKind] = {"F": "fact", "V": "value", "O": "policy"}
SIDES: Mapping[str, Polarity] = {"+": "favor", "-": "against", "0": "neutral"}
STANCES: Mapping[str, str] = {**SIDES, "n": "none"}
QUESTIONS: Mapping[str, Mapping[str, str]] = {"c": COMPONENTS, "k": KINDS, "w": STANCES}
"""The codes of each question that has a label for a whole sentence."""
_KEYS, _LINK = ("c", "k", "w", "t", "m", "r"), "l"
_KEY = re.compile(r'[\s,]*"([^"\\]*)"\s*:\s*')
_PLACE = re.compile(r'"(\d+)"\s*:\s*\{|"([ckw])"\s*:\s*"')
_SIGN = re.compile(r"\s+|\S")
_WORD = re.compile(r"\w(?:\S*\w)?")
_SHOWN = 60
MOST_REPORTS, LONGEST_NAME = 20, 200
"""Stances reported by a sentence, and characters of whom it means, at most."""
LONGEST, MOST_CHOICES = 6, 450
"""Words copied to a target at most, and choices in a schema: OpenAI takes 1,000 in all."""
Shares = dict[str, float]
Label = TypeVar("Label", bound=str)
LEAST_LOGPROB = -1e6  # servers write -9999 for none
FLOOR = 1e-4
"""The lowest share that calibration sees: a label that no sample had is not impossible."""


@dataclass(frozen=True, slots=True)
class Report:
    """A stance that a sentence ascribes to another; ``holder`` is a span of the sentence."""

    holder: Span
    meant: str
    stance: Polarity


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of one sentence.

    ``stance`` is the speaker's own, or ``none``; ``target`` the span of the words that name whom it
    is about, ``meant`` whom the sentence means where none do; ``shares`` the probabilities of the
    labels by question (``c``, ``k``, ``w``), where they are known; ``link`` what the sentence does
    for another, null where that is not answered.
    """

    component: Component
    kind: ClaimKind | None
    stance: str
    target: Span | None
    meant: str
    reports: tuple[Report, ...] = ()
    shares: dict[str, Shares] = field(default_factory=dict)
    link: Link | None = None

    @property
    def given(self) -> dict[str, str | None]:
        """The label of each question."""
        return {"c": self.component, "k": self.kind, "w": self.stance}

    @property
    def judged(self) -> tuple[ClaimJudgement, StanceJudgement]:
        """The codes as other judges give them: with probability 1 where the model gives none."""
        sure = {
            name: self.shares.get(name)
            or {one: float(one == self.given[name]) for one in labels.values()}
            for name, labels in QUESTIONS.items()
        }
        claim = ClaimJudgement(sure["c"], sure["k"] if self.kind else None)
        return claim, StanceJudgement(sure["w"], self.target, None)


def schema_of(numbers: Iterable[int], among: Collection[int] = ()) -> dict[str, Any]:
    """Return the JSON Schema of an answer about the sentences with these numbers.

    They are linked to those ``among`` these numbers; to one another if not given.
    """
    given = tuple(numbers)
    whole = object_of({str(number): {"$ref": "#/$defs/sentence"} for number in given})
    return {**whole, "$defs": {"sentence": _sentence(()), "link": one_of(codes_of(among or given))}}


def strict_schema(texts: Mapping[int, str], among: Collection[int] = ()) -> dict[str, Any]:
    """Return a schema in which targets and holders can only be words of their sentence.

    For a second answer, since the choices are many: runs of up to ``LONGEST`` words, shorter ones
    where these are too many, and any text where even the words are.
    """
    for longest in range(LONGEST, 0, -1):
        choices = {number: _runs(text, longest) for number, text in texts.items()}
        if sum(map(len, choices.values())) <= MOST_CHOICES:
            whole = object_of({str(number): _sentence(one) for number, one in choices.items()})
            return {**whole, "$defs": {"link": one_of(codes_of(among or texts))}}
    return schema_of(texts, among)


def _runs(text: str, longest: int) -> list[str]:
    words = [match.span() for match in _WORD.finditer(text)]
    spans = (
        (start, end) for i, (start, _) in enumerate(words) for _, end in words[i : i + longest]
    )
    return list(dict.fromkeys(text[start:end] for start, end in spans))


def _sentence(choices: Sequence[str]) -> dict[str, Any]:
    text = {"type": "string"}
    report = {"h": one_of(choices) if choices else text, "m": text, "s": one_of(SIDES)}
    properties = {
        "c": one_of(COMPONENTS),
        "k": one_of((*KINDS, "-")),
        "w": one_of(STANCES),
        "t": one_of(("", *choices)) if choices else text,
        "m": text,
        "r": {"type": "array", "items": object_of(report)},
        _LINK: {"$ref": "#/$defs/link"},
    }
    return object_of(properties)


def one_of(labels: Iterable[str]) -> dict[str, Any]:
    """Return the schema of one of some labels."""
    return {"type": "string", "enum": list(labels)}


def object_of(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of an object with just these properties."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def read_answer(
    content: str, texts: Mapping[int, str], among: Collection[int] = ()
) -> tuple[dict[int, Codes], dict[int, str]]:
    """Check an answer; return the codes of the sentences that are right, and the others' faults.

    Words around the object are ignored; of an answer that was cut off, what came is read. Sentences
    are linked to those ``among`` these numbers; to one another if not given.
    """
    given: dict[str, list[Any]] = {str(number): [] for number in texts}
    for key, value in _pairs(content):
        if key in given:
            given[key].append(value)
    found, faults = dict[int, Codes](), dict[int, str]()
    for number, text in texts.items():
        values = given[str(number)]
        if len(values) != 1:
            faults[number] = "is there more than once" if values else "is missing"
            continue
        try:
            codes = _codes(values[0], text)
            found[number] = replace(codes, link=_link(values[0], codes, number, among or texts))
        except ValueError as error:
            faults[number] = str(error)
    return found, faults


def _pairs(content: str) -> Iterator[tuple[str, Any]]:
    """Yield the keys and values of the first object in a text, also those that are there twice."""
    at = content.find("{") + 1
    while at and (match := _KEY.match(content, at)):
        try:
            value, at = json.JSONDecoder().raw_decode(content, match.end())
        except (ValueError, RecursionError):
            return
        yield match[1], value


def _codes(value: Any, text: str) -> Codes:
    if not isinstance(value, dict):
        raise ValueError("is no object")
    if missing := [key for key in _KEYS if key not in value]:
        raise ValueError(f'has no "{missing[0]}"')
    component = _label(value, "c", COMPONENTS)
    kind = _label(value, "k", KINDS) if component == "claim" else None
    stance, reports = _label(value, "w", STANCES), value["r"]
    target = _words(value, "t", text) if stance != "none" or reports else None
    if not isinstance(reports, list) or not all(isinstance(one, dict) for one in reports):
        raise ValueError('"r" is no list of objects')
    if len(reports) > MOST_REPORTS:
        raise ValueError(f'"r" has more than {MOST_REPORTS} reports')
    reported = tuple(_report(one, text) for one in reports)
    return Codes(component, kind, stance, target, _name(value, "m"), reported)


def _link(
    value: Mapping[str, Any], codes: Codes, number: int, among: Collection[int]
) -> Link | None:
    """What a sentence does for another; null where the answer leaves it out."""
    if _LINK not in value:
        return None
    if codes.component == "none":
        return Link()
    try:
        return read_link(value[_LINK], number, among)
    except ValueError as error:
        raise ValueError(f'"{_LINK}" is {_short(value[_LINK])}; {error}') from None


def _report(value: Mapping[str, Any], text: str) -> Report:
    if (holder := _words(value, "h", text)) is None:
        raise ValueError('"h" is empty')
    return Report(holder, _name(value, "m"), _label(value, "s", SIDES))


def _label(value: Mapping[str, Any], key: str, labels: Mapping[str, Label]) -> Label:
    found = value.get(key)
    if not isinstance(found, str) or found not in labels:
        raise ValueError(f'"{key}" is {_short(found)}; expected one of {", ".join(labels)}')
    return labels[found]


def _text(value: Mapping[str, Any], key: str) -> str:
    found = value.get(key) or ""
    if not isinstance(found, str):
        raise ValueError(f'"{key}" is {_short(found)}; expected text')
    return " ".join(found.encode("utf8", "replace").decode("utf8").split())  # lone surrogates


def _name(value: Mapping[str, Any], key: str) -> str:
    """The name of somebody whom a sentence means, in one line."""
    name = printable(_text(value, key))
    if len(name) > LONGEST_NAME:
        raise ValueError(f'"{key}" is longer than {LONGEST_NAME} characters')
    return name


def _words(value: Mapping[str, Any], key: str, text: str) -> Span | None:
    """The span of words copied from a sentence; letters may differ in case, blanks in number."""
    if not (words := _text(value, key)):
        return None
    places = [match.span() for match in _SIGN.finditer(text)]
    plain = "".join(" " if text[start].isspace() else text[start] for start, _ in places)
    start = plain.find(words)
    start = _lower(plain).find(_lower(words)) if start < 0 else start
    if start < 0:
        raise ValueError(f'"{key}" is {_short(words)}, which is not in the sentence')
    return places[start][0], places[start + len(words) - 1][1]


def _short(value: Any) -> str:
    """A value as a fault shows it: of a long text the start, of lists and objects the type."""
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "an object"
    text = json.dumps(value[: _SHOWN + 1] if isinstance(value, str) else value, ensure_ascii=False)
    return printable(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}...")


def _lower(text: str) -> str:
    """A text in lower case, each character in its place."""
    return "".join(low if len(low := one.lower()) == 1 else one for one in text)


def printable(text: str) -> str:
    """Return a line with a sign in the place of each character that prints nothing."""
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else "\ufffd" for one in text)


def label_shares(content: str, tokens: Any) -> dict[str, dict[str, Shares]]:
    """Return the share of each label by sentence and question, from the tokens of an answer.

    These are ``choices[0].logprobs.content``. A question whose label is not among its token's
    alternatives is left out; nothing is found where the tokens are not in the OpenAI form.
    """
    if not isinstance(tokens, list) or not all(isinstance(one, dict) for one in tokens):
        return {}
    words = [one.get("token") for one in tokens]
    if not all(isinstance(one, str) for one in words) or "".join(words) != content:
        return {}
    starts = list(accumulate(map(len, words), initial=0))
    found: dict[str, dict[str, Shares]] = {}
    number = ""
    for match in _PLACE.finditer(content):
        number, at = match[1] or number, match.end()
        index = bisect_right(starts, at) - 1
        if match[2] and number and index < len(tokens):
            shares = _shares(tokens[index], at - starts[index], QUESTIONS[match[2]])
            if shares:
                found.setdefault(number, {})[match[2]] = shares
    return found


def _shares(token: Mapping[str, Any], before: int, labels: Mapping[str, str]) -> Shares:
    """Sum the alternatives of a token by the label that follows its first characters."""
    mass = dict.fromkeys(labels.values(), 0.0)
    start, listed = token["token"][:before], token.get("top_logprobs")
    for one in listed if isinstance(listed, list) else ():
        text, power = (one.get("token"), one.get("logprob")) if isinstance(one, dict) else (0, 0)
        if (
            not isinstance(text, str)
            or not isinstance(power, int | float)
            or not LEAST_LOGPROB < power < 1
        ):
            continue  # over 0 by more than rounding does, or no number
        label = labels.get(text[before : before + 1])
        if label is not None and text.startswith(start):
            mass[label] += math.exp(power)
    total = sum(mass.values())
    return {label: round(share / total, 4) for label, share in mass.items()} if total else {}


def vote(given: Sequence[Codes]) -> Codes:
    """Return the most frequent codes of some samples, with the share of each label.

    Target and reports are those of the first sample with the stance voted for; the parent is voted
    for by itself.
    """
    shares = {
        name: _counted([label for one in given if (label := one.given[name])], labels)
        for name, labels in QUESTIONS.items()
    }
    best = {name: max(share, key=lambda label: share[label]) for name, share in shares.items()}
    chosen = next(one for one in given if one.stance == best["w"])
    component = cast(Component, best["c"])
    kind = cast(ClaimKind, best["k"]) if component == "claim" else None
    link = links.vote([one.link for one in given])
    return replace(chosen, component=component, kind=kind, shares=shares, link=link)


def tempered(codes: Codes, temperatures: Mapping[str, float]) -> Codes:
    """Return codes with the shares of some questions at their temperatures."""
    changed = {}
    for key, shares in codes.shares.items():
        power = 1 / temperatures.get(key, 1.0)
        mass = {label: max(share, FLOOR) ** power for label, share in shares.items()}
        total = sum(mass.values())
        changed[key] = {label: round(one / total, 4) for label, one in mass.items()}
    return replace(codes, shares={**codes.shares, **changed})


def _counted(found: Sequence[str], labels: Mapping[str, str]) -> Shares:
    return {one: round(found.count(one) / max(1, len(found)), 4) for one in labels.values()}
