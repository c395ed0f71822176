"""What a run wrote, made again: its tables, page and figures with people's labels as they are now.

What the judge said (``annotated.jsonl``) and the estimates stay as they are.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.actors import ActorTable
from pipeline.errors import legible
from pipeline.labels.decisions import Decisions, read_decisions
from pipeline.labels.files import coder_of, fingerprint
from pipeline.notices import notice
from pipeline.records import Label, Notice
from pipeline.report.estimates import ESTIMATES_NAME, read_estimates
from pipeline.report.methods import write_methods
from pipeline.report.overview import Overview
from pipeline.report.page import (
    FIGURES_NAME,
    PAGE_NAME,
    PAGES_NAME,
    SENTENCES_NAME,
    Layout,
    Report,
    make_shard,
    write_files,
)
from pipeline.runs.folder import TABLES_NAME, interviews_of, move_outputs, read_manifest
from pipeline.tables.folder import APPLIED, OWN_COLUMNS, write_tables
from pipeline.tables.lookup import Lookup
from pipeline.tables.own import check_own
from pipeline.tables.rows import Summary, add_up
from pipeline.tables.writer import Portion


def update(
    run: Path, *, labels: bool = True, pages: bool | None = None, models: Path | None = None
) -> Overview:
    """Write the tables of a run again, its page and figures, and its counts; return the counts.

    Args:
        run: its folder.
        labels: whether people's labels apply; else all is of the judge alone.
        pages: make the page and the figures; where there is a page already if not given.
        models: folder of models, searched before the installed ones.

    Raises:
        InputError: the run or its labels cannot be read, or it cannot be written to.
    """
    run = run.resolve()
    manifest, applied = read_manifest(run), fingerprint(run) if labels else None
    pages = (run / PAGE_NAME).is_file() if pages is None else pages
    settings = manifest["settings"]
    layout = Layout(
        settings["bloc"]["name"], settings["targets"]["inferred"],
        manifest.get(OWN_COLUMNS, {}), pages,
    )  # fmt: skip
    with tempfile.TemporaryDirectory(prefix=f".{run.name}.", dir=run.parent) as folder:
        made = Path(folder)
        report = Report(made, legible(run.name), layout, models=models)
        decisions = read_decisions(run) if labels else Decisions()
        summaries: list[Summary] = []

        def read(actors: ActorTable) -> Iterator[Portion]:
            for interview in map(decisions.apply, interviews_of(run)):
                check_own(interview, layout.own)
                shard = make_shard(Lookup(interview, actors), layout)
                report.add(shard)
                summaries.append(shard.summary)
                yield shard.portion

        tables = write_tables(run, made / TABLES_NAME, read, manifest)
        report.overview.lost = decisions.lost()
        estimates = read_estimates(run / TABLES_NAME / ESTIMATES_NAME)
        write_files(made, report.finish(manifest, estimates, tables))
        manifest["totals"] = manifest.get("totals", {}) | add_up(summaries)
        manifest["counts"] = [asdict(one) for one in summaries]
        manifest.pop(APPLIED, None)
        manifest |= describe_labels(report.overview, applied)
        write_methods(made, manifest)
        whole = (PAGES_NAME, SENTENCES_NAME, FIGURES_NAME) if pages else ()
        move_outputs(run, made, manifest, whole=whole)
    return report.overview


def describe_labels(overview: Overview, sha256: str | None) -> dict[str, Any]:
    """Return what run.json states of the labels that apply; nothing where there are none.

    Args:
        overview: the counts of the run.
        sha256: of the labels, as ``fingerprint`` returns it.
    """
    if sha256 is None:
        return {}
    counts = {"sentences": overview.labelled, "disputed": overview.disputed}
    return {APPLIED: {"sha256": sha256, **counts, "by": dict(sorted(overview.coders.items()))}}


def warn_of_labels(overview: Overview) -> list[Notice]:
    """Return a warning of sentences in which people differ, and of what cannot count."""
    counts = {"labels-differ": overview.disputed, "links-left-out": overview.unlinked}
    found = [notice(code, sentences=count) for code, count in counts.items() if count]
    return [*found, *warn_of_lost(overview.lost)]


def warn_of_lost(labels: Sequence[Label]) -> list[Notice]:
    """Return a warning of people's labels that are of no sentence of a run, if there are any."""
    by = dict(sorted(Counter(coder_of(one.source) for one in labels).items()))
    return [
        notice("labels-lost", labels=len(labels), by=by, doc=one.doc, text=one.text)
        for one in labels[:1]
    ]
