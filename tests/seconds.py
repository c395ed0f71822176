"""Time as a verdict: of several runs the quickest, since others use the machine too."""

from __future__ import annotations

import time
from collections.abc import Callable


def least_seconds(work: Callable[[], object], *, enough: float = 0.0, runs: int = 5) -> float:
    """Return the processor time in seconds of the quickest of ``runs`` runs of ``work``.

    There are no more runs after one that takes less than ``enough``. A limit on the result is at
    least three times what the work takes alone, as a busy machine slows all of its processes.
    """
    least = float("inf")
    for _ in range(runs):
        start = time.process_time()
        work()
        least = min(least, time.process_time() - start)
        if least < enough:
            break
    return least
