"""What others reached on the same data, and how their rows differ from ours."""

from __future__ import annotations

from typing import Literal, NamedTuple

Metric = Literal["macro-F1", "weighted F1"]


class Published(NamedTuple):
    """A published figure."""

    system: str
    value: float


class Contest(NamedTuple):
    """A question on a data set for which there are published figures.

    Attributes:
        theirs: on which rows the published figures were measured.
        difference: what that makes of a comparison.
    """

    file: str
    split: str
    question: str
    metric: Metric
    published: tuple[Published, ...]
    theirs: str
    difference: str


_FOLDS = "five unpublished folds over sentences (Poiaganova and Stede)"
_MEETINGS = (
    "The published folds part sentences of one speech, ours hold out whole meetings, which is "
    "harder; the rows are not the same, so a difference of a few hundredths shows nothing. Human "
    "agreement there: kappa "
)
_NEWS = (
    "The same rows: the published test set, read once for each version. Beside its train set the "
    "encoders here saw other data, and the small one the large one's judgements."
)


def _news(split: str, best: float, plain: float) -> Contest:
    systems = (Published("GRU-TSC with RoBERTa", best), Published("RoBERTa", plain))
    theirs = f"{split}, the published test set (Hamborg and Donnay 2021)"
    return Contest("newsmtsc.jsonl", split, "polarity", "macro-F1", systems, theirs, _NEWS)


CONTESTS = (
    Contest(
        file="argunsc_sentences.jsonl",
        split="test",
        question="argument or not",
        metric="macro-F1",
        published=(
            Published("RoBERTa, fitted on ArgUNSC", 0.819),
            Published("RoBERTa, fitted on US debates", 0.783),
            Published("GPT-4, a few examples", 0.767),
        ),
        theirs=_FOLDS,
        difference=_MEETINGS + ".69.",
    ),
    Contest(
        file="argunsc_sentences.jsonl",
        split="test",
        question="claim or premise of gold arguments",
        metric="weighted F1",
        published=(
            Published("RoBERTa, fitted on ArgUNSC", 0.755),
            Published("RoBERTa, fitted on US debates", 0.731),
            Published("GPT-4, a few examples", 0.706),
        ),
        theirs=_FOLDS,
        difference=_MEETINGS + ".77.",
    ),
    _news("devtest_rw", 0.831, 0.811),
    _news("devtest_mt", 0.825, 0.794),
)
