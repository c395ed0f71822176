"""What the interview has named so far: actors, and the other nouns a pronoun may stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from pipeline.references.homes import Actors

Shape = Literal["person", "state", "body", "people", "attribute", "pair", "rival"]
REACH = 3  # sentences that a third-person pronoun looks back


@dataclass(frozen=True, slots=True)
class Candidate:
    """A noun phrase or resolved pronoun that a later one may stand for.

    Attributes:
        actors: whom it stands for; nobody for a ``rival``, a noun that is no actor.
        shape: what kind of thing it is.
        sentence: running number of its sentence in the interview.
        head: its head.
        subject: is the subject of a clause.
        plural: may be taken up by "they" for its number alone.
        pronoun: is itself a resolved pronoun.
    """

    actors: Actors
    shape: Shape
    sentence: int
    head: Token
    subject: bool
    plural: bool
    pronoun: bool = False


class Memory:
    """The candidates of one interview, latest last; only the last few sentences are kept."""

    def __init__(self) -> None:
        self._candidates: list[Candidate] = []
        self.named: dict[str, int] = {}
        self._we: tuple[int, Actors] = (0, ())
        self._last: tuple[int, Actors] = (0, ())

    def add(self, candidate: Candidate) -> None:
        """Remember a candidate."""
        self._candidates.append(candidate)
        self.named.update(dict.fromkeys(candidate.actors, candidate.sentence))

    def note_we(self, sentence: int, actors: Actors) -> None:
        """Remember whom "we" stood for."""
        if self._we[0] != sentence:
            self._last = self._we
        self._we = sentence, actors

    def last_we(self, sentence: int) -> Actors:
        """Whom the last "we" of this sentence stood for; nobody where there was none."""
        return self._we[1] if self._we[0] == sentence else ()

    def we_before(self, sentence: int) -> Actors:
        """Whom the last "we" of the sentence before stood for; nobody where there was none."""
        number, actors = self._last if self._we[0] == sentence else self._we
        return actors if number == sentence - 1 else ()

    def latest_of(self, actors: Iterable[str]) -> Actors:
        """The one of some actors that was named last in the interview; nobody if none was."""
        known = [name for name in actors if name in self.named]
        return (max(known, key=lambda name: self.named[name]),) if known else ()

    def forget_before(self, sentence: int) -> None:
        """Drop what is too far back to be taken up; who was named at all is kept."""
        self._candidates = [c for c in self._candidates if c.sentence >= sentence]

    def latest(self, *, reach: int, sentence: int) -> Iterator[Candidate]:
        """Yield the candidates of the last ``reach`` sentences and this one, latest first."""
        for candidate in reversed(self._candidates):
            if sentence - candidate.sentence <= reach:
                yield candidate

    def others(self, home: Actors, *, sentence: int, reach: int) -> Iterator[Candidate]:
        """Yield the candidates that name actors other than the speaker's own, latest first."""
        for candidate in self.latest(reach=reach, sentence=sentence):
            if candidate.actors and not set(candidate.actors) & set(home):
                yield candidate
