"""The data types of the pipeline: frozen records.

Offsets are half-open Unicode code points into ``Turn.text``, which is not altered after ingest. A
layer of an ``Interview`` is ``None`` if the stage did not run, and ``()`` if it found nothing. Ids
are positional (``k01.t012.u2``): the same input gives the same bytes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, JsonValue

Role = Literal["interviewer", "respondent", "other"]
TurnKind = Literal["question", "answer", "statement", "aside"]
Component = Literal["claim", "premise", "none"]
ClaimKind = Literal["fact", "value", "policy"]
Polarity = Literal["favor", "against", "neutral"]
Voice = Literal["own", "attributed"]
RelationKind = Literal["support", "attack", "none"]
Via = Literal["name", "alias", "metonym", "pronoun", "nominal"]
Probability = Annotated[float, Field(ge=0.0, le=1.0)]
Offset = Annotated[int, Field(ge=0)]
MAX_ID = 80
InterviewId = Annotated[
    str,
    Field(
        min_length=1,
        max_length=MAX_ID,
        pattern=r"^\w[\w.-]*$",
        description="a name, of which files are named: no path",
    ),
]
PartialDate = Annotated[str, Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]


class Record(BaseModel):
    """A frozen record; unknown fields are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Paragraph(Record):
    """A paragraph of a source: one line of text and its format."""

    text: str
    line: int = Field(ge=1, description="1-based line of the source where the paragraph starts")
    heading: int = Field(default=0, ge=0, le=6, description="heading level, 0 for body text")
    bold: tuple[tuple[int, int], ...] = Field(
        default=(), description="bold spans, offsets into text"
    )
    italic: tuple[tuple[int, int], ...] = Field(
        default=(), description="italic spans, offsets into text"
    )
    quoted: bool = Field(default=False, description="printed as a block quotation")
    page: int | None = Field(default=None, ge=1, description="of a paged source, from 1")
    start_s: float | None = Field(default=None, ge=0.0, description="seconds from the start")
    end_s: float | None = Field(default=None, ge=0.0, description="seconds from the start")


class GivenTurn(Record):
    """A turn that the source itself marks: a row of a table, an object of a JSON file."""

    speaker: str | None = Field(default=None, description="as the source names the speaker")
    role: str | None = Field(default=None, description="the speaker's role, as in the source")
    text: str
    line: int = Field(ge=1, description="1-based line, row or item of the source")
    start_s: float | None = Field(default=None, ge=0.0, description="seconds from the start")
    end_s: float | None = Field(default=None, ge=0.0, description="seconds from the start")


class Dropped(Record):
    """Text of a source that is in no turn, and why."""

    text: str
    reason: str
    line: int = Field(ge=1)
    page: int | None = Field(default=None, ge=1)


class Notice(Record):
    """What a reader should check by hand; ``pipeline.notices`` has its sentence."""

    code: str = Field(description="what was found")
    place: str | None = Field(default=None, description="the file; null where there is none")
    line: int | None = Field(default=None, ge=1, description="1-based, of the file")
    values: dict[str, JsonValue] = Field(
        default_factory=dict, description="figures and words of the sentence"
    )


class Source(Record):
    """A transcript as read: paragraphs and the metadata the file itself gives."""

    name: str = Field(description="the file's name, for messages")
    format: str
    sha256: str = Field(description="of the file's bytes")
    metadata: dict[str, str] = Field(
        default_factory=dict,
        description="what the file says of itself: title, date, url, series, language, ...",
    )
    paragraphs: tuple[Paragraph, ...]
    turns: tuple[GivenTurn, ...] = Field(
        default=(), description="turns that the source itself marks; else to be found"
    )
    dropped: tuple[Dropped, ...] = Field(default=(), description="what the reader left out")
    warnings: tuple[Notice, ...] = ()


class Speaker(Record):
    """One voice in an interview. The name is for the reader; no judgement is made from it."""

    id: str
    name: str | None = None
    role: Role
    affiliation: str | None = None
    country: str | None = None
    person: str | None = Field(
        default=None, description="the same for one person in all interviews; null: not known"
    )
    fields: dict[str, str] = Field(
        default_factory=dict, description="the register's columns of the user's own"
    )

    def __hash__(self) -> int:
        """Hash all but the fields, which are a dictionary."""
        return hash((self.id, self.name, self.role, self.affiliation, self.country, self.person))


