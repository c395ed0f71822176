"""Choose a model's thresholds for abstention on dev, and store them in its meta.json.

Run ``python -m training abstention MODEL_DIR DATA`` after the model is calibrated. For each label
and each precision of ``PRECISIONS``, chooses the lowest threshold that reaches the precision
(``curves.choose_cut``). DATA are files of annotated rows, or a folder with those of the research
data; only ``dev`` rows are read. Interviews and the rows picked for Western mentions are pooled,
since the interviews alone have few rows against the West. Also stores and draws calibration and
risk by coverage, and writes the card again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.artefacts import (
    META,
    fingerprint,
    read_description,
    read_meta,
    sha256_of,
    write_meta,
)
from pipeline.config import Settings, load_settings
from pipeline.encoder import is_encoder
from pipeline.errors import InputError
from pipeline.evaluate.annotations import (
    DATASET_ARGUNSC,
    LabelledRow,
    read_claim_rows,
    read_stance_rows,
)
from pipeline.evaluate.metrics import expected_calibration_error
from pipeline.evaluate.questions import (
    HEADS,
    STANCE,
    ask_claims,
    ask_stance,
    ask_targeted,
    unmarked,
)
from pipeline.evaluate.scores import Asked
from pipeline.judges.abstention import ABSTENTION, PRECISIONS
from pipeline.judges.heads import Floats
from pipeline.judges.loader import ARGUNSC_HEAD, load_claims_judge, load_stance_judge
from pipeline.reading.reader import make_reader
from training.cards import write_description
from training.curves import (
    KEEP,
    Flags,
    choose_cut,
    coverage_over,
    held_out,
    reliability,
    risk_by_coverage,
)
from training.model_cards import write_card
from training.usage import run_module

SPLIT = "dev"
FILES = (
    "interviews.jsonl",
    "interviews_west.jsonl",
    "interviews_more.jsonl",
    "interviews_experts.jsonl",
    "argunsc_sentences.jsonl",
)
RULE = (
    "the lowest threshold at which Wilson's one-sided 80 % lower bound of the label's precision "
    f"reaches the precision asked for, with at least {KEEP:.0%} of its predictions kept; where "
    "none does, the threshold with the highest bound. Held out: on documents that did not choose, "
    "ten times five folds."
)
_LEVELS = (0.5, 0.6, 0.7, 0.8, 0.9)
_CLAIMS, _STANCES = frozenset({"component", "kind"}), frozenset({"stance", "polarity"})


def add_abstention(folder: Path, data: Sequence[Path], settings: Settings) -> dict[str, Any]:
    """Choose thresholds, write meta.json, plots and card; return the block for meta.json.

    Args:
        folder: of the model: an encoder, or retrained heads.
        data: files of annotated rows, or a folder with ``FILES``.

    Raises:
        InputError: a file is invalid, or no dev row has a label of the model's heads.
        ArtefactError: the model is missing or altered.
    """
    description = read_description(folder / META)
    files = _files_of_heads(description["labels"], [f for g in data for f in _files(g)])
    asked = ask_all(folder, description["labels"], files, settings)
    block = {
        "fingerprint": fingerprint(description),
        "split": SPLIT,
        "rule": RULE,
        "files": [{"file": path.name, "sha256": sha256_of(path)} for path in files],
        "questions": {head: describe(one, settings.seed) for head, one in asked.items()},
    }
    _store(folder, block)
    write_card(folder)
    return block


def ask_all(
    folder: Path, heads: Mapping[str, Any], files: Sequence[Path], settings: Settings
) -> dict[str, Asked]:
    """Judge the dev rows of all files with a model; return the answers by head."""
    reader, name, models = make_reader(settings), folder.name, folder.parent
    asked: dict[str, Asked] = {}
    own, argunsc = _claim_rows([path for path in files if _names(path, "component", "argunsc")])
    if _CLAIMS & set(heads) and own:
        judge = load_claims_judge(name, models=models)
        asked |= _by_head(ask_claims(judge.judge([row.row for row in own], reader), own, reader))
    if ARGUNSC_HEAD in heads and argunsc:
        judge = load_claims_judge(name, models=models, argunsc=True)
        judged = judge.judge([row.row for row in argunsc], reader)
        asked[ARGUNSC_HEAD] = _by_head(ask_claims(judged, argunsc, reader))["component"]
    if _STANCES & set(heads):
        rows = [row for path in files if _names(path, "west") for row in read_stance_rows([path])]
        rows = [row for row in rows if row.split == SPLIT and "stance" in row.labels]
        if rows:
            stance = load_stance_judge(name, models=models)
            asked |= _by_head(ask_stance(stance.judge(unmarked(rows), reader), rows, reader))
            asked |= _by_head(ask_targeted(stance, rows, reader))
    if not asked:
        raise InputError(
            f"{', '.join(map(str, files)) or 'no file'}: no row of the split {SPLIT} has a label "
            f"for a head of {folder}; expected annotated rows, see corpus/gold/labels.jsonl"
        )
    return asked


def describe(asked: Asked, seed: int) -> dict[str, Any]:
    """Return the thresholds by label, calibration and curves of one question, to store."""
    index = {label: i for i, label in enumerate(asked.labels)}
    gold = np.array([index[label] for label in asked.gold])
    predicted, confidence = asked.probabilities.argmax(axis=1), asked.probabilities.max(axis=1)
    right = predicted == gold
    # A unit with stance "none" has no record that could be marked as abstained.
    labels = [name for name in asked.labels if (asked.question, name) != (STANCE, "none")]
    docs = np.array(asked.docs)
    by_label: dict[str, Any] = {}
    for label in labels:
        mine = predicted == index[label]
        by_label[label] = {
            "gold": int((gold == index[label]).sum()),
            "predicted": int(mine.sum()),
            "right": int(right[mine].sum()),
            "at": _cuts(confidence[mine], right[mine], list(docs[mine]), seed),
        }
    decided = np.isin(predicted, [index[label] for label in labels])
    return {
        "rows": len(gold),
        "docs": len(set(asked.docs)),
        "calibration_error": expected_calibration_error(asked.probabilities, gold),
        "labels": by_label,
        "reliability": reliability(confidence, right),
        "risk_by_coverage": risk_by_coverage(confidence[decided], right[decided]),
        "coverage_over": coverage_over(confidence[decided], right[decided], _LEVELS),
    }


def _cuts(
    confidence: Floats, right: Flags, docs: list[str], seed: int
) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for precision in PRECISIONS:
        cut = choose_cut(confidence, right, precision=precision)
        if cut is None:
            found[f"{precision:.2f}"] = {"threshold": 0.0, "reached": False, "kept": 0, "right": 0}
            continue
        coverage, share = held_out(confidence, right, docs, precision=precision, seed=seed)
        found[f"{precision:.2f}"] = {**asdict(cut), "held_out": [coverage, share]}
    return found


def _by_head(asked: Sequence[Asked]) -> dict[str, Asked]:
    return {HEADS[one.question]: one for one in asked if one.question in HEADS}


def _claim_rows(files: Sequence[Path]) -> tuple[list[LabelledRow], list[LabelledRow]]:
    rows = read_claim_rows(files) if files else []
    rows = [row for row in rows if row.split == SPLIT]
    argunsc = [row for row in rows if row.dataset == DATASET_ARGUNSC]
    return [row for row in rows if row.dataset != DATASET_ARGUNSC], argunsc


def _names(path: Path, *words: str) -> bool:
    """Whether the first row of a file has one of the words as a key or a value."""
    try:
        with path.open(encoding="utf8") as lines:
            first = next(lines, "")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error}); expected JSON lines") from error
    return any(f'"{word}"' in first for word in words)


def _files_of_heads(heads: Mapping[str, Any], files: Sequence[Path]) -> list[Path]:
    """Return the files whose rows have labels for the model's heads."""
    words = []
    if _CLAIMS & set(heads):
        words.append("component")
    if ARGUNSC_HEAD in heads:
        words.append("argunsc")
    if _STANCES & set(heads):
        words.append("west")
    return [path for path in files if _names(path, *words)]


def _files(given: Path) -> Iterator[Path]:
    if not given.is_dir():
        yield given
        return
    found = [given / name for name in FILES if (given / name).is_file()]
    if not found:
        raise InputError(
            f"{given}: none of {', '.join(FILES)} found; expected one, or files by name"
        )
    yield from found


def _store(folder: Path, block: Mapping[str, Any]) -> None:
    path = folder / META
    description = read_description(path)
    if not is_encoder(folder):  # heads, whose description has a schema
        write_meta(path, read_meta(path).model_copy(update={ABSTENTION: dict(block)}))
        return
    write_description(path, {**description, ABSTENTION: block})


def main(arguments: Sequence[str]) -> int:
    """Run the command; return the exit code."""

    def choose(words: Sequence[str]) -> None:
        add_abstention(Path(words[0]), [Path(name) for name in words[1:]], load_settings())

    return run_module(__doc__, arguments, choose, expected="MODEL_DIR DATA...", least=2)
