"""Writing an encoder's folder: int8 ONNX, tokenizer, heads, meta.json with calibration."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from pipeline.artefacts import META, sha256_of
from pipeline.encoder import Encoder
from pipeline.encoder.network import HEADS, MEANT, NETWORK, TOKENIZER
from pipeline.encoder.windows import MAX_TOKENS
from pipeline.reading.rows import Answer
from training.cards import write_description
from training.encoder.calibrate import calibrate_heads, state_calibration
from training.encoder.export import export_float, quantise, split_outliers
from training.encoder.fit import Item, make_items
from training.encoder.network import Reader, pad_windows
from training.encoder.passages import LABELS, SPAN_LABELS, Passage

OURS = "the project's own"
LICENCES = {
    "interviews.jsonl": "texts: kremlin.ru CC BY 4.0, whitehouse.gov public domain, "
    "audreyt/transcript CC0, ArgUNSC MIT",
    "interviews_west.jsonl": "as interviews.jsonl",
    "interviews_more.jsonl": "texts: Australian prime ministers' transcripts CC BY 4.0; United "
    "Nations general debates, official records, corpus CC0; White House, presidents' papers, "
    "Congressional Record, US public domain; European Parliament, reuse with acknowledgement; "
    "Lords Hansard, Open Parliament Licence; audreyt/transcript CC0; kremlin.ru CC BY 4.0",
    "interviews_experts.jsonl": "texts: Tehran Times / Mehr CC BY 4.0; kremlin.ru CC BY 4.0; "
    "presidents' papers, Congressional hearings as printed by GPO, panels of the Office of the "
    "Historian, US public domain; Wikinews CC BY 2.5",
    "experts.jsonl": "labels the project's own; texts as experts.jsonl.gz",
    "experts.jsonl.gz": "Tehran Times / Mehr CC BY 4.0; kremlin.ru CC BY 4.0; presidents' papers, "
    "Congressional hearings, State Department, US public domain; Wikinews CC BY 2.5",
    "teaching.jsonl": OURS,
    "annotations.jsonl": "labels the project's own; texts as interviews.jsonl, "
    "argunsc_sentences.jsonl, newsmtsc.jsonl and umuc_unscon_sentences.jsonl",
    "written.jsonl": OURS,
    "cases.toml": OURS,
    "argunsc_sentences.jsonl": "MIT (Poiaganova and Stede, ArgUNSC)",
    "newsmtsc.jsonl": "repository MIT, data readme silent (Hamborg and Donnay 2021)",
    "umuc_unscon_sentences.jsonl": "CC BY-SA (UNSCon)",
    "ibm_claim_stance.jsonl": "CC BY-SA 3.0 (Bar-Haim et al. 2017)",
    "gold_turns.jsonl": "unlabelled text; kremlin.ru CC BY 4.0, US government public domain, CC0; "
    "neither the copyright transcript nor documents of dev and test",
}


def describe_data(files: Sequence[Path]) -> list[dict[str, str]]:
    """Return name, SHA-256 and licence of each training file."""
    return [
        {"file": path.name, "sha256": sha256_of(path), "licence": LICENCES[path.name]}
        for path in files
    ]


def write_meta(folder: Path, meta: Mapping[str, Any]) -> None:
    """Write meta.json with the hashes of the other files."""
    files = {name: sha256_of(folder / name) for name in (NETWORK, TOKENIZER, HEADS)}
    write_description(folder / META, {**meta, "files": files})


def write_heads(model: Reader, path: Path) -> None:
    """Write the weights of all heads and the vector of an implicit target, in 16 bits."""
    arrays = {MEANT: model.meant.detach().numpy()}
    for name, head in model.heads.items():
        arrays[f"{name}/weight"] = head.weight.detach().numpy()
        arrays[f"{name}/bias"] = head.bias.detach().numpy()
    for name, span_head in model.span_heads.items():
        for part in ("first", "second"):
            layer = getattr(span_head, part)
            arrays[f"{name}/{part}/weight"] = layer.weight.detach().numpy()
            arrays[f"{name}/{part}/bias"] = layer.bias.detach().numpy()
    packed = io.BytesIO()
    ordered: dict[str, Any] = {key: arrays[key].astype(np.float16) for key in sorted(arrays)}
    np.savez_compressed(packed, **ordered)
    path.write_bytes(packed.getvalue())


def build_folder(
    model: Reader,
    tokenizer: Tokenizer,
    dev: Sequence[Passage],
    folder: Path,
    *,
    name: str,
    version: str,
    fine: int,
    sample: Sequence[Item],
    facts: Mapping[str, Any],
) -> Encoder:
    """Export `model` to `folder` and calibrate the exported network; return it as loaded.

    Args:
        dev: passages for calibration.
        fine: number of word embeddings in 8 bits; the others have 4.
        sample: train windows whose activations show the outlier features.
        facts: other entries of meta.json.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(folder / TOKENIZER), pretty=False)
    model.eval()
    batches = (pad_windows([item.window], pad_id=0) for item in sample)
    split_outliers(model.trunk, batches)
    unquantised = folder / "float.onnx"
    positions = MAX_TOKENS + (2 if model.trunk.shape.relative else 0)
    export_float(model.trunk, unquantised, positions=positions, fine=fine)
    quantise(unquantised, folder / NETWORK)
    unquantised.unlink()
    write_heads(model, folder / HEADS)
    labels = {**LABELS, **SPAN_LABELS}
    meta: dict[str, Any] = {
        "name": name,
        "version": version,
        "labels": {head: list(names) for head, names in labels.items()},
        "spans": list(SPAN_LABELS),
        "width": model.trunk.shape.width,
        "fine_embeddings": fine,
        "calibration": {
            h: {"temperature": 1.0, "offsets": [0.0] * len(v)} for h, v in labels.items()
        },
        **facts,
    }
    write_meta(folder, meta)
    encoder = Encoder(folder)
    items = make_items(dev, tokenizer, max_tokens=MAX_TOKENS)
    meta["calibration"] = state_calibration(
        calibrate_heads(items, read_logits(encoder, dev, items))
    )
    write_meta(folder, meta)
    return Encoder(folder)


