"""Score entities against annotated sentences, beside the stock recogniser on the same ones.

Run ``python -m training measure-entities TRAIN_FOLDER SPLIT``. Spans and labels, actors and blocs
are compared.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.actors import ActorTable, load_actors
from pipeline.actors.names import find_names
from pipeline.config import load_settings
from pipeline.errors import InputError
from pipeline.parse import Parser
from pipeline.stages.entities import Found
from training.usage import run_module, write_figures

Finder = Callable[[str, str | None], list[Found]]
"""Takes a text and the interview's date, returns the entities."""


@dataclass(slots=True)
class EntityScore:
    """Counts, and the figures made of them."""

    gold: int = 0
    found: int = 0
    right: int = 0
    with_actor: int = 0
    actor_right: int = 0
    actor_found: int = 0
    without_actor: int = 0
    none_right: int = 0
    with_bloc: int = 0
    bloc_right: int = 0
    bloc_found: int = 0
    missed: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)
    wrong_actor: Counter[str] = field(default_factory=Counter)

    def figures(self) -> dict[str, float]:
        """Strict span-and-label scores, and actor and bloc accuracy.

        ``actor`` and ``bloc`` are over all gold entities that have one, a missed span being
        wrong; ``actor_where_found`` and ``bloc_where_found`` are over those whose span was found;
        ``no_actor`` is the share of the gold entities without an actor, found, that got none.
        """
        precision = _share(self.right, self.found)
        recall = _share(self.right, self.gold)
        return {
            "precision": precision,
            "recall": recall,
            "f1": _share(2 * self.right, self.gold + self.found),
            "actor": _share(self.actor_right, self.with_actor),
            "actor_where_found": _share(self.actor_right, self.actor_found),
            "no_actor": _share(self.none_right, self.without_actor),
            "bloc": _share(self.bloc_right, self.with_bloc),
            "bloc_where_found": _share(self.bloc_right, self.bloc_found),
        }


def read_entities(path: Path, *, split: str) -> list[dict[str, Any]]:
    """Read the rows of one split of ``entities.jsonl``.

    Raises:
        InputError: the file has no row of that split.
    """
    with path.open(encoding="utf8") as lines:
        rows = [row for line in lines if (row := json.loads(line))["split"] == split]
    if not rows:
        raise InputError(f'{path}: no row with split "{split}"; expected train, dev or test')
    return rows


def read_dates(paths: Iterable[Path]) -> dict[str, str]:
    """Dates of the documents, by document id, from files of annotated sentences."""
    dates: dict[str, str] = {}
    for path in paths:
        with path.open(encoding="utf8") as lines:
            for line in lines:
                row = json.loads(line)
                if row.get("date"):
                    dates[row["doc"]] = row["date"]
    return dates


def score_entities(
    rows: Iterable[Mapping[str, Any]],
    find: Finder,
    actors: ActorTable,
    *,
    dates: Mapping[str, str],
) -> EntityScore:
    """Compare the entities that ``find`` returns with the annotated ones."""
    score = EntityScore()
    for row in rows:
        date = dates.get(row["id"].partition(":")[0])
        names = (item for item in find(row["text"], date) if item.label is not None)
        found = {(item.start, item.end): item for item in names}
        gold = {(item["start"], item["end"]): item for item in row["entities"]}
        score.gold += len(gold)
        score.found += len(found)
        for span, item in gold.items():
            _count_gold(score, item, found.get(span), actors, date)
        for span, guess in found.items():
            if span not in gold or gold[span]["label"] != guess.label:
                score.extra[f"{row['text'][slice(*span)]} {guess.label}"] += 1
    return score


def _count_gold(
    score: EntityScore,
    item: Mapping[str, Any],
    guess: Found | None,
    actors: ActorTable,
    date: str | None,
) -> None:
    if guess is not None and guess.label == item["label"]:
        score.right += 1
    else:
        score.missed[f"{item['text']} {item['label']}"] += 1
    wanted = _canonical(item["actor"], actors)
    if wanted is None:
        if guess is not None:
            score.without_actor += 1
            score.none_right += not guess.actors
            if guess.actors:
                score.wrong_actor[f"{item['text']}: {guess.actors} for none"] += 1
        return
    score.with_actor += 1
    score.with_bloc += 1
    if guess is None:
        return
    score.actor_found += 1
    score.bloc_found += 1
    score.bloc_right += bloc_letter(guess.actors, actors, date) == item["bloc"]
    if wanted in guess.actors:
        score.actor_right += 1
    else:
        score.wrong_actor[f"{item['text']}: {guess.actors} for {wanted}"] += 1


def bloc_letter(names: tuple[str, ...], actors: ActorTable, date: str | None) -> str | None:
    """The annotators' bloc of an entity's actors: west, russia, china, other, or none."""
    if not names:
        return None
    for bloc, word in (("west-broad", "west"), ("russia", "russia"), ("china", "china")):
        if any(actors.in_bloc(name, bloc, date=date) for name in names):
            return word
    return "other"


def _canonical(name: str | None, actors: ActorTable) -> str | None:
    """The table's name of an annotated actor: annotators wrote both IMF and its full name."""
    if name is None or name in actors.actors:
        return name
    mentions = actors.mentions(name)
    return mentions[0].actors[0] if mentions and mentions[0].actors else name


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


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
    """Return the entities that the stage finds in a text by itself."""

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
