"""A server that misbehaves, on the loopback address: each way is what it sends after a request."""

from __future__ import annotations

import contextlib
import gzip
import itertools
import json
import socket
import struct
import threading
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from tests.judges.llm_server import code

Sent = Iterable[bytes | float]
"""Bytes to send, and seconds to wait."""
OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
SENTENCE = "Moscow calls NATO a threat."
PAUSE_S, LONGEST_S = 0.1, 20.0


def whole(data: bytes, *headers: bytes, status: bytes = b"200 OK") -> Sent:
    """A response of some bytes."""
    length = b"Content-Length: %d" % len(data)
    return [b"\r\n".join([b"HTTP/1.1 " + status, length, *headers, b"", data])]


def body(content: Any, **more: Any) -> bytes:
    """The body of an answer in the OpenAI form."""
    return json.dumps({"choices": [{"message": {"content": content}, **more}]}).encode()


def codes(**values: Any) -> Sent:
    """An answer with other values for its sentence."""
    return whole(body(json.dumps({"1": {**code(SENTENCE), **values}})))


def slowly(data: bytes, start: bytes = b"") -> Iterator[bytes | float]:
    """The start at once, then byte after byte, for ever."""
    yield start
    for byte in itertools.cycle(data):
        yield bytes([byte])
        yield PAUSE_S


def often(data: bytes, start: bytes = b"", *, pause: float = 0.0) -> Iterator[bytes | float]:
    """The start, then the same again and again."""
    yield start
    while True:
        yield data
        if pause:
            yield pause


@cache
def packed(times: int) -> bytes:
    """A GB of zeros, packed some times."""
    worker = zlib.compressobj(9, wbits=31)
    data = b"".join(worker.compress(bytes(10_000_000)) for _ in range(100)) + worker.flush()
    for _ in range(times - 1):
        data = gzip.compress(data, 9)
    return data


