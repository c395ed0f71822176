"""A server's response read within limits: what is kept of it is an answer, counts and shares."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import Field
from pydantic_core import from_json

from pipeline.judges.llm.answer import Shares, label_shares, printable

MAX_CHARS = 1_000_000
"""Of an answer: the codes of 40 sentences take 10,000, reasoning before them some 30,000."""
MAX_VALUES = 500_000
"""Of a response; a token with ten alternatives takes a hundred."""
MAX_TOKENS = 10**9
NOT_AS_ASKED = "the response is not in the OpenAI form"
_SHOWN = 200
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))")
Probability = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0, le=MAX_TOKENS)]


class NoAnswerError(Exception):
    """A request got no answer: its sentences have failed."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a language model answered.

    Attributes:
        tokens_in, tokens_out: as the server counted them; 0 where it does not.
        shares: probabilities of labels by sentence and question; empty where unknown.
    """

    content: Annotated[str, Field(max_length=MAX_CHARS)]
    tokens_in: Count = 0
    tokens_out: Count = 0
    shares: dict[str, dict[str, dict[str, Probability]]] = field(default_factory=dict)


def load(data: bytes) -> Any:
    """Return the value of JSON; lists and objects are at most 200 deep and ``MAX_VALUES`` in all.

    Raises:
        ValueError: it is no JSON, or beyond a limit.
    """
    if sum(map(data.count, (b",", b"[", b"{"))) > MAX_VALUES:
        raise ValueError(f"it has more than {MAX_VALUES:,} values")
    return from_json(data, allow_inf_nan=False, cache_strings="none")


def read_body(body: Any) -> Reply:
    """Return the answer in a server's response; what is no text of an answer is left out.

    Raises:
        NoAnswerError: it is not in the OpenAI form, or too long.
    """
    choices = body.get("choices") if isinstance(body, dict) else None
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, dict) else None
    content = message.get("content") if isinstance(message, dict) else 0
    if not isinstance(choice, dict) or not isinstance(content, str | None):
        raise NoAnswerError(NOT_AS_ASKED)
    content = (content or "").encode("utf8", "replace").decode("utf8")
    if len(content) > MAX_CHARS:
        raise NoAnswerError(f"the answer is longer than {MAX_CHARS:,} characters")
    spoken = choice.get("logprobs")
    tokens = spoken.get("content") if isinstance(spoken, dict) else None
    shares: dict[str, dict[str, Shares]] = label_shares(content, tokens)
    usage = body.get("usage")
    asked, answered = (_count(usage, name) for name in ("prompt_tokens", "completion_tokens"))
    return Reply(content, asked, answered, shares)


def _count(usage: Any, name: str) -> int:
    found = usage.get(name) if isinstance(usage, dict) else None
    return int(found) if isinstance(found, int | float) and 0 <= found <= MAX_TOKENS else 0


def message_of(data: bytes, key: str) -> str:
    """Return what a response that is no answer says, in a line, without the key."""
    try:
        found = load(data)
    except ValueError:
        found = None
    error = found.get("error", found) if isinstance(found, dict) else None
    said = error.get("message") if isinstance(error, dict) else error
    if not isinstance(said, str):
        said = _unescaped(data.decode("utf8", "replace"))
    return shown(said, key)


def shown(text: str, key: str) -> str:
    """Return the start of a text from a server as messages show it, without the key."""
    said = " ".join(text.split())
    return printable((said.replace(key, "[key]") if key else said)[:_SHOWN])


def has_key(content: str, key: str) -> bool:
    """Whether a key is in an answer, as it is or with escapes of JSON."""
    return bool(key) and (key in content or key in _unescaped(content))


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda one: chr(int(one[1], 16)) if one[1] else one[2], text)


def is_whole(shares: Mapping[str, Shares], labels: Mapping[str, Mapping[str, str]]) -> bool:
    """Whether shares of questions have just the labels of these questions."""
    return all(
        question in labels and set(one) == set(labels[question].values())
        for question, one in shares.items()
    )
