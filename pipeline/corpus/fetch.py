"""Transcripts from the web: fetched once, within limits, never from a private address."""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from string import punctuation
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from pipeline.corpus.index import safe_id
from pipeline.errors import InputError
from pipeline.ingest import FORMATS

MAX_BYTES = 20_000_000
MAX_REDIRECTS = 5
MAX_SECONDS = 30.0
_CHUNK = 65_536
_AGENT = "westward (transcript reader)"
_ADDRESS = re.compile(r"https?://", re.I)
_TYPES = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt",
    "text/markdown": ".md", "application/pdf": ".pdf", "text/vtt": ".vtt",
    "application/x-subrip": ".srt", "application/json": ".json", "text/csv": ".csv",
    "text/tab-separated-values": ".tsv", "application/rtf": ".rtf", "text/rtf": ".rtf",
    "application/yaml": ".yaml", "text/yaml": ".yaml", "message/rfc822": ".eml",
    "application/xml": ".xml", "text/xml": ".xml",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}  # fmt: skip

_UNICAST, _NAT64 = map(ipaddress.IPv6Network, ("2000::/3", "64:ff9b::/96"))

Allowed = Callable[[str], bool]


@dataclass(frozen=True)
class Fetched:
    """The response of an address: bytes, their type, and the address after redirects."""

    data: bytes
    media_type: str
    url: str


def is_address(text: str) -> bool:
    """Return whether a text is an address on the web, not a file."""
    return bool(_ADDRESS.match(text))


def is_public(ip: str) -> bool:
    """Return whether an IP address is public, and so is each IPv4 address that it carries."""
    address = ipaddress.ip_address(ip.split("%")[0])
    if address.is_multicast:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global
    if address in _NAT64 or address.ipv4_mapped:
        return is_public(str(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)))
    carried = filter(None, (address.sixtofour, *(address.teredo or ())))
    public = address in _UNICAST and address.is_global
    return public and all(is_public(str(one)) for one in carried)


@contextmanager
def fetched(file: str, *, allowed: Allowed = is_public) -> Iterator[Path]:
    """Yield the path of a file; an address on the web is fetched to a temporary one first.

    Raises:
        InputError: the address cannot be fetched.
    """
    if not is_address(file):
        yield Path(file)
        return
    answer = fetch(file, allowed=allowed)
    with tempfile.TemporaryDirectory(prefix="westward-") as folder:
        path = Path(folder) / _file_name(answer)
        path.write_bytes(answer.data)
        yield path


def fetch(url: str, *, allowed: Allowed = is_public) -> Fetched:
    """Fetch an address, with a limit on redirects, size and time.

    The time is that of all together: names, connections, headers, bodies.

    Raises:
        InputError: it is no web address, a private one, or the response cannot be used.
    """
    answers: list[Fetched | BaseException] = []

    def work() -> None:
        try:
            answers.append(_follow(url, allowed=allowed, end=time.monotonic() + MAX_SECONDS))
        except BaseException as error:
            answers.append(error)

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    worker.join(MAX_SECONDS)
    if not answers:
        raise _too_much(url, f"{MAX_SECONDS:.0f} seconds")
    if isinstance(answers[0], BaseException):
        raise answers[0]
    return answers[0]


def _too_much(url: str, limit: str) -> InputError:
    return InputError(
        f"{url}: more than {limit}; expected one transcript; open it in a browser and save it"
    )


def _follow(url: str, *, allowed: Allowed, end: float) -> Fetched:
    """Return the response of an address, or of the one that it redirects to."""
    seen: list[str] = []
    while True:
        if url in seen or len(seen) > MAX_REDIRECTS:
            raise InputError(
                f"{seen[0]}: redirects {'in a circle' if url in seen else 'too often'}; expected "
                "a page; open it in a browser and save it"
            )
        seen.append(url)
        answer = _ask(url, allowed=allowed, end=end)
        if isinstance(answer, Fetched):
            return answer
        try:
            url = urljoin(url, answer)
        except ValueError as error:
            raise InputError(
                f"{url}: redirects to {answer}, no web address ({error}); expected a page; open it "
                "in a browser and save it"
            ) from error


def _ask(url: str, *, allowed: Allowed, end: float) -> Fetched | str:
    """Return the response, or the address that it redirects to."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise InputError(f"{url}: no web address ({error}); expected https://...") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise InputError(f"{url}: no web address; expected https://HOST/PATH without a password")
    connection = _connect(parts, port, allowed=allowed, end=end)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("GET", quote(target, safe=punctuation), headers={
            "User-Agent": _AGENT, "Accept": "*/*", "Accept-Encoding": "identity"})  # fmt: skip
        response = connection.getresponse()
        location = response.getheader("Location")
        if response.status in (301, 302, 303, 307, 308) and location:
            return location
        if response.status != 200:
            raise InputError(
                f"{url}: answers {response.status} {response.reason}; expected a page; open it in "
                "a browser and save it"
            )
        data = _read(response, url=url, end=end)
        media_type = (response.getheader("Content-Type") or "").split(";")[0].strip().lower()
        return Fetched(data, media_type, url)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise InputError(
            f"{url}: cannot be fetched ({error}); expected a page; open it in a browser and save it"
        ) from error
    finally:
        connection.close()


def _connect(
    parts: SplitResult, port: int, *, allowed: Allowed, end: float
) -> http.client.HTTPConnection:
    """Connect to the same IP address that was checked."""
    host = parts.hostname or ""
    where = f"{parts.scheme}://{host}"
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InputError(f"{where}: no such host ({error}); check the address") from error
    ips = [str(info[4][0]) for info in found]
    if not all(map(allowed, ips)):
        raise InputError(
            f"{where}: a private address ({ips[0]}); expected one of the public web; save the "
            "page to a file"
        )
    left = max(0.1, end - time.monotonic())
    try:
        raw = socket.create_connection((ips[0], port), timeout=left)
        connection = http.client.HTTPConnection(host, port, timeout=left)
        if parts.scheme == "https":
            raw = ssl.create_default_context().wrap_socket(raw, server_hostname=host)
        connection.sock = raw
    except OSError as error:
        raise InputError(f"{where}: cannot be reached ({error}); try again later") from error
    return connection


def _read(response: http.client.HTTPResponse, *, url: str, end: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    while chunk := response.read1(_CHUNK):
        parts.append(chunk)
        size += len(chunk)
        if size > MAX_BYTES or time.monotonic() > end:
            limit = f"{MAX_BYTES:,} bytes" if size > MAX_BYTES else f"{MAX_SECONDS:.0f} seconds"
            raise _too_much(url, limit)
    if response.length:
        raise http.client.IncompleteRead(b"", response.length)
    return b"".join(parts)


def _file_name(answer: Fetched) -> str:
    """Return a file name: of the address, with the suffix of its media type."""
    last = Path(unquote(urlsplit(answer.url).path)).name
    suffix = Path(last).suffix.lower()
    if suffix not in FORMATS:
        suffix = _TYPES.get(answer.media_type, ".html")
    stem = safe_id(Path(last).stem or urlsplit(answer.url).hostname or "page")
    return stem + suffix
