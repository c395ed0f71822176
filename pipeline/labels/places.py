"""Which sentences labels are of, in whatever run, and whom their words mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipeline.labels.files import is_coded
from pipeline.records import Entity, Interview, Label, Unit

_ARTICLE = "the "


class LabelIndex:
    """Finds the labels of an interview's units, in whatever run it is.

    A label is of the unit with its place and text in the same transcript; else of the only unit
    with its text, in the same transcript or the interview of the same id. Of several of one unit
    by one source, the last one counts.
    """

    def __init__(self, labels: Iterable[Label]) -> None:
        self._placed = set[int]()
        self._labels: defaultdict[str, dict[int, Label]] = defaultdict(dict)
        for number, label in enumerate(filter(is_coded, labels)):
            for key in (label.doc, label.sha256 or label.doc):
                self._labels[key][number] = label

    def has(self, interview_id: str, sha256: str | None) -> bool:
        """Tell whether there are labels of a transcript."""
        return interview_id in self._labels or sha256 in self._labels

    def find(self, interview: Interview) -> dict[str, list[Label]]:
        """Return the labels of an interview by the id of their unit."""
        file, doc = interview.sha256, interview.id
        if not self.has(doc, file):
            return {}
        placed, texts = {}, defaultdict[str, list[str]](list)
        for unit in interview.units or ():
            placed[unit.turn_id, unit.start, unit.end, unit.text] = unit.id
            texts[unit.text].append(unit.id)
        found: defaultdict[str, dict[str, Label]] = defaultdict(dict)
        judged = {unit.id for unit in interview.judged_units()} if texts else set()
        of_file, of_doc = self._labels.get(file, {}), self._labels.get(doc, {})
        for number, label in sorted({**of_file, **of_doc}.items()):
            place = placed.get((label.turn_id or "", label.start or 0, label.end or 0, label.text))
            same = texts.get(label.text, ())
            if place is None or label.sha256 != file:
                place = same[0] if len(same) == 1 else None
            if place is not None:
                found[place][label.source] = label
                self._placed |= {number} if place in judged else set()
        return {unit: list(labels.values()) for unit, labels in found.items()}

    def lost(self) -> list[Label]:
        """Return the labels that are of no judged unit of the interviews so far."""
        every = {number: one for found in self._labels.values() for number, one in found.items()}
        return [one for number, one in sorted(every.items()) if number not in self._placed]


def parent_of(label: Label, unit: Unit, units: Sequence[Unit]) -> Unit | None:
    """Return the parent that a label of a unit names, among the units of its turn.

    It is the one with its words at its place, else the only one with its words.
    """
    same = [one for one in units if one.text == label.parent and one.id != unit.id]
    placed = [one for one in same if one.start == label.parent_start]
    found = placed or same
    return found[0] if len(found) == 1 else None


def inside(interview: Interview, unit: Unit) -> list[Entity]:
    """Return the mentions that start in a unit."""
    mine = (one for one in interview.entities or () if one.turn_id == unit.turn_id)
    return [one for one in mine if unit.start <= one.start < unit.end]


def resolve(words: str, interview: Interview, unit: Unit) -> str:
    """Return the actor that words of a unit refer to, else the words."""
    plain = _plain(words)
    for entity in inside(interview, unit):
        if len(entity.actors) == 1 and _plain(entity.text) == plain:
            return entity.actors[0]
    for report in interview.attributions or ():
        if report.unit_id == unit.id and _plain(report.holder_text) == plain:
            return report.holder
    return words


def _plain(words: str) -> str:
    return words.casefold().removeprefix(_ARTICLE)
