"""Fit all weights of the weighing of reports, and write them.

Run ``python -m training attribution TRAIN_FOLDER [key=value ...]``; the settings
choose the model. The rules' weights are of the train and dev splits of the three annotated files.
Where the model judges holders, the weights that join both are of dev, given rules' weights that
were fitted on train alone, and of the whole talks of our own that no encoder was fitted on;
sentences of dev that were annotated beside its rows are among them where TRAIN_FOLDER lies beside
the transcripts that hold them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path

from pipeline.reporting.weigh import WEIGHTS, Weights
from training.attribution.heard import HeardFit, fit_heard
from training.attribution.measure import written_talks
from training.attribution.rows import Document, group_documents, read_documents
from training.attribution.rules import Fitted, fit
from training.attribution.stages import AttributionJudge
from training.finetune.annotations import read_annotations
from training.usage import run_module, write_figures

FILES = ("interviews.jsonl", "interviews_west.jsonl", "written.jsonl")


def annotated_documents(folder: Path, *, split: str) -> list[Document]:
    """The annotated sentences beside the rows of a split, a document each; none without corpus."""
    corpus = folder.parent.parent / "corpus"
    if not corpus.is_dir():
        return []
    return group_documents(
        (f"annotations:{record['doc']}", record)
        for record in read_annotations(folder, corpus)
        if record["split"] == split
    )


def weights_of(fitted: Fitted, *, data: str) -> Weights:
    """The rules' weights as they are read at run time."""
    return Weights(
        version="1",
        data=data,
        threshold=fitted.threshold,
        presence=fitted.presence,
        favor=fitted.favor,
    )


def write_weights(fitted: Fitted, heard: HeardFit | None, path: Path, *, data: str) -> None:
    """Write the weights as TOML."""
    interviews = fitted.curves["interviews"][fitted.threshold]
    written = fitted.curves["written"][fitted.threshold]
    lines = [
        "# Weights of the logistic models that weigh reports (pipeline/reporting/weigh.py).",
        "# Written by python -m training attribution; do not edit by hand.",
        "# Rules alone, cross-validated by document on train and dev, at the threshold: presence",
        f"# F1, precision and recall {_shown(interviews)} in interviews, {_shown(written)} in",
        f"# written answers; polarity right {fitted.polarity_accuracy:.2f}.",
        "",
        'version = "1"',
        f'data = "{data}"',
        f"threshold = {fitted.threshold}",
        *_tables({"presence": fitted.presence, "favor": fitted.favor}),
    ]
    if heard is not None:
        at = heard.curve[heard.level]
        lines += [
            "",
            "# With the model's heads for holders, cross-validated by document on these, at the",
            f"# threshold: presence F1, precision and recall {_shown(at)};",
            f"# holder right {heard.holder_accuracy:.2f} of those shown in annotated sentences,",
            f"# polarity right {heard.polarity_accuracy:.2f}.",
            "[heard]",
            f'data = "{heard.heard.data}"',
            f"threshold = {heard.heard.threshold}",
            *_tables(
                {
                    "heard.presence": heard.heard.presence,
                    "heard.holder": heard.heard.holder,
                    "heard.favor": heard.heard.favor,
                }
            ),
        ]
    path.write_text("\n".join(lines) + "\n", encoding="utf8")


def _tables(tables: Mapping[str, Mapping[str, float]]) -> Iterable[str]:
    for name, table in tables.items():
        yield from ("", f"[{name}]", *(f'"{key}" = {value}' for key, value in table.items()))


def _shown(values: Sequence[float]) -> str:
    return ", ".join(f"{value:.2f}" for value in values)


def fit_all(folder: Path, judge: AttributionJudge) -> None:
    """Fit on the files of a folder, write the weights, print what cross-validation says of them."""
    paths = [folder / name for name in FILES]
    train, dev = (read_documents(paths, splits=(split,)) for split in ("train", "dev"))
    result = fit([*train, *dev], judge)
    heard = None
    if judge.stances.model.holders is not None:
        alone = weights_of(fit(train, judge), data="train")
        more = annotated_documents(folder, split="dev")
        heard = fit_heard(
            [*dev, *more, *written_talks()],
            judge,
            rules=alone,
            data="interviews of dev, sentences beside them, whole talks of our own",
        )
        _print_curve("with heads", heard.curve)
        right = {"holder right": heard.holder_accuracy, "polarity right": heard.polarity_accuracy}
        write_figures("with heads", right)
    target = Path(str(files("pipeline.lexicons").joinpath(WEIGHTS)))
    write_weights(result, heard, target, data=", ".join(FILES) + ": train and dev")
    for kind, curve in result.curves.items():
        _print_curve(kind, curve)
    write_figures("rules", {"polarity right": result.polarity_accuracy})


def _print_curve(name: str, curve: Mapping[float, tuple[float, float, float]]) -> None:
    for level, (f1, precision, recall) in curve.items():
        write_figures(f"{name} {level}", {"F1": f1, "precision": precision, "recall": recall})


def main(arguments: Sequence[str]) -> int:
    """Write the weights; return the exit code."""

    def work(words: Sequence[str]) -> None:
        fit_all(Path(words[0]), AttributionJudge.load(words[1:]))

    return run_module(__doc__, arguments, work, expected="TRAIN_FOLDER [key=value ...]", least=1)
