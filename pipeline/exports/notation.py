"""The notation of labels in files for people: one field of text for each question of a sentence.

``component`` (claim, premise, none), ``kind`` (fact, value, policy), ``west`` (favor, against,
neutral, none), ``target`` (exact words of the sentence, or ``IMPLICIT: WHO``) and ``reported``
(``HOLDER: favor; HOLDER: against``, or none). Files of labels also have ``relation`` (support,
attack, none) and ``parent`` (words or ``unit_id`` of a sentence of the answer). An empty field
is no answer. All formats write and read labels through this module, and compare them with the
run's judgements here.

Example:
    >>> Answers.parse({"west": "-", "target": "nato"}, text="NATO lied.", where="row 2").target
    'NATO'
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.coding.judgements import label_of
from pipeline.errors import InputError, did_you_mean
from pipeline.exports.text import inert, squeezed
from pipeline.labels.files import coders_of, is_human
from pipeline.records import Claim, Label, LabelledReport, Record, Stance, Unit
from pipeline.tables.identity import speaker_name
from pipeline.tables.lookup import Lookup

Fields = Mapping[str, str]
CHOICES: dict[str, tuple[str, ...]] = {
    "component": ("claim", "premise", "none"),
    "kind": ("fact", "value", "policy"),
    "west": ("favor", "against", "neutral", "none"),
}
FIELDS = (*CHOICES, "target", "reported")
LINKS = ("relation", "parent", "parent_start")
"""Fields that only files of labels have: a relation, the exact words of its parent, their place."""
RELATIONS = ("support", "attack", "none")
DETAILS = {
    "component": ("kind",), "west": ("target", "implicit_target"), "attributed": (),
    "relation": ("parent", "parent_start"),
}  # fmt: skip
"""The questions, each with the attributes that tell more of its answer."""
COLOURS = {"favor": "2E7D32", "against": "C62828", "neutral": "757575", "claim": "1565C0"}
IMPLICIT, NOTHING = "IMPLICIT:", "none"
_SHORT = {
    "component": {"c": "claim", "p": "premise", "n": "none"},
    "kind": {"f": "fact", "v": "value", "o": "policy"},
    "west": {"+": "favor", "favour": "favor", "-": "against", "−": "against", "0": "neutral",
             "n": "none"},
    "relation": {"s": "support", "a": "attack", "n": "none"},
}  # fmt: skip


@dataclass(frozen=True)
class Given:
    """What a file states of one unit, at which place of the file.

    Without ``unit_id`` the interview's id and the text find the unit. ``elsewhere``: coded without
    the run's labels, so that what says the same is a label too. ``note`` is a person's remark,
    ``source`` the person where the file names one.
    """

    where: str
    fields: Fields
    unit_id: str | None = None
    doc: str | None = None
    sha256: str | None = None
    text: str | None = None
    elsewhere: bool = False
    note: str | None = None
    source: str | None = None


class Answers(Record):
    """The answers to the questions of one unit; null: not answered."""

    component: str | None = None
    kind: str | None = None
    west: str | None = None
    target: str | None = None
    implicit_target: str | None = None
    attributed: tuple[LabelledReport, ...] | None = None
    relation: str | None = None
    parent: str | None = None
    parent_start: int | None = None

    @classmethod
    def of(cls, label: Label) -> Answers:
        """Return the answers of a label."""
        return cls(**{name: getattr(label, name) for name in cls.model_fields})

    @classmethod
    def parse(cls, fields: Fields, *, text: str, where: str) -> Answers:
        """Return the answers that fields state of a unit with a text.

        Raises:
            InputError: a value is unknown, or a target is not in the text; names ``where``.
        """
        stated = {name: squeezed(fields.get(name, "")) for name in FIELDS}
        found: dict[str, Any] = {name: _choice(name, stated[name], where) for name in CHOICES}
        for name, question in (("kind", "component"), ("target", "west")):
            if stated[name] and found[question] is None:
                raise refusal(where, name, stated[name], f"a value of {question} beside it")
        if found["component"] != "claim":
            found["kind"] = None
        if found["west"] != NOTHING:
            found |= _target(stated["target"], text, where)
        if stated["reported"]:
            nothing = stated["reported"].casefold() in (NOTHING, "-")
            found["attributed"] = () if nothing else tuple(_reports(stated["reported"], where))
        return cls(**found, **_link(fields, found["component"], where))

    def fields(self) -> dict[str, str]:
        """Return the answers as fields of one line each."""
        meant = f"{IMPLICIT} {self.implicit_target}" if self.implicit_target else ""
        reports = (
            f"{squeezed(one.holder).replace(';', ',')}: {one.stance}"
            for one in self.attributed or ()
        )
        return {
            **{name: getattr(self, name) or "" for name in CHOICES},
            "target": squeezed(self.target or meant),
            "reported": "" if self.attributed is None else "; ".join(reports) or NOTHING,
        }


@dataclass(frozen=True)
class Sentence:
    """A judged unit with its label, the label's fields, its speaker, and how sure the judge is."""

    unit: Unit
    label: Label
    fields: Fields
    speaker: str
    judged: str


