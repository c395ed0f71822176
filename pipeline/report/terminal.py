"""An annotated interview for the terminal, question by question, with or without colour.

Each judged unit is next to its component; each stance is below its text in words, so that nothing
is expressed by colour alone:

    ● claim, policy .81    We have to keep the alliance united.
                           + in favor of the alliance, .93
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from pipeline.labels.files import coder_of, coders_of, is_human
from pipeline.notices import sentence
from pipeline.records import (
    Claim,
    Component,
    Decision,
    Interview,
    Relation,
    Speaker,
    Stance,
    Turn,
    Unit,
)
from pipeline.report.arguments import opening
from pipeline.report.decided import LEFT_OUT, LINK, LINK_SIGNS, asked, people, replaced
from pipeline.tables.arguments import Arguments
from pipeline.tables.lookup import Lookup, Position, position
from pipeline.tables.rows import own_code

GUTTER = 21

_COMPONENT_STYLES: dict[Component, tuple[str, str]] = {
    "claim": ("●", "bold cyan"),
    "premise": ("○", "blue"),
    "none": ("·", "bright_black"),
}
_STANCE_STYLES: dict[Position, tuple[str, str, str]] = {
    "favor": ("+", "in favor of", "green"),
    "against": ("−", "against", "red"),
    "neutral": ("=", "neutral on", "yellow"),
    "abstained": ("?", "not decided on", "magenta"),
}
_QUOTED = 40
"""Characters of a sentence by which another one names it."""
_DOUBTS = ("question", "irony", "scare-quotes", "assent")


@dataclass(frozen=True)
class Filter:
    """Which units are shown; None lets all pass.

    What concerns a stance is true of one and the same stance.

    Attributes:
        speaker: part of the speaker's name, or the speaker's id.
        component, kind: of the unit, as decided.
        stance: position, or ``not_about``; of an own stance unless a voice or holder is asked for.
        voice, flag: of the stance.
        holder: part of its name, of its words in the transcript, or of its id in the tables.
        target: part of its name or words.
        min_probability: of the stance, or of the component where no stance is asked for.
    """

    speaker: str | None = None
    component: str | None = None
    kind: str | None = None
    stance: str | None = None
    voice: str | None = None
    holder: str | None = None
    target: str | None = None
    flag: str | None = None
    min_probability: float | None = None

    @property
    def asked(self) -> dict[str, object]:
        """What is asked for, by attribute."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    def passes(self, lookup: Lookup, unit: Unit) -> bool:
        """Tell whether a unit is shown."""
        if self.speaker is not None and not self.names(lookup.speaker_of(unit)):
            return False
        claim = lookup.claims.get(unit.id)
        decided = claim if claim and not claim.abstained else None
        if self.component and (decided is None or decided.component != self.component):
            return False
        if self.kind and (decided is None or decided.kind != self.kind):
            return False
        if self.stance == "not_about":
            return own_code(lookup, unit) == self.stance
        if self.asked.keys() & {"stance", "voice", "holder", "target", "flag"}:
            stances = (*lookup.own(unit), *lookup.attributed(unit))
            return any(self._takes(lookup, one) for one in stances)
        return self._reaches(claim)

    def _takes(self, lookup: Lookup, stance: Stance) -> bool:
        voice = self.voice or ("own" if self.stance and self.holder is None else stance.voice)
        return (
            stance.voice == voice
            and self.stance in (None, position(stance))
            and self.holds(lookup, stance)
            and _within(self.target, f"{stance.target_actor}\n{stance.target_text}")
            and (self.flag is None or self.flag in stance.flags)
            and self._reaches(stance)
        )

    def holds(self, lookup: Lookup, stance: Stance) -> bool:
        """Tell whether the holder of a stance is the one wanted."""
        return _within(self.holder, "\n".join(lookup.names_of_holder(stance)))

    def _reaches(self, one: Claim | Stance | None) -> bool:
        """Whether a judgement is probable enough; what people say is."""
        if self.min_probability is None or (one is not None and is_human(one.source)):
            return True
        return one is not None and (one.probability or 0.0) >= self.min_probability

    def shows(self, interview: Interview) -> bool:
        """Tell whether any unit of an interview is shown."""
        if not self.asked:
            return True
        lookup = Lookup(interview)
        answers = (turn for turn in interview.turns if turn.kind != "question")
        return any(self.passes(lookup, unit) for turn in answers for unit in lookup.units_of(turn))

    def names(self, speaker: Speaker) -> bool:
        """Tell whether a speaker is the one wanted."""
        wanted = (self.speaker or "").casefold()
        return wanted == speaker.id.casefold() or wanted in (speaker.name or "").casefold()


