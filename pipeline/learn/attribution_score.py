"""How well attributed stances are found: presence, holder, polarity, against annotated rows."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from pipeline.actors import ActorTable
from pipeline.records import Interview, Record, Speaker, Stance, Turn, Unit

_SMALL = frozenset({"the", "a", "an", "of", "in", "my", "our", "his", "their", "some", "many"})


class AttributionScore(Record):
    """Counts over sentences; shares are of the numbers beside them.

    A sentence counts as found where gold and prediction both hold an attributed stance. A holder
    is right where it shares a content word with a gold holder, or names the same actor.
    """

    sentences: int
    gold: int
    predicted: int
    found: int
    holders: int
    holders_right: int
    polarities_right: int

    @property
    def f1(self) -> float:
        """F1 of the presence of an attributed stance in a sentence."""
        return 2 * self.found / (self.gold + self.predicted) if self.gold + self.predicted else 0.0


def read_rows(paths: Iterable[Path], *, split: str) -> list[dict[str, object]]:
    """Read the annotated rows of one split that hold ``attributed``."""
    rows: list[dict[str, object]] = []
    for path in paths:
        for line in path.read_text(encoding="utf8").splitlines():
            row = json.loads(line)
            if row.get("split") == split and "attributed" in row:
                rows.append(row)
    return rows


def interviews_of(rows: Sequence[Mapping[str, object]]) -> list[tuple[Interview, list[str]]]:
    """Return an interview a document, one answer turn a sentence, and the unit id of each row."""
    by_doc: dict[str, list[Mapping[str, object]]] = {}
    for row in rows:
        by_doc.setdefault(str(row["doc"]), []).append(row)
    return [_interview(doc, found) for doc, found in by_doc.items()]


def score_attributed(
    rows: Sequence[Mapping[str, object]],
    predict: Callable[[Interview], Sequence[Stance]],
    *,
    actors: ActorTable,
) -> AttributionScore:
    """Score the attributed stances that ``predict`` finds in the rows' sentences."""
    counts = dict.fromkeys(AttributionScore.model_fields, 0)
    by_doc: dict[str, list[Mapping[str, object]]] = {}
    for row in rows:
        by_doc.setdefault(str(row["doc"]), []).append(row)
    for doc, doc_rows in by_doc.items():
        interview, unit_ids = _interview(doc, doc_rows)
        stances: dict[str, list[Stance]] = {}
        for stance in predict(interview):
            if stance.voice == "attributed":
                stances.setdefault(stance.unit_id, []).append(stance)
        for row, unit_id in zip(doc_rows, unit_ids, strict=True):
            _count(row, stances.get(unit_id, []), counts, actors)
    return AttributionScore(**counts)


def _count(
    row: Mapping[str, object], found: list[Stance], counts: dict[str, int], actors: ActorTable
) -> None:
    attributed = row["attributed"]
    gold = (
        [item for item in attributed if isinstance(item, dict)]
        if isinstance(attributed, list)
        else []
    )
    counts["sentences"] += 1
    counts["gold"] += bool(gold)
    counts["predicted"] += bool(found)
    if not gold or not found:
        return
    counts["found"] += 1
    for stance in found:
        counts["holders"] += 1
        same = [item for item in gold if _same_holder(stance, str(item["holder"]), actors)]
        if same:
            counts["holders_right"] += 1
            counts["polarities_right"] += any(item["stance"] == stance.polarity for item in same)


def _same_holder(stance: Stance, gold: str, actors: ActorTable) -> bool:
    words = {stance.holder, *(piece.text for piece in stance.evidence[:1])}
    mine, theirs = _words(" ".join(words)), _words(gold)
    named = {actor for mention in actors.mentions(gold) for actor in mention.actors}
    return bool(mine & theirs) or stance.holder in named


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower())) - _SMALL


def _interview(doc: str, rows: Sequence[Mapping[str, object]]) -> tuple[Interview, list[str]]:
    turns, units = [], []
    for number, row in enumerate(rows, start=1):
        text = str(row["text"])
        turn = Turn(id=f"{doc}.t{number:03d}", speaker_id=f"{doc}.s1", kind="answer", text=text)
        turns.append(turn)
        units.append(Unit(id=f"{turn.id}.u1", turn_id=turn.id, start=0, end=len(text), text=text))
    date = rows[0].get("date")
    interview = Interview(
        id=doc,
        title=doc,
        date=str(date) if date else None,
        sha256="",
        source_format="jsonl",
        convention="rows",
        convention_confidence=1.0,
        speakers=(Speaker(id=f"{doc}.s1", role="respondent"),),
        turns=tuple(turns),
        units=tuple(units),
    )
    return interview, [unit.id for unit in units]
