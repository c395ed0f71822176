"""Settings, a reader and a writer of annotated rows."""

from __future__ import annotations

from tests.rows import reader, settings, write_rows

__all__ = ["reader", "settings", "write_rows"]
