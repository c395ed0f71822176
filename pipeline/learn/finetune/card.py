"""An encoder's card from its meta.json; ``python -m pipeline.learn.cards FOLDER`` writes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.artefacts import MEMBERS
from pipeline.learn.sections import calibration_and_abstention, known_failures

PURPOSE = """A sentence encoder with a head for each question Westward asks of a sentence of an
answer: what it does in the argument (component, by the interviews' guidelines; component_argunsc,
by ArgUNSC's), of what kind a claim is, whether it is about the West, where the speaker stands
(stance), and the polarity toward a target that is marked. It reads the question's last words, the
sentence before and the beginning of the next, never who speaks. int8, run by onnxruntime on a CPU.

**Use it** to find and count passages that a person then reads. **Do not use it** to judge persons,
nor single sentences without reading them; the intervals below are wide."""


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
    yield f"\nInput: {meta['template']}\n"
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
    if MEMBERS in meta:
        yield "What its members were trained on, see their cards; it holds no weights of its own."
        return
    yield "| file | licence | sha256 |"
    yield "|---|---|---|"
    for data in meta["data"]:
        yield f"| {data['file']} | {data['licence']} | `{data['sha256']}` |"
    yield "\n## Files\n"
    for file, digest in meta["files"].items():
        yield f"- {file}: sha256 `{digest}`"


def _made_of(meta: Mapping[str, Any]) -> Iterator[str]:
    """What the weights began as, or whose answers are averaged."""
    if members := meta.get(MEMBERS):
        yield "The mean of the calibrated probabilities of encoders beside it, calibrated anew:\n"
        for one in members:
            yield f"- {one['name']} {one['version']}, weight {one['weight']:g}"
        yield f"\nThe weights have the lowest log loss on {meta['chosen']['split']}."
        return
    base = meta["base"]
    yield f"Fine-tuned from {base['name']}, {base['licence']}, sha256 `{base['sha256']}`."
    if before := meta.get("went_on_from"):
        yield f"Fitting went on from version {before['version']}, itself fitted from those weights."
        if kept := meta["plan"].get("kept"):
            yield f"What ships is the mean of both, {kept:.0%} of it the earlier weights."


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