def _within(wanted: str | None, name: str) -> bool:
    return wanted is None or wanted.casefold() in name.casefold()


def render_legend() -> RenderableType:
    """Return the meaning of the signs."""
    legend = Table.grid(padding=(0, 2))
    legend.add_row(
        _component_label("claim", "claim: a standpoint put forward"),
        _component_label("premise", "premise: a reason or evidence for one"),
    )
    legend.add_row(
        _component_label("none", "neither"), Text(".81 is the probability", style="bright_black")
    )
    legend.add_row(_position_label("favor"), _position_label("against"))
    legend.add_row(_position_label("neutral"), _position_label("abstained"))
    legend.add_row(
        Text("“…” NAME: reported as another's", style="italic"),
        Text.assemble(("underlined", "underline"), ": the target"),
    )
    legend.add_row(
        *(
            Text(f"{sign} {LINK[kind]} “...”", style="bright_black")
            for kind, sign in LINK_SIGNS.items()
        )
    )
    notes = ("no line below: not about the bloc", "irony? question? ...: read it twice")
    legend.add_row(*(Text(note, style="bright_black") for note in notes))
    return Padding(legend, (0, 0, 1, 2))


def _component_label(component: Component, words: str) -> Text:
    sign, style = _COMPONENT_STYLES[component]
    return Text(f"{sign} {words}", style=style)


def _position_label(side: Position) -> Text:
    sign, words, style = _STANCE_STYLES[side]
    return Text(f"{sign} {words} ...", style=style)


def render_interview(
    interview: Interview, *, only: Filter | None = None, guesses: bool = False
) -> RenderableType:
    """Return an interview, or its units that pass a filter; guesses where nothing is decided."""
    only = only or Filter()
    lookup = Lookup(interview)
    parts = list(_turns(lookup, only, guesses=guesses))
    if not parts:
        parts = [Text("  no unit passes the filter", style="italic bright_black")]
    return Group(_heading(lookup), *parts)


def _heading(lookup: Lookup) -> RenderableType:
    interview = lookup.interview
    lines = [Text(interview.title, style="bold")]
    facts = [interview.id, interview.date, interview.series, interview.source_format]
    lines.append(Text(" · ".join(fact for fact in facts if fact), style="bright_black"))
    for speaker in interview.speakers:
        about = f"  {speaker.role}" + (f", {speaker.affiliation}" if speaker.affiliation else "")
        lines.append(Text.assemble((speaker.name or speaker.id, "bold"), (about, "bright_black")))
    lines.extend(Text(f"! {sentence(one)}", style="yellow") for one in interview.warnings)
    return Padding(Group(Rule(style="bold"), *lines, Rule(style="bold")), (0, 0, 1, 0))


def _turns(lookup: Lookup, only: Filter, *, guesses: bool) -> Iterator[RenderableType]:
    number, arguments = 0, Arguments(lookup)
    pending: list[RenderableType] = []
    for turn in lookup.interview.turns:
        if turn.kind == "question":
            number += 1
            pending = [_question(lookup, turn, number)]
            if not only.asked:
                yield from pending
                pending = []
            continue
        units = [unit for unit in lookup.units_of(turn) if only.passes(lookup, unit)]
        if units:
            yield from pending
            pending = []
            yield _said(lookup, turn, units, arguments, guesses=guesses)
        elif not only.asked:
            name = lookup.speakers[turn.speaker_id].name or turn.speaker_id
            yield Padding(Text(f"{name}  {turn.text}", style="bright_black"), (0, 0, 1, 0))


def _question(lookup: Lookup, turn: Turn, number: int) -> RenderableType:
    speaker = lookup.speakers[turn.speaker_id]
    rule = Rule(Text(f"Question {number}", style="bold"), align="left", style="bright_black")
    name = Text(f"{speaker.name or speaker.role}  ", style="bold")
    return Padding(Group(rule, name + Text(turn.text, style="not bold italic")), (0, 0, 1, 0))


