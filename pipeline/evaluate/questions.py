"""The questions that are measured, with the answers of judges and of baselines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipeline.evaluate.annotations import COMPONENTS, KINDS, STANCES, LabelledRow
from pipeline.evaluate.cues import load_cues
from pipeline.evaluate.scores import Asked
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

_FIGURE = re.compile(r"\d")


def ask_claims(
    judged: Sequence[ClaimJudgement], rows: Sequence[LabelledRow], reader: Reader
) -> list[Asked]:
    """Ask for component, argument or not, claim or premise, and kind where it is annotated."""
    component = np.array([[one.components[label] for label in COMPONENTS] for one in judged])
    answers = {"lexicon": [lexicon_component(row.row) for row in rows]}
    gold, docs = [row.labels["component"] for row in rows], [row.doc for row in rows]
    whole = Asked(COMPONENT, COMPONENTS, gold, component, docs, answers)
    parts = (_which(whole, ROLE, instead="claim"), _kind(rows, judged))
    return [whole, _whether(whole, ARGUMENT, "argument"), *filter(None, parts)]


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
    whole = Asked(STANCE, STANCES, gold, four, docs, answers)
    leaning = _which(whole, LEANING, instead="neutral")
    return [whole, _whether(whole, RELEVANCE, "about"), *filter(None, [leaning])]


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


def _whether(whole: Asked, question: str, any_label: str) -> Asked:
    """Return the question whether a row has any label, or none."""

    def merged(labels: Sequence[str]) -> list[str]:
        return [label if label == "none" else any_label for label in labels]

    shares = whole.probabilities
    return Asked(
        question,
        (any_label, "none"),
        merged(whole.gold),
        np.column_stack([shares[:, :-1].sum(axis=1), shares[:, -1]]),
        whole.docs,
        {name: merged(given) for name, given in whole.answers.items()},
    )


def _which(whole: Asked, question: str, *, instead: str) -> Asked | None:
    """Return the question which label it is where gold has one; none counts as ``instead``."""
    chosen = [i for i, label in enumerate(whole.gold) if label != "none"]
    if not chosen:
        return None
    shares = whole.probabilities[chosen, :-1]
    return Asked(
        question,
        whole.labels[:-1],
        [whole.gold[i] for i in chosen],
        shares / np.maximum(shares.sum(axis=1, keepdims=True), 1e-9),
        [whole.docs[i] for i in chosen],
        {
            name: [instead if given[i] == "none" else given[i] for i in chosen]
            for name, given in whole.answers.items()
        },
    )


def _kind(rows: Sequence[LabelledRow], judged: Sequence[ClaimJudgement]) -> Asked | None:
    kinds = [i for i, row in enumerate(rows) if "kind" in row.labels and judged[i].kinds]
    if not kinds:
        return None
    values = np.array([[(judged[i].kinds or {})[label] for label in KINDS] for i in kinds])
    answers = {"lexicon": [lexicon_kind(rows[i].row) for i in kinds]}
    gold = [rows[i].labels["kind"] for i in kinds]
    return Asked(KIND, KINDS, gold, values, [rows[i].doc for i in kinds], answers)


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
