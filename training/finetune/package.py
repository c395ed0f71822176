"""Write a model folder: int8 ONNX, tokenizer, calibration fitted on dev, and meta.json."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from pipeline.artefacts import META, sha256_of, write_description
from pipeline.encoder import Encoder
from pipeline.encoder.network import NETWORK
from pipeline.encoder.templates import DESCRIPTION
from training.finetune.annotations import LABELS_FILE
from training.finetune.batches import encode_pairs, pad
from training.finetune.calibrate import calibrate_encoder, state_calibration
from training.finetune.export import export_float, part_outliers, quantise
from training.finetune.net import Tagger
from training.finetune.rows import LABELS, Row
from training.finetune.written import written_files

OURS = "the project's own"
LICENCES = {
    "interviews.jsonl": "texts: kremlin.ru CC BY 4.0, whitehouse.gov public domain, "
    "audreyt/transcript CC0, ArgUNSC MIT",
    "interviews_west.jsonl": "as interviews.jsonl",
    "annotations.jsonl": "labels the project's own; texts as interviews.jsonl, "
    "argunsc_sentences.jsonl, newsmtsc.jsonl and umuc_unscon_sentences.jsonl",
    "written.jsonl": OURS,
    "argunsc_sentences.jsonl": "MIT (Poiaganova and Stede, ArgUNSC)",
    "argunsc_spans.jsonl": "MIT (Poiaganova and Stede, ArgUNSC)",
    "newsmtsc.jsonl": "repository MIT, data readme silent (Hamborg and Donnay 2021)",
    "umuc_unscon_sentences.jsonl": "CC BY-SA (UNSCon)",
    "gold_turns.jsonl": "unlabelled text; kremlin.ru CC BY 4.0, US government public domain, CC0; "
    "neither the copyright transcript nor documents of dev and test",
    "ibm_claim_stance.jsonl": "CC BY-SA 3.0 (Bar-Haim et al. 2017)",
}


def describe_data(folder: Path, files: Sequence[str]) -> list[dict[str, str]]:
    """Name, SHA-256 and licence of each file that trained the weights, our own labels last."""
    return [
        {
            "file": name,
            "sha256": sha256_of(folder / name),
            "licence": LICENCES[Path(name).name],
        }
        for name in files
    ] + [
        {"file": path.name, "sha256": sha256_of(path), "licence": LICENCES.get(path.name, OURS)}
        for path in (LABELS_FILE, *written_files())
    ]


def write_meta(folder: Path, meta: Mapping[str, Any]) -> None:
    """Write meta.json with the hashes of the files beside it."""
    files = {name: sha256_of(folder / name) for name in (NETWORK, "tokenizer.json")}
    write_description(folder / META, {**meta, "files": files})


def build_folder(
    model: Tagger,
    tokenizer: Tokenizer,
    dev: Sequence[Row],
    folder: Path,
    *,
    name: str,
    version: str,
    max_length: int,
    fine: int,
    sample: Sequence[Row],
    facts: Mapping[str, Any],
) -> Encoder:
    """Export `model` to `folder`, calibrate the exported network, and load what was written.

    `sample` are train rows whose activations show the features to keep out of int8 (none: no
    feature is); the first `fine` words have 8 bits.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_length)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    pad_id = next(i for t in ("<pad>", "[PAD]") if (i := tokenizer.token_to_id(t)) is not None)
    items = encode_pairs(tokenizer, [(r.first, r.second) for r in sample])
    if items:
        batches = (pad(items[i : i + 8], pad_id=pad_id) for i in range(0, len(items), 8))
        part_outliers(model.eval(), batches)
    unquantised = folder / "float.onnx"
    export_float(model, unquantised, max_length=max_length, fine=fine)
    quantise(unquantised, folder / NETWORK)
    unquantised.unlink()
    meta: dict[str, Any] = {
        "name": name,
        "version": version,
        "labels": {head: list(names) for head, names in LABELS.items()},
        "width": 2 * model.trunk.shape.width,
        "max_length": max_length,
        "pad_id": pad_id,
        "fine_embeddings": fine,
        "template": DESCRIPTION,
        "calibration": {
            h: {"temperature": 1.0, "offsets": [0.0] * len(v)} for h, v in LABELS.items()
        },
        **facts,
    }
    write_meta(folder, meta)
    meta["calibration"] = state_calibration(calibrate_encoder(Encoder(folder), dev))
    write_meta(folder, meta)
    return Encoder(folder)


def fingerprint_rows(rows: Sequence[Row]) -> str:
    """SHA-256 over the rows' segments and labels, so that a run can say what it was fitted on."""
    digest = hashlib.sha256()
    for r in rows:
        digest.update(json.dumps([r.first, r.second, dict(r.labels)], sort_keys=True).encode())
    return digest.hexdigest()


# Relative to `data`/train: what the student saw beside the labelled files.
UNLABELLED = ("argunsc_spans.jsonl", "../../corpus/gold_turns.jsonl")
