"""The questions that are measured, with the answers of judges and of baselines."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from pipeline.evaluate.annotations import COMPONENTS, KINDS, STANCES, LabelledRow
from pipeline.evaluate.cues import load_cues
from pipeline.evaluate.scores import Asked
from pipeline.judges.heads import Floats
from pipeline.judges.judgement import ClaimJudgement, StanceJudge, StanceJudgement
from pipeline.reading.reader import Reader
from pipeline.reading.rows import Row

POLARITIES = STANCES[:3]
COMPONENT, ARGUMENT = "component", "argument or not"
ROLE, KIND = "claim or premise of gold arguments", "kind of gold claims"
STANCE, RELEVANCE, LEANING = "stance", "relevance", "polarity of gold relevant"
POLARITY = "polarity"
HEADS = {COMPONENT: "component", KIND: "kind", STANCE: "stance", POLARITY: "polarity"}
"""The questions that have thresholds for abstention, by the head that answers them."""

Answers = Mapping[str, Sequence[str]]
_FIGURE = re.compile(r"\d")


def ask_claims(
    judged: Sequence[ClaimJudgement], rows: Sequence[LabelledRow], reader: Reader
) -> list[Asked]:
    """Ask for component, argument or not, claim or premise, and kind where it is annotated."""
    component = np.array([[one.components[label] for label in COMPONENTS] for one in judged])
    answers = {"lexicon": [lexicon_component(row.row) for row in rows]}
    gold, docs = [row.labels["component"] for row in rows], [row.doc for row in rows]
    two = np.column_stack([component[:, 0] + component[:, 1], component[:, 2]])
    argues = [_argues(label) for label in gold]
    asked = [
        Asked(COMPONENT, COMPONENTS, gold, component, docs, answers),
        Asked(ARGUMENT, ("argument", "none"), argues, two, docs, _mapped(answers, _argues)),
    ]
    if any(label != "none" for label in gold):
        asked.append(_claim_or_premise(gold, docs, component, answers))
    if (kind := _kind(rows, judged)) is not None:
        asked.append(kind)
    return asked


def unmarked(rows: Sequence[LabelledRow]) -> list[Row]:
    """Return rows without their annotated targets: a judge of stance has to find its own."""
    return [replace(row.row, target=None) for row in rows]


def ask_stance(
    judged: Sequence[StanceJudgement], rows: Sequence[LabelledRow], reader: Reader
) -> list[Asked]:
    """Ask for the four-way stance, relevance, and polarity of rows about the bloc by gold."""
    four = np.array([[one.probabilities[label] for label in STANCES] for one in judged])
    gold, docs = [row.labels["stance"] for row in rows], [row.doc for row in rows]
    answers = {"lexicon": [lexicon_stance(row.row, reader) for row in rows]}
    two = np.column_stack([four[:, :3].sum(axis=1), four[:, 3]])
    about = [_about(label) for label in gold]
    asked = [
        Asked(STANCE, STANCES, gold, four, docs, answers),
        Asked(RELEVANCE, ("about", "none"), about, two, docs, _mapped(answers, _about)),
    ]
    if chosen := [i for i, label in enumerate(gold) if label != "none"]:
        given = _mapped(_chosen(answers, chosen), _polar)
        shares = _share_of(four[chosen, :3])
        polarities = [gold[i] for i in chosen]
        asked.append(
            Asked(LEANING, POLARITIES, polarities, shares, [docs[i] for i in chosen], given)
        )
    return asked


def ask_targeted(model: StanceJudge, rows: Sequence[LabelledRow], reader: Reader) -> list[Asked]:
    """Ask for the polarity toward each row's own marked target, whatever that is."""
    rows = [row for row in rows if row.row.target is not None and "polarity" in row.labels]
    if not rows:
        return []
    plain = [row.row for row in rows]
    answers = {"lexicon": [lexicon_polarity(row) for row in plain]}
    values = model.polarities(plain, reader)
    gold, docs = [row.labels["polarity"] for row in rows], [row.doc for row in rows]
    return [Asked(POLARITY, POLARITIES, gold, values, docs, answers)]


def _claim_or_premise(
    gold: Sequence[str], docs: Sequence[str], component: Floats, answers: Answers
) -> Asked:
    chosen = [i for i, label in enumerate(gold) if label != "none"]
    given = _mapped(_chosen(answers, chosen), _claims)
    shares = _share_of(component[chosen, :2])
    roles = [gold[i] for i in chosen]
    return Asked(ROLE, COMPONENTS[:2], roles, shares, [docs[i] for i in chosen], given)


def _kind(rows: Sequence[LabelledRow], judged: Sequence[ClaimJudgement]) -> Asked | None:
    kinds = [i for i, row in enumerate(rows) if "kind" in row.labels and judged[i].kinds]
    if not kinds:
        return None
    values = np.array([[(judged[i].kinds or {})[label] for label in KINDS] for i in kinds])
    answers = {"lexicon": [lexicon_kind(rows[i].row) for i in kinds]}
    gold = [rows[i].labels["kind"] for i in kinds]
    return Asked(KIND, KINDS, gold, values, [rows[i].doc for i in kinds], answers)


def _share_of(values: Floats) -> Floats:
    shares: Floats = values / np.maximum(values.sum(axis=1, keepdims=True), 1e-9)
    return shares


def _chosen(answers: Answers, chosen: Sequence[int]) -> dict[str, list[str]]:
    return {name: [given[i] for i in chosen] for name, given in answers.items()}


def _mapped(answers: Answers, change: Callable[[str], str]) -> dict[str, list[str]]:
    return {name: [change(label) for label in given] for name, given in answers.items()}


def _about(label: str) -> str:
    return "none" if label == "none" else "about"


def _polar(label: str) -> str:
    return "neutral" if label == "none" else label


def _argues(label: str) -> str:
    return "none" if label == "none" else "argument"


def _claims(label: str) -> str:
    return "premise" if label == "premise" else "claim"


# baselines without learning: cue words and names


def lexicon_component(row: Row) -> str:
    """Judge the component by cues: thanks and procedure are none, reasons and figures premise."""
    counts = load_cues().counts(row.text)
    words = len(row.text.split())
    if words < 4 or "thanks" in counts or ("procedure" in counts and words < 12):
        return "none"
    if "causal" in counts or "example" in counts or _FIGURE.search(row.text):
        return "premise"
    return "claim"


def lexicon_kind(row: Row) -> str:
    """Judge the kind by cues: obligation is policy, evaluation is value, the rest fact."""
    counts = load_cues().counts(row.text)
    if "obligation" in counts:
        return "policy"
    if counts.keys() & {"evaluation", "positive", "negative"}:
        return "value"
    return "fact"


def lexicon_stance(row: Row, reader: Reader) -> str:
    """Judge the stance by names and cues: about the bloc where it is named; cues are counted."""
    if not any(place.in_bloc for place in reader.mentions.read(row.text, row.date)):
        return "none"
    return lexicon_polarity(row)


def lexicon_polarity(row: Row) -> str:
    """Judge the polarity by cues, for any target."""
    counts = load_cues().counts(row.text)
    balance = counts.get("positive", 0) - counts.get("negative", 0)
    return "favor" if balance > 0 else "against" if balance < 0 else "neutral"