class Turn(Record):
    """What one speaker says until another speaks."""

    id: str
    speaker_id: str
    kind: TurnKind
    answers: str | None = Field(default=None, description="id of the question turn it answers")
    text: str
    start_s: float | None = Field(default=None, ge=0.0, description="seconds from the start")
    end_s: float | None = Field(default=None, ge=0.0, description="seconds from the start")
    source_line: int | None = Field(default=None, ge=1)
    page: int | None = Field(default=None, ge=1, description="of a paged source, from 1")


class Unit(Record):
    """One argumentative unit: a sentence, or a clause of one."""

    id: str
    turn_id: str
    start: Offset
    end: Offset
    text: str


class Entity(Record):
    """A mention, and the actors it refers to."""

    id: str
    turn_id: str
    start: Offset
    end: Offset
    text: str
    label: str | None = Field(description="OntoNotes label; null for pronouns and nominals")
    actors: tuple[str, ...] = Field(description="names in the actor table; empty: unresolved")
    blocs: tuple[str, ...] = Field(description="the actors' blocs at the interview's date")
    via: Via

    @property
    def is_meant(self) -> bool:
        """Whether the words refer to actors named elsewhere: "they", "the two powers"."""
        return self.via in ("pronoun", "nominal")


class Claim(Record):
    """What a unit does in the argument."""

    unit_id: str
    component: Component
    kind: ClaimKind | None
    probability: Probability | None = Field(description="null where the judge states none")
    probabilities: dict[str, Probability] = Field(description="empty where the judge states none")
    kind_probabilities: dict[str, Probability] = Field(
        default_factory=dict, description="of each kind; empty where it is no claim"
    )
    abstained: bool = Field(
        default=False, description="component and kind are shown, and not counted"
    )
    source: str


class Attribution(Record):
    """What the speaker reports as another's: the holder, the cue, the content."""

    unit_id: str
    holder_text: str
    holder_start: Offset
    holder_end: Offset
    holder_actor: str | None
    holder_name: str | None = Field(
        default=None, description="the full name of a person or body that is no known actor"
    )
    cue: str = Field(description='lemma of the cue, "not" before it where it is denied')
    cue_start: Offset
    cue_end: Offset
    content_start: Offset
    content_end: Offset
    flags: tuple[str, ...] = Field(default=(), description="denied, question: no plain report")
    source: str

    @property
    def holder(self) -> str:
        """The holder of what is reported: the actor, else the words that name it."""
        return self.holder_actor or self.holder_name or self.holder_text


class Evidence(Record):
    """Words of the transcript on which a judgement rests."""

    start: Offset
    end: Offset
    text: str


class Stance(Record):
    """The stance of a holder on a target of the bloc, by what the unit says."""

    unit_id: str
    holder: str = Field(
        description="speaker id (own voice) or actor or holder's words (attributed)"
    )
    voice: Voice
    target_text: str | None = Field(description="null where the target is only meant")
    target_actor: str | None
    polarity: Polarity
    probability: Probability | None = Field(description="null where the judge states none")
    probabilities: dict[str, Probability] = Field(description="empty where the judge states none")
    abstained: bool = False
    evidence: tuple[Evidence, ...] = ()
    flags: tuple[str, ...] = Field(
        default=(),
        description="look here: question, irony, scare-quotes, denied, pronoun, implied, unnamed, "
        "assent",
    )
    source: str


class Relation(Record):
    """What a unit does for another unit of its answer: a reason for it, an objection, or nothing.

    A layer has a record for each unit that a judge or a person was asked about; ``none`` is an
    answer. No unit is its own ancestor. A link has no unit that its judge calls neither claim nor
    premise, or that people do.
    """

    from_unit: str = Field(description="id of the unit: the reason, or the objection")
    to_unit: str | None = Field(
        description="id of its parent, the unit that it backs or argues against; null with none"
    )
    kind: RelationKind
    probability: Probability | None = Field(
        description="that this is the answer; null where the judge states none"
    )
    abstained: bool = Field(default=False, description="a guess: not shown, and not counted")
    source: str


