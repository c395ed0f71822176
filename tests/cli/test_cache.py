"""``westward cache``."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.cache.store import Entry, Store
from tests.cli.conftest import Command


def test_info_and_clear_show_what_is_kept(westward: Command, tmp_path: Path) -> None:
    with Store(tmp_path / "outputs" / ".cache") as store:
        store.put(Entry("k", "segment", b"{}"))
    stated = json.loads(westward("cache", "info", "--json").stdout)
    assert stated["results"] == {"segment": 1}
    assert Path(stated["path"]).is_file()
    assert "segment      1 interview\n" in westward("cache", "info").stdout
    assert "deleted" in westward("cache", "clear").stdout
    assert not Path(stated["path"]).exists()


def test_without_a_folder_nothing_is_kept(westward: Command) -> None:
    done = westward("cache", "info", "--set", "cache.folder=")
    assert done.returncode == 2
    assert "cache.folder is empty" in done.stderr
