"""A model's card and plots, generated from its meta.json.

Run ``python -m training cards MODEL_DIR...``. ``failures.md``, written by hand, is included.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.artefacts import CARD, META, read_description, read_meta
from pipeline.encoder import is_encoder
from pipeline.judges.abstention import ABSTENTION, PRECISIONS
from pipeline.train.cards import (
    known_failures,
    read_failures,
    render_heads_card,
)
from training.plots import draw_reliability, draw_risk
from training.usage import run_module

RISK_PLOT, RELIABILITY_PLOT = "coverage.svg", "calibration.svg"
_SHOWN = tuple(f"{precision:.2f}" for precision in PRECISIONS[::2])
PURPOSE = """An encoder that reads a whole answer in one pass (sequential sentence classification,
Cohan et al. 2019) and has a head for each question that Westward asks of its units: what each does
in the argument (component, by the interviews' guidelines; component_argunsc, by ArgUNSC's), of what
kind a claim is, whether it is about the West, the speaker's own stance, whether it reports a stance
of others (attributed); and, of a span, the polarity toward a target and what is reported of a
holder. It reads the end of the question and the answer, never who speaks. int8, run by onnxruntime
on a CPU; the heads are float.

**Use it** to find and count passages that a person then reads. **Do not use it** to judge persons,
nor single sentences without reading them; the intervals below are wide."""


def render(folder: Path) -> str:
    """Return the card of a model of any kind as Markdown.

    Raises:
        ArtefactError: the description cannot be read.
    """
    path, failures = folder / META, read_failures(folder)
    description = read_description(path)
    more = calibration_and_abstention(description.get(ABSTENTION, {}))
    if not is_encoder(folder):
        return render_heads_card(read_meta(path), failures, more=more)
    return render_encoder_card(description, failures)


def write_card(folder: Path) -> None:
    """Write ``CARD.md``, and the plots where the thresholds for abstention were chosen.

    Raises:
        ArtefactError: the description cannot be read.
    """
    (folder / CARD).write_text(render(folder), encoding="utf8")
    if block := read_description(folder / META).get(ABSTENTION):
        for name, draw in ((RISK_PLOT, draw_risk), (RELIABILITY_PLOT, draw_reliability)):
            (folder / name).write_text(draw(block["questions"]), encoding="utf8")


def render_encoder_card(meta: Mapping[str, Any], failures: str = "") -> str:
    """Return the card of an encoder as Markdown, with known failures where there are any."""
    return "\n".join(_lines(meta, failures)) + "\n"


def _lines(meta: Mapping[str, Any], failures: str) -> Iterator[str]:
    yield f"# Model {meta['name']} {meta['version']}\n"
    yield PURPOSE + "\n"
    yield from _made_of(meta)
    yield "Generated from `meta.json`; do not edit.\n"
    yield "## Labels\n"
    for head, labels in meta["labels"].items():
        yield f"- {head}: {', '.join(labels)}"
    yield ""
    yield "## Figures\n"
    yield "On the test sets, beside the other models: `benchmarks/models.md`. `dev` chose, `test`"
    yield "was read once for each version.\n"
    for split, figures in meta.get("metrics", {}).items():
        yield f"### {split}\n"
        yield "| rows, question | n | documents | macro-F1 | interval | weighted F1 | ECE |"
        yield "|---|---|---|---|---|---|---|"
        for name, figure in figures.items():
            yield _row(name, figure)
        yield ""
    yield from calibration_and_abstention(meta.get("abstention", {}))
    yield from known_failures(failures)
    if problems := meta.get("known_problems"):
        yield "## Known problems\n"
        yield from (f"- {problem}" for problem in problems)
        yield ""
    yield "## Trained on\n"
    yield "| file | licence | sha256 |"
    yield "|---|---|---|"
    for data in meta["data"]:
        yield f"| {data['file']} | {data['licence']} | `{data['sha256']}` |"
    yield "\n## Files\n"
    for file, digest in meta["files"].items():
        yield f"- {file}: sha256 `{digest}`"


def _made_of(meta: Mapping[str, Any]) -> Iterator[str]:
    """What the weights began as."""
    base = meta["base"]
    yield f"Fine-tuned from {base['name']}, {base['licence']}, sha256 `{base['sha256']}`."


def _row(name: str, figure: Mapping[str, Any]) -> str:
    low, high = figure.get("interval", ("", ""))
    interval = f"{_share(low)}–{_share(high)}" if "interval" in figure else ""
    cells = (
        name,
        f"{figure['rows']:,}" if "rows" in figure else "",
        str(figure.get("docs", "")),
        _share(figure.get("macro_f1", "")),
        interval,
        _share(figure.get("weighted_f1", "")),
        _share(figure.get("ece", "")),
    )
    return "| " + " | ".join(cells) + " |"


def _share(value: Any) -> str:
    return f"{value:.3f}".removeprefix("0") if isinstance(value, float) else str(value)


def calibration_and_abstention(block: Mapping[str, Any]) -> Iterator[str]:
    """Yield the sections on calibration, risk by coverage and thresholds.

    Args:
        block: as ``training.abstention`` stores it; empty where it has not been run.
    """
    if not block:
        return
    questions = block["questions"]
    files = ", ".join(one["file"] for one in block["files"])
    yield "## Calibration"
    yield ""
    yield f"On the {block['split']} rows of {files}."
    yield "An encoder's calibration is fitted on these very rows: on new documents expect a larger"
    yield "error."
    yield ""
    yield "| question | rows | documents | expected calibration error |"
    yield "|---|---|---|---|"
    for head, one in questions.items():
        error = f"{one['calibration_error']:.3f}".removeprefix("0")
        yield f"| {head} | {one['rows']:,} | {one['docs']:,} | {error} |"
    yield ""
    yield f"![Share right by the probability stated]({RELIABILITY_PLOT})"
    yield ""
    yield from _coverage(questions)
    yield from _thresholds(questions, block["rule"])


def _coverage(questions: Mapping[str, Any]) -> Iterator[str]:
    yield "## Risk by coverage"
    yield ""
    yield "Where only rows at or over one probability are decided: share of rows decided, and share"
    yield "right of these. Of stance, rows that are read as not about the West are left out: they"
    yield "have no record that could be marked."
    yield ""
    levels = [level for level, _, _ in next(iter(questions.values()))["coverage_over"]]
    yield "| question | " + " | ".join(f"≥ {level:.1f}" for level in levels) + " |"
    yield "|---" * (len(levels) + 1) + "|"
    for head, one in questions.items():
        cells = (
            f"{_percent(cover)}: {_percent(right)}" for _, cover, right in one["coverage_over"]
        )
        yield f"| {head} | " + " | ".join(cells) + " |"
    yield ""
    yield f"![Share of mistakes by share of rows decided]({RISK_PLOT})"
    yield ""


def _thresholds(questions: Mapping[str, Any], rule: str) -> Iterator[str]:
    yield "## Abstention"
    yield ""
    yield f"Rule: {rule}"
    yield ""
    yield "A cell: the threshold, then the share kept and its precision, both held out. † the bound"
    yield "does not reach the precision. The settings `claims.precision` and `stance.precision`"
    yield "choose the column (only every second step is shown)."
    yield ""
    yield "| question, label | gold | predicted | right | " + " | ".join(_SHOWN) + " |"
    yield "|---" * (4 + len(_SHOWN)) + "|"
    for head, one in questions.items():
        for label, found in one["labels"].items():
            counts = f"{found['gold']:,} | {found['predicted']:,} | {found['right']:,}"
            cells = " | ".join(_cell(found["at"][step]) for step in _SHOWN)
            yield f"| {head}: {label} | {counts} | {cells} |"
    yield ""


def _cell(cut: Mapping[str, Any]) -> str:
    if not cut["kept"]:
        return "never predicted"
    coverage, precision = cut["held_out"]
    threshold = _percent(cut["threshold"])[:3] if cut["threshold"] else "0"
    mark = "" if cut["reached"] else "†"
    return f"{threshold}{mark}; {_percent(coverage)}, {_percent(precision)}"


def _percent(value: float | None) -> str:
    if value is None:
        return "none"
    return f"{value:.2f}".removeprefix("0") if value < 0.995 else "1"


def main(arguments: Sequence[str]) -> int:
    """Write the cards; return the exit code."""

    def work(words: Sequence[str]) -> None:
        for name in words:
            write_card(Path(name))

    return run_module(__doc__, arguments, work, expected="MODEL_DIR...", least=1)