class Decision(Record):
    """What people's labels decide of a unit; ``claims`` and ``stances`` have their answers."""

    unit_id: str
    by: tuple[str, ...] = Field(description="sources of the labels that count: human:NAME")
    questions: tuple[str, ...] = Field(
        description="answered by people: component, kind, west, target, attributed, relation"
    )
    disputed: tuple[str, ...] = Field(
        default=(), description="questions in which people differ: the judge's answer counts"
    )
    left_out: tuple[str, ...] = Field(
        default=(),
        description="questions in which what people say cannot count: relation, where the parent "
        "is not in the answer, or neither claim nor premise, or the links go in a circle",
    )
    notes: dict[str, str] = Field(default_factory=dict, description="people's remarks, by source")
    claim: Claim | None = Field(default=None, description="the judge's, where people's replaces it")
    stances: tuple[Stance, ...] = Field(default=(), description="the judge's that were replaced")
    relation: Relation | None = Field(
        default=None, description="the judge's, where people's replaces it"
    )


class Failed(Record):
    """A unit that the judge gave no usable answer for: counted apart, never as ``none``."""

    unit_id: str
    reason: str
    source: str


class Interview(Record):
    """One transcript with all layers."""

    id: InterviewId
    title: str
    date: str | None = Field(default=None, description="ISO 8601: YYYY, YYYY-MM or YYYY-MM-DD")
    series: str | None = None
    url: str | None = None
    licence: str | None = None
    language: str = "en"
    sha256: str
    source_format: str
    convention: str = Field(description="how speakers are marked in the source")
    convention_confidence: Probability = Field(
        description="probability that 95 % of the words have their role and speaker"
    )
    warnings: tuple[Notice, ...] = Field(
        default=(), description="what a reader should check by hand"
    )
    fields: dict[str, str] = Field(
        default_factory=dict, description="the index's columns of the user's own"
    )
    speakers: tuple[Speaker, ...]
    turns: tuple[Turn, ...]
    units: tuple[Unit, ...] | None = None
    entities: tuple[Entity, ...] | None = None
    claims: tuple[Claim, ...] | None = None
    attributions: tuple[Attribution, ...] | None = None
    stances: tuple[Stance, ...] | None = None
    relations: tuple[Relation, ...] | None = None
    failed: tuple[Failed, ...] | None = Field(
        default=None, description="units that the judge gave no usable answer for"
    )
    decisions: tuple[Decision, ...] | None = Field(
        default=None, description="of people's labels; null where none was looked for"
    )

    def check_references(self) -> None:
        """Check that records refer to others of the interview, and spans to words of its turns.

        Raises:
            ValueError: an id is of nothing, or of two; or a span is not in its turn.
        """
        speakers, turns = self.speaker_by_id(), self.turn_by_id()
        units = {unit.id: unit.turn_id for unit in self.units or ()}
        if (len(turns), len(units)) != (len(self.turns), len(self.units or ())):
            raise ValueError("two turns or units with one id")
        for turn in self.turns:
            asked = turn.answers is None or turn.answers in turns
            if turn.speaker_id not in speakers or not asked:
                raise ValueError(f"turn {turn.id}: of no speaker or question of the interview")
        spans: tuple[Unit | Entity, ...] = (*(self.units or ()), *(self.entities or ()))
        for span in spans:
            said = turns[span.turn_id].text if span.turn_id in turns else ""
            if not span.start <= span.end <= len(said) or said[span.start : span.end] != span.text:
                raise ValueError(f"{span.id}: its words are not in its turn")
        layers = self.claims, self.attributions, self.stances, self.failed, self.decisions
        for unit_id in (one.unit_id for layer in layers for one in layer or ()):
            if unit_id not in units:
                raise ValueError(f"{unit_id}: no such unit")
        for relation in self.relations or ():
            child, parent = relation.from_unit, relation.to_unit
            if (parent is None) != (relation.kind == "none"):
                raise ValueError(f"{child}: a relation has a parent, unless it is none")
            if child not in units or units.get(parent or child) != units[child]:
                raise ValueError(f"{child}: related to no unit of its turn")

    def turn_by_id(self) -> dict[str, Turn]:
        """Turns by id."""
        return {turn.id: turn for turn in self.turns}

    def speaker_by_id(self) -> dict[str, Speaker]:
        """Speakers by id."""
        return {speaker.id: speaker for speaker in self.speakers}

    def units_by_turn(self) -> dict[str, list[Unit]]:
        """Units by the id of their turn, in order; turns without any are left out."""
        return _by_turn(self.units or ())

    def entities_by_turn(self) -> dict[str, list[Entity]]:
        """Mentions by the id of their turn, in order; turns without any are left out."""
        return _by_turn(self.entities or ())

    def judged_units(self) -> tuple[Unit, ...]:
        """Return the units for claims and stance: those of speakers other than interviewers.

        Raises:
            ValueError: the interview has not been segmented into units.
        """
        if self.units is None:
            raise ValueError(f"{self.id}: no units; run the segment stage first")
        asking = {speaker.id for speaker in self.speakers if speaker.role == "interviewer"}
        judged = {
            turn.id
            for turn in self.turns
            if turn.kind in ("answer", "statement") and turn.speaker_id not in asking
        }
        return tuple(unit for unit in self.units if unit.turn_id in judged)


