"""Exchanges with a server: each ends at its deadline, at a limit of bytes, or at once.

They run in one thread of their own as tasks that can be cancelled wherever they are, so that
neither a server that sends a byte now and then nor one that never ends holds up anybody.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import socket
import ssl
import threading
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx

MAX_BYTES = 16_000_000
"""Of a response, before and after decoding: 5,000 tokens with alternatives take as many."""
_GZIP_OR_ZLIB = 47  # zlib's wbits: up to 32 kB of window, the format by its header
_SLACK_S = 2.0
_ASKED_FOR = {"Accept": "application/json", "Accept-Encoding": "gzip", "User-Agent": "westward"}


class NoResponseError(Exception):
    """No response came, for a reason that may pass."""


class NoServerError(NoResponseError):
    """No server is there."""


class BadResponseError(Exception):
    """A response came that is not read: it is too long, or packed in another way than asked for."""


@dataclass(frozen=True, slots=True)
class Response:
    """What a server sent: its status, its bytes decoded, and after how many seconds to ask again.

    ``again_after`` is the text of the header Retry-After.
    """

    status: int
    data: bytes
    again_after: str = ""


class Exchanges:
    """Exchanges with servers, by several threads at once; connections are kept open.

    Args:
        headers: sent with each request.
        proxy: the address of a proxy; none if empty, whatever the environment names.
    """

    def __init__(self, headers: Mapping[str, str], *, proxy: str = "") -> None:
        self._headers = {**_ASKED_FOR, **headers}
        self._http = httpx.AsyncHTTPTransport(
            verify=httpx.create_ssl_context(),
            trust_env=False,
            proxy=httpx.Proxy(proxy) if proxy else None,
            limits=httpx.Limits(max_connections=None),
        )
        self._running: set[concurrent.futures.Future[Response]] = set()

    def post(self, url: str, body: bytes, *, seconds: float) -> Response:
        """Send a body of JSON and return the response; all together takes ``seconds`` at most.

        Raises:
            NoResponseError: none came.
            BadResponseError: it is not read.
            CancelledError: of concurrent.futures; the exchange was cancelled.
        """
        work = asyncio.run_coroutine_threadsafe(self._post(url, body, seconds), _loop())
        self._running.add(work)
        try:
            return work.result(seconds + _SLACK_S)
        except TimeoutError as error:
            raise NoResponseError("no answer in time") from error
        finally:
            work.cancel()
            self._running.discard(work)

    def cancel(self) -> None:
        """End all exchanges that run."""
        for work in tuple(self._running):
            work.cancel()

    async def _post(self, url: str, body: bytes, seconds: float) -> Response:
        try:
            async with asyncio.timeout(seconds):
                headers = {**self._headers, "Content-Type": "application/json"}
                request = httpx.Request("POST", url, headers=headers, content=body)
                response = await self._http.handle_async_request(request)
                try:
                    return await _read(response)
                finally:
                    await response.aclose()
        except (httpx.ConnectError, httpx.UnsupportedProtocol) as error:
            raise NoServerError(str(error)) from error
        except httpx.TimeoutException as error:
            raise NoResponseError("no answer in time") from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ssl.SSLError, zlib.error) as error:
            if isinstance(error, TimeoutError):
                raise
            raise NoResponseError(f"{type(error).__name__}: {error}") from error


async def _read(response: httpx.Response) -> Response:
    """Return a response, its bytes counted before and after decoding."""
    packed = response.headers.get_list("Content-Encoding", split_commas=True)
    if len(packed) > 1 or (packed and packed[0].lower() not in ("gzip", "identity", "")):
        raise BadResponseError(
            f"the response is encoded as {', '.join(packed)}; expected gzip, once, or no encoding"
        )
    unpacker = zlib.decompressobj(_GZIP_OR_ZLIB) if packed and packed[0].lower() == "gzip" else None
    data, received = bytearray(), 0
    async for chunk in response.stream:  # type: ignore[union-attr]
        received += len(chunk)
        data += unpacker.decompress(chunk, MAX_BYTES + 1 - len(data)) if unpacker else chunk
        if max(received, len(data)) > MAX_BYTES:
            raise BadResponseError(f"the response is longer than {MAX_BYTES:,} bytes")
    again_after = response.headers.get("Retry-After", "")
    return Response(response.status_code, bytes(data), again_after)


class _Loop(asyncio.SelectorEventLoop):
    """An event loop that looks up names in threads which nobody has to wait for at the exit."""

    async def getaddrinfo(self, host: Any, port: Any, **options: Any) -> Any:
        """Return the addresses of a host."""
        found: asyncio.Future[Any] = self.create_future()

        def settle(value: Any, error: OSError | UnicodeError | None) -> None:
            if not found.done():
                found.set_exception(error) if error else found.set_result(value)

        def look_up() -> None:
            value, fault = None, None
            try:
                value = socket.getaddrinfo(host, port, **options)
            except (OSError, UnicodeError) as error:
                fault = error
            with suppress(RuntimeError):  # the loop has ended
                self.call_soon_threadsafe(settle, value, fault)

        threading.Thread(target=look_up, daemon=True).start()
        return await found


_STARTING = threading.Lock()


def _loop() -> asyncio.AbstractEventLoop:
    """The loop of all exchanges; its thread ends with the process."""
    with _STARTING:  # or two first exchanges would each start one, and share connections
        return _only_loop()


@cache
def _only_loop() -> asyncio.AbstractEventLoop:
    loop = _Loop()
    threading.Thread(target=loop.run_forever, daemon=True, name="exchanges").start()
    return loop
