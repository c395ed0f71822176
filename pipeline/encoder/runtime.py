"""onnxruntime with its telemetry off, and the processors that it runs on.

This is the one place that imports onnxruntime. Version 1.32 writes a device id below the home
folder and asks for Microsoft's event host (path of the Python executable, machine, model names).
Only the environment variable, set before the import, keeps it from that;
``disable_telemetry_events()`` comes too late.

Processors without VNNI instructions add two products of an unsigned and a signed byte in 16 bits,
which overflow with full-range int8 weights and leave answers at random. onnxruntime's precision
mode turns the weights to unsigned bytes, and every processor then gives the same answers; but it
costs those with VNNI instructions up to half their speed, and they do not need it. Names of
processors and their flags are wrong under emulation, so a product is tried.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

import numpy as np

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime

__all__ = [
    "COLUMNS",
    "LARGEST_WEIGHT",
    "PROBE",
    "ROWS",
    "ask_for_exact_products",
    "count_processors",
    "has_exact_products",
    "onnxruntime",
]

QUOTA = Path("/sys/fs/cgroup/cpu.max")
"""Where a Linux container's share of processor time stands: microseconds used in a period."""
PROBE = Path(__file__).with_name("products.onnx")
"""A product of bytes, written by ``python -m training products``."""
ROWS, COLUMNS, LARGEST_WEIGHT = 64, 16, 127
_LARGEST = 255
_PRECISION_MODE = ("session.x64quantprecision", "1")


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


def ask_for_exact_products(options: onnxruntime.SessionOptions) -> None:
    """Turn the precision mode on where this processor's own products overflow."""
    if not has_exact_products():
        options.add_session_config_entry(*_PRECISION_MODE)


@lru_cache(maxsize=1)
def has_exact_products() -> bool:
    """Tell whether the largest products of bytes add up on this processor."""
    session = onnxruntime.InferenceSession(str(PROBE), providers=["CPUExecutionProvider"])
    (sums,) = session.run(None, {"row": np.full((1, ROWS), _LARGEST, np.uint8)})
    return bool((sums == ROWS * _LARGEST * LARGEST_WEIGHT).all())
