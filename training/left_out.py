"""Score each document with weights that were fitted without its source.

The segmenter and the role model are fitted again for each source, on all the others; what is left
out is a whole source, since documents of one source are laid out alike.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path

from benchmarks.documents import DocumentScore, score_documents
from pipeline.turns.chain import WEIGHTS
from pipeline.turns.roles import MODEL
from pipeline.turns.roles import WEIGHTS as ROLE_WEIGHTS
from training import roles, turns
from training.cards import describe


def score_left_out(
    folder: Path, data: Path, *, only: Collection[str] = ()
) -> Iterator[DocumentScore]:
    """Yield the score of each document, by weights that know nothing of its source.

    Args:
        folder: with ``index.jsonl``, ``gold_turns.jsonl`` and the transcripts.
        data: folder of the annotated interviews.
        only: ids of documents; all, if empty.
    """
    samples = turns.read_samples(folder)
    found = turns.sequences(samples, turns.read_written_talks(), turns.read_exchanges(data))
    talks = roles.read_talks(folder)
    rows = roles.make_rows(talks)
    for source in sorted({sample.source for sample in samples}):
        ids = [s.id for s in samples if s.source == source and (not only or s.id in only)]
        if not ids:
            continue
        chain = turns.fit([s for name, group in found.items() if name != source for s in group])
        weights = roles.fit([one for one in rows.values() if one[0].talk.source != source])
        with tempfile.TemporaryDirectory() as models:
            place = Path(models) / MODEL
            describe(place, WEIGHTS, turns.render_weights(chain), {})
            describe(place, ROLE_WEIGHTS, roles.render_weights(weights), {})
            yield from score_documents(folder, only=ids, models=Path(models))
