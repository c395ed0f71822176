"""The codebook that a language model is given, for one bloc, and the questions put to it.

``codebook.md`` has the annotation guidelines with invented examples, ``west.md`` what they call the
West. A prompt is known by the hash of all that is the same in every request.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from itertools import pairwise
from string import Template
from typing import Any

from pipeline.actors import ActorTable
from pipeline.judges.llm.answer import schema_of, strict_schema
from pipeline.judges.llm.ledger import key_of
from pipeline.reading.rows import Answer
from pipeline.targets.blocs import IDEA, TRAINED_ON

CONTEXT_BEFORE, CONTEXT_AFTER = 12, 3
"""Sentences of the same answer shown around those to be judged, where an answer is divided."""
FAULTS = (
    "Some of that is not as asked:\n{faults}\n"
    "Answer again with one JSON object that has these sentences only: {sentences}."
)
HASH_DIGITS = 12
Messages = tuple[dict[str, str], ...]
Dated = tuple[Answer, str | None]
"""An answer and the date of its interview."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a model is asked: by which version of the prompt, and the schema of its answer."""

    version: str
    messages: Messages
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences ``first`` to ``last`` (excluded) of an answer, ``number`` among those given."""

    answer: Answer
    date: str | None
    first: int
    last: int
    number: int = 0

    @property
    def texts(self) -> dict[int, str]:
        """The sentences by the numbers that they have in the request, from 1."""
        return dict(enumerate(self.answer.units[self.first : self.last], start=1))


def passages(answers: Sequence[Dated], *, most: int) -> Iterator[Passage]:
    """Divide answers into passages of nearly equal length, of ``most`` sentences at most."""
    for number, (answer, date) in enumerate(answers):
        total = len(answer.units)
        parts = max(1, -(-total // most))
        bounds = [total * part // parts for part in range(parts + 1)]
        for first, last in pairwise(bounds):
            yield Passage(answer, date, first, last, number)


@dataclass(frozen=True)
class Codebook:
    """The codebook for one bloc of the actor table, with its definition in words."""

    bloc: str
    definition: str

    @cached_property
    def text(self) -> str:
        """The prompt, the first message of each request."""
        named = "the West" if self.bloc == TRAINED_ON else self.bloc
        return Template(prompt_data("codebook.md")).substitute(
            bloc=named, definition=self.definition
        )

    @cached_property
    def hash(self) -> str:
        """The version of the prompt: of its words, the schema, and the words of a question."""
        example = Passage(Answer("Q", ("A", "B", "C")), "2000", 1, 2)
        schemas = schema_of((1,)), strict_schema({1: "A"}, (1, 2))
        return hash_of(*schemas, self.messages(example), FAULTS)

    def request(self, passage: Passage) -> Request:
        """Return the request for the codes of a passage."""
        return Request(self.hash, self.messages(passage), schema_of(passage.texts))

    def repair(
        self, asked: Request, content: str, faults: Mapping[int, str], texts: Mapping[int, str]
    ) -> Request:
        """Return the request for the sentences of a passage, ``texts``, that have a fault."""
        listed = "\n".join(f"- sentence {number}: {fault}" for number, fault in faults.items())
        said = FAULTS.format(faults=listed, sentences=", ".join(map(str, faults)))
        more = {"role": "assistant", "content": content}, {"role": "user", "content": said}
        again = {number: texts[number] for number in faults}
        return Request(self.hash, (*asked.messages, *more), strict_schema(again, texts))

    def messages(self, passage: Passage) -> Messages:
        """Return the messages that ask for the codes of a passage."""
        units, first, last = passage.answer.units, passage.first, passage.last
        before = units[max(0, first - CONTEXT_BEFORE) : first]
        after = units[last : last + CONTEXT_AFTER]
        lines = {
            "Date of the interview": passage.date,
            "Question": passage.answer.question or "(none)",
            "Before, for context": " ".join(before),
            **{str(number): text for number, text in passage.texts.items()},
            "After, for context": " ".join(after),
        }
        # one line each, so that no text can pass for a numbered sentence
        asked = [f"{name}: {' '.join(text.splitlines())}" for name, text in lines.items() if text]
        return messages_of(self.text, asked)


def codebook_for(bloc: str, actors: ActorTable) -> Codebook:
    """Return the codebook for a bloc of the actor table.

    The bloc of the guidelines is defined by their words; any other by its description and members
    in the table, another West by these beside the words of the guidelines.

    Raises:
        ConfigError: the bloc is unknown.
    """
    actors.require_bloc(bloc)
    west = prompt_data("west.md").strip()
    if bloc == TRAINED_ON:
        return Codebook(bloc, west)
    members = sorted(
        actor.name
        for actor in actors.actors.values()
        if actor.kind != "leader" and actors.in_bloc(actor.name, bloc)
    )
    own = f"{actors.blocs[bloc].description} Its members today: {', '.join(members)}."
    if actors.in_bloc(IDEA, bloc):
        own = (
            f"It is a definition of the West. {west} Where the following differs, it counts: {own}"
        )
    return Codebook(bloc, f"{own} Their governments and leaders count when acting for them.")


def messages_of(prompt: str, lines: Sequence[str]) -> Messages:
    """Return the messages of a question: the prompt, and what is asked about."""
    asked = {"role": "user", "content": "\n".join(lines)}
    return {"role": "system", "content": prompt}, asked


def hash_of(*words: Any) -> str:
    """Return the version of a prompt from all that it consists of."""
    return key_of(*words)[:HASH_DIGITS]


@lru_cache(maxsize=3)
def prompt_data(name: str) -> str:
    """Return the words of a prompt that are shipped as data."""
    return files("pipeline.judges.llm").joinpath(name).read_text("utf8")
