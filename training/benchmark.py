"""The table of all models on all test sets, with published figures: benchmarks/models.md.

Run ``python -m training benchmark DATA OUT [SPLIT]``, as ``make benchmarks`` does. SPLIT is
measured instead of the test sets, for a trial that does not read them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from pipeline.config import MODEL_CHOICES, choose_models, load_settings
from pipeline.errors import InputError
from pipeline.evaluate.metrics import Interval
from pipeline.evaluate.models import Plan, evaluate
from pipeline.evaluate.scores import Evaluation, QuestionScore
from training.baseline import score_baseline
from training.usage import run_module

ByModel = Mapping[str, Evaluation]


@dataclass(frozen=True)
class Test:
    """A test set, with the task measured on it."""

    task: str
    file: str
    split: str


TESTS = (
    Test("claims", "interviews.jsonl", "test"),
    Test("west", "interviews.jsonl", "test"),
    Test("claims", "interviews_more.jsonl", "test"),
    Test("west", "interviews_more.jsonl", "test"),
    Test("claims", "interviews_experts.jsonl", "test"),
    Test("west", "interviews_experts.jsonl", "test"),
    Test("claims", "interviews_west.jsonl", "test"),
    Test("west", "interviews_west.jsonl", "test"),
    Test("claims", "argunsc_sentences.jsonl", "test"),
    Test("targeted", "newsmtsc.jsonl", "devtest_rw"),
    Test("targeted", "newsmtsc.jsonl", "devtest_mt"),
)
HEAD = """# Models, side by side

Made by `make benchmarks DATA=FOLDER`, which runs `westward evaluate` for each model and test set.
Macro-F1 with its 95 % interval from a bootstrap over documents (for NewsMTSC, whose rows name no
document, over rows), weighted F1, expected calibration error; what is decided at the thresholds for
abstention (of `claims.precision` and `stance.precision`; of 0.5 where none is asked for, as for
stance, which a run judges by `stance.abstain_below` then), and how much of that is right; then
the macro-F1 of the majority class, a lexicon, and a baseline fitted on the train rows of the
interviews (TF-IDF of the sentence's words, logistic regression). `dev` chose, `test` is the report.
The interviews have no published figures: their labels follow our guidelines.
"""
COLUMNS = ("model", "macro-F1", "interval", "weighted", "ECE", "decided", "right")
BASELINES = ("majority", "lexicon")
FITTED = "TF-IDF"


def make_benchmarks(data: Path, *, models: Path | None = None, split: str | None = None) -> str:
    """Return the tables of all models on all test sets, in Markdown.

    Args:
        data: the folder of annotated rows.
        models: a folder of models to search first.
        split: measured instead of the tests' own; sets without it are listed as left out.

    Raises:
        InputError: a file is missing or invalid.
        ArtefactError: a model is missing or altered.
    """
    found: dict[Test, ByModel] = {}
    left_out = []
    for test in TESTS:
        try:
            found[test] = _measure(test, data, models, split or test.split)
        except InputError:
            if split is None:
                raise
            left_out.append(f"{test.task}: {test.file} has no rows of the split {split}.\n")
    parts = [HEAD, *_published(found), *left_out]
    for test, by_model in found.items():
        parts += _section(test, by_model, score_baseline(data, test.file, split or test.split))
    return "\n".join(parts) + "\n"


def _measure(test: Test, data: Path, models: Path | None, split: str) -> ByModel:
    return {
        choice: evaluate(
            test.task,
            Plan(data / test.file, split, models, load_settings(choose_models(choice))),
        )
        for choice in MODEL_CHOICES
    }


def _published(found: Mapping[Test, ByModel]) -> Iterator[str]:
    yield "## Beside published figures\n"
    for contest in CONTESTS:
        for test, by_model in found.items():
            if (test.file, test.split) == (contest.file, contest.split):
                yield f"**{contest.question}**, {contest.file}: {contest.metric}\n"
                yield "\n".join(_contest(contest, by_model)) + "\n"
                yield contest.difference + "\n"


def _contest(contest: Contest, by_model: ByModel) -> Iterator[str]:
    yield "| system | figure | interval | measured on |"
    yield "|---|---|---|---|"
    for system, value in contest.published:
        yield f"| {system} (published) | {_share(value)} | | {contest.theirs} |"
    for choice, evaluation in by_model.items():
        where = f"{evaluation.split}: {evaluation.n_rows:,} rows, {evaluation.n_docs:,} documents"
        yield _ours(choice, contest, evaluation, where)


def _ours(name: str, contest: Contest, evaluation: Evaluation, where: str) -> str:
    score = evaluation.question(contest.question)
    if contest.metric == "weighted F1":
        return f"| {name} | **{_share(score.weighted_f1)}** | | {where} |"
    f1 = score.macro_f1
    return f"| {name} | **{_share(f1.value)}** | {_interval(f1)} | {where} |"


def _section(test: Test, by_model: ByModel, fitted: Mapping[str, float]) -> Iterator[str]:
    first = next(iter(by_model.values()))
    yield f"## {test.task}: {test.file}, {first.split}\n"
    yield f"{first.n_rows:,} rows, {first.n_docs:,} documents.\n"
    for question in first.questions:
        yield f"**{question.question}** ({question.n_rows:,} rows)\n"
        scores = {name: one.question(question.question) for name, one in by_model.items()}
        yield _table(scores, fitted.get(question.question))


def _table(scores: Mapping[str, QuestionScore], fitted: float | None) -> str:
    columns = (*COLUMNS, *BASELINES, FITTED)
    lines = ["| " + " | ".join(columns) + " |", "|---" * len(columns) + "|"]
    lines += [
        "| " + " | ".join(_cells(name, score, fitted)) + " |" for name, score in scores.items()
    ]
    return "\n".join(lines) + "\n"


def _cells(name: str, score: QuestionScore, fitted: float | None) -> list[str]:
    baselines = {baseline.name: _share(baseline.macro_f1.value) for baseline in score.baselines}
    held = score.abstention
    return [
        name,
        f"**{_share(score.macro_f1.value)}**",
        _interval(score.macro_f1),
        _share(score.weighted_f1),
        _share(score.calibration_error),
        _share(held.coverage) if held else "",
        _share(held.accuracy) if held and held.accuracy is not None else "",
        *(baselines[baseline] for baseline in BASELINES),
        "" if fitted is None else _share(fitted),
    ]


def _interval(value: Interval) -> str:
    return f"{_share(value.low)}–{_share(value.high)}"


def _share(value: float) -> str:
    return f"{value:.3f}".removeprefix("0")


Metric = Literal["macro-F1", "weighted F1"]


class Published(NamedTuple):
    """A published figure."""

    system: str
    value: float


class Contest(NamedTuple):
    """A question on a data set for which there are published figures.

    Attributes:
        theirs: the rows of the published figures.
        difference: the limits of the comparison.
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
    "The published folds split sentences of one speech, ours hold out whole meetings, which is "
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


def main(arguments: Sequence[str]) -> int:
    """Write the table; return the exit code."""

    def work(words: Sequence[str]) -> None:
        table = make_benchmarks(Path(words[0]), split=next(iter(words[2:]), None))
        Path(words[1]).write_text(table, encoding="utf8")

    return run_module(__doc__, arguments, work, expected="DATA OUT [SPLIT]", least=2, most=3)
