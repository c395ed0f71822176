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
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from pipeline.labels.files import coders_of, is_human
from pipeline.report.accuracy import judging, measured
from pipeline.report.comparison import PageColumn, group_name, page_columns
from pipeline.report.decided import people
from pipeline.report.estimates import corrected_nets
from pipeline.report.figures import draw_figures
from pipeline.report.interview import Reading
from pipeline.report.overview import FEW, KINDS, MIN_SIDES, Overview, few
from pipeline.tables.groups import Observed, compared_columns, observe
from pipeline.tables.lookup import Lookup
from pipeline.tables.net import MIN_STANCES, MIN_TURNS

PAGE_NAME, PAGES_NAME, SENTENCES_NAME = "report.html", "report", "sentences"
FIGURES_NAME = "figures"
MOST_ON_A_PAGE, MOST_BYTES = 20, 1_950_000
"""Interviews and bytes of one page, over which each interview gets a page."""
BYTES_OF_OVERVIEW, BYTES_AROUND_SENTENCES = 120_000, 60_000
MOST_INDEXED = 20_000_000
"""Bytes of codes over which the overview of many pages finds no sentences."""
STYLES, SCRIPTS = ("corrections", "page"), ("corrections", "page", "compare", "quotations")
MOST = {"rows": 100, "targets": 25, "holders": 25, "columns": 8}


class Report:
    """The report of a run, made interview by interview.

    Args:
        run: its folder.
        manifest: what run.json states, or will state.
        name: of the run, for the title; its folder's if not given.
        models: folder of models, searched before the installed ones.
        pages: make pages and figures; else the interviews are counted alone.
    """

    def __init__(
        self,
        run: Path,
        manifest: Mapping[str, Any],
        *,
        name: str | None = None,
        models: Path | None = None,
        pages: bool = True,
    ) -> None:
        self.run, self.manifest, self.models, self.pages = run, manifest, models, pages
        settings = manifest["settings"]
        self.overview = Overview(settings["bloc"]["name"], inferred=settings["targets"]["inferred"])
        self.title = name or run.resolve().name
        inputs = [one["sha256"] for one in manifest.get("inputs", ())]
        told = inputs, manifest.get("models", ()), settings
        self._key = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]
        self._observed: list[Observed] = []
        self._held: list[Reading] = []
        self._gathered: list[Reading] = []
        self._pages: list[int] = []
        self._compared: list[PageColumn] = []
        self._index: list[Markup] = []
        self._size, self._alone = BYTES_OF_OVERVIEW, False

    def add(self, lookup: Lookup) -> Iterator[tuple[str, bytes]]:
        """Count an interview, and yield the pages that are complete, by name."""
        row = self.overview.add(lookup)
        if not self.pages:
            return
        observed = list(observe(lookup))
        self._observed += observed
        self._held.append(Reading(lookup, row, self.overview.inferred, observed))
        self._index.append(self._held[-1].index)
        self._size += self._held[-1].size
        self._alone |= self._size > MOST_BYTES or len(self._index) > MOST_ON_A_PAGE
        if self._alone:
            for reading in self._held:
                yield self._talk(reading)
                yield from self._gather(reading)
            self._held = []

    def finish(self, estimates: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, bytes]]:
        """Yield the page, or the overview of the pages, and the figures, by name.

        Args:
            estimates: the rows of estimates.csv.
        """
        if not self.pages:
            return
        if self._gathered:
            yield self._sentences()
        self._compared = page_columns(compared_columns(self._observed))
        self.overview.estimates = corrected_nets(estimates)
        yield PAGE_NAME, self._overview(self._held, self._index if self._alone else None)
        for name, data in draw_figures(self.overview):
            yield f"{FIGURES_NAME}/{name}", data

    def _talk(self, reading: Reading) -> tuple[str, bytes]:
        title = f"{reading.interview.id}: {reading.interview.title}"
        page = self._render("talk", title, readings=[reading], codes=[reading.codes])
        return f"{PAGES_NAME}/{reading.interview.id}.html", page

    def _gather(self, reading: Reading) -> Iterator[tuple[str, bytes]]:
        """Gather the sentences of interviews, and yield a page of them when it is full."""
        size = BYTES_AROUND_SENTENCES + sum(one.size for one in (*self._gathered, reading))
        if self._gathered and size > MOST_BYTES:
            yield self._sentences()
        self._gathered.append(reading)

    def _sentences(self) -> tuple[str, bytes]:
        readings, self._gathered = self._gathered, []
        self._pages.append(len(readings))
        number = len(self._pages)
        codes = [reading.codes for reading in readings]
        title = f"{self.title}: sentences, page {number}"
        page = self._render("sentences", title, readings=readings, codes=codes)
        return f"{SENTENCES_NAME}/{number}.html", page

    def _overview(self, readings: Sequence[Reading], index: Sequence[Markup] | None) -> bytes:
        """Return the overview, with the sentences unless ``index`` finds them on other pages."""
        codes = [reading.codes for reading in readings]
        if index is not None and sum(map(len, index)) <= MOST_INDEXED:
            codes = [Markup("[{}]").format(Markup(",").join(index))]
        return self._render(
            "all" if index is None else "overview",
            self.title,
            readings=readings,
            codes=codes,
            o=self.overview,
            compared=self._compared,
            pages=self._pages,
            judges=measured(self.manifest, models=self.models),
            repeats=self.manifest["settings"]["tables"]["duplicates"],
            failures=self.manifest.get("failures", ()),
            place=lambda talk: f"#{talk}" if index is None else f"{PAGES_NAME}/{quote(talk)}.html",
        )

    def _render(self, view: str, title: str, **more: Any) -> bytes:
        judges = ", ".join(f"{one['name']} {one['version']}" for one in judging(self.manifest))
        judges = self.manifest.get("judge", {}).get("source", judges)
        template = _template()
        return template.render(
            view=view, title=title, run=self.title, key=self._key, bloc=self.overview.bloc,
            judged_by=judges,
            version=self.manifest["versions"]["westward"], **more,
        ).encode()  # fmt: skip


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
        "people": people, "coders_of": coders_of, "is_human": is_human,
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
