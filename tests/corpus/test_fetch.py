"""Fetching from the web, tested against a server of our own on this machine."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from pipeline.corpus import fetch as fetch_module
from pipeline.corpus.fetch import fetch, fetched, is_address, is_public
from pipeline.errors import InputError

pytestmark = pytest.mark.slow

SLOW_LINES = 300  # one each tenth of a second
finished = threading.Event()
PAGE = b"<!doctype html><html><body><p>Ann: Why?</p><p>Bob: It rained.</p></body></html>"


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path.startswith("/loop"):
            self.send_response(302)
            self.send_header("Location", "/loop2" if self.path == "/loop1" else "/loop1")
            self.end_headers()
        elif self.path == "/inside":
            self.send_response(302)
            self.send_header("Location", "http://169.254.169.254/latest/meta-data")
            self.end_headers()
        elif self.path == "/moved":
            self.send_response(301)
            self.send_header("Location", "/a/talk.html")
            self.end_headers()
        elif self.path == "/short":
            self.send_response(200)
            self.send_header("Content-Length", "5000")
            self.end_headers()
            self.wfile.write(PAGE)
        elif self.path == "/short-chunks":
            self.protocol_version = "HTTP/1.1"
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"%x\r\n%b\r\n" % (len(PAGE), PAGE))
            self.close_connection = True
        elif self.path.startswith("/slow"):
            with suppress(OSError):
                self.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"\r\n" * (self.path == "/slow-body"))
                for _ in range(SLOW_LINES):
                    self.wfile.write(b"X: y\r\n")
                    time.sleep(0.1)
                finished.set()
        elif self.path == "/gone":
            self.send_error(404)
        else:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(PAGE)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    """The address of a small web server."""
    httpd = HTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()


def _here(ip: str) -> bool:
    return ip == "127.0.0.1" or is_public(ip)


def test_a_page_is_fetched_once_and_named_by_its_address(server: str) -> None:
    with fetched(f"{server}/moved", allowed=_here) as path:
        assert (path.name, path.read_bytes()) == ("talk.html", PAGE)
    assert not path.exists()


def test_a_name_in_an_address_cannot_leave_the_folder(server: str) -> None:
    with fetched(f"{server}/x/..%2F..%2Fetc%2Fpasswd", allowed=_here) as path:
        assert path.name == "passwd.html"


def test_a_file_is_no_address(tmp_path: Path) -> None:
    with fetched(str(tmp_path / "a.txt")) as path:
        assert path == tmp_path / "a.txt"
    assert not is_address("http.txt")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/loop1", "redirects in a circle"),
        ("/inside", "a private address (169.254.169.254)"),
        ("/gone", "answers 404"),
    ],
)
def test_what_is_no_page_is_refused(path: str, message: str, server: str) -> None:
    with pytest.raises(InputError, match="expected") as caught:
        fetch(server + path, allowed=_here)
    assert message in str(caught.value)


def test_an_endless_page_is_cut_off(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch_module, "MAX_BYTES", 10)
    with pytest.raises(InputError, match="more than 10 bytes"):
        fetch(f"{server}/a", allowed=_here)


@pytest.mark.parametrize("path", ["/short", "/short-chunks"])
def test_a_body_cut_short_is_an_error(path: str, server: str) -> None:
    with pytest.raises(InputError, match="cannot be fetched"):
        fetch(server + path, allowed=_here)


@pytest.mark.parametrize("path", ["/slow-headers", "/slow-body"])
def test_slow_headers_and_bodies_obey_one_limit(
    path: str, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch_module, "MAX_SECONDS", 0.5)
    with pytest.raises(InputError, match="more than 0 seconds"):
        fetch(server + path, allowed=_here)
    assert not finished.is_set(), "it was given up only after the whole response"


@pytest.mark.parametrize(
    "ip",
    [
        "2002:7f00:1::1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "::7f00:1", "::1", "::",
        "::ffff:10.0.0.1", "fec0::1", "fd00::1", "fe80::1%eth0", "2001:0:7f00:1::", "ff02::1", "100.64.0.1",
    ],
)  # fmt: skip
def test_an_address_that_leads_inside_is_private(ip: str) -> None:
    assert not is_public(ip)


@pytest.mark.parametrize("ip", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"])
def test_an_address_of_the_web_is_public(ip: str) -> None:
    assert is_public(ip)


def test_a_name_that_leads_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = [(10, 1, 6, "", ("64:ff9b::a00:1", 80, 0, 0))]
    monkeypatch.setattr(fetch_module.socket, "getaddrinfo", lambda *args, **options: answer)
    with pytest.raises(InputError, match="a private address"):
        fetch("http://example.org/talk")


PRIVATE = (
    "127.0.0.1 localhost [::1] 10.0.0.1 192.168.1.1 169.254.169.254 0.0.0.0 [::ffff:127.0.0.1]"
)
ODD = "user:pw@example.org a:99999999"


@pytest.mark.parametrize(
    ("host", "fault"),
    [(host, "a private address") for host in PRIVATE.split()]
    + [(host, "no web address") for host in ("", *ODD.split())],
)
def test_private_and_malformed_addresses_are_refused(host: str, fault: str) -> None:
    with pytest.raises(InputError, match=fault):
        fetch(f"http://{host}/")