class LabelledReport(Record):
    """A stance toward the West that a sentence ascribes to somebody other than the speaker."""

    holder: str
    stance: Polarity


class Label(Record):
    """The judgement of one sentence, by a person or a model, as ``train`` and ``evaluate`` read it.

    The keys up to ``attributed`` are those of ``corpus/gold/labels.jsonl``; the others say where
    the sentence is, who judged it, and how it was drawn. A question that was not answered is null
    (``component``, ``west``, ``attributed``, ``relation``).
    """

    doc: str = Field(description="id of the interview")
    text: str = Field(description="the sentence, exact")
    split: Literal["train", "dev", "test"] = "train"
    question: str = ""
    context_before: str = ""
    context_after: str = ""
    date: str | None = None
    component: Component | None = None
    kind: ClaimKind | None = None
    west: Polarity | Literal["none"] | None = Field(
        default=None, description="own stance; none: not about the bloc; null: not coded"
    )
    target: str | None = Field(default=None, description="exact words of the text")
    implicit_target: str | None = Field(default=None, description="whom the sentence only means")
    attributed: tuple[LabelledReport, ...] | None = Field(
        default=None, description="empty: it reports no stance; null: not coded"
    )
    relation: RelationKind | None = Field(
        default=None, description="to the parent; none: it has no parent; null: not coded"
    )
    parent: str | None = Field(
        default=None,
        description="exact words of the sentence of the answer that it backs or attacks",
    )
    parent_start: Offset | None = Field(default=None, description="code points in the turn")
    unit_id: str | None = None
    turn_id: str | None = None
    start: Offset | None = Field(default=None, description="code points in the turn")
    end: Offset | None = None
    sha256: str | None = Field(default=None, description="of the transcript")
    source: str = Field(description="human:NAME, or the judge's source")
    coded_at: str | None = Field(default=None, description="ISO 8601, UTC; of people only")
    weight: float | None = Field(
        default=None, gt=0, description="sampling weight: 1 / probability of being drawn"
    )
    stratum: str | None = Field(default=None, description="of the sample it was drawn in")
    note: str | None = Field(default=None, description="a person's remark")
    batch: str | None = Field(
        default=None, description="the import it came with; null: coded in a sample"
    )


_OfTurn = TypeVar("_OfTurn", Unit, Entity)


def _by_turn(records: Sequence[_OfTurn]) -> dict[str, list[_OfTurn]]:
    found: dict[str, list[_OfTurn]] = {}
    for record in records:
        found.setdefault(record.turn_id, []).append(record)
    return found


def index_at(units: Sequence[Unit], offset: int) -> int | None:
    """Return the index of a turn's unit, in order, that contains an offset; None between units."""
    index = bisect_right(units, offset, key=lambda unit: unit.start) - 1
    return index if index >= 0 and offset < units[index].end else None
