"""The weights of an ensemble's members are chosen by log loss on dev."""

import numpy as np

from training.finetune.calibrate import CALIBRATED_ON
from training.finetune.ensemble import DECIDING, GRID, Shares, choose_weight
from training.finetune.rows import LABELS, Row

SIZE = 60


def dev_rows() -> list[Row]:
    """Rows of five documents, each head's labels in turn."""
    return [
        Row(f"{head}{i}", CALIBRATED_ON[head][0][0], "dev", f"d{i % 5}", "", str(i), {head: label})
        for head in DECIDING
        for i in range(SIZE)
        for label in (i % len(LABELS[head]),)
    ]


def judge(rows: list[Row], *, right: float, seed: int) -> Shares:
    """A member's probabilities: the gold label's is high in a share of rows, else another's."""
    rng, shares = np.random.default_rng(seed), {}
    for head in DECIDING:
        k = len(LABELS[head])
        found = np.full((len(rows), k), 0.2 / (k - 1), np.float32)
        for i, row in enumerate(rows):
            gold = row.labels.get(head, 0)
            found[i, gold if rng.random() < right else (gold + 1) % k] = 0.8
        shares[head] = found
    return shares


def test_a_member_that_knows_nothing_gets_no_weight() -> None:
    rows = dev_rows()
    good = judge(rows, right=0.9, seed=1)
    blind = {head: np.full_like(one, 1 / one.shape[1]) for head, one in good.items()}
    blind_and_wrong = {
        head: 0.5 * blind[head] + 0.5 * judge(rows, right=0.0, seed=2)[head] for head in good
    }
    weight, losses = choose_weight([good, blind_and_wrong], rows)
    assert weight == GRID[0]
    assert len(losses) == len(GRID)


def test_members_that_err_apart_share_the_weight() -> None:
    rows = dev_rows()
    members = [judge(rows, right=0.8, seed=seed) for seed in (3, 4)]
    weight, losses = choose_weight(members, rows)
    assert weight >= 0.4
    assert min(losses) < losses[0]
