"""Ingest: a file's bytes become a ``Source``, paragraphs and what the file says of itself."""

from __future__ import annotations

from pipeline.ingest.formats import FORMATS, MAX_BYTES, Format
from pipeline.ingest.read import read_bytes, read_file, read_source

__all__ = ["FORMATS", "MAX_BYTES", "Format", "read_bytes", "read_file", "read_source"]
