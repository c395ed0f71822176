"""A language model's probabilities calibrated on people's labels: one temperature a question.

The interviews that were coded are judged first, with every answer in the ledger, so that the run
that follows asks nothing twice; then the temperatures of lowest log loss are fitted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.annotator import Annotator
from pipeline.artefacts import sha256_of
from pipeline.coding.labels import read_labels
from pipeline.corpus.inputs import Transcript
from pipeline.errors import InputError
from pipeline.judges.llm.answer import FLOOR, QUESTIONS, Codes
from pipeline.records import Label
from pipeline.stages.language_model import LanguageModel

ENOUGH = 30
"""Labelled sentences with probabilities that a temperature is fitted on, at least."""
FITTED = {"component": "c", "stance": "w"}
Pair = tuple[Label, Codes]


def calibrate_judge(
    annotator: Annotator, stage: LanguageModel, transcripts: Sequence[Transcript]
) -> list[str]:
    """Give a judge its temperatures from the labels of the settings; return warnings.

    Raises:
        InputError: the labels cannot be read.
        WestwardError: the server cannot be used, or the limit of cost is reached.
    """
    name = annotator.settings.llm.calibration
    if not name:
        return []
    labels = [one for one in read_labels(Path(name)) if not one.source.startswith("llm:")]
    reader = Annotator(annotator.stages[:1], settings=annotator.settings, review=annotator.review)
    pairs = list(_pairs(reader, stage, transcripts, labels))
    found: dict[str, Any] = {"labels": Path(name).name, "sha256": sha256_of(Path(name))}
    warnings = []
    for question, key in FITTED.items():
        golds = ((one.component if key == "c" else one.west, codes) for one, codes in pairs)
        rows = [(codes.shares[key], gold) for gold, codes in golds if gold and key in codes.shares]
        if len(rows) < ENOUGH:
            warnings.append(
                f"{name}: {len(rows)} sentences have a label of {question} and probabilities of "
                f"the model, {ENOUGH} are needed; the probabilities of {question} are as given"
            )
            continue
        order = list(QUESTIONS[key].values())
        shares = np.array([[max(share[one], FLOOR) for one in order] for share, _ in rows])
        temperature = _fit(np.log(shares), np.array([order.index(gold) for _, gold in rows]))
        stage.judge.answers.temperatures[key] = temperature
        found[question] = {"temperature": temperature, "sentences": len(rows)}
    stage.judge.answers.calibration = found
    return warnings


def _fit(scores: Any, gold: Any) -> float:
    from pipeline.train.linear import calibrate

    return round(calibrate(scores, gold, with_bias=False)[0], 4)


def _pairs(
    reader: Annotator,
    stage: LanguageModel,
    transcripts: Sequence[Transcript],
    labels: Sequence[Label],
) -> Iterator[Pair]:
    """Yield labels with the codes of their sentence, found by id, else by its words."""
    known = {(one.doc, one.unit_id or one.text): one for one in labels}
    docs = {one.doc for one in labels}
    for transcript in transcripts:
        if transcript.id not in docs:
            continue
        try:
            interview = reader.annotate(transcript)
        except InputError:
            continue  # the run reports it
        for unit, _, codes in stage.coded(interview):
            place = interview.id
            label = known.get((place, unit.id)) or known.get((place, unit.text))
            if label and label.text == unit.text and isinstance(codes, Codes):
                yield label, codes
