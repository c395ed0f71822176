"""A model's card and plots, made anew from its meta.json.

Run ``python -m pipeline.learn.cards MODEL_DIR...``. What a person wrote in ``failures.md`` beside
it is taken into the card as it stands.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.artefacts import CARD, META, read_description, read_meta
from pipeline.learn.card import render_card
from pipeline.learn.finetune.card import render_encoder_card
from pipeline.learn.head_store import render_heads_card
from pipeline.learn.module_usage import run_module
from pipeline.learn.plots import draw_reliability, draw_risk
from pipeline.learn.sections import RELIABILITY_PLOT, RISK_PLOT, read_failures
from pipeline.stages.abstention import ABSTENTION
from pipeline.stages.embedded import is_retrained


def write_card(folder: Path) -> None:
    """Write ``CARD.md``, and the plots where the thresholds for abstention were chosen.

    Raises:
        ArtefactError: the description cannot be read.
    """
    path = folder / META
    description = read_description(path)
    failures = read_failures(folder)
    if is_retrained(folder):
        card = render_heads_card(read_meta(path), failures)
    elif "format" in description:
        card = render_card(read_meta(path), failures)
    else:
        card = render_encoder_card(description, failures)
    (folder / CARD).write_text(card, encoding="utf8")
    if block := description.get(ABSTENTION):
        for name, draw in ((RISK_PLOT, draw_risk), (RELIABILITY_PLOT, draw_reliability)):
            (folder / name).write_text(draw(block["questions"]), encoding="utf8")


def main(arguments: Sequence[str]) -> int:
    """Write the cards; return the exit code."""

    def work(words: Sequence[str]) -> None:
        for name in words:
            write_card(Path(name))

    return run_module(__doc__, arguments, work, expected="MODEL_DIR...", least=1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
