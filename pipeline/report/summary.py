"""The four answers of a run for the terminal: claims, by whom, for and against, contested."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from textwrap import shorten

from pipeline.report.overview import KINDS, Line, Overview, few

WIDTH, LABEL, NAME = 80, 14, 24
MOST = 4


def answers(overview: Overview) -> list[str]:
    """Return at most eleven lines of at most 80 signs."""
    lines = (*_claims(overview), *_stances(overview))
    return [f"{label:<{LABEL}}{text}" for label, text in lines if text]


def _claims(overview: Overview) -> Iterator[tuple[str, str]]:
    if overview.labelled:
        differ = f"; people differ in {overview.disputed:,}" if overview.disputed else ""
        sentences = f"{overview.labelled:,} sentence{'' if overview.labelled == 1 else 's'}"
        yield "by people", f"{sentences}: {overview.by_people}{differ}"
    total = overview.claims
    kinds = ", ".join(f"{kind} {total[kind]:,}" for kind in KINDS)
    yield "claims", f"{total['claims']:,} in {total['sentences']:,} sentences; {kinds}"
    named = overview.claimed.most_common(MOST)
    yield "  they name", _fit(f"{_short(name)} {n:,}" for name, n in named)
    making = [row for row in overview.speakers if row["claims"]]
    yield "by whom", _fit(f"{_short(row['who'].name)} {row['claims']:,}" for row in making)


def _stances(overview: Overview) -> Iterator[tuple[str, str]]:
    own = overview.total()
    if own["n"]:
        yield (
            "own stances",
            (
                f"{own['n']:,}: {own['favor']:,} for, {own['against']:,} against, "
                f"{own['neutral']:,} neutral, {own['abstained']:,} not decided"
            ),
        )
        yield "  net", _net(overview.net)
    if meant := overview.left_out():
        yield (
            "  only meant",
            f"{meant:,} in no target below; targets.inferred = include counts them",
        )
    for what, rows in (("targets", overview.targets()), ("holders", overview.holders())):
        ranked = sorted((row for row in rows if not few(row)), key=_lean)
        yield f"  {what} +", _sides(row for row in reversed(ranked) if _lean(row) > 0)
        yield f"  {what} −", _sides(row for row in ranked if _lean(row) < 0)
    yield "contested", _sides(overview.contested)


def _net(row: Line) -> str:
    if row["net"] is None:
        return ""
    ends = "" if row["low"] is None else f" ({signed(row['low'])} to {signed(row['high'])})"
    return f"{signed(row['net'])}{ends}, {'raw' if row['raw'] else 'corrected'}"


def signed(value: float) -> str:
    """Return a net position as the page shows it: +.12, −.40, .00."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return sign + f"{abs(value):.2f}".replace("0.", ".", 1)


def _lean(row: Line) -> int:
    return int(row["favor"] - row["against"])


def _sides(rows: Iterable[Line]) -> str:
    named = ((row["who"].name if "who" in row else row["name"], row) for row in rows)
    return _fit(f"{_short(name)} +{row['favor']} −{row['against']}" for name, row in named)


def _fit(items: Iterable[str]) -> str:
    """Join the first items, as many as the line has room for."""
    text = ""
    for item in islice(items, MOST):
        longer = f"{text}, {item}" if text else item
        if len(longer) > WIDTH - LABEL:
            break
        text = longer
    return text


def _short(name: str) -> str:
    return shorten(name, NAME, placeholder="…")
