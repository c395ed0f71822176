"""A linear model's card, generated from its meta.json, and sections that other cards share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.artefacts import Meta

FAILURES = "failures.md"
_TASKS = {
    "claims": "Judges each unit of an answer: claim, premise or none, and of a claim whether it "
    "is of fact, value or policy where the training rows say so.",
    "stance": "Judges where the speaker stands, by each unit of an answer, on a bloc: favor, "
    "against, neutral, or not about it. It sees neither who speaks nor from where.",
}


def read_failures(folder: Path) -> str:
    """Return what a person wrote of a model's failures, empty where nobody did."""
    path = folder / FAILURES
    return path.read_text(encoding="utf8").strip() if path.is_file() else ""


def known_failures(failures: str) -> Iterator[str]:
    """Yield the section of what a person found on reading the model's mistakes."""
    if not failures:
        return
    yield "## Known failures"
    yield ""
    yield f"From `{FAILURES}`, written by hand after reading mistakes on dev."
    yield ""
    yield failures
    yield ""


def provenance(meta: Meta) -> Iterator[str]:
    """Yield the sections that end a card: what trained the weights, with what they were made."""
    yield "## Trained on"
    yield ""
    yield "| file | training rows | licence | from | sha256 |"
    yield "|---|---|---|---|---|"
    for use in meta.data:
        yield f"| {use.file} | {use.rows:,} | {use.licence} | {use.attribution} | `{use.sha256}` |"
    yield ""
    yield "## Made with"
    yield ""
    for name, version in {**meta.libraries, **meta.lexicons}.items():
        yield f"- {name}: {version}"


def render_card(meta: Meta, failures: str = "", *, more: Iterable[str] = ()) -> str:
    """Return the card of a linear model as Markdown.

    Args:
        failures: what a person wrote of them; they get a section where there are any.
        more: lines after the figures.
    """
    return "\n".join(_lines(meta, failures, more)) + "\n"


def _lines(meta: Meta, failures: str, more: Iterable[str]) -> Iterator[str]:
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
    yield from more
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


class Licence(NamedTuple):
    """The licence of a data set, and whom to name."""

    licence: str
    attribution: str


_INTERVIEWS = Licence(
    "as the texts: CC BY 4.0, public domain, CC0 1.0, MIT",
    "annotated for Westward; texts from kremlin.ru (CC BY 4.0), whitehouse.gov (public domain), "
    "audreyt/transcript (CC0 1.0) and ArgUNSC (MIT)",
)
LICENCES: Mapping[str, Licence] = {
    "westward-interviews": _INTERVIEWS,
    "westward-interviews-west": _INTERVIEWS,
    "westward-written": Licence("MIT", "written and labelled for Westward; synthetic"),
    "argunsc": Licence(
        "MIT",
        "Poiaganova and Stede, ArgUNSC: speeches in the UN Security Council on Ukraine, 2014-2018",
    ),
    "newsmtsc": Licence(
        "MIT (repository; the data's own readme names none)",
        "Hamborg and Donnay (2021), NewsMTSC, EACL",
    ),
    "umuc_unscon": Licence(
        "CC BY-SA", "UNSCon: verbal conflicts in the UN Security Council; changed: sentences"
    ),
    "ibm_claim_stance": Licence("CC BY-SA 3.0", "Bar-Haim et al. (2017), IBM Claim Stance, EACL"),
}
UNKNOWN = Licence("not stated", "the user's own rows")


def licence_of(dataset: str) -> Licence:
    """Return the licence of a data set by the name its rows give."""
    return LICENCES.get(dataset, UNKNOWN)
