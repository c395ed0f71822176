"""How many processors this process may use."""

from __future__ import annotations

import os
from pathlib import Path

QUOTA = Path("/sys/fs/cgroup/cpu.max")
"""Where a Linux container's share of processor time stands: microseconds used in a period."""


def count_processors(*, quota: Path = QUOTA) -> int:
    """The processors that this process may run on, fewer where a container's quota says so."""
    affinity = getattr(os, "sched_getaffinity", None)
    allowed = len(affinity(0)) if affinity else os.cpu_count() or 1
    return min(allowed, _read_quota(quota) or allowed)


def _read_quota(path: Path) -> int | None:
    """Whole processors of the quota in `path`; None where there is none."""
    try:
        used, period = path.read_text(encoding="ascii").split()[:2]
        return max(1, int(used) // int(period))
    except (OSError, ValueError, ZeroDivisionError):
        return None
