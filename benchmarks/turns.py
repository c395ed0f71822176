"""Score the turns of real transcripts against gold turns, a row a document.

``python -m benchmarks.turns ../shared/corpus`` reads ``index.jsonl`` and ``gold_turns.jsonl`` of
the folder and writes ``benchmarks/turns.md``. ``tests/turns/test_corpora.py`` holds the floors.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

from pipeline.config import load_settings
from pipeline.errors import WestwardError
from pipeline.ingest import read_source
from pipeline.learn.turn_score import TurnScore, score_turns
from pipeline.turns import build_interview

REPORT = Path(__file__).with_name("turns.md")
METADATA = ("title", "date", "series", "url", "licence", "interviewer", "interviewee",
            "affiliation", "country", "language")  # fmt: skip


@dataclass(frozen=True)
class DocumentScore:
    """One document: its agreement with gold, or why it could not be read, and CPU seconds."""

    id: str
    source: str
    format: str
    score: TurnScore | None
    seconds: float
    error: str = ""

    @property
    def role(self) -> float:
        """Share of gold's words in a turn of the right role; 0 if the document is not read."""
        return self.score.role_share if self.score else 0.0

    @property
    def speaker(self) -> float:
        """Share of gold's words under the right speaker; 0 if the document is not read."""
        return self.score.speaker_share if self.score else 0.0


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a JSON Lines file."""
    lines = path.read_text(encoding="utf8").split("\n")
    return [json.loads(line) for line in lines if line.strip()]


def source_of(entry: dict[str, Any]) -> str:
    """Return the source of a document: its repository, else its publisher."""
    return str(entry.get("source") or entry.get("publisher") or entry["id"]).split("@")[0]


def score_documents(
    folder: Path, *, with_index: bool = False, only: Sequence[str] = ()
) -> Iterator[DocumentScore]:
    """Read and score each document of a folder that gold turns exist for.

    Args:
        folder: with ``index.jsonl``, ``gold_turns.jsonl`` and the transcripts.
        with_index: pass on what the index says of the document, as ``westward run`` does.
        only: ids of documents; all, if empty.
    """
    gold: dict[str, list[dict[str, Any]]] = {}
    for row in read_rows(folder / "gold_turns.jsonl"):
        gold.setdefault(row["doc"], []).append(row)
    settings = load_settings().segment
    for entry in read_rows(folder / "index.jsonl"):
        if entry["id"] not in gold or (only and entry["id"] not in only):
            continue
        known = {key: str(entry[key]) for key in METADATA if entry.get(key) and with_index}
        start = time.process_time()
        score, error = None, ""
        try:
            source = read_source(folder / entry["path"])
            interview = build_interview(
                source, interview_id=entry["id"], metadata=known, settings=settings
            )
        except WestwardError as failure:
            error = str(failure).removeprefix(f"{folder}/")
        seconds = time.process_time() - start
        if not error:
            score = score_turns(interview, gold[entry["id"]], aliases=entry.get("aliases"))
        yield DocumentScore(
            entry["id"], source_of(entry), Path(entry["path"]).suffix, score, seconds, error
        )


def render(scores: Sequence[DocumentScore]) -> str:
    """Return the scores as a Markdown page."""
    read = [one.score for one in scores if one.score]
    words = sum(score.words for score in read)
    low = [one.id for one in scores if one.role < 0.8]
    lines = [
        "# Turns of real transcripts",
        "",
        "Made by `python -m benchmarks.turns FOLDER`: share of the gold turns' words in a turn of",
        "the right role, and under the right speaker; words let in that gold does not have",
        "(furniture), gold words lost, CPU seconds. No metadata but the file's own.",
        "",
        f"**{len(scores)} documents: role {mean(one.role for one in scores):.3f}, speaker "
        f"{mean(one.speaker for one in scores):.3f}** (mean over documents); by words role "
        f"{sum(score.right_role for score in read) / words:.3f}, speaker "
        f"{sum(score.right_speaker for score in read) / words:.3f}. Not read, or role under .80: "
        f"{', '.join(low) or 'none'}.",
        "",
        "| document | format | role | speaker | furniture | lost | words | seconds |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for one in scores:
        cells = (
            [f"{one.role:.3f}", f"{one.speaker:.3f}", str(one.score.furniture),
             str(one.score.missing), str(one.score.words)]
            if one.score
            else ["not read", "", "", "", ""]
        )  # fmt: skip
        lines.append(f"| {one.id} | {one.format} | {' | '.join(cells)} | {one.seconds:.2f} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Score the documents of the folder that the command line names, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="with index.jsonl and gold_turns.jsonl")
    parser.add_argument("ids", nargs="*", help="documents; all if none is named")
    parser.add_argument("--with-index", action="store_true", help="use the index's metadata")
    options = parser.parse_args()
    found = score_documents(options.folder, with_index=options.with_index, only=options.ids)
    scores = list(found)
    page = render(scores)
    if not options.ids and not options.with_index:
        REPORT.write_text(page, encoding="utf8")
    print(page)
    for one in scores:
        if one.error:
            print(f"{one.id}: {one.error}")


if __name__ == "__main__":
    main()
