"""onnxruntime without telemetry, and the processors that it runs on.

The only module that imports onnxruntime. Version 1.32 writes a device id below the home folder and
contacts Microsoft's event host; only the environment variable, set before the import, prevents it.

Processors without VNNI instructions add two products of an unsigned and a signed byte in 16 bits,
which overflows with full-range int8 weights. onnxruntime's precision mode prevents that with
unsigned weights, but up to halves the speed of processors with VNNI. Processor names and flags are
wrong under emulation, so a product is tried.
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
"""A Linux container's quota of processor time: microseconds in a period of microseconds."""
PROBE = Path(__file__).with_name("products.onnx")
"""A product of bytes, written by ``python -m training products``."""
ROWS, COLUMNS, LARGEST_WEIGHT = 64, 16, 127
_LARGEST = 255
_PRECISION_MODE = ("session.x64quantprecision", "1")


def count_processors(*, quota: Path = QUOTA) -> int:
    """Return the number of processors available to this process, within a container's quota.

    ``OMP_NUM_THREADS`` lowers it, as in other libraries.
    """
    affinity = getattr(os, "sched_getaffinity", None)
    allowed = len(affinity(0)) if affinity else os.cpu_count() or 1
    wanted = os.environ.get("OMP_NUM_THREADS", "")
    asked = max(1, int(wanted)) if wanted.isdecimal() else allowed
    return min(allowed, _read_quota(quota) or allowed, asked)


def _read_quota(path: Path) -> int | None:
    """Return the whole processors of a quota file; None without a quota."""
    try:
        used, period = path.read_text(encoding="ascii").split()[:2]
        return max(1, int(used) // int(period))
    except (OSError, ValueError, ZeroDivisionError):
        return None


def ask_for_exact_products(options: onnxruntime.SessionOptions) -> None:
    """Turn on the precision mode if products overflow on this processor."""
    if not has_exact_products():
        options.add_session_config_entry(*_PRECISION_MODE)


@lru_cache(maxsize=1)
def has_exact_products() -> bool:
    """Whether the largest products of bytes add up without overflow on this processor."""
    session = onnxruntime.InferenceSession(str(PROBE), providers=["CPUExecutionProvider"])
    (sums,) = session.run(None, {"row": np.full((1, ROWS), _LARGEST, np.uint8)})
    return bool((sums == ROWS * _LARGEST * LARGEST_WEIGHT).all())
