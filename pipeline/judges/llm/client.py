"""The client of a server in the OpenAI form: Ollama, llama.cpp, vLLM, or a hosted one.

What a server refuses (a schema, log-probabilities, a temperature) is then left out. What
may pass (429, 5xx, a time-out) is tried again, a bounded number of times.
"""

from __future__ import annotations

import json
import os
import re
import threading
import time
from collections.abc import Container, Mapping
from concurrent.futures import CancelledError
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pipeline.config import LlmSettings, is_loopback
from pipeline.errors import ConfigError, WestwardError
from pipeline.judges.llm.budget import Patience
from pipeline.judges.llm.codebook import Request
from pipeline.judges.llm.reply import (
    NOT_AS_ASKED,
    NoAnswerError,
    Reply,
    has_key,
    load,
    message_of,
    read_body,
    shown,
)

if TYPE_CHECKING:
    from pipeline.judges.llm.exchange import Response

TRIES = 5
FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 60.0
ALTERNATIVES = 10  # for each token; OpenAI gives 20 at most
_OPTIONAL = ("logprobs", "temperature", "max_tokens")
_UNUSABLE = {
    401: "the key is refused",
    402: "the account is empty",
    404: "no such address or model",
}
_SEARCHED = 10_000  # bytes of a refusal, for what it names
_SECONDS = re.compile(r"\d+(\.\d+)?")


class ServerError(WestwardError):
    """The server cannot be used at all."""


def check_endpoint(settings: LlmSettings) -> str:
    """Return the host of the endpoint.

    Raises:
        ConfigError: there is no model, or it is on another machine and texts may not be sent there.
    """
    if not settings.model:
        raise ConfigError(
            "no language model is named; expected --set llm.model=NAME, a model of the server at "
            f"{settings.base_url}; see docs/language-models.md"
        )
    host = urlsplit(settings.base_url).hostname or ""
    if not (is_loopback(host) or settings.send_text):
        raise ConfigError(
            f"the sentences of the transcripts would be sent to {host}; add "
            "--send-text if they may be, or choose a server on this machine"
        )
    return host


def request_body(settings: LlmSettings, request: Request) -> dict[str, Any]:
    """Return the body of a request."""
    schema = {"name": "codes", "strict": True, "schema": request.schema}
    body = {
        "model": settings.model,
        "messages": list(request.messages),
        "temperature": settings.temperature,
        "max_tokens": settings.max_tokens,
        "response_format": {"type": "json_schema", "json_schema": schema},
    }
    return {**body, "logprobs": True, "top_logprobs": ALTERNATIVES} if settings.logprobs else body


