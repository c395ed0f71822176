"""A linear model's card, generated from its meta.json and what a person wrote in failures.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.artefacts import Meta
from pipeline.learn.sections import calibration_and_abstention, known_failures, provenance

_TASKS = {
    "claims": "Judges each unit of an answer: claim, premise or none, and of a claim whether it "
    "is of fact, value or policy where the training rows say so.",
    "stance": "Judges where the speaker stands, by each unit of an answer, on a bloc: favor, "
    "against, neutral, or not about it. It sees neither who speaks nor from where.",
}


def render_card(meta: Meta, failures: str = "") -> str:
    """Return the card as Markdown, with a section of known failures where there are any."""
    return "\n".join(_lines(meta, failures)) + "\n"


def _lines(meta: Meta, failures: str) -> Iterator[str]:
    yield f"# Model {meta.name} {meta.version}"
    yield ""
    yield _TASKS.get(meta.task, meta.task)
    yield "Linear models on words, characters, context, grammar, cue words and actors; stored as"
    yield "plain arrays, without pickle. Generated from `meta.json`; do not edit."
    yield ""
    yield "## Labels"
    yield ""
    for head, labels in meta.labels.items():
        yield f"- {head}: {', '.join(labels)}"
    yield ""
    yield "## Figures"
    yield ""
    yield from _figures(meta.metrics)
    yield from calibration_and_abstention(meta.abstention)
    yield from known_failures(failures)
    yield from provenance(meta)


def _figures(metrics: dict[str, Any]) -> Iterator[str]:
    if not metrics:
        yield "None: no held-out rows were given."
        yield ""
        return
    yield "Macro-F1 with its 95 % interval from a bootstrap over documents; ECE is the expected"
    yield "calibration error of the most probable label."
    yield ""
    yield "| rows | question | n | macro-F1 | weighted F1 | ECE | majority | lexicon |"
    yield "|---|---|---|---|---|---|---|---|"
    for where, evaluation in metrics.items():
        for score in evaluation["questions"]:
            f1 = score["macro_f1"]
            baselines = {b["name"]: b["macro_f1"]["value"] for b in score["baselines"]}
            yield (
                f"| {where} | {score['question']} | {score['n_rows']:,} "
                f"| {f1['value']:.3f} ({f1['low']:.3f} to {f1['high']:.3f}) "
                f"| {score['weighted_f1']:.3f} | {score['calibration_error']:.3f} "
                f"| {baselines['majority']:.3f} | {baselines['lexicon']:.3f} |"
            )
    yield ""
