"""A disk that is full is one message in every format, and what was there stays."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.exports.export import export
from pipeline.exports.formats import FORMATS

pytestmark = pytest.mark.slow


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounts a small disk")
@pytest.mark.parametrize(
    "name", [one.name for one in FORMATS if one.name != "svg" or shutil.which("dot")]
)
def test_an_export_to_a_full_disk(name: str, run: Path, tmp_path: Path) -> None:
    mount = ["mount", "-t", "tmpfs", "-o", "size=8k", "small", str(tmp_path)]
    if subprocess.run(mount, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        (tmp_path / "other").write_text("x" * 8_000)
        with pytest.raises(InputError, match=r"out: cannot be written \(.*another -o"):
            export(run, name, out=tmp_path / "out")
        assert {path.name for path in tmp_path.iterdir()} <= {"other", "out"}
        assert not (tmp_path / "out").is_file()
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)