LINE = b"x" * 1000
WAYS: Mapping[str, Any] = {
    "silent": lambda: [3600.0],
    "closes at once": list,
    "resets": lambda: [b"", -1.0],
    "status drop by drop": lambda: slowly(b"1", b"HTTP/1."),
    "headers drop by drop": lambda: slowly(b"X-A: b\r\n", OK),
    "one header without an end": lambda: often(LINE, OK + b"X-A: "),
    "headers without an end": lambda: often(b"X-A: b\r\n" * 100, OK),
    "cookies": lambda: whole(body("{}"), *[b"Set-Cookie: a%d=b" % n for n in range(4000)]),
    "103 now and then": lambda: often(b"HTTP/1.1 103 Early Hints\r\n\r\n", pause=PAUSE_S),
    "103 without an end": lambda: often(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100),
    "100 now and then": lambda: often(b"HTTP/1.1 100 Continue\r\n\r\n", pause=PAUSE_S),
    "100 without an end": lambda: often(b"HTTP/1.1 100 Continue\r\n\r\n" * 100),
    "101": lambda: [b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", 3600.0],
    "body drop by drop": lambda: slowly(b" ", OK + b"Content-Length: 1000000\r\n\r\n"),
    "chunks drop by drop": lambda: slowly(b"1\r\n \r\n", CHUNKED),
    "chunks without an end": lambda: often(b"10000\r\n" + bytes(65536) + b"\r\n", CHUNKED),
    "chunks of a byte": lambda: often(b"1\r\n \r\n" * 1000, CHUNKED),
    "extension of a chunk": lambda: often(LINE, CHUNKED + b"1;"),
    "trailers without an end": lambda: often(b"X-A: b\r\n" * 100, CHUNKED + b"0\r\n"),
    "bad chunk": lambda: [CHUNKED + b"zz\r\n"],
    "huge chunk": lambda: often(LINE * 60, CHUNKED + b"fffffffffffffff\r\n"),
    "body without an end": lambda: often(LINE * 60, OK + b"\r\n"),
    "huge length": lambda: often(LINE * 60, OK + b"Content-Length: 999999999999\r\n\r\n"),
    "less than its length": lambda: [OK + b"Content-Length: 100\r\n\r\n{}"],
    "negative length": lambda: [OK + b"Content-Length: -1\r\n\r\n{}"],
    "two lengths": lambda: [OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}"],
    "no HTTP": lambda: often(bytes(range(256))),
    "HTTP/0.9": lambda: [body("{}")],
    "204": lambda: [b"HTTP/1.1 204 No Content\r\n\r\n"],
    "gzip bomb": lambda: whole(packed(1), b"Content-Encoding: gzip"),
    "gzip, gzip, gzip": lambda: whole(packed(3), b"Content-Encoding: gzip, gzip, gzip"),
    "gzip in two lines": lambda: whole(packed(2), *[b"Content-Encoding: gzip"] * 2),
    "no gzip": lambda: whole(b"{}" * 99, b"Content-Encoding: gzip"),
    "another encoding": lambda: whole(b"{}", b"Content-Encoding: br"),
    "429 for ages": lambda: whole(b"{}", b"Retry-After: 99999999", status=b"429 Slow"),
    "429 for ever": lambda: whole(b"{}", b"Retry-After: " + b"9" * 5000, status=b"429 Slow"),
    "429": lambda: whole(b"{}", status=b"429 Slow"),
    "503": lambda: whole(b"busy", status=b"503 Busy"),
    "redirects to itself": lambda: whole(b"", b"Location: /v1", status=b"307 Temporary"),
    "401 with much": lambda: whole(b"x" * 15_000_000, status=b"401 No"),
    "400 nested": lambda: whole(b'{"error":' + b"[" * 100_000, status=b"400 Bad"),
    "nested": lambda: whole(b'{"choices":' + b"[" * 1_000_000),
    "five million lists": lambda: whole(b"[" + b"[]," * 5_000_000 + b"0]"),
    "a long text": lambda: whole(body("\N{GRINNING FACE}" * 1_200_000)),
    "1e400": lambda: whole(b'{"choices":[{"message":{"content":"{}"}}],"usage":{"prompt_tokens":1e400}}'),
    "NaN": lambda: whole(b'{"choices":[{"message":{"content":"{}"}}],"usage":{"prompt_tokens":NaN}}'),
    "many digits": lambda: whole(b'{"choices":' + b"9" * 4000 + b"}"),
    "log-probabilities": lambda: whole(
        body("C", logprobs={"content": [{"token": "C", "top_logprobs": [{"token": "C", "logprob": 1e300}]}]})
    ),
    "no form": lambda: whole(b'{"choices":[{"message":[]}]}'),
    "nothing": lambda: whole(b""),
    "target of 900 kB": lambda: codes(t="a b" * 300_000),
    "20,000 reports": lambda: codes(r=[{"h": "NATO", "m": "", "s": "-"}] * 20_000),
    "nested codes": lambda: whole(body('{"1":' + '{"c":' * 100_000)),
    "many keys": lambda: whole(body("{" + '"7":0,' * 120_000)),
    "blanks": lambda: whole(body('{"1"' + " " * 900_000)),
}  # fmt: skip


class HostileServer:
    """Answers each request in one way until it is closed."""

    def __init__(self, way: str) -> None:
        self.way, self.asked = WAYS[way], 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}/v1"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.socket.accept()
                threading.Thread(target=self._answer, args=[connection], daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            data = b""
            while b"messages" not in data:
                data += connection.recv(1_000_000)
            self.asked += 1
            for one in self.way():
                if isinstance(one, bytes):
                    connection.sendall(one)
                elif one < 0:
                    reset = struct.pack("ii", 1, 0)
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
                else:
                    time.sleep(min(one, LONGEST_S))

    def close(self) -> None:
        """Accept no more."""
        self.socket.close()
