"""Scoring references against annotated sentences: whom "we", "they" and nominals stand for.

Every annotated sentence is put back into a small interview: the question, the sentences before
it, and the speakers of its document as the metadata give them. The figures: of we, us and our, the
share with exactly the annotated actors (none, for the generic ones); of all others, the share
that is right among those resolved, a pronoun or nominal the annotators left out being wrong, and
the share of the annotated ones that was resolved. A nominal that holds a name ("the US side")
is left to the name in it.

Run ``python -m pipeline.learn.reference_score TRAIN_FOLDER SPLIT``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.actors import ActorTable, load_actors
from pipeline.actors.names import find_names
from pipeline.config import load_settings
from pipeline.learn.entity_score import read_entities
from pipeline.parse import Parser
from pipeline.records import Entity, Interview, Speaker, Turn
from pipeline.references.homes import home_of
from pipeline.references.words import PRONOUNS, WE
from pipeline.stage import apply
from pipeline.stages.entities import Entities

SENTENCES = ("interviews.jsonl", "interviews_west.jsonl", "written.jsonl")
CONTEXT = 4
"""Sentences before the annotated one that are put back."""

Row = Mapping[str, Any]
Judge = Callable[[Interview], tuple[Entity, ...]]
"""Takes an interview, returns its entities."""

_COUNTRY_OF_SERIES = {"w": "US", "W": "US", "t01": "TW", "t04": "TW"}
_OWN_LABELS = ("MR. ", "MS. ", "THE PRESIDENT", "SENIOR ADMINISTR", "VICE PRESIDENT", "Audrey")


@dataclass(frozen=True, slots=True)
class Case:
    """An annotated sentence in its interview: where it starts in the last turn."""

    row: Row
    interview: Interview
    offset: int


@dataclass(slots=True)
class ReferenceScore:
    """Counts, and the figures made of them."""

    we: int = 0
    we_right: int = 0
    rest: int = 0
    resolved: int = 0
    resolved_gold: int = 0
    right: int = 0
    left_to_names: int = 0
    with_actor: int = 0
    errors: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Accuracy of we, us, our; accuracy of the rest where resolved, and the share resolved."""
        return {
            "we": _share(self.we_right, self.we),
            "rest": _share(self.right, self.resolved),
            "rest_on_annotated": _share(self.right, self.resolved_gold),
            "resolved": _share(self.resolved_gold, self.rest),
            "recall": _share(self.right, self.with_actor),
        }


def read_cases(folder: Path, *, split: str) -> list[Case]:
    """Read the annotated sentences of a split, each with what was said before it.

    Raises:
        InputError: the file has no row of that split.
    """
    documents: dict[str, list[Row]] = {}
    for name in SENTENCES:
        for line in (folder / name).read_text(encoding="utf8").splitlines():
            row = json.loads(line)
            documents.setdefault(row["doc"], []).append(row)
    by_id = {row["id"]: row for rows in documents.values() for row in rows}
    annotated = read_entities(folder / "entities.jsonl", split=split)
    return [
        _case(row, by_id[row["id"]], documents[by_id[row["id"]]["doc"]])
        for row in annotated
        if row["references"] is not None and row["id"] in by_id
    ]


def _case(annotated: Row, sentence: Row, document: Sequence[Row]) -> Case:
    """Put a sentence back into its turn, after its question."""
    before = _said_before(sentence, document)
    names = dict.fromkeys([row["speaker"] for row in document])
    speakers = [
        Speaker(id=f"s{n}", name=name, role="respondent", country=_country(sentence["doc"], name))
        for n, name in enumerate(names, start=1)
    ]
    own = next(speaker.id for speaker in speakers if speaker.name == sentence["speaker"])
    start = " ".join([*before, ""])
    answer = Turn(id="t2", speaker_id=own, kind="answer", text=start + sentence["text"])
    question = Turn(id="t1", speaker_id="q", kind="question", text=sentence["question"] or "-")
    interview = Interview(
        id=sentence["id"],
        title=sentence.get("title") or sentence["doc"],
        date=sentence.get("date"),
        sha256="0" * 64,
        source_format="jsonl",
        convention="labels",
        convention_confidence=1.0,
        speakers=(Speaker(id="q", role="interviewer"), *speakers),
        turns=(question, answer),
        units=(),
    )
    return Case(annotated, interview, len(start))


def _said_before(sentence: Row, document: Sequence[Row]) -> list[str]:
    """The sentences of the same answer right before one, as far as they are known."""
    same = [
        row
        for row in document
        if (row["speaker"], row["question"]) == (sentence["speaker"], sentence["question"])
    ]
    before: list[str] = []
    wanted = sentence["context_before"]
    for row in reversed(same[: same.index(sentence)]):
        if not wanted or row["text"] != wanted or len(before) == CONTEXT:
            break
        before.insert(0, row["text"])
        wanted = row["context_before"]
    if wanted and len(before) < CONTEXT:
        before.insert(0, wanted)
    return before


