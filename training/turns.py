"""Fit the segmenter on real transcripts with gold turns.

``python -m training turns FOLDER DATA`` writes ``models/turns/chain.json``: FOLDER has
``index.jsonl``, ``gold_turns.jsonl`` and the transcripts, DATA the annotated interviews.
``python -m benchmarks.turns FOLDER --left-out`` measures on sources left out.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
import pycrfsuite

from benchmarks.documents import read_rows, source_of
from pipeline.artefacts import sha256_of
from pipeline.errors import WestwardError
from pipeline.ingest import read_source
from pipeline.records import Paragraph
from pipeline.turns.chain import STATES, UNSAID, WEIGHTS, Chain, State
from pipeline.turns.document import view_document
from pipeline.turns.features import find_features
from training.cards import describe, write_section
from training.gold import Laid, lay_gold, read_gold
from training.renderings import Furniture, Row, Talk, render

SEED = 1729
TALKS = Path(__file__).with_name("talks.tsv")
"""Whole talks written for the project: a question a line, a sentence a line, ¶ a paragraph."""
MIN_SOURCES = 5  # that have a word, for it to be a feature
FRAMED = 0.5  # of the written talks have furniture around them
FEWEST_EXCHANGES, SENTENCES = 3, 4  # of an annotated interview; a paragraph
SMALLEST, NEVER = 0.02, -8.0  # weights left out; of a transition that no document has
REAL_TIMES = 4
RENDERINGS, TALK_RENDERINGS = 16, 6
PARAMS = {"c1": 0.05, "c2": 0.3, "max_iterations": 90, "feature.minfreq": 3}
CARD = """
A linear-chain conditional random field over the paragraphs of a document (python-crfsuite; L-BFGS
with L1 and L2 penalties), {features} named features. States: the beginning of a labelled turn, an
unlabelled question or answer, a continuation, furniture, outside the talk. Fitted on real
transcripts with gold turns, on the same turns set in other layouts, on questions and answers of
annotated interviews and on talks written for the project; no label is a feature, and no word that
fewer than five sources have. Accuracy on documents whose source was left out of the fit:
`benchmarks/turns.md`.

