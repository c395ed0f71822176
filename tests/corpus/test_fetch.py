"""Fetching from the web, tested against a server of our own on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from pipeline.corpus import fetch as fetch_module
from pipeline.corpus.fetch import fetch, fetched, is_address, is_public
from pipeline.errors import InputError

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