def read_logits(
    encoder: Encoder, passages: Iterable[Passage], items: Sequence[Item]
) -> list[dict[str, np.ndarray]]:
    """Return uncalibrated logits of the exported encoder for each item's units and spans.

    Args:
        items: of `passages`, in the same order.
    """
    by_sentence: dict[int, tuple[Any, int]] = {}
    passages = list(passages)
    answers = [Answer(p.question, tuple(s.text for s in p.sentences)) for p in passages]
    for passage, reading in zip(passages, encoder.read(answers), strict=True):
        for index, sentence in enumerate(passage.sentences):
            by_sentence[id(sentence)] = (reading, index)
    found = []
    for item in items:
        places = [by_sentence[id(sentence)] for sentence in item.sentences]
        vectors = np.stack([reading.vectors[i] for reading, i in places])
        logits = dict(encoder.judge(vectors, logits=True))
        if len(item.spans):
            own = [int(unit) for unit in item.spans[:, 0]]
            spans = np.stack(
                [
                    encoder.span_vector(places[unit][0].units[places[unit][1]], marked.span)
                    for unit, marked in zip(own, item.marked, strict=True)
                ]
            )
            for head in SPAN_LABELS:
                logits[head] = encoder.judge_spans(head, vectors[own], spans, logits=True)
        found.append(logits)
    return found


def fingerprint_passages(passages: Sequence[Passage]) -> str:
    """Return the SHA-256 of texts and labels, for meta.json."""
    digest = hashlib.sha256()
    for passage in passages:
        content = [
            passage.question,
            *((s.text, s.labels, len(s.marked)) for s in passage.sentences),
        ]
        digest.update(json.dumps(content, sort_keys=True).encode())
    return digest.hexdigest()
