"""How well attributed stances are found: presence, holder, polarity, against annotated rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pipeline.actors import ActorTable
from pipeline.records import Attribution, Interview, Record, Stance
from training.attribution.rows import Document, Row

_SMALL = frozenset({"the", "a", "an", "of", "in", "my", "our", "his", "their", "some", "many"})

Judge = Callable[[Interview], Sequence[Stance]]
"""Takes an interview, returns its stances."""


class AttributionScore(Record):
    """Counts over sentences; shares are of the numbers beside them.

    A sentence counts as found where gold and prediction both hold an attributed stance. A holder
    is right where it shares a content word with a gold holder, or names the same actor; a gold
    pronoun is whom it means. Polarity is judged of right holders whose gold takes a side. A pair is
    a shown holder with its side, and right where a gold pair has both; ``pairs`` counts those of
    all sentences, ``holders`` those of found ones.
    """

    sentences: int
    gold: int
    predicted: int
    found: int
    holders: int
    holders_right: int
    polarities: int
    polarities_right: int
    pairs: int
    pairs_right: int

    @classmethod
    def total(cls, scores: Iterable[AttributionScore]) -> AttributionScore:
        """Return the sum of the counts of several scores."""
        counts = dict.fromkeys(cls.model_fields, 0)
        for score in scores:
            for name, count in score.model_dump().items():
                counts[name] += count
        return cls(**counts)

    def figures(self) -> dict[str, float]:
        """Precision, recall and F1 of presence; shares of right holders and polarities."""
        return {
            "presence_f1": _share(2 * self.found, self.gold + self.predicted),
            "precision": _share(self.found, self.predicted),
            "recall": _share(self.found, self.gold),
            "holder": _share(self.holders_right, self.holders),
            "polarity": _share(self.polarities_right, self.polarities),
            "pair": _share(self.pairs_right, self.holders),
            "pair of shown": _share(self.pairs_right, self.pairs),
        }


def score_attributed(
    documents: Iterable[Document], judge: Judge, *, actors: ActorTable
) -> AttributionScore:
    """Score the attributed stances that ``judge`` finds in annotated sentences."""
    counts = dict.fromkeys(AttributionScore.model_fields, 0)
    for document in documents:
        stances: dict[str, list[Stance]] = {}
        for stance in judge(document.interview):
            if stance.voice == "attributed":
                stances.setdefault(stance.unit_id, []).append(stance)
        for row, unit_id in zip(document.rows, document.unit_ids, strict=True):
            _count(gold_of(row), stances.get(unit_id, []), counts, actors)
    return AttributionScore(**counts)


def gold_of(row: Row) -> list[Mapping[str, Any]]:
    """The annotated holders of a row, with their stances."""
    return [item for item in row.get("attributed") or () if isinstance(item, dict)]


def same_holder(words: str, actor: str | None, gold: str, actors: ActorTable) -> bool:
    """Tell whether a found holder and an annotated one share a content word or an actor."""
    named = {name for mention in actors.mentions(gold) for name in mention.actors}
    return bool(_words(words) & _words(gold)) or actor in named


def is_right(
    report: Attribution, polarity: str, gold: Sequence[Mapping[str, Any]], actors: ActorTable
) -> bool:
    """Tell whether an annotated pair has the holder and the side."""
    return any(
        one["stance"] == polarity
        and same_holder(report.holder_text, report.holder_actor, _named(one), actors)
        for one in gold
    )


def _count(
    gold: Sequence[Mapping[str, Any]],
    found: Sequence[Stance],
    counts: dict[str, int],
    actors: ActorTable,
) -> None:
    counts["sentences"] += 1
    counts["gold"] += bool(gold)
    counts["predicted"] += bool(found)
    counts["pairs"] += len(found)
    if not gold or not found:
        return
    counts["found"] += 1
    for stance in found:
        counts["holders"] += 1
        words = " ".join([stance.holder, *(piece.text for piece in stance.evidence[:1])])
        same = [g for g in gold if same_holder(words, stance.holder, _named(g), actors)]
        counts["holders_right"] += bool(same)
        counts["pairs_right"] += any(item["stance"] == stance.polarity for item in same)
        sided = [item for item in same if item["stance"] != "neutral"]
        counts["polarities"] += bool(sided)
        counts["polarities_right"] += any(item["stance"] == stance.polarity for item in sided)


def _named(gold: Mapping[str, Any]) -> str:
    """The words of a gold holder, with whom they mean."""
    return " ".join(filter(None, (str(gold["holder"]), gold.get("meant"))))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower())) - _SMALL


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
