"""The JSON Schema of the Interview record."""

from __future__ import annotations

import json
from typing import Any

from pipeline.records import Interview

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def interview_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of one line of annotated.jsonl."""
    schema = Interview.model_json_schema(mode="serialization")
    return {"$schema": DIALECT, **schema}


def dump_schema() -> str:
    """Return the schema as indented JSON, with its line feed."""
    return json.dumps(interview_schema(), indent=2, ensure_ascii=False) + "\n"
