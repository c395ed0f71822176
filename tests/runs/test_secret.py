"""The user's secret: made once, of the user alone, and what is signed with it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.runs.secret import secret_path, user_secret


@pytest.fixture(autouse=True)
def _empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def test_it_is_made_once_and_signs_for_one_purpose_and_one_split() -> None:
    signature = user_secret().sign("cache", b"a", b"bc")
    assert secret_path().stat().st_mode & 0o777 == 0o600
    again = user_secret()
    assert again.is_signed(signature, "cache", b"a", b"bc")
    assert not again.is_signed(signature, "ledger", b"a", b"bc")
    assert not again.is_signed(signature, "cache", b"ab", b"c")
    assert not again.is_signed(None, "cache", b"a", b"bc")


def test_another_users_signature_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    signature = user_secret().sign("cache", b"a")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "other"))
    assert not user_secret().is_signed(signature, "cache", b"a")


@pytest.mark.skipif(os.name == "nt", reason="modes and links of files, as on Linux")
@pytest.mark.parametrize("fault", ["readable", "short", "link", "pipe", "no folder"])
def test_one_that_others_may_know_is_not_used(fault: str, tmp_path: Path) -> None:
    path = secret_path()
    user_secret()
    if fault == "readable":
        path.chmod(0o640)
    elif fault == "short":
        path.write_bytes(b"short")
    elif fault == "no folder":
        path.unlink()
        path.parent.rmdir()
        path.parent.write_text("a file")
    else:
        path.rename(tmp_path / "moved")
        path.symlink_to(tmp_path / "moved") if fault == "link" else os.mkfifo(path)
    with pytest.raises(InputError, match=r"cannot be used as your secret.*delete it"):
        user_secret()
