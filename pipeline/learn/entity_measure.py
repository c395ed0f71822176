"""Measure entities on the annotated sentences, beside the stock recogniser on the same ones.

Run ``python -m pipeline.learn.entity_measure TRAIN_FOLDER SPLIT``.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.actors import ActorTable, load_actors
from pipeline.actors.names import find_names
from pipeline.config import load_settings
from pipeline.learn.entity_score import Finder, read_dates, read_entities, score_entities
from pipeline.learn.module_usage import run_module, write_figures
from pipeline.parse import Parser
from pipeline.stages.entities import Found

FILE = "entities.jsonl"
DATED = ("interviews.jsonl", "interviews_west.jsonl")
NOT_NAMES = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"})


def measure(folder: Path, *, split: str) -> dict[str, dict[str, float]]:
    """The figures of ours and of the stock recogniser on one split, by who found the entities."""
    actors, parser = load_actors(), Parser(load_settings().parse.model)
    rows = read_entities(folder / FILE, split=split)
    dates = read_dates(folder / name for name in DATED)
    finders = {"ours": find_ours(parser, actors), "stock": find_stock(parser)}
    return {
        name: score_entities(rows, find, actors, dates=dates).figures()
        for name, find in finders.items()
    }


def find_ours(parser: Parser, actors: ActorTable) -> Finder:
    """The entities of the stage, in a text that stands alone."""

    def find(text: str, date: str | None) -> list[Found]:
        (doc,) = parser.parse([text])
        return find_names(doc, actors, date=date)

    return find


def find_stock(parser: Parser) -> Finder:
    """What the stock recogniser finds, without actors, dates and numbers."""

    def find(text: str, date: str | None) -> list[Found]:
        (doc,) = parser.parse([text])
        return [
            Found(entity.start_char, entity.end_char, entity.label_, (), "name")
            for entity in doc.ents
            if entity.label_ not in NOT_NAMES
        ]

    return find


def main(arguments: Sequence[str]) -> int:
    """Print the scores; return the exit code."""

    def work(words: Sequence[str]) -> None:
        for judged, figures in measure(Path(words[0]), split=words[1]).items():
            write_figures(judged, figures)

    return run_module(__doc__, arguments, work, expected="TRAIN_FOLDER SPLIT", least=2, most=2)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
