"""Score the turns of real transcripts against gold turns, a row a document.

``python -m benchmarks.turns ../shared/corpus`` reads ``index.jsonl`` and ``gold_turns.jsonl`` of
the folder and writes ``benchmarks/turns.md``. ``tests/turns/test_corpora.py`` holds the floors.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import mean

from benchmarks.documents import DocumentScore, score_documents
from benchmarks.unseen import read_batches

SAMPLES = Path(__file__).parent.parent / "corpus"
LOW = 0.8
REPORT = Path(__file__).with_name("turns.md")


def render(
    scores: Sequence[DocumentScore], left_out: Mapping[str, DocumentScore] | None = None
) -> str:
    """Return the scores as a Markdown page.

    Args:
        scores: of the shipped weights.
        left_out: of weights that were fitted without the document's source, by id.
    """
    apart = left_out or {}
    lines = [
        "# Turns of real transcripts",
        "",
        "Made by `python -m benchmarks.turns FOLDER --left-out DATA`: share of the words of gold in",
        "a turn of the right role, and under the right speaker; words let in that gold does not",
        "have (furniture), gold words lost, CPU seconds to read and segment. No metadata but the",
        "file's own. The shipped weights are fitted on these documents; the columns *left out* are",
        "those of weights that were fitted without the document's source.",
        "",
        "| | role | speaker | by words | not read, or role under .80 |",
        "|---|---|---|---|---|",
        _summary("source left out", [apart[one.id] for one in scores if one.id in apart]),
        _summary("shipped weights", scores),
        "",
        "Transcripts that were added later, scored before anybody looked at them, by readers and "
        "weights that",
        "knew none of them (`python -m benchmarks.unseen FOLDER`):",
        "",
        "| added | documents | role | speaker |",
        "|---|---|---|---|",
        *(
            f"| {one.date} | {one.documents} | {one.role:.3f} | {one.speaker:.3f} |"
            for one in read_batches()
        ),
        "",
        "| document | format | left out: role | speaker | shipped: role | speaker | furniture "
        "| lost | words | seconds |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for one in scores:
        other = apart.get(one.id)
        cells = [f"{other.role:.3f}", f"{other.speaker:.3f}"] if other else ["", ""]
        cells += (
            [f"{one.role:.3f}", f"{one.speaker:.3f}", str(one.score.furniture),
             str(one.score.missing), str(one.score.words)]
            if one.score
            else ["not read", "", "", "", ""]
        )  # fmt: skip
        lines.append(f"| {one.id} | {one.format} | {' | '.join(cells)} | {one.seconds:.2f} |")
    return "\n".join(line for line in lines if line is not None) + "\n"


def render_samples(scores: Sequence[DocumentScore]) -> str:
    """Return the scores of our own sample interviews, which decide nothing, as a table."""
    lines = ["", "## Our own samples", "", "Written for the project; they decide nothing.", "",
             "| document | role | speaker |", "|---|---|---|"]  # fmt: skip
    lines += [f"| {one.id} | {one.role:.3f} | {one.speaker:.3f} |" for one in scores]
    return "\n".join(lines) + "\n"


def _summary(title: str, scores: Sequence[DocumentScore]) -> str | None:
    if not scores:
        return None
    read = [one.score for one in scores if one.score]
    words = sum(score.words for score in read)
    low = [one.id for one in scores if one.role < LOW]
    by_words = [
        sum(score.right_role for score in read) / words,
        sum(score.right_speaker for score in read) / words,
    ]
    role, speaker = mean(one.role for one in scores), mean(one.speaker for one in scores)
    return (
        f"| {title}, mean over {len(scores)} documents | **{role:.3f}** | **{speaker:.3f}** "
        f"| {by_words[0]:.3f}, {by_words[1]:.3f} | {', '.join(low) or 'none'} |"
    )


def main() -> None:
    """Score the documents of the folder that the command line names, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="with index.jsonl and gold_turns.jsonl")
    parser.add_argument("ids", nargs="*", help="documents; all if none is named")
    parser.add_argument("--with-index", action="store_true", help="use the index's metadata")
    parser.add_argument(
        "--left-out",
        type=Path,
        metavar="DATA",
        help="annotated interviews: fit without each source",
    )
    options = parser.parse_args()
    found = score_documents(options.folder, with_index=options.with_index, only=options.ids)
    scores = list(found)
    left_out = {}
    if options.left_out:
        from training.left_out import score_left_out  # needs the extra "training"

        left_out = {
            one.id: one
            for one in score_left_out(options.folder, options.left_out, only=options.ids)
        }
    samples = score_documents(SAMPLES, gold_turns=SAMPLES / "gold" / "turns.jsonl")
    page = render(scores, left_out) + render_samples(list(samples))
    if options.left_out and not options.ids and not options.with_index:
        REPORT.write_text(page, encoding="utf8")
    print(page)
    for one in scores:
        if one.error:
            print(f"{one.id}: {one.error}")


if __name__ == "__main__":
    main()
