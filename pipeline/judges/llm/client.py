"""The client of a server in the OpenAI form: Ollama, llama.cpp, vLLM, or a hosted one.

What a server refuses (a schema, log-probabilities, a temperature) is then left out. What
may pass (429, 5xx, a time-out) is tried again, a bounded number of times.
"""

from __future__ import annotations

import ipaddress
import os
import re
import threading
import time
from collections.abc import Container, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from pipeline.config import LlmSettings
from pipeline.errors import ConfigError, WestwardError
from pipeline.judges.llm.answer import label_shares
from pipeline.judges.llm.codebook import Request
from pipeline.judges.llm.ledger import Reply

TRIES = 5
FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 60.0
MAX_BYTES = 32_000_000
ALTERNATIVES = 10  # for each token; OpenAI gives 20 at most
_OPTIONAL = ("logprobs", "temperature", "max_tokens")
_UNUSABLE = {
    401: "the key is refused",
    402: "the account is empty",
    404: "no such address or model",
}
_SHOWN = 200
_SECONDS = re.compile(r"\d+(\.\d+)?")


class NoAnswerError(Exception):
    """A request got no answer: its sentences have failed."""


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


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


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


def read_body(body: Any) -> Reply:
    """Return the answer in a server's response.

    Raises:
        NoAnswerError: it is not in the OpenAI form.
    """
    try:
        choice = body["choices"][0]
        content = str(choice["message"]["content"] or "").encode("utf8", "replace").decode("utf8")
        usage = body.get("usage") or {}
        tokens = (choice.get("logprobs") or {}).get("content") or ()
        counts = [int(usage.get(name) or 0) for name in ("prompt_tokens", "completion_tokens")]
        return Reply(content, counts[0], counts[1], label_shares(content, tokens))
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise NoAnswerError("the response is not in the OpenAI form") from error


class Client:
    """Asks one server; used by several threads at once, until ``stopped``.

    Raises:
        ConfigError: as ``check_endpoint``; or the key is named and not there, or httpx is missing.
    """

    def __init__(self, settings: LlmSettings, *, stopped: threading.Event) -> None:
        self.settings = settings
        self.host = check_endpoint(settings)
        self.stopped = stopped
        self._broken: str | None = None
        self._left_out: set[str] = set()
        name = settings.key_env
        self._key = os.environ.get(name, "").strip() if name else ""
        if name and not (self._key and self._key.isascii() and self._key.isprintable()):
            raise ConfigError(
                f"the environment variable {name} is not set, or holds no key; expected the key of "
                f"{self.host} in it, or another name in llm.key_env"
            )
        try:
            import httpx
        except ImportError as error:
            raise ConfigError(
                'httpx is not installed; install it with pip install "westward[llm]"'
            ) from error
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        proxies = not is_loopback(self.host)
        self._http = httpx.Client(timeout=settings.timeout, headers=headers, trust_env=proxies)

    def ask(self, request: Request) -> Reply:
        """Send a request.

        Raises:
            NoAnswerError: the server refused the request, or gave no answer in ``TRIES`` tries.
            ServerError: it cannot be reached, or refuses every request.
        """
        body, left_out = request_body(self.settings, request), set(self._left_out)
        tried, reason = 0, ""
        while tried < TRIES:
            if self._broken or self.stopped.is_set():
                raise ServerError(self._broken or "stopped")
            status, data, wait = self._post(_accepted(body, left_out))
            if status == 200:
                self._left_out |= left_out
                return read_body(data)
            reason = self._reason(status, data)
            if status in _UNUSABLE or (status is None and _cannot_connect(data)):
                self._broken = f"{self.settings.base_url}: {reason}"
            elif status is not None and 400 <= status < 500 and status not in (408, 429):
                if (name := _refused_part(body, left_out, str(data))) is None:
                    raise NoAnswerError(reason)
                left_out.add(name)
            elif (tried := tried + 1) < TRIES:
                self.stopped.wait(min(LONGEST_WAIT_S, wait or FIRST_WAIT_S * 2 ** (tried - 1)))
        raise NoAnswerError(f"{reason}, {TRIES} times")

    def _post(self, body: Mapping[str, Any]) -> tuple[int | None, Any, float | None]:
        """Return status, response and seconds to wait; null and the error where none came."""
        import httpx

        url = f"{self.settings.base_url.rstrip('/')}/chat/completions"
        end = time.monotonic() + self.settings.timeout
        data = bytearray()
        try:
            with self._http.stream("POST", url, json=body) as response:
                for chunk in response.iter_bytes():
                    data += chunk
                    if time.monotonic() > end or len(data) > MAX_BYTES:
                        raise httpx.ReadTimeout("the response does not end")
            whole = httpx.Response(response.status_code, content=bytes(data))
        except httpx.HTTPError as error:
            return None, error, None
        found = whole.text
        with suppress(ValueError):
            found = whole.json()
        wait = response.headers.get("Retry-After", "")
        return whole.status_code, found, float(wait) if _SECONDS.fullmatch(wait) else None

    def _reason(self, status: int | None, data: Any) -> str:
        """Say what came instead of an answer, without the key."""
        if status is None:
            kind = type(data).__name__
            words = "no answer in time" if kind.endswith("Timeout") else f"{kind}: {data}"
            if _cannot_connect(data):
                words = f"no server answers ({data}); start the server, or set llm.base_url"
        else:
            error = data.get("error", data) if isinstance(data, dict) else data
            said = error.get("message", error) if isinstance(error, dict) else error
            known = _UNUSABLE.get(status, "the server refused")
            words = f"{known} (HTTP {status}: {' '.join(str(said).split())[:_SHOWN]})"
        return words.replace(self._key, "[key]") if self._key else words


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


def _cannot_connect(error: Any) -> bool:
    import httpx

    return isinstance(error, httpx.ConnectError | httpx.UnsupportedProtocol)