def _country(document: str, name: str) -> str | None:
    """The country that the corpus index gives the speakers of a series of documents."""
    known = _COUNTRY_OF_SERIES.get(document) or _COUNTRY_OF_SERIES.get(document[0])
    return known if name.startswith(_OWN_LABELS) and document[:2] != "wr" else None


def score_references(cases: Iterable[Case], judge: Judge, actors: ActorTable) -> ReferenceScore:
    """Compare what ``judge`` resolves in the annotated sentences with the annotation."""
    score = ReferenceScore()
    for case in cases:
        end = case.offset + len(case.row["text"])
        mine = [
            entity
            for entity in judge(case.interview)
            if entity.turn_id == "t2" and case.offset <= entity.start and entity.end <= end
        ]
        found = {
            (e.start - case.offset, e.end - case.offset): e.actors for e in mine if e.label is None
        }
        named = [(e.start - case.offset, e.end - case.offset) for e in mine if e.label is not None]
        _score_case(score, case, found, named, actors)
    return score


def _score_case(
    score: ReferenceScore,
    case: Case,
    found: Mapping[tuple[int, int], tuple[str, ...]],
    named: Sequence[tuple[int, int]],
    actors: ActorTable,
) -> None:
    gold = {(item["start"], item["end"]): item for item in case.row["references"]}
    for span, item in gold.items():
        wanted = {canonical(name, actors) for name in item["actors"]}
        guess = set(found.get(span, ()))
        word = item["text"].lower()
        if word in WE:
            score.we += 1
            score.we_right += guess == wanted
        elif any(span[0] <= one[0] and one[1] <= span[1] for one in named):
            score.left_to_names += 1
            continue
        else:
            score.rest += 1
            score.with_actor += bool(wanted)
            score.resolved += bool(guess)
            score.resolved_gold += bool(guess)
            score.right += bool(guess) and guess == wanted
        if guess != wanted:
            score.errors.append(_describe(case, item["text"], guess, wanted, span[0]))
    for span, guess_names in found.items():
        text = case.row["text"][slice(*span)]
        if span not in gold and guess_names and text.lower() not in WE:
            score.resolved += 1
            score.errors.append(_describe(case, text, set(guess_names), {"-"}, span[0]))


def _describe(case: Case, text: str, guess: set[str], wanted: set[str], start: int) -> str:
    return (
        f"{case.row['id']}@{start} {text!r}: {', '.join(sorted(guess)) or '-'} "
        f"for {', '.join(sorted(wanted)) or '[]'}"
    )


def canonical(name: str, actors: ActorTable) -> str:
    """The table's name of an annotated actor."""
    if name in actors.actors:
        return name
    mentions = actors.mentions(name)
    return mentions[0].actors[0] if mentions and mentions[0].actors else name


class Baselines:
    """We is the speaker's own side, and every other pronoun the last actor named."""

    def __init__(self, parser: Parser, actors: ActorTable) -> None:
        self._parser = parser
        self._actors = actors

    def judge(self, interview: Interview) -> tuple[Entity, ...]:
        """Resolve the pronouns of an interview by the two baselines."""
        entities: list[Entity] = []
        last: tuple[str, ...] = ()
        speakers = interview.speaker_by_id()
        for turn in interview.turns:
            doc = self._parser.docs(interview)[turn.id]
            home = home_of(speakers[turn.speaker_id], self._actors, date=interview.date)
            names = find_names(doc, self._actors, date=interview.date)
            ends = {one.end: one.actors for one in names if one.actors}
            for token in doc:
                end = token.idx + len(token)
                last = ends.get(end, last)
                if token.lower_ in PRONOUNS and token.text != "US":
                    entity = Entity(
                        id=f"{turn.id}.{token.i}",
                        turn_id=turn.id,
                        start=token.idx,
                        end=end,
                        text=token.text,
                        label=None,
                        actors=home if token.lower_ in WE else last,
                        blocs=(),
                        via="pronoun",
                    )
                    entities.append(entity)
        return tuple(entities)


def measure(folder: Path, *, split: str) -> dict[str, dict[str, float]]:
    """Return the figures of a split, ours and the baselines', by name."""
    actors = load_actors()
    parser = Parser(load_settings().parse.model)
    stage = Entities(parser, actors)
    cases = read_cases(folder, split=split)

    def judge(interview: Interview) -> tuple[Entity, ...]:
        return apply(stage, interview).entities or ()

    judges: dict[str, Judge] = {"ours": judge, "baselines": Baselines(parser, actors).judge}
    return {name: score_references(cases, one, actors).figures() for name, one in judges.items()}


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


if __name__ == "__main__":
    for judged, figures in measure(Path(sys.argv[1]), split=sys.argv[2]).items():
        shown = ", ".join(f"{name} {value:.3f}" for name, value in figures.items())
        sys.stdout.write(f"{judged}: {shown}\n")