class Client:
    """Asks one server; used by several threads at once, until ``stopped``.

    Raises:
        ConfigError: as ``check_endpoint``; or the key is named and not there, or httpx is missing.
    """

    def __init__(self, settings: LlmSettings, *, stopped: threading.Event) -> None:
        self.settings = settings
        self.host = check_endpoint(settings)
        self.stopped = stopped
        self._url = f"{settings.base_url.rstrip('/')}/chat/completions"
        self._broken: str | None = None
        self._left_out: set[str] = set()
        self._patience = Patience(settings.max_wait)
        self._reading = threading.Lock()
        name = settings.key_env
        self._key = os.environ.get(name, "").strip() if name else ""
        if name and not (self._key and self._key.isascii() and self._key.isprintable()):
            raise ConfigError(
                f"the environment variable {name} is not set, or holds no key; expected the key of "
                f"{self.host} in it, or another name in llm.key_env"
            )
        if find_spec("httpx") is None:
            raise ConfigError('httpx is not installed; install it with pip install "westward[llm]"')
        from pipeline.judges.llm.exchange import Exchanges

        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        self._exchanges = Exchanges(headers, proxy=settings.proxy)

    def cancel(self) -> None:
        """End what is on its way."""
        self._exchanges.cancel()

    def ask(self, request: Request) -> Reply:
        """Send a request.

        Raises:
            NoAnswerError: the server refused the request, or gave no answer in ``TRIES`` tries.
            ServerError: it cannot be reached, refuses every request, or gives no answers.
        """
        body, left_out = request_body(self.settings, request), set(self._left_out)
        tried = 0
        while True:
            if self._broken or self.stopped.is_set():
                raise ServerError(self._broken or "stopped")
            start = time.monotonic()
            response, reason = self._post(_accepted(body, left_out))
            status = response.status if response else None
            if response and status == 200:
                self._left_out |= left_out
                return self._read(response.data, start)
            if status in _UNUSABLE:
                self._broken = f"{self.settings.base_url}: {reason}"
            elif status is not None and 400 <= status < 500 and status not in (408, 429):
                said = response.data[:_SEARCHED].decode("utf8", "replace") if response else ""
                if (name := _refused_part(body, left_out, said)) is None:
                    raise NoAnswerError(reason)
                left_out.add(name)
            elif (tried := tried + 1) < TRIES:
                named = response.again_after if response else ""
                wait = float(named) if _SECONDS.fullmatch(named) else 0.0
                self._wait(
                    wait or min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** (tried - 1)), start, reason
                )
            else:
                self._wait(0.0, start, reason)
                raise NoAnswerError(f"{reason}, {TRIES} times")

    def _post(self, body: Mapping[str, Any]) -> tuple[Response | None, str]:
        """Return the response, and in words what came instead of an answer, without the key."""
        from pipeline.judges.llm import exchange

        data = json.dumps(body).encode()
        try:
            found = self._exchanges.post(self._url, data, seconds=self.settings.timeout)
        except exchange.NoServerError as error:
            said = f"no server answers ({error}); start the server, or set llm.base_url"
            self._broken = f"{self.settings.base_url}: {shown(said, self._key)}"
            return None, self._broken
        except exchange.NoResponseError as error:
            return None, shown(str(error), self._key)
        except exchange.BadResponseError as error:
            raise NoAnswerError(shown(str(error), self._key)) from error
        except CancelledError as error:
            raise ServerError("stopped") from error
        if found.status == 200:
            return found, ""
        known = _UNUSABLE.get(found.status, "the server refused")
        return found, f"{known} (HTTP {found.status}: {message_of(found.data, self._key)})"

    def _read(self, data: bytes, start: float) -> Reply:
        """Return the answer in a response; one that has the key in it is none."""
        try:
            with self._reading:  # one after the other, since the values take more than the bytes
                reply = read_body(load(data))
            if has_key(reply.content, self._key):
                raise NoAnswerError("the answer repeats the key, and is not kept")
        except (ValueError, NoAnswerError) as error:
            reason = str(error) if isinstance(error, NoAnswerError) else NOT_AS_ASKED
            self._wait(0.0, start, reason)
            raise NoAnswerError(reason) from error
        self._patience.renew()
        return reply

    def _wait(self, seconds: float, start: float, reason: str) -> None:
        """Wait until the next try, unless the run has been without an answer for too long."""
        if self._patience.spend(start, time.monotonic() + seconds):
            self.stopped.wait(seconds)
        elif self._broken is None:
            asked = (
                f"; it asks to wait for {seconds:,.0f} seconds" if seconds > LONGEST_WAIT_S else ""
            )
            self._broken = (
                f"{self.settings.base_url}: {reason}{asked}; no answer within llm.max_wait = "
                f"{self.settings.max_wait:g} seconds; what was answered is kept: run again later"
            )


def _accepted(body: Mapping[str, Any], left_out: Container[str]) -> dict[str, Any]:
    """Return a request without what the server has refused."""
    out = {key: value for key, value in body.items() if key not in left_out}
    if "logprobs" in left_out:
        out.pop("top_logprobs", None)
    if "max_tokens" in left_out:
        out["max_completion_tokens"] = body["max_tokens"]
    if "json_schema" in left_out and "response_format" in out:
        out["response_format"] = {"type": "json_object"}
    return out


def _refused_part(body: Mapping[str, Any], left_out: Container[str], answer: str) -> str | None:
    """Return what a refusal names, else the response format, which has two weaker forms."""
    named = [name for name in _OPTIONAL if name in answer and name in body]
    parts = (*named, "json_schema", "response_format")
    return next((name for name in parts if name not in left_out), None)
