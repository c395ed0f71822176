"""A stub of a server in the OpenAI form on the loopback address, with the faults that servers have.

A fault is a function of the body and of how often it was asked before; it returns status, headers
and the content or the whole body, or sleeps. ``codes`` answers rightly.
"""

from __future__ import annotations

import contextlib
import json
import re
import threading
import time
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Codes = dict[str, Any]
Answer = tuple[int, Mapping[str, str], Any]
NUMBERED = re.compile(r"^(\d+): (.*)$", re.MULTILINE)


def sentences(body: Mapping[str, Any]) -> dict[str, str]:
    """The numbered sentences that a request asks about: all, or those to be repaired."""
    there = dict(NUMBERED.findall(body["messages"][1]["content"]))
    if len(body["messages"]) == 2:
        return there
    wanted = body["messages"][3]["content"].rpartition("only: ")[2].rstrip(".").split(", ")
    return {number: there[number] for number in wanted}


def code(text: str) -> Codes:
    """The codes that the stub gives a sentence: against the alliance, or none."""
    about = "NATO" in text
    return {
        "c": "C", "k": "F", "w": "-" if about else "n", "t": "NATO" if about else "", "m": "",
        "r": [{"h": "Moscow", "m": "", "s": "-"}] if "Moscow" in text else [], "l": "",
    }  # fmt: skip


def right(body: Mapping[str, Any], times: int = 0) -> Answer:
    """The right answer."""
    return 200, {}, json.dumps({n: code(text) for n, text in sentences(body).items()})


class StubServer:
    """Serves ``fault`` until it is closed; ``asked`` has every body, ``keys`` every key sent."""

    def __init__(self, fault: Callable[[Mapping[str, Any], int], Answer] = right) -> None:
        self.fault, self.asked, self.keys = fault, list[dict[str, Any]](), list[str]()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                times = sum(one["messages"] == body["messages"] for one in outer.asked)
                outer.asked.append(body)
                outer.keys.append(self.headers.get("Authorization", ""))
                status, headers, content = outer.fault(body, times)
                data = outer.packed(content, body)
                self.send_response(status)
                for name, value in {"Content-Length": str(len(data)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                with contextlib.suppress(OSError):  # the client has gone
                    self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/v1"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @staticmethod
    def packed(content: Any, body: Mapping[str, Any]) -> bytes:
        """The bytes of a response: a string is the model's answer, bytes and objects go as is."""
        if isinstance(content, bytes):
            return content
        if isinstance(content, str):
            message = {"role": "assistant", "content": content}
            usage = {"prompt_tokens": 1000, "completion_tokens": 10 * len(sentences(body))}
            content = {"choices": [{"index": 0, "message": message}], "usage": usage}
        return json.dumps(content).encode()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def slow(body: Mapping[str, Any], times: int) -> Answer:
    """An answer that comes after the time-out."""
    time.sleep(0.6)
    return right(body)
