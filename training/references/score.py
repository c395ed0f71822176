"""Score references against annotated sentences: which actors "we", "they" and nominals mean.

Every annotated sentence is put back into a small interview: the question, the sentences before
it, and the speakers of its document as the metadata give them. The figures: of we, us and our, the
share with exactly the annotated actors (none, for the generic ones); of all others, the share
that is right among those resolved, a pronoun or nominal the annotators left out being wrong, and
the share of the annotated ones that was resolved. A nominal that holds a name ("the US side")
is left to the name in it.

``training.references.measure`` prints the figures.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.actors import ActorTable
from pipeline.records import Entity, Interview, Speaker, Turn
from pipeline.references.words import WE
from training.entities import read_entities

SENTENCES = ("interviews.jsonl", "interviews_west.jsonl", "written.jsonl")
OWN = Path(__file__).with_name("references.jsonl")
"""References annotated once by language-model annotators, for choosing rules of "we".

Split dev: 270 we, us, our of dev sentences, and the third persons, whose nominals are annotated
more sparsely. Split we: 761 we, us, our of 560 more train sentences, and nothing else; of the 61
of train sentences mixed in unseen, these annotators found the annotated actors for 58."""
CONTEXT = 4
"""Sentences before the annotated one that are put back."""

Row = Mapping[str, Any]
Judge = Callable[[Interview], tuple[Entity, ...]]
"""Takes an interview, returns its entities."""

_HOSTS = ("MR. ", "MS. ", "THE PRESIDENT", "SENIOR ADMINISTR", "VICE PRESIDENT", "THE VICE ")
"""Labels of the White House's speakers, in the documents of its site (w, W)."""
_COUNTRIES = {"t01": "TW", "t04": "TW"}


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
    """Read the sentences of a split whose references are annotated, with what was said before.

    Args:
        folder: with the sentences and ``entities.jsonl``.
        split: train or test; dev or we (both of ``references.jsonl`` beside this module).

    Raises:
        InputError: the file has no row of that split.
    """
    documents: dict[str, list[Row]] = {}
    for name in SENTENCES:
        for line in (folder / name).read_text(encoding="utf8").splitlines():
            row = json.loads(line)
            documents.setdefault(row["doc"], []).append(row)
    by_id = {row["id"]: row for rows in documents.values() for row in rows}
    own = _read_own(split)
    given = [] if split == "we" else read_entities(folder / "entities.jsonl", split=split)
    annotated = [
        row for row in [*given, *own] if row["references"] is not None and row["id"] in by_id
    ]
    return [
        _case(
            {**row, "text": sentence["text"], "references": _with_words(row, sentence["text"])},
            sentence,
            documents[sentence["doc"]],
        )
        for row in annotated
        for sentence in (by_id[row["id"]],)
    ]


def _read_own(split: str) -> list[Row]:
    """The rows of ``references.jsonl``: offsets and actors, for sentences of the data by id."""
    lines = OWN.read_text(encoding="utf8").splitlines()
    return [row for line in lines if (row := json.loads(line))["split"] == split]


def _with_words(row: Row, text: str) -> list[Row]:
    """The references of a row, each with its words."""
    return [{**item, "text": text[item["start"] : item["end"]]} for item in row["references"]]


def _case(annotated: Row, sentence: Row, document: Sequence[Row]) -> Case:
    """Put a sentence back into its turn, after its question."""
    before = _said_before(sentence, document)
    names = dict.fromkeys([row["speaker"] for row in document])
    speakers = [
        speaker_of(number, name, sentence["doc"]) for number, name in enumerate(names, start=1)
    ]
    own = next(speaker.id for speaker in speakers if speaker.name == sentence["speaker"])
    start = " ".join([*before, ""])
    answer = Turn(id="t2", speaker_id=own, kind="answer", text=start + sentence["text"])
    question = Turn(id="t1", speaker_id="q", kind="question", text=sentence["question"] or "-")
    interview = Interview(
        id=sentence["id"].replace(":", "."),  # an id is a name
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


def speaker_of(number: int, name: str, document: str) -> Speaker:
    """A speaker with the country that the corpus index gives, where the label names none."""
    country = _COUNTRIES.get(document)
    if document[0] in "wW" and name.startswith(_HOSTS):
        country = "US"
    return Speaker(id=f"s{number}", name=name, role="respondent", country=country)


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


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
