"""``westward show``."""

from __future__ import annotations

import os
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import stdout
from pipeline.cli.options import WithoutLabels, interviews

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.errors import InputError
    from pipeline.records import Interview, Speaker
    from pipeline.report.terminal import Filter

ComponentChoice = StrEnum("ComponentChoice", "CLAIM PREMISE NONE")
StanceChoice = StrEnum("StanceChoice", "FAVOR AGAINST NEUTRAL ABSTAINED NOT_ABOUT")
KindChoice = StrEnum("KindChoice", "FACT VALUE POLICY")
VoiceChoice = StrEnum("VoiceChoice", "OWN ATTRIBUTED")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("show")(show_command)


def show_command(
    run: Annotated[
        Path, typer.Argument(metavar="RUN", help="Folder that a run wrote, or an annotated.jsonl.")
    ],
    interview: Annotated[
        str | None,
        typer.Argument(
            metavar="INTERVIEW",
            help="Id of the interview to show. [default: all]",
            autocompletion=interviews,
        ),
    ] = None,
    speaker: Annotated[
        str | None, typer.Option(help="Show only speakers with this name or id.")
    ] = None,
    component: Annotated[
        ComponentChoice | None, typer.Option(help="Show only this component.")
    ] = None,
    kind: Annotated[KindChoice | None, typer.Option(help="Show only claims of this kind.")] = None,
    stance: Annotated[
        StanceChoice | None,
        typer.Option(
            help="Show only this stance, the speaker's own unless --voice or --holder is given."
        ),
    ] = None,
    voice: Annotated[
        VoiceChoice | None, typer.Option(help="Show only own, or only reported, stances.")
    ] = None,
    holder: Annotated[
        str | None,
        typer.Option(help="Show only stances of this holder: name, words in the text, or id."),
    ] = None,
    target: Annotated[str | None, typer.Option(help="Show only stances on this target.")] = None,
    flag: Annotated[
        str | None, typer.Option(help="Show only stances with this flag, such as irony.")
    ] = None,
    min_probability: Annotated[
        float | None, typer.Option(min=0, max=1, help="Show only what is at least this probable.")
    ] = None,
    guesses: Annotated[
        bool, typer.Option("--guesses", help="Show best guesses where nothing is decided.")
    ] = False,
    width: Annotated[
        int | None, typer.Option(min=40, help="Width in characters. [default: the terminal's]")
    ] = None,
    pager: Annotated[bool, typer.Option("--pager/--no-pager", help="Show it in a pager.")] = True,
    without_labels: WithoutLabels = False,
) -> None:
    """Read annotated interviews on the terminal.

    Goes question by question, after an overview if no interview and no filter is given. A part of
    a name is enough. Exits with 2 if no sentence passes the filters.
    """
    from pipeline.labels.decisions import decided_interviews
    from pipeline.report.estimates import ESTIMATES_NAME, corrected_nets, read_estimates
    from pipeline.report.overview import Overview
    from pipeline.report.summary import answers
    from pipeline.report.terminal import Filter, render_interview, render_legend
    from pipeline.runs.folder import MANIFEST_NAME, TABLES_NAME, read_manifest

    only = Filter(
        speaker=speaker, component=component, kind=kind, stance=stance, voice=voice, holder=holder,
        target=target, flag=flag, min_probability=min_probability,
    )  # fmt: skip
    left_out = _LeftOut(only)
    labels = not without_labels
    console = stdout(width=width)
    os.environ.setdefault("LESS", "-RFX")

    def print_all() -> None:
        shown = 0
        if interview is None and not only.asked:
            stated = read_manifest(run)["settings"] if (run / MANIFEST_NAME).is_file() else {}
            overview = Overview("", **stated.get("targets", {}))
            overview.estimates = corrected_nets(read_estimates(run / TABLES_NAME / ESTIMATES_NAME))
            for line in answers(overview.add_all(decided_interviews(run, labels=labels))):
                console.print(line, markup=False, soft_wrap=True)
            console.print()
        for found in decided_interviews(run, interview, labels=labels):
            if not only.shows(found):
                left_out.add(found)
                continue
            if not shown:
                console.print(render_legend())
            console.print(render_interview(found, only=only, guesses=guesses))
            shown += 1
        if not shown:
            raise _nothing_shown(run, left_out)

    if pager and console.is_terminal:
        with console.pager(styles=True):
            print_all()
    else:
        print_all()


class _LeftOut:
    """Who is in the interviews that a filter leaves out: for the error where it leaves out all."""

    def __init__(self, only: Filter) -> None:
        self.only = only
        self.speakers: list[Speaker] = []
        self.holders: Counter[str] = Counter()
        self.has_holder = only.holder is None

    def add(self, interview: Interview) -> None:
        """Count an interview."""
        from pipeline.tables.lookup import Lookup

        lookup, stances = Lookup(interview), interview.stances or ()
        self.speakers += interview.speakers
        self.holders.update(map(lookup.holder_name, stances))
        self.has_holder |= any(self.only.holds(lookup, one) for one in stances)


def _nothing_shown(run: Path, left_out: _LeftOut) -> InputError:
    """Return the error for a filter that no unit passes."""
    from pipeline.errors import InputError, did_you_mean, listed

    only = left_out.only
    if not left_out.speakers:
        return InputError(f"{run}: no interview in it; the run wrote none")
    if only.speaker is not None and not any(map(only.names, left_out.speakers)):
        names = list(dict.fromkeys(one.name or one.id for one in left_out.speakers))
        meant = did_you_mean(only.speaker, names)
        return InputError(
            f'{run}: no speaker "{only.speaker}" in it{meant}; expected part of a name, or an id: '
            f"{listed(names)}"
        )
    words = " ".join(f"--{name.replace('_', '-')} {value}" for name, value in only.asked.items())
    if only.holder is not None and left_out.holders and not left_out.has_holder:
        names = [name for name, _ in left_out.holders.most_common()]
        known = _counted_as(only.holder, names) or did_you_mean(only.holder, names)
        return InputError(
            f'{run}: no stance of a holder "{only.holder}" in it{known}; expected part of a name, '
            f"of its words in a transcript, or an id: {listed(names)}"
        )
    return InputError(f"{run}: no unit with {words}; nothing to show; leave an option out")


def _counted_as(holder: str, names: Sequence[str]) -> str:
    """Return under which of some names a holder is counted, as a leader under the state."""
    from pipeline.actors import load_actors

    meant = {name for one in load_actors().mentions(holder) for name in one.actors}
    found = [name for name in names if name in meant]
    return f'; "{holder}" is counted as {" and ".join(found)}' if found else ""
