"""Fit the encoders from base models, or one of them further: hours of work, resumed when cut off.

Needs base models whose hashes are checked (``--bases``), or an encoder's folder (``--from``).
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import WestwardError
from training.finetune.go_on import go_on
from training.finetune.make import finetune
from training.usage import DONE, FAILED


def main(arguments: Sequence[str]) -> int:
    """Fit what the arguments name, print the folders written; return the exit code."""
    parser = ArgumentParser(prog="python -m training finetune", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="annotated data, with train/")
    parser.add_argument("--corpus", type=Path, required=True, help="transcripts, unlabelled text")
    start = parser.add_mutually_exclusive_group(required=True)
    start.add_argument("--bases", type=Path, help="the base models, standard/ and small/")
    start.add_argument("--from", dest="start", type=Path, help="encoder folder to go on from")
    parser.add_argument("--teacher", type=Path, help="with --from: encoder-standard as a teacher")
    parser.add_argument("--work", type=Path, default=Path("outputs/finetune"), help="checkpoints")
    parser.add_argument("-o", "--out", type=Path, default=Path("outputs/models"), help="models")
    parser.add_argument("--threads", type=int, default=2, help="processors to use")
    parser.add_argument("--minutes", type=float, default=240.0, help="bound on each fit")
    given = parser.parse_args(arguments)
    bounds = {"threads": given.threads, "minutes": given.minutes}
    try:
        if given.start is not None:
            encoder = go_on(
                given.data, given.corpus, given.start, given.work, given.out,
                taught_by=given.teacher, **bounds,
            )  # fmt: skip
            made = [given.out / str(encoder.meta["name"])]
        else:
            finetune(given.data, given.corpus, given.bases, given.work, given.out, **bounds)
            made = [given.out / f"encoder-{size}" for size in ("standard", "small", "ensemble")]
    except WestwardError as error:
        sys.stderr.write(f"error: {error}\n")
        return FAILED
    sys.stdout.write("".join(f"{folder}\n" for folder in made))
    return DONE
