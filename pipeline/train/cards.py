"""Cards of retrained heads, rendered from meta.json, and licences of training data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pipeline.artefacts import DataUse, Meta, sha256_of
from pipeline.evaluate.metrics import Interval
from pipeline.judges.user_heads import BASES, ENCODER
from pipeline.train.reports import Compared, HeadResult

FAILURES = "failures.md"


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


def render_heads_card(meta: Meta, failures: str = "", *, more: Iterable[str] = ()) -> str:
    """Return the card of retrained heads as Markdown.

    Args:
        failures: notes on failures, for a section of their own.
        more: lines after the figures.
    """
    encoder, ways, bases = meta.settings[ENCODER], meta.settings["ways"], meta.settings[BASES]
    results = [HeadResult.model_validate(one) for one in meta.metrics.values()]
    lines = [
        f"# Model {meta.name} {meta.version}\n",
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
        *more,
        *known_failures(failures),
        "## Trained on\n",
        "| file | training rows | licence | from | sha256 |",
        "|---|---|---|---|---|",
        *(
            f"| {use.file} | {use.rows:,} | {use.licence} | {use.attribution} | `{use.sha256}` |"
            for use in meta.data
        ),
        "\n## Made with\n",
        *(f"- {name}: {version}" for name, version in {**meta.libraries, **meta.lexicons}.items()),
    ]
    return "\n".join(lines) + "\n"


def _compared_cells(one: Compared) -> str:
    gain = f"{one.gain.value:+.3f} ({one.gain.low:+.3f} to {one.gain.high:+.3f})"
    figures = (_interval(score.macro_f1) for score in one.scores.values())
    return " | ".join([one.on, f"{one.rows:,}", f"{one.docs:,}", *figures, gain])


def _interval(f1: Interval) -> str:
    return f"{f1.value:.3f} ({f1.low:.3f} to {f1.high:.3f})"


_INTERVIEWS = (
    "as the texts: CC BY 4.0, public domain, CC0 1.0, MIT",
    "annotated for Westward; texts from kremlin.ru (CC BY 4.0), whitehouse.gov (public domain), "
    "audreyt/transcript (CC0 1.0) and ArgUNSC (MIT)",
)
LICENCES = {
    "westward-interviews": _INTERVIEWS,
    "westward-interviews-west": _INTERVIEWS,
    "westward-written": ("MIT", "written and labelled for Westward; synthetic"),
    "argunsc": (
        "MIT",
        "Poiaganova and Stede, ArgUNSC: speeches in the UN Security Council on Ukraine, 2014-2018",
    ),
}
"""Licence and attribution of a data set."""
UNKNOWN = ("not stated", "the user's own rows")


def data_use(path: Path, datasets: Sequence[str]) -> DataUse:
    """Return the use of a file in training.

    Args:
        datasets: the data set of each training row; the most frequent decides the licence.
    """
    licence, attribution = LICENCES.get(Counter(datasets).most_common(1)[0][0], UNKNOWN)
    return DataUse(
        file=path.name,
        sha256=sha256_of(path),
        rows=len(datasets),
        licence=licence,
        attribution=attribution,
    )
