"""onnxruntime with its telemetry off: the one place that imports it.

onnxruntime 1.32 writes a device id below the home folder and asks for Microsoft's event host
(path of the Python executable, machine, model names). Only the environment variable, set before
the import, keeps it from that; ``disable_telemetry_events()`` comes too late.
"""

from __future__ import annotations

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime

__all__ = ["onnxruntime"]
