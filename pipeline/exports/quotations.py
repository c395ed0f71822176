"""The clearest sentences of a run for a stance, and as Markdown, a Word document or a workbook."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.exports.text import inert
from pipeline.labels.decisions import decided_interviews
from pipeline.runs.files import replace_file
from pipeline.tables.quotations import Quotation, clearest, quotations_of

SAID = {"favor": "for", "against": "against", "neutral": "neutral on"}
SUFFIXES = (".md", ".docx", ".xlsx")
MOST_NAMED = 8
COLUMNS = {
    "before": 40, "sentence": 70, "after": 40, "speaker": 24, "holder": 24, "stance": 10,
    "target": 20, "probability": 11, "title": 30, "date": 11, "source": 40, "unit_id": 24,
}  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What quotations are of; None lets all pass. A part of a name is enough.

    Attributes:
        stance: favor, against or neutral.
        voice: own or attributed; own where no holder is asked for.
    """

    target: str | None = None
    stance: str | None = None
    holder: str | None = None
    speaker: str | None = None
    voice: str | None = None
    interview: str | None = None

    @property
    def asked(self) -> dict[str, str]:
        """What is asked for, by option."""
        found = {name: value for name, value in asdict(self).items() if value is not None}
        return found if {"voice", "holder"} & found.keys() else {**found, "voice": "own"}

    def passes(self, one: Quotation, but: str = "") -> bool:
        """Tell whether a quotation is wanted, whatever it has for the option ``but``."""
        return all(_FITS[name](one, value) for name, value in self.asked.items() if name != but)


def _part_of(wanted: str, *names: str | None) -> bool:
    return any(wanted.casefold() in (name or "").casefold() for name in names)


_FITS: Mapping[str, Callable[[Quotation, str], bool]] = {
    "target": lambda one, value: _part_of(value, one.on[0], one.stance.target_text),
    "stance": lambda one, value: one.position == value,
    "holder": lambda one, value: _part_of(value, one.who.name, one.spelling),
    "speaker": lambda one, value: _part_of(value, one.speaker.name),
    "voice": lambda one, value: one.who.voice == value,
    "interview": lambda one, value: one.interview.id == value,
}
_VALUE: Mapping[str, Callable[[Quotation], str]] = {
    "target": lambda one: one.on[0],
    "stance": lambda one: one.position,
    "holder": lambda one: one.spelling,
    "speaker": lambda one: one.speaker.name,
    "voice": lambda one: one.who.voice,
    "interview": lambda one: one.interview.id,
}


def find_quotations(run: Path, wanted: Wanted, *, n: int, labels: bool = True) -> list[Quotation]:
    """Return the clearest quotations of a run, the best first; with people's labels if wanted.

    Raises:
        InputError: the run cannot be read, or has none; it says what there is.
    """
    kept: list[Quotation] = []
    others: dict[str, Counter[str]] = {name: Counter() for name in wanted.asked}
    for interview in decided_interviews(run, labels=labels):
        for one in quotations_of(interview):
            if one.position == "abstained":
                continue
            if wanted.passes(one):
                kept.append(one)
            for name, counts in others.items():
                if wanted.passes(one, but=name):
                    counts[_VALUE[name](one)] += 1
    if not kept:
        raise InputError(f"{run}: {_why_none(wanted, others)}")
    return clearest(kept, n)


def _why_none(wanted: Wanted, others: Mapping[str, Counter[str]]) -> str:
    """Which option leaves nothing, and what there is without it."""
    words = " ".join(f"--{name} {value}" for name, value in wanted.asked.items())
    there = [
        f"without --{name} there is {_counted(counts)}" for name, counts in others.items() if counts
    ]
    hint = "; ".join(there) or "no option alone leaves anything; leave several out"
    return f"no decided stance with {words}; {hint}"


def _counted(counts: Counter[str]) -> str:
    named = ", ".join(f"{name} {n:,}" for name, n in counts.most_common(MOST_NAMED))
    more = len(counts) - MOST_NAMED
    return f"{named}, and {more} more" if more > 0 else named


def cells(one: Quotation) -> dict[str, str]:
    """Return a quotation as texts by the names of ``COLUMNS``."""
    probability = one.stance.probability
    talk = one.interview
    return {
        "before": one.before, "sentence": one.unit.text, "after": one.after,
        "speaker": one.speaker.shown,
        "holder": one.speaker.name if one.who.voice == "own" else one.spelling,
        "stance": SAID[one.position], "target": one.on[0],
        "probability": "" if probability is None else f"{probability:.2f}",
        "title": talk.title, "date": talk.date or "",
        "source": ", ".join(filter(None, (talk.series, talk.url))), "unit_id": one.unit.id,
    }  # fmt: skip


def label(one: Quotation) -> str:
    """Return who takes which side, as "against NATO, .84"."""
    cell = cells(one)
    whose = "" if one.who.voice == "own" else f"{cell['holder']}, as reported: "
    sure = f", {cell['probability'].replace('0.', '.', 1)}" if cell["probability"] else ""
    return f"{whose}{cell['stance']} {cell['target']}{sure}"


def source(one: Quotation) -> str:
    """Return where a quotation is from: speaker, title, date, series, address, sentence."""
    cell = cells(one)
    names = ("speaker", "title", "date", "source", "unit_id")
    return ". ".join(cell[name] for name in names if cell[name])


def write_quotations(path: Path, found: Sequence[Quotation], *, title: str) -> None:
    """Write quotations to a file: Markdown, Word or Excel, by its suffix.

    Raises:
        InputError: the suffix is another one, or the file cannot be written.
    """
    writers = dict(zip(SUFFIXES, (_markdown, _word, _workbook), strict=True))
    suffix = path.suffix.lower()
    if suffix not in writers:
        raise InputError(f"-o {path}: expected a name that ends in {', '.join(SUFFIXES)}")
    replace_file(path, writers[suffix](found, title), option="-o")


def _markdown(found: Iterable[Quotation], title: str) -> bytes:
    lines = [f"# {_plain(title)}"]
    for one in found:
        before, after = (_plain(text) for text in (one.before, one.after))
        quote = " ".join(filter(None, (before, f"**{_plain(one.unit.text.strip())}**", after)))
        lines += ["", f"> {quote}", "", f"{_plain(source(one))} ({_plain(label(one))})"]
    return ("\n".join(lines) + "\n").encode()


def _plain(text: str) -> str:
    """Return a text on one line in which no sign is mark-up."""
    flat = " ".join(inert(text).split())
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|" else sign for sign in flat)


def _word(found: Iterable[Quotation], title: str) -> bytes:
    import docx

    document = docx.Document()
    document.add_heading(inert(title), 1)
    for one in found:
        quote = document.add_paragraph(style="Quote")
        if one.before:
            quote.add_run(f"{inert(one.before.strip())} ")
        quote.add_run(inert(one.unit.text.strip())).bold = True
        if one.after:
            quote.add_run(f" {inert(one.after.strip())}")
        document.add_paragraph(f"{inert(source(one))} ({inert(label(one))})")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _workbook(found: Iterable[Quotation], title: str) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "quotations"
    rows = [dict(zip(COLUMNS, COLUMNS, strict=True)), *map(cells, found)]
    for at, row in enumerate(rows, start=1):
        for column, name in enumerate(COLUMNS, start=1):
            cell = sheet.cell(at, column)
            cell.value, cell.data_type, cell.quotePrefix = inert(row[name]), "s", True
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=at == 1 or name == "sentence")
    for column, width in enumerate(COLUMNS.values(), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
