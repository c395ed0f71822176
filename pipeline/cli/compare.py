"""``westward compare``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from pipeline.cli.console import counts_table, print_json, print_warning, say, short, stderr, stdout
from pipeline.cli.options import Json, RunFolder, WithoutLabels

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipeline.coding.versions import Versions
    from pipeline.tables.counts import Cell
    from pipeline.tables.groups import Comparison

SHOWN, SHOWN_DIFFERENCES = 30, 15
SUFFIX = ".compared"
CAPTION = (
    "+ for, = neutral, − against, of decided own stances; net: for less against;\n"
    "intervals are over talks, and do not have the judge's own errors in them"
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("compare")(compare_command)


def compare_command(
    run: RunFolder,
    other: Annotated[
        Path | None, typer.Argument(metavar="OTHER", help="Another run of the same interviews.")
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="COLUMN",
            help="Column of the index or the speakers, or year, quarter, month, interview, holder.",
        ),
    ] = None,
    holder: Annotated[str | None, typer.Option(help="Compare only this respondent's.")] = None,
    target: Annotated[str | None, typer.Option(help="Count only stances on this target.")] = None,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="Folder to write to. [default: RUN.compared/]"),
    ] = None,
    as_json: Json = False,
    without_labels: WithoutLabels = False,
) -> None:
    """Compare groups of respondents, or two runs.

    Shares and net positions of own stances, with 95 % intervals over interviews, and their
    differences with p values corrected after Holm. Writes two tables and a figure.
    """
    from pipeline.errors import ConfigError
    from pipeline.tables.grouping import compare_by

    if (by is None) == (other is None):
        raise ConfigError(
            "expected either --by COLUMN, to compare groups of a run, or a second run; see "
            "`westward compare --help`"
        )
    if other is not None and (holder is not None or target is not None):
        raise ConfigError("--holder and --target are for --by; expected two runs alone")
    if other is not None:
        _compare_runs(run, other, out=out, as_json=as_json)
    else:
        found = compare_by(run, str(by), holder=holder, target=target, labels=not without_labels)
        _show_groups(run, found, (holder, target), out=out, as_json=as_json)


def _show_groups(
    run: Path, found: Comparison, only: Sequence[str | None], *, out: Path | None, as_json: bool
) -> None:
    holder, target = only
    about = target or _bloc(run)
    name = "-".join(_slug(part) for part in (found.column, holder, target) if part)
    written = _write(_place(run, out), name, found, about)
    if as_json:
        print_json(_as_json(found))
        return
    title = ", ".join(filter(None, (f"by {found.column}", holder, target and f"on {target}")))
    _print_groups(found, title)
    _print_differences(found)
    _print_written(written)


def _compare_runs(run: Path, other: Path, *, out: Path | None, as_json: bool) -> None:
    from dataclasses import asdict

    from pipeline.coding.agreement import write_csv
    from pipeline.coding.versions import compare_runs

    with stderr().status("comparing"):
        found = compare_runs(run, other)
    folder, name = _place(run, out), _slug(f"{found.names[0]} and {found.names[1]}")
    written = _write(folder, name, found.comparison, _bloc(run))
    write_csv(folder / f"{name}-sentences.csv", found.differing)
    written.append(folder / f"{name}-sentences.csv")
    if as_json:
        agreement = [asdict(one) for one in found.agreement]
        print_json({**_as_json(found.comparison), "agreement": agreement,
                    "in_one_alone": found.alone, "changed": found.changed})  # fmt: skip
        return
    _print_agreement(found)
    _print_groups(found.comparison, "two runs")
    _print_differences(found.comparison, every=True)
    if found.alone:
        print_warning(f"only in one run, and left out: {_first(found.alone)}")
    if found.changed:
        print_warning(f"not the same transcript in both: {_first(found.changed)}")
    _print_written(written)


def _bloc(run: Path) -> str:
    from pipeline.runs.folder import read_manifest

    return str(read_manifest(run)["settings"]["bloc"]["name"])


def _place(run: Path, out: Path | None) -> Path:
    named = run if run.name.strip(".") else run.resolve()  # "." has no name
    return out or named.with_name(f"{named.name}{SUFFIX}")


def _slug(text: str) -> str:
    return re.sub(r"[^\w.]+", "-", text).strip("-.") or "all"


def _write(folder: Path, name: str, found: Comparison, about: str) -> list[Path]:
    from pipeline.report.comparison import draw_groups, table_bytes
    from pipeline.runs.files import make_place, replace_file

    make_place(folder, option="-o")
    files = {
        f"{name}-groups.csv": table_bytes(found.groups),
        f"{name}-differences.csv": table_bytes(found.differences, differences=True),
        **dict(draw_groups(found, name=name, about=about)),
    }
    for file, data in files.items():
        replace_file(folder / file, data, option="-o")
    return [folder / file for file in files]


def _as_json(found: Comparison) -> dict[str, object]:
    return {"column": found.column, "groups": found.groups, "differences": found.differences}


def _print_groups(found: Comparison, title: str) -> None:
    names = (title, "talks", "decided", "+", "=", "−", "net", "95 % interval")
    table = counts_table(dict.fromkeys(names, ""))
    for row in found.groups[:SHOWN]:
        shares = (_percent(row[f"share_{side}"]) for side in ("favor", "neutral", "against"))
        name = "(not known)" if row["group"] is None else str(row["group"])
        counts = f"{row['interviews']:,}", f"{row['decided']:,}"
        table.add_row(name, *counts, *shares, _signed(row["net"]), _between(row, "net_"))
    stdout().print(table)
    say(CAPTION)
    if len(found.groups) > SHOWN:
        say(f"{len(found.groups) - SHOWN} more groups are in the table")
    notes = dict.fromkeys(str(row["note"]) for row in found.groups if row["note"])
    if notes:
        say(f"no interval where there is: {'; '.join(one.partition(':')[0] for one in notes)}")


def _print_differences(found: Comparison, *, every: bool = False) -> None:
    from pipeline.tables.groups import MEASURES, NET

    labels = {one.name: one.label for one in MEASURES}
    rows = [row for row in found.differences if every or row["measure"] == NET.name]
    tested = [row for row in rows if row.get("p") is not None]
    if rows and not tested:
        notes = dict.fromkeys(str(row.get("note")).partition(":")[0] for row in rows)
        say(f"no difference has an interval: {'; '.join(notes)}")
    if not tested:
        return
    if not every:
        tested.sort(key=lambda row: cast("float", row["p"]))
    names = ("difference" if every else "difference of net", "", "95 % interval", "p", "p, Holm")
    table = counts_table(dict.fromkeys(names, ""))
    for row in tested[:SHOWN_DIFFERENCES]:
        name = labels[str(row["measure"])] if every else f"{row['group']} less {row['other']}"
        table.add_row(name, _signed(row["difference"]), _between(row), _p(row["p"]),
                      _p(row["p_holm"]))  # fmt: skip
    stdout().print(table)
    if len(tested) > SHOWN_DIFFERENCES:
        say(f"{len(tested) - SHOWN_DIFFERENCES} more differences are in the table")


def _print_agreement(found: Versions) -> None:
    from pipeline.evaluate.tables import simple_table

    title = f"agreement of {found.names[0]} and {found.names[1]}"
    table = simple_table(title, "question", "sentences", "equal", "kappa", "differ most")
    for one in found.agreement:
        pairs = sorted((n, a, b) for pair in one.confusion.values() for a, b, n in pair if a != b)
        most = f"{pairs[-1][1]} > {pairs[-1][2]}: {pairs[-1][0]}" if pairs else ""
        equal, kappa = one.figures["percent"][0], one.figures["cohen"][0]
        table.add_row(one.question, f"{one.n:,}", short(equal), short(kappa), most)
    stdout().print(table)


def _print_written(written: Iterable[Path]) -> None:
    for path in written:
        say(f"written to {path}")


def _first(names: Sequence[str]) -> str:
    from pipeline.errors import listed

    return listed(names)


def _percent(value: Cell) -> str:
    return "" if value is None else f"{100 * cast('float', value):.0f} %"


def _signed(value: Cell) -> str:
    from pipeline.report.summary import signed

    return "" if value is None else signed(cast("float", value))


def _between(row: Mapping[str, Cell], prefix: str = "") -> str:
    if row.get(f"{prefix}low") is None:
        return ""
    return f"{_signed(row[f'{prefix}low'])} to {_signed(row[f'{prefix}high'])}"


def _p(value: Cell) -> str:
    p = cast("float", value)
    return "< .001" if p < 0.001 else f"{p:.3f}".replace("0.", ".", 1)
