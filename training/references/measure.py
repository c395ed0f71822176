"""Print the reference scores beside the baselines.

Run ``python -m training measure-references TRAIN_FOLDER SPLIT``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.actors import ActorTable, load_actors
from pipeline.actors.names import find_names
from pipeline.config import load_settings
from pipeline.parse import Parser
from pipeline.records import Entity, Interview
from pipeline.references.homes import home_of
from pipeline.references.words import PRONOUNS, WE
from pipeline.stage import apply
from pipeline.stages.entities import Entities
from training.references.score import Judge, read_cases, score_references
from training.usage import run_module, write_figures


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

    def judge(interview: Interview) -> tuple[Entity, ...]:
        return apply(stage, interview).entities or ()

    judges: dict[str, Judge] = {"ours": judge, "baselines": Baselines(parser, actors).judge}
    cases = read_cases(folder, split=split)
    return {name: score_references(cases, one, actors).figures() for name, one in judges.items()}


def main(arguments: Sequence[str]) -> int:
    """Print the scores; return the exit code."""

    def work(words: Sequence[str]) -> None:
        for judged, figures in measure(Path(words[0]), split=words[1]).items():
            write_figures(judged, figures)

    return run_module(__doc__, arguments, work, expected="TRAIN_FOLDER SPLIT", least=2, most=2)
