"""People's links between the sentences of an answer, and the judge's beside them.

Links make no circle. One of people's wins over the judge's, the earlier of people's over the later,
a decided one of the judge over a guess, a probable one over a less probable one, and of equals the
first of the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.labels.answers import Settled, given, settle
from pipeline.labels.places import parent_of
from pipeline.reading.forest import closing_circles
from pipeline.records import Interview, Label, Relation, Unit


@dataclass
class Links:
    """What people's labels decide of the links of an interview.

    Attributes:
        relations: those that count, by the unit that they are from; ``none`` is one.
        settled: who says what of a unit that people were asked about.
        outside: units that people call neither claim nor premise, with the sources.
        left_out: units of which what people say cannot count: the parent is not in the answer, or
            neither claim nor premise by people, or the link closes a circle of people's links.
    """

    relations: dict[str, Relation] = field(default_factory=dict)
    settled: dict[str, Settled] = field(default_factory=dict)
    outside: dict[str, str] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)

    def beside(self, judged: Sequence[Relation] | None) -> tuple[Relation, ...] | None:
        """Return people's relations and the judge's; None where neither has any."""
        if judged is None and not self.relations:
            return None
        found = {
            unit: Relation(
                from_unit=unit, to_unit=None, kind="none", probability=None, source=source
            )
            for unit, source in self.outside.items()
        } | self.relations
        rest = [one for one in judged or () if one.from_unit not in found]
        rest.sort(key=lambda one: (one.abstained, -_sureness(one)))  # stable: then by place
        fitting = (one for one in rest if one.to_unit not in self.outside)
        kept = {id(one) for one in without_circles([*self.relations.values(), *fitting])}
        for one in rest:
            found[one.from_unit] = one if id(one) in kept else _unlinked(one)
        return tuple(found.values())


def find_links(interview: Interview, labels: Mapping[str, Sequence[Label]]) -> Links:
    """Return what people's labels of an interview, by the id of their unit, say of its links."""
    links, turns = Links(), interview.units_by_turn()
    units = [unit for unit in interview.judged_units() if unit.id in labels]
    for unit in units:
        component = settle(given(labels[unit.id], "component"))
        if component.label and component.label.component == "none":
            links.outside[unit.id] = " ".join(component.by)
    stated: list[Relation] = []
    for unit in units:
        answers, lost = relation_answers(labels[unit.id], unit, turns[unit.turn_id])
        links.settled[unit.id] = found = settle(answers)
        if lost:
            links.left_out.add(unit.id)
        if found.label:
            relation = _relation(unit, found, turns[unit.turn_id])
            ends = {relation.from_unit, relation.to_unit} if relation.to_unit else set()
            if ends & links.outside.keys():
                links.left_out.add(unit.id)
            else:
                stated.append(relation)
    stated.sort(key=lambda one: _time(links.settled[one.from_unit]))  # stable: then by place
    links.relations = {one.from_unit: one for one in without_circles(stated)}
    links.left_out |= {one.from_unit for one in stated} - links.relations.keys()
    for name in links.settled.keys() - links.relations.keys():
        if links.settled[name].label:
            links.settled[name] = Settled()
    return links


def relation_answers(
    labels: Iterable[Label], unit: Unit, units: Sequence[Unit]
) -> tuple[dict[str, tuple[object, Label]], bool]:
    """Return what labels of a unit say of its relation, and whether a parent was not found.

    Args:
        units: those of its turn.
    """
    answers, lost = given(labels, "relation"), False
    for source, (kind, label) in list(answers.items()):
        parent = parent_of(label, unit, units)
        if kind != "none" and parent is None:
            lost = True
            del answers[source]
        elif kind != "none" and parent is not None:
            answers[source] = (kind, parent.id), label
    return answers, lost


def without_circles(relations: Iterable[Relation]) -> list[Relation]:
    """Return relations, one a unit, without each that closes a circle with those before it."""
    given = [*relations]
    closing = closing_circles((one.from_unit, one.to_unit) for one in given)
    return [one for one, closes in zip(given, closing, strict=True) if not closes]


def _time(settled: Settled) -> str:
    """Return when an answer was given; "" where it is not known."""
    return (settled.label and settled.label.coded_at) or ""


def _relation(unit: Unit, settled: Settled, units: Sequence[Unit]) -> Relation:
    label = settled.label
    parent = parent_of(label, unit, units) if label and label.relation != "none" else None
    return Relation(
        from_unit=unit.id,
        to_unit=parent.id if parent else None,
        kind=label.relation if label and label.relation and parent else "none",
        probability=None,
        source=" ".join(settled.by),
    )


def _unlinked(one: Relation) -> Relation:
    return one.model_copy(update={"to_unit": None, "kind": "none", "probability": None})


def _sureness(one: Relation) -> float:
    return 1.0 if one.probability is None else one.probability
