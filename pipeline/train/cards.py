"""Cards of linear models and of retrained heads, rendered from meta.json, and data licences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.artefacts import Meta
from pipeline.evaluate.metrics import Interval
from pipeline.judges.user_heads import BASES, ENCODER
from pipeline.train.reports import Compared, HeadResult

FAILURES = "failures.md"
_TASKS = {
    "claims": "Classifies each unit of an answer as claim, premise or none, and each claim as "
    "fact, value or policy where the training rows do.",
    "stance": "Classifies the stance of each unit of an answer toward a bloc: favor, against, "
    "neutral, or not about it. It reads neither the speaker's name nor country.",
}


def read_failures(folder: Path) -> str:
    """Return the notes on a model's failures in ``failures.md``; empty without the file."""
    path = folder / FAILURES
    return path.read_text(encoding="utf8").strip() if path.is_file() else ""


def known_failures(failures: str) -> Iterator[str]:
    """Yield the lines of the section on failures; none without notes."""
    if failures:
        yield "## Known failures\n"
        yield f"From `{FAILURES}`, written by hand after reading mistakes on dev.\n"
        yield f"{failures}\n"


def render_card(meta: Meta, failures: str = "", *, more: Iterable[str] = ()) -> str:
    """Return the card of a linear model as Markdown.

    Args:
        failures: notes on failures, for a section of their own.
        more: lines after the figures.
    """
    lines = [
        f"{_TASKS.get(meta.task, meta.task)}",
        "Linear models on words, characters, context, grammar, cue words and actors; stored as",
        "plain arrays, without pickle. Generated from `meta.json`; do not edit.\n",
        "## Labels\n",
        *(f"- {head}: {', '.join(labels)}" for head, labels in meta.labels.items()),
        "\n## Figures\n",
        *_figures(meta.metrics),
    ]
    return _render(meta, lines, failures, more)


def render_heads_card(meta: Meta, failures: str = "", *, more: Iterable[str] = ()) -> str:
    """Return the card of retrained heads as Markdown; arguments as for ``render_card``."""
    encoder, ways, bases = meta.settings[ENCODER], meta.settings["ways"], meta.settings[BASES]
    results = [HeadResult.model_validate(one) for one in meta.metrics.values()]
    lines = [
        f"Heads for {meta.task}, retrained on the embeddings of {encoder['name']}",
        f"{encoder['version']} (weights and calibration: sha256 `{encoder['weights'][:16]}`);",
        "they work with no other encoder. Generated from `meta.json`; do not edit.\n",
        "## Heads\n",
        *(
            f"- {name}: {', '.join(labels)}; {ways[name]}, from the shipped head `{bases[name]}`"
            for name, labels in meta.labels.items()
        ),
        "\n## Figures\n",
        "Macro-F1 with its 95 % interval from a bootstrap over documents, and the gain of the",
        "better new version over the shipped head on the same rows.\n",
        "| head | on | rows | documents | shipped | recalibrated | retrained | gain | kept |",
        "|---|---|---|---|---|---|---|---|---|",
        *(
            f"| {result.head} | {_compared_cells(one)} | {result.kept} |"
            for result in results
            for one in result.compared
        ),
        "",
    ]
    return _render(meta, lines, failures, more)


def _render(meta: Meta, lines: Iterable[str], failures: str, more: Iterable[str]) -> str:
    """Return a card: title, lines, failures, training data, and versions of libraries."""
    rows = (
        f"| {use.file} | {use.rows:,} | {use.licence} | {use.attribution} | `{use.sha256}` |"
        for use in meta.data
    )
    versions = {**meta.libraries, **meta.lexicons}
    parts = [
        f"# Model {meta.name} {meta.version}\n",
        *lines,
        *more,
        *known_failures(failures),
        "## Trained on\n",
        "| file | training rows | licence | from | sha256 |",
        "|---|---|---|---|---|",
        *rows,
        "\n## Made with\n",
        *(f"- {name}: {version}" for name, version in versions.items()),
    ]
    return "\n".join(parts) + "\n"


def _figures(metrics: Mapping[str, Any]) -> Iterator[str]:
    if not metrics:
        yield "None: no held-out rows were given.\n"
        return
    yield "Macro-F1 with its 95 % interval from a bootstrap over documents; ECE is the expected"
    yield "calibration error of the most probable label.\n"
    yield "| rows | question | n | macro-F1 | weighted F1 | ECE | majority | lexicon |"
    yield "|---|---|---|---|---|---|---|---|"
    for where, evaluation in metrics.items():
        for score in evaluation["questions"]:
            baselines = {b["name"]: b["macro_f1"]["value"] for b in score["baselines"]}
            yield (
                f"| {where} | {score['question']} | {score['n_rows']:,} "
                f"| {_interval(Interval.model_validate(score['macro_f1']))} "
                f"| {score['weighted_f1']:.3f} | {score['calibration_error']:.3f} "
                f"| {baselines['majority']:.3f} | {baselines['lexicon']:.3f} |"
            )
    yield ""


def _compared_cells(one: Compared) -> str:
    gain = f"{one.gain.value:+.3f} ({one.gain.low:+.3f} to {one.gain.high:+.3f})"
    figures = (_interval(score.macro_f1) for score in one.scores.values())
    return " | ".join([one.on, f"{one.rows:,}", f"{one.docs:,}", *figures, gain])


def _interval(f1: Interval) -> str:
    return f"{f1.value:.3f} ({f1.low:.3f} to {f1.high:.3f})"


class Licence(NamedTuple):
    """The licence of a data set, and its attribution."""

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
    """Return the licence of a data set by its name in the rows."""
    return LICENCES.get(dataset, UNKNOWN)
