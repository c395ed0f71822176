"""The report of a run: one HTML page that needs no network, or one page an interview.

With one page an interview there are also pages of the sentences of several: a number of the
overview leads to them, since a page from disk can load no other.

A page's own script and style are allowed by their hashes and nothing else is, so that markup in a
transcript is inert even if it were not escaped. The page has the text without its script.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from pipeline.config import Inferred
from pipeline.labels.files import coders_of, is_human
from pipeline.report.accuracy import judging, measured
from pipeline.report.arguments import shares_of
from pipeline.report.comparison import group_name, page_columns
from pipeline.report.decided import LINK, LINK_SIGNS, people
from pipeline.report.estimates import corrected_nets
from pipeline.report.figures import draw_figures
from pipeline.report.interview import Piece, Reading
from pipeline.report.overview import FEW, KINDS, MIN_SIDES, Overview, Talk, few, talk_of
from pipeline.tables.counts import Row
from pipeline.tables.lookup import Lookup
from pipeline.tables.net import MIN_STANCES, MIN_TURNS
from pipeline.tables.own import Own
from pipeline.tables.rows import Summary, summarise
from pipeline.tables.totals import Counted, counted_of
from pipeline.tables.writer import Portion, TableWriter, make_portion, rows_of

PAGE_NAME, PAGES_NAME, SENTENCES_NAME = "report.html", "report", "sentences"
FIGURES_NAME = "figures"
MOST_ON_A_PAGE, MOST_BYTES = 20, 1_950_000
"""Interviews and bytes of one page, over which each interview gets a page."""
BYTES_OF_OVERVIEW, BYTES_AROUND_SENTENCES = 120_000, 60_000
MOST_INDEXED = 20_000_000
"""Bytes of codes over which the overview of many pages finds no sentences."""
BUFFERED = 1_000
"""Pieces of a page that are written at once."""
File = tuple[str, Iterable[bytes]]
"""The name of a file and its bytes, in parts that are made as they are written."""
STYLES, SCRIPTS = ("corrections", "page"), ("corrections", "page", "compare", "quotations")
MOST = {"rows": 100, "targets": 25, "holders": 25, "columns": 8}


@dataclass(frozen=True)
class Layout:
    """What the tables and pages of a run have of an interview depends on, besides the interview.

    Attributes:
        own: the user's columns.
        pages: make pages and figures; else the interviews are counted alone.
    """

    bloc: str
    inferred: Inferred = "exclude"
    own: Own = field(default_factory=dict)
    pages: bool = True


@dataclass(frozen=True)
class Shard:
    """All that a run writes and counts of an interview.

    Attributes:
        piece: of the pages; None without pages, or where ``problem`` says why there is none.
    """

    summary: Summary
    portion: Portion
    counted: Counted
    talk: Talk
    piece: Piece | None = None
    problem: str = ""


def make_shard(lookup: Lookup, layout: Layout, changes: Sequence[Row] | None = None) -> Shard:
    """Return what a run writes and counts of an interview.

    A fault in the pages is a problem of theirs alone.

    Args:
        lookup: of the interview.
        layout: of the run.
        changes: rows of sensitivity_units.csv, in a run that compares blocs.
    """
    rows = rows_of(lookup)
    if changes is not None:
        rows = {**rows, "sensitivity_units": changes}
    summary, portion = summarise(rows["interviews"][0]), make_portion(rows, layout.own)
    talk = talk_of(lookup, portion.facts, layout.bloc)
    made = Shard(summary, portion, counted_of(lookup), talk)
    if not layout.pages:
        return made
    try:
        reading = Reading(lookup, made.talk.row, layout.inferred, portion.observed)
        text, answers = (
            _template().render(view="piece", one=reading, gather=gather).strip()
            for gather in (False, True)
        )
        piece = Piece(text, answers, reading.codes, reading.index, reading.size)
        return replace(made, piece=piece)
    except Exception as error:  # the tables are whole
        return replace(made, problem=f"{type(error).__name__}: {error}")


class _Spool:
    """The texts of pieces on the disk, in order, while the run goes on."""

    def __init__(self, folder: Path) -> None:
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115
        self._sizes: list[tuple[int, ...]] = []

    def put(self, piece: Piece) -> None:
        texts = piece.reading, piece.answers, piece.codes, piece.index
        data = [text.encode() for text in texts]
        self._file.write(b"".join(data))
        self._sizes.append(tuple(map(len, data)))

    def take(self, first: int = 0) -> Iterator[list[Markup]]:
        """Yield the texts of each piece from a number on: reading, answers, codes, index."""
        end = 0
        for sizes in self._sizes:
            self._file.seek(end + sum(sizes[:first]))
            end += sum(sizes)
            texts = [self._file.read(size).decode() for size in sizes[first:]]
            yield [Markup(text) for text in texts]  # nosec B704: made by page.html

    def indexed(self) -> int:
        """Return the bytes of all indexes."""
        return sum(sizes[-1] for sizes in self._sizes)

    def close(self) -> None:
        self._file.close()


class Report:
    """The report of a run, made interview by interview.

    Args:
        folder: to write to in the end; texts of the pages are there until then.
        title: of the run.
        layout: of the run.
        models: folder of models, searched before the installed ones.
    """

    def __init__(
        self, folder: Path, title: str, layout: Layout, *, models: Path | None = None
    ) -> None:
        self.title, self.layout, self.models = title, layout, models
        self.overview = Overview(layout.bloc, inferred=layout.inferred)
        self.problem = ""
        self._spool = _Spool(folder) if layout.pages else None
        self._talks: list[tuple[str, str, int]] = []
        self._pages: list[int] = []

    def add(self, shard: Shard) -> None:
        """Count an interview, and keep on the disk what the pages have of it."""
        self.overview.add(shard.talk)
        self.problem = self.problem or shard.problem
        if self._spool and (piece := shard.piece):
            self._spool.put(piece)
            row = shard.talk.row
            self._talks.append((row["id"], row["title"], piece.size))

    def finish(
        self,
        manifest: Mapping[str, Any],
        estimates: Iterable[Mapping[str, Any]],
        tables: TableWriter,
    ) -> Iterator[File]:
        """Yield the page, or the pages with their overview, and the figures, by name.

        Args:
            manifest: what run.json states, or will state.
            estimates: the rows of estimates.csv.
            tables: of the run, with the stances of all interviews and their groups.

        Raises:
            RuntimeError: the page of an interview could not be made.
        """
        self.overview.count(tables.facts)
        self.overview.estimates = corrected_nets(estimates)
        if self._spool is None:
            return
        self._manifest = manifest
        settings = manifest["settings"]
        inputs = [one["sha256"] for one in manifest.get("inputs", ())]
        told = inputs, manifest.get("models", ()), settings
        self._key = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]
        self._compared = page_columns(tables.compared)
        self._reasons = shares_of(tables.claimed)
        size = BYTES_OF_OVERVIEW + sum(size for _, _, size in self._talks)
        with closing(self._spool) as spool:
            if self.problem:
                raise RuntimeError(self.problem)
            if len(self._talks) <= MOST_ON_A_PAGE and size <= MOST_BYTES:
                found = list(spool.take())
                readings, codes = [one[0] for one in found], [[one[2]] for one in found]
                yield PAGE_NAME, self._overview(readings, codes)
            else:
                yield from self._many(spool)
        for name, data in draw_figures(self.overview):
            yield f"{FIGURES_NAME}/{name}", [data]

    def _many(self, spool: _Spool) -> Iterator[File]:
        """Yield a page an interview, pages of the sentences of several, and their overview."""
        held: list[tuple[Markup, Markup]] = []
        filled = 0
        for (name, title, size), (reading, answers, codes, _) in zip(
            self._talks, spool.take(), strict=True
        ):
            page = self._render("talk", f"{name}: {title}", readings=[reading], codes=[[codes]])
            yield f"{PAGES_NAME}/{name}.html", page
            if held and BYTES_AROUND_SENTENCES + filled + size > MOST_BYTES:
                yield self._sentences(held)
                held, filled = [], 0
            held.append((answers, codes))
            filled += size
        yield self._sentences(held)
        yield PAGE_NAME, self._overview([], list(_indexes(spool)), alone=True)

    def _sentences(self, held: Sequence[tuple[Markup, Markup]]) -> File:
        self._pages.append(len(held))
        number = len(self._pages)
        answers, codes = [one for one, _ in held], [[one] for _, one in held]
        title = f"{self.title}: sentences, page {number}"
        page = self._render("sentences", title, readings=answers, codes=codes)
        return f"{SENTENCES_NAME}/{number}.html", page

    def _overview(
        self,
        readings: Sequence[Markup],
        codes: Sequence[Iterable[Markup]],
        *,
        alone: bool = False,
    ) -> Iterator[bytes]:
        """Return the overview, with the sentences unless each interview is ``alone`` on a page."""
        return self._render(
            "overview" if alone else "all",
            self.title,
            readings=readings,
            codes=codes,
            o=self.overview,
            compared=self._compared,
            reasons=self._reasons,
            pages=self._pages,
            judges=measured(self._manifest, models=self.models),
            repeats=self._manifest["settings"]["tables"]["duplicates"],
            failures=self._manifest.get("failures", ()),
            place=lambda talk: f"{PAGES_NAME}/{quote(talk)}.html" if alone else f"#{talk}",
            spot=lambda talk, unit: f"{f'{PAGES_NAME}/{quote(talk)}.html' * alone}#{quote(unit)}",
        )

    def _render(self, view: str, title: str, **more: Any) -> Iterator[bytes]:
        judges = ", ".join(f"{one['name']} {one['version']}" for one in judging(self._manifest))
        judges = self._manifest.get("judge", {}).get("source", judges)
        stream = _template().stream(
            view=view, title=title, run=self.title, key=self._key, bloc=self.overview.bloc,
            judged_by=judges, linked=bool(self._reasons),
            version=self._manifest["versions"]["westward"], **more,
        )  # fmt: skip
        stream.enable_buffering(BUFFERED)
        return (text.encode() for text in stream)


def write_files(folder: Path, files: Iterable[File]) -> None:
    """Write the files of a report."""
    for name, parts in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        with (folder / name).open("wb") as stream:
            stream.writelines(parts)


def _indexes(spool: _Spool) -> Iterator[Iterator[Markup]]:
    """Yield the index of all interviews in parts, unless it is too large for a page."""
    if spool.indexed() <= MOST_INDEXED:
        entries = (entry for (entry,) in spool.take(first=3))
        yield chain([Markup("[")], islice(entries, 1), (Markup(",") + one for one in entries),
                    [Markup("]")])  # fmt: skip


@lru_cache(maxsize=1)
def _template() -> Template:
    loader = PackageLoader("pipeline", "report")
    pages = Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=StrictUndefined,
    )  # fmt: skip
    style, script = (
        "".join(loader.get_source(pages, f"{name}.{kind}")[0] for name in names)
        for kind, names in (("css", STYLES), ("js", SCRIPTS))
    )
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    style, script = Markup(style), Markup(script)  # nosec B704: files of the package
    pages.globals |= {
        "style": style, "script": script, "policy": policy, "FEW": FEW, "KINDS": KINDS,
        "MIN_SIDES": MIN_SIDES, "MIN_STANCES": MIN_STANCES, "MIN_TURNS": MIN_TURNS, "MOST": MOST,
        "few": few, "fragment": fragment, "group_name": group_name, "address": address,
        "people": people, "coders_of": coders_of, "is_human": is_human, "LINK": LINK,
        "LINK_SIGNS": LINK_SIGNS,
    }  # fmt: skip
    return pages.get_template("page.html")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def address(talk: str) -> str:
    """Return the address of an interview's page from a page of sentences."""
    return f"../{PAGES_NAME}/{quote(talk)}.html"


def fragment(**facets: object) -> str:
    """Return the address of the sentences with some codes, on the same page."""
    return f"#{urlencode(facets, quote_via=quote)}"