def _said(
    lookup: Lookup, turn: Turn, units: Iterable[Unit], arguments: Arguments, *, guesses: bool
) -> RenderableType:
    speaker = lookup.speakers[turn.speaker_id]
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(width=GUTTER, no_wrap=True)
    grid.add_column(ratio=1)
    for unit in units:
        lines = [_unit_text(lookup, unit)]
        stances = (*lookup.own(unit), *lookup.attributed(unit))
        lines.extend(_stance_line(lookup, stance, guesses=guesses) for stance in stances)
        mark = Text("! failed", style="red") if lookup.is_failed(unit) else None
        lines.extend(
            Text(f"no usable answer: {why}", style="red") for why in lookup.why_failed(unit)
        )
        lines.extend(_decision_lines(lookup.decisions.get(unit.id)))
        if relation := arguments.parent(unit):
            lines.append(_relation_line(lookup, relation))
        claim = lookup.claims.get(unit.id)
        grid.add_row(mark or _gutter(claim, guesses=guesses), Group(*lines))
    name = Text(speaker.name or speaker.id, style="bold")
    name.append(f"  {turn.id}", style="not bold bright_black")
    return Padding(Group(name, grid), (0, 0, 1, 0))


def _decision_lines(decision: Decision | None) -> Iterator[Text]:
    """Yield who decides what in place of which answers of the judge, remarks, and differences."""
    if decision is None:
        return
    if decision.by:
        line = f"by {people(decision)}: {asked(decision.questions)}"
        if judged := replaced(decision):
            line += f" (the judge: {judged})"
        yield Text(line, style="cyan")
    for who, note in decision.notes.items():
        yield Text(f"note by {coder_of(who)}: {note}", style="cyan")
    if decision.disputed:
        what = asked(decision.disputed)
        yield Text(f"! people differ on {what}: the judge's answer counts", style="yellow")
    if decision.left_out:
        yield Text(f"! by people, and does not count: {LEFT_OUT}", style="yellow")


def _gutter(claim: Claim | None, *, guesses: bool) -> Text:
    if claim is None:
        return Text("")
    if claim.abstained and not guesses:
        return Text("? not decided", style=_STANCE_STYLES["abstained"][2])
    sign, style = _COMPONENT_STYLES[claim.component]
    words = f"{claim.component}, {claim.kind}" if claim.kind else claim.component
    if claim.abstained:
        words = f"{words}?"
    return Text(f"{sign} {words}{_probability(claim.probability, ' ')}", style=style)


def _unit_text(lookup: Lookup, unit: Unit) -> Text:
    claim = lookup.claims.get(unit.id)
    dim = claim is None or (claim.component == "none" and not claim.abstained)
    text = Text(" ".join(unit.text.split()), style="bright_black" if dim else "")
    for stance in (*lookup.attributed(unit), *lookup.own(unit)):
        if stance.target_text:
            start = text.plain.casefold().find(stance.target_text.casefold())
            if start >= 0:
                style = f"underline {_STANCE_STYLES[position(stance)][2]}"
                text.stylize(style, start, start + len(stance.target_text))
    return text


def _stance_line(lookup: Lookup, stance: Stance, *, guesses: bool) -> Text:
    sign, words, style = _STANCE_STYLES[position(stance)]
    line = Text(style=style)
    if stance.voice == "attributed":
        line.append(f"“…” {lookup.holder_name(stance)}: ", style="italic")
    line.append(f"{sign} {words} {_target(stance)}")
    if not stance.abstained or guesses:
        guess = f"; guess: {stance.polarity}" if stance.abstained else ""
        line.append(f"{guess}{_sure(stance, ', ')}")
    line.append("".join(f", {flag}?" for flag in stance.flags if flag in _DOUBTS))
    return line


def _relation_line(lookup: Lookup, relation: Relation) -> Text:
    """What a unit supports or attacks, by the first words of that."""
    start = opening(lookup.units[relation.to_unit or ""].text, _QUOTED)
    shown = f"{LINK_SIGNS[relation.kind]} {LINK[relation.kind]} “{start}”{_sure(relation, ', ')}"
    return Text(shown, style="bright_black")


def _target(stance: Stance) -> str:
    actor = stance.target_actor
    if stance.target_text is None:
        return f"{actor or 'the bloc'} (only meant)"
    if actor is None or actor.casefold() == stance.target_text.casefold():
        return stance.target_text
    return f"{stance.target_text} ({actor})"


def _sure(one: Stance | Relation, mark: str) -> str:
    """How probable a judgement is, or whose it is if it is a person's."""
    if is_human(one.source):
        return f"{mark}by {coders_of(one.source)}"
    return _probability(one.probability, mark)


def _probability(value: float | None, mark: str) -> str:
    """A probability with a mark in front; nothing where the judge states none."""
    if value is None:
        return ""
    return f"{mark}1.0" if value >= 0.995 else f"{mark}{value:.2f}".replace("0.", ".")
