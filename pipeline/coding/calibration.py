"""A language model's probabilities calibrated on people's labels: one temperature a question.

The interviews that were coded are judged first, with every answer in the ledger, so that the run
that follows asks nothing twice; then the temperatures of lowest log loss are fitted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.annotator import Annotator
from pipeline.artefacts import sha256_of
from pipeline.config import LLM
from pipeline.corpus.inputs import Transcript
from pipeline.errors import InputError
from pipeline.judges.heads import calibrate
from pipeline.judges.llm.answer import FLOOR, QUESTIONS, Codes, Shares
from pipeline.labels.files import read_labels
from pipeline.notices import notice
from pipeline.records import Label, Notice
from pipeline.stages.language_model import LanguageModel

ENOUGH = 30
"""Labelled sentences with probabilities that a temperature is fitted on, at least."""
FITTED = {"component": "c", "stance": "w"}


def calibrate_judge(
    annotator: Annotator, stage: LanguageModel, transcripts: Sequence[Transcript]
) -> list[Notice]:
    """Give a judge its temperatures from the labels of the settings; return warnings.

    Raises:
        InputError: the labels cannot be read.
        WestwardError: the server cannot be used, or the limit of cost is reached.
    """
    if not annotator.settings.llm.calibration:
        return []
    path, answers = Path(annotator.settings.llm.calibration), stage.judge.answers
    labels = [one for one in read_labels(path) if not one.source.startswith(f"{LLM}:")]
    reader = Annotator(annotator.stages[:1], settings=annotator.settings, review=annotator.review)
    pairs = list(_pairs(reader, stage, transcripts, labels))
    answers.calibration = {"labels": path.name, "sha256": sha256_of(path)}
    warnings = []
    for question, key in FITTED.items():
        golds = [one.component if key == "c" else one.west for one, _ in pairs]
        shares = [codes.shares.get(key) for _, codes in pairs]
        rows = [(gold, one) for gold, one in zip(golds, shares, strict=True) if gold and one]
        if len(rows) < ENOUGH:
            few = len(rows)
            warnings.append(
                notice("few-labels", str(path), labels=few, question=question, needed=ENOUGH)
            )
            continue
        answers.temperatures[key] = _fit(rows, list(QUESTIONS[key].values()))
        answers.calibration[question] = {
            "temperature": answers.temperatures[key], "sentences": len(rows)
        }  # fmt: skip
    return warnings


def _fit(rows: Sequence[tuple[str, Shares]], order: Sequence[str]) -> float:
    import numpy as np

    shares = np.array([[max(one[label], FLOOR) for label in order] for _, one in rows])
    gold = np.array([order.index(label) for label, _ in rows])
    return round(calibrate(np.log(shares), gold, with_bias=False)[0], 4)


def _pairs(
    reader: Annotator, stage: LanguageModel, transcripts: Sequence[Transcript], labels: list[Label]
) -> Iterator[tuple[Label, Codes]]:
    """Yield labels with the codes of their sentence, found by id, else by its words."""
    known = {(one.doc, one.unit_id or one.text): one for one in labels}
    for transcript in transcripts:
        if transcript.id not in {doc for doc, _ in known}:
            continue
        try:
            interview = reader.annotate(transcript)
        except InputError:
            continue  # the run reports it
        for unit, _, codes in stage.coded(interview):
            places = (interview.id, unit.id), (interview.id, unit.text)
            label = next((known[place] for place in places if place in known), None)
            if label and label.text == unit.text and isinstance(codes, Codes):
                yield label, codes