def sentences(lookup: Lookup) -> Iterator[Sentence]:
    """Yield the judged units of an interview."""
    for unit in filter(lookup.is_judged, lookup.units.values()):
        label, speaker = label_of(lookup, unit), speaker_name(lookup.speaker_of(unit))
        claim, own = lookup.claims.get(unit.id), lookup.own_stance(unit)
        judged = ", ".join(
            f"{name}{_by(one)}"
            f"{' (not decided)' if one.abstained else ''}"
            for name, one in (
                (claim and claim.component, claim), (own and f"stance {own.polarity}", own),
            ) if one is not None
        )  # fmt: skip
        yield Sentence(unit, label, Answers.of(label).fields(), speaker, judged)


def _by(one: Claim | Stance) -> str:
    """Return how sure the judge is, or which people say it."""
    if is_human(one.source):
        return f" by {coders_of(one.source)}"
    return "" if one.probability is None else f" {one.probability:.2f}"


def changes(given: Given, machine: Label) -> dict[str, Any]:
    """Return the attributes of a label that a file states otherwise than the run.

    A question that it answers otherwise is returned with its details. An empty field is no answer,
    and no change. Of labels from elsewhere every answer is returned.
    """
    stated = Answers.parse(given.fields, text=machine.text, where=given.where)
    known = Answers.of(machine).fields()
    before = Answers.parse(known, text=machine.text, where=given.where)
    found: dict[str, Any] = {}
    for question, details in DETAILS.items():
        answer = getattr(stated, question)
        more = {name: getattr(stated, name) for name in details}
        differs = answer != getattr(before, question) or (
            any(more.values()) and any(more[name] != getattr(before, name) for name in more)
        )
        if answer is not None and (given.elsewhere or differs):
            found |= {question: answer, **more}
    return found


def refusal(where: str, name: str, found: str, expected: str) -> InputError:
    """Return the error of a value that a file states."""
    return InputError(
        f'{where}: {name} is "{found}"; expected {expected}; correct it and import the file again'
    )


def _choice(name: str, value: str, where: str) -> str | None:
    known = CHOICES.get(name, RELATIONS)
    word = _SHORT[name].get(value.casefold(), value.casefold())
    if word and word not in known:
        meant = did_you_mean(word, known).removeprefix("; ")
        raise refusal(where, name, value, f"{', '.join(known)}, or nothing; {meant}")
    return word or None


def _link(fields: Fields, component: str | None, where: str) -> dict[str, Any]:
    """Return the relation that fields state, with its parent where it has one."""
    relation = _choice("relation", squeezed(fields.get("relation", "")), where)
    parent, start = fields.get("parent", ""), fields.get("parent_start", "")
    if relation in (None, NOTHING):
        if parent:
            raise refusal(where, "parent", parent, "support or attack as its relation")
        return {"relation": relation}
    if not parent or component == NOTHING:
        because = "with none as its component" if parent else "without a parent"
        raise refusal(where, "relation", f"{relation}", f"none {because}")
    return {"relation": relation, "parent": parent, "parent_start": int(start) if start else None}


def _target(words: str, text: str, where: str) -> dict[str, str]:
    if words in ("", "-"):
        return {}
    if words.upper().startswith(IMPLICIT):
        return {"implicit_target": words[len(IMPLICIT) :].strip()}
    pattern, held = r"\s+".join(map(re.escape, words.split())), inert(text)
    if found := re.search(pattern, held) or re.search(pattern, held, re.IGNORECASE):
        return {"target": text[found.start() : found.end()]}
    raise refusal(where, "target", words, f'words of the sentence, or "{IMPLICIT} WHO"')


def _reports(words: str, where: str) -> Iterator[LabelledReport]:
    for part in filter(None, map(str.strip, words.split(";"))):
        holder, _, side = map(str.strip, part.rpartition(":"))
        stance = _choice("west", side, where) if holder else None
        if stance in (None, NOTHING):
            raise refusal(where, "reported", part, "HOLDER: favor, against or neutral, or none")
        yield LabelledReport.model_validate({"holder": holder, "stance": stance})
