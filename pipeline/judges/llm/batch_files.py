"""Batch files: requests for any model anywhere, and its answers, in the form of OpenAI's batches.

The id of a request depends on its words alone, so that answers fit whatever asks the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.config import LlmSettings
from pipeline.errors import InputError
from pipeline.judges.llm.client import request_body
from pipeline.judges.llm.codebook import Codebook, Dated, Request, passages
from pipeline.judges.llm.ledger import key_of
from pipeline.judges.llm.reply import NoAnswerError, Reply, read_body, shown
from pipeline.runs.jsonl import load_object, read_lines

EXPECTED = "answers in the form of OpenAI's batches, one JSON object a line, with a custom_id each"


def custom_id(request: Request, n: int) -> str:
    """Return the id of sample ``n`` of a request."""
    return f"westward-{key_of(request.version, request.messages, n)[:32]}"


def batch_lines(
    settings: LlmSettings, codebook: Codebook, answers: Sequence[Dated]
) -> Iterator[str]:
    """Yield the requests about some answers, which are there once, as lines of a batch file."""
    for passage in passages(answers, most=settings.sentences):
        request = codebook.request(passage)
        line = {"method": "POST", "url": "/v1/chat/completions"}
        body = request_body(settings, request)
        for n in range(settings.samples):
            one = {"custom_id": custom_id(request, n), **line, "body": body}
            yield json.dumps(one, ensure_ascii=False) + "\n"


class AnswerFile:
    """The answers of a file by their ids, and the models that they name.

    Raises:
        InputError: it cannot be read, or has no answer.
    """

    def __init__(self, path: Path) -> None:
        lines = read_lines(path, load_object, record="answer", expected=EXPECTED)
        self.lines = {str(line.get("custom_id")): line for _, line in lines}
        if not self.lines:
            raise InputError(f"{path}: has no answer; expected {EXPECTED}")
        models = [_body(line).get("model") for line in self.lines.values()]
        named = {shown(one, "") for one in models if one and isinstance(one, str)}
        self.place = f"{'+'.join(sorted(named)) or 'unknown'}@batch"

    def reply(self, name: str) -> Reply:
        """Return the answer to a request; NoAnswerError where there is none."""
        line = self.lines.get(name)
        if line is None or not (body := _body(line)):
            error = line.get("error") if line else None
            said = error.get("message") if isinstance(error, dict) else error
            more = f", but an error: {shown(said, '')}" if isinstance(said, str) else ""
            raise NoAnswerError(f"no answer in the file{more}")
        return read_body(body)


def _body(line: dict[str, Any]) -> dict[str, Any]:
    response = line.get("response")
    if not isinstance(response, dict) or response.get("status_code", 200) != 200:
        return {}
    body = response.get("body")
    return body if isinstance(body, dict) else {}
