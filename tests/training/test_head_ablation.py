"""The ablation of heads reads train and dev alone, and prints a row for each kind of head."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.train.head_fit import INVERSES, SHIPPED
from tests.train.test_heads import own_rows
from training.head_ablation import FEATURES, LOGITS, STATES, main

_STANCES = ("favor", "against", "neutral", "none")


def test_every_kind_of_head_is_scored_on_dev_and_test_rows_are_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = own_rows(("train",) * 4 + ("dev",))
    # Were the test rows read into train or dev, these labels would be against those of train.
    rows += [{**row, "split": "test", "component": "none", "kind": None} for row in rows[:7]]
    rows += [{**rows[0], "doc": "copy", "text": rows[-8]["text"], "component": "premise"}]
    lines = [{**row, "west": _STANCES[i % 4], "target": None} for i, row in enumerate(rows)]
    path = tmp_path / "interviews.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf8")
    main(["encoder-small", str(tmp_path), "--files", path.name, "--cache", str(tmp_path)])
    table = [line.split("|")[1:-1] for line in capsys.readouterr().out.splitlines()[2:]]
    cells = [[cell.strip() for cell in row] for row in table]
    kinds = [SHIPPED, *(kind for kind in (STATES, LOGITS, FEATURES) for _ in INVERSES)]
    assert [row[0] for row in cells] == [
        head for head in ("component", "kind", "stance") for _ in kinds
    ]
    assert [row[1] for row in cells] == kinds * 3
    strongest = next(row for row in cells if row[:3] == ["component", LOGITS, "1"])
    assert strongest[3].startswith("1.000")
