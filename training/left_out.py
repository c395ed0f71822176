"""Score each document with weights that were fitted without its source.

The segmenter and the role model are fitted again for each source, on all the others; what is left
out is a whole source, since documents of one source are laid out alike.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path

from benchmarks.documents import DocumentScore, score_documents
from pipeline.artefacts import find_model, read_file
from pipeline.turns.chain import WEIGHTS
from pipeline.turns.confidence import WEIGHTS as CONFIDENCE_WEIGHTS
from pipeline.turns.roles import MODEL
from pipeline.turns.roles import WEIGHTS as ROLE_WEIGHTS
from training import roles, turns
from training.cards import describe


def score_left_out(
    folder: Path, data: Path, *, only: Collection[str] = (), folds: int = 0
) -> Iterator[DocumentScore]:
    """Yield the score of each document, by weights that know nothing of its source.

    Args:
        folder: with ``index.jsonl``, ``gold_turns.jsonl`` and the transcripts.
        data: folder of the annotated interviews.
        only: ids of documents; all, if empty.
        folds: groups of sources that are left out together; 0: each source alone.
    """
    samples = turns.read_samples(folder)
    found = turns.sequences(samples, turns.read_written_talks(), turns.read_exchanges(data))
    talks = roles.read_talks(folder)
    rows = roles.make_rows(talks)
    sources = sorted({sample.source for sample in samples} | {talk.source for talk in talks})
    groups = [sources[at::folds] for at in range(folds)] if folds else [[one] for one in sources]
    sure = read_file(find_model(MODEL), CONFIDENCE_WEIGHTS)
    for group in groups:
        ids = [t.id for t in talks if t.source in group and (not only or t.id in only)]
        if not ids:
            continue
        chain = turns.fit([s for name, own in found.items() if name not in group for s in own])
        weights = roles.fit([one for one in rows.values() if one[0].talk.source not in group])
        with tempfile.TemporaryDirectory() as models:
            place = Path(models) / MODEL
            describe(place, WEIGHTS, turns.render_weights(chain), {})
            describe(place, ROLE_WEIGHTS, roles.render_weights(weights), {})
            describe(place, CONFIDENCE_WEIGHTS, sure, {})
            yield from score_documents(folder, only=ids, models=Path(models))