Where it is weak: talks without labels whose questions are not set apart in type; hearings with long
front matter of a new kind; captions in which a sign alone marks the change of speaker. Read what
`westward add` prints, and correct it with `westward turns`.
"""
_NAMES = ("Reed", "Hill", "Field", "Marsh", "Stone", "Brook", "Moor", "Dale", "Ford", "Glen")


@dataclass(frozen=True)
class Sample:
    """One document: its source, gold turns, and, where it is not given, its laid paragraphs."""

    id: str
    source: str
    path: Path
    talk: Talk
    laid: Laid | None


def read_samples(folder: Path) -> list[Sample]:
    """Return the documents of a folder that can be read, with their gold."""
    gold, samples = read_gold(folder), []
    for entry in read_rows(folder / "index.jsonl"):
        rows = gold.get(entry["id"])
        if not rows:
            continue
        try:
            source = read_source(folder / entry["path"])
        except WestwardError as error:
            print(f"{entry['id']}: not read: {error}")
            continue
        laid = None
        if not source.turns:
            laid = lay_gold(view_document(source.paragraphs), rows)
        talk = [(row["role"], row["speaker"], row["paragraphs"]) for row in rows]
        samples.append(Sample(entry["id"], source_of(entry), folder / entry["path"], talk, laid))
    return samples


def read_written_talks() -> list[Talk]:
    """Return the whole talks that were written for fitting, as turns of two voices."""
    talks: list[Talk] = []
    turns: list[tuple[str, str, list[str]]] = []
    for line in TALKS.read_text(encoding="utf8").splitlines():
        if line.startswith("# "):
            if turns:
                talks.append(turns)
            turns = []
            asker, answerer = random.Random(line).sample(_NAMES, 2)
        elif line.startswith("Q: "):
            if line[3:].strip() not in ("-", ""):
                turns.append(("interviewer", asker, [line[3:]]))
            turns.append(("respondent", answerer, [""]))
        elif line.startswith("¶"):
            if turns and turns[-1][2][-1]:
                turns[-1][2].append("")
        elif "\t" in line and turns:
            text = line.split("\t")[-1]
            turns[-1][2][-1] = f"{turns[-1][2][-1]} {text}".strip()
    talks.append(turns)
    return [[(r, s, [p for p in ps if p]) for r, s, ps in talk if any(ps)] for talk in talks]


def read_exchanges(folder: Path) -> dict[str, Talk]:
    """Return the questions and answers of annotated interviews, by document, as two voices.

    Args:
        folder: with ``interviews.jsonl`` and ``interviews_more.jsonl``.
    """
    exchanges: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name in ("interviews.jsonl", "interviews_more.jsonl"):
        for row in read_rows(folder / name):
            if row.get("question") and row.get("form") in (None, "question and answer"):
                exchanges[row["doc"]][row["question"]].append(row["text"])
    talks: dict[str, Talk] = {}
    for doc, found in exchanges.items():
        if len(found) < FEWEST_EXCHANGES:
            continue
        talk: list[tuple[str, str, list[str]]] = []
        for question, sentences in found.items():
            talk.append(("interviewer", _NAMES[0], [question]))
            cuts = range(0, len(sentences), SENTENCES)
            paragraphs = [" ".join(sentences[at : at + SENTENCES]) for at in cuts]
            talk.append(("respondent", _NAMES[1], paragraphs))
        talks[doc] = talk
    return talks


def furniture_of(laid: Laid) -> Furniture:
    """Return what nobody says in a document: above, between and below its turns."""
    spoken = [i for i, state in enumerate(laid.states) if state not in UNSAID]
    first, last = min(spoken, default=0), max(spoken, default=0)
    parts: dict[str, list[Paragraph]] = defaultdict(list)
    for i, state in enumerate(laid.states):
        if state in UNSAID:
            where = "above" if i < first else "below" if i > last else "between"
            parts[where].append(laid.document.paragraphs[i])
    return Furniture(tuple(parts["above"]), tuple(parts["between"]), tuple(parts["below"]))


Sequence_ = tuple[list[list[str]], Sequence[State]]


def to_sequence(rows: Sequence[Row]) -> Sequence_ | None:
    """Return the features and states of a rendering; None where its labels were split apart."""
    document = view_document([paragraph for paragraph, _ in rows])
    if len(document.paragraphs) != len(rows):
        return None
    states = [
        "continuation" if state == "label" and proposal is None else state
        for (_, state), proposal in zip(rows, document.proposals, strict=True)
    ]
    return list(find_features(document)), states


def sequences(
    samples: Sequence[Sample],
    talks: Sequence[Talk],
    exchanges: Mapping[str, Talk],
    *,
    seed: int = SEED,
) -> dict[str, list[Sequence_]]:
    """Return sequences to fit on, by source: real documents, and renderings of their turns."""
    rng = random.Random(seed)
    pools = {s.source: furniture_of(s.laid) for s in samples if s.laid}
    found: dict[str, list[Sequence_]] = defaultdict(list)
    for sample in samples:
        if sample.laid:
            real = list(find_features(sample.laid.document)), sample.laid.states
            found[sample.source] += [real] * REAL_TIMES
        own = pools.get(sample.source, Furniture((), (), ()))
        for _ in range(RENDERINGS):
            start = rng.randrange(max(1, len(sample.talk) - 8))
            part = sample.talk[start : start + rng.choice((4, 8, 16, 40, 80))]
            if done := to_sequence(render(part, own, rng)):
                found[sample.source].append(done)
    sources = {sample.id: sample.source for sample in samples}
    others = [("written", talk) for talk in talks]
    others += [(sources.get(doc, doc), talk) for doc, talk in exchanges.items()]
    for source, talk in others:
        for _ in range(TALK_RENDERINGS):
            # what is printed around a talk is that of a source, and is left out with it
            framed = source == "written" and rng.random() < FRAMED
            place = rng.choice(sorted(pools)) if framed else source
            around = pools[place] if framed else Furniture((), (), ())
            if done := to_sequence(render(talk, around, rng)):
                found[place].append(done)
    return _without_rare_words(found)


def _without_rare_words(found: dict[str, list[Sequence_]]) -> dict[str, list[Sequence_]]:
    """Leave out words that few sources have: names and topics of single talks are no lesson."""
    sources: Counter[str] = Counter()
    for group in found.values():
        sources.update(
            {name for rows, _ in group for row in rows for name in row if _is_word(name)}
        )
    rare = {name for name, count in sources.items() if count < MIN_SOURCES}
    return {
        source: [([[n for n in row if n not in rare] for row in rows], s) for rows, s in group]
        for source, group in found.items()
    }


def _is_word(feature: str) -> bool:
    return feature.startswith("w:")


def fit(found: Iterable[Sequence_]) -> Chain:
    """Fit a chain (L-BFGS with L1 and L2 penalties; Okazaki 2007)."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.select("lbfgs")
    trainer.set_params(PARAMS)
    for rows, states in found:
        trainer.append(pycrfsuite.ItemSequence(rows), list(states))
    tagger = pycrfsuite.Tagger()
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "chain.crfsuite")
        trainer.train(path)
        tagger.open(path)
        stored = tagger.info()
        tagger.close()
    weights: dict[str, list[float]] = defaultdict(lambda: [0.0] * len(STATES))
    for (name, state), weight in stored.state_features.items():
        if abs(weight) >= SMALLEST:
            weights[name][STATES.index(state)] = round(weight, 3)
    transitions = np.zeros((len(STATES), len(STATES)))
    for one, two in product(range(len(STATES)), repeat=2):
        transitions[one, two] = round(stored.transitions.get((STATES[one], STATES[two]), NEVER), 3)
    return Chain(dict(sorted(weights.items())), transitions)


def render_weights(chain: Chain) -> bytes:
    """Return the weights as JSON, a feature a line."""
    lines = [f"{json.dumps(name)}: {json.dumps(row)}" for name, row in chain.weights.items()]
    rows = json.dumps(chain.transitions.tolist())
    body = ",\n".join(lines)
    text = (
        f'{{"states": {json.dumps(STATES)},\n"transitions": {rows},\n"weights": {{\n{body}\n}}}}\n'
    )
    return text.encode()


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit on the documents of the folder that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m training turns", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("data", type=Path, help="with interviews.jsonl and interviews_more.jsonl")
    parser.add_argument("--out", type=Path, default=Path("models/turns"))
    options = parser.parse_args(arguments)
    samples = read_samples(options.folder)
    found = sequences(samples, read_written_talks(), read_exchanges(options.data))
    chain = fit([s for group in found.values() for s in group])
    section = {
        "task": "state of each paragraph",
        "data": f"{len(samples)} gold transcripts of {len({s.source for s in samples})} sources, "
        "their turns in other layouts, annotated interviews, and the written talks",
        "data_sha256": sha256_of(options.folder / "gold_turns.jsonl"),
        "licence_note": "fitted on transcripts that are not redistributed; weights MIT",
        "settings": PARAMS | {"renderings": RENDERINGS, "real": REAL_TIMES, "seed": SEED},
        "features": len(chain.weights),
    }
    describe(options.out, WEIGHTS, render_weights(chain), section)
    write_section(options.out, "Segmenter", CARD.format(features=len(chain.weights)))


if __name__ == "__main__":
    main()
