"""The user's secret, with which what Westward keeps for its later runs is signed.

It is a file of random bytes that the user alone may read, in the folder of the system for the state
of programs. What another user, another machine or a downloaded folder has kept is signed with
another secret or with none, and so is not trusted.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import stat
from pathlib import Path

from platformdirs import user_state_path

from pipeline.errors import InputError
from pipeline.runs.files import only_one, open_file, replace_file

_NAME = "secret"
_SIZE = 32  # bytes
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class Secret:
    """A key; ``purpose`` keeps what is signed for one use from another."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def sign(self, purpose: str, *parts: bytes) -> bytes:
        """Return the signature (a keyed BLAKE2b, RFC 7693) of some bytes, 32 bytes long."""
        found = hashlib.blake2b(key=self._key, digest_size=_SIZE)
        for part in (purpose.encode(), *parts):
            found.update(len(part).to_bytes(8, "big") + part)
        return found.digest()

    def is_signed(self, signature: object, purpose: str, *parts: bytes) -> bool:
        """Whether a signature is that of some bytes."""
        expected = self.sign(purpose, *parts)
        return isinstance(signature, bytes) and hmac.compare_digest(signature, expected)


def secret_path() -> Path:
    """Return the place of the user's secret, such as ~/.local/state/westward/secret."""
    return user_state_path("westward", appauthor=False) / _NAME


def user_secret() -> Secret:
    """Return the user's secret; it is made where there is none.

    Raises:
        InputError: it cannot be read or made, it is damaged, or others may read it.
    """
    path = secret_path()
    try:
        if (key := _read(path)) is None:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with only_one(path, option="XDG_STATE_HOME"):
                if (key := _read(path)) is None:
                    key = secrets.token_bytes(_SIZE)
                    replace_file(path, key, option="XDG_STATE_HOME", mode=0o600)
    except (OSError, InputError) as error:
        reason = getattr(error, "strerror", None) or str(error).replace(str(path), path.name)
        raise InputError(
            f"{_without_home(path)}: cannot be used as your secret ({reason}); expected a file "
            f"of {_SIZE} bytes that you alone may read; delete it, and a new one is made"
        ) from error
    return Secret(key)


def _without_home(path: Path) -> str:
    """A path as messages name it, which run.json has too: without the user's name."""
    home = Path.home()
    return f"~/{path.relative_to(home).as_posix()}" if path.is_relative_to(home) else path.name


def _read(path: Path) -> bytes | None:
    """Return the key in a file; null where there is no file.

    Raises:
        OSError: it cannot be trusted, or not be read.
    """
    try:
        if path.is_symlink():
            raise OSError("it is a link")
        with open_file(path) as stream:
            state, key = os.fstat(stream.fileno()), stream.read(_SIZE + 1)
    except FileNotFoundError:
        return None
    if hasattr(os, "geteuid") and (state.st_uid != os.geteuid() or state.st_mode & _OTHERS):
        raise OSError("it is not yours alone: its mode should be 600")
    if len(key) != _SIZE:
        raise OSError("it is damaged")
    return key
