"""Heads of spans in a parse."""

from __future__ import annotations

from pipeline.parse import Parser
from pipeline.reading.syntax import SyntaxReader, head_token


def test_a_span_without_tokens_has_no_head() -> None:
    (parsed,) = SyntaxReader(Parser("en_core_web_sm")).read(["Yes."])
    assert head_token(parsed, (90, 91)) is None
    assert head_token(parsed, (0, 3)) == 0
