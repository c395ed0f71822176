"""``westward cache``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pipeline.cli.console import print_json, stdout
from pipeline.cli.options import Json, Overrides

if TYPE_CHECKING:
    from pipeline.cache.store import Contents

_MB = 1_000_000


def register(app: typer.Typer) -> None:
    """Add the commands."""
    cache = typer.Typer(help="The results that runs keep for the next.", no_args_is_help=True)
    cache.command("info")(info_command)
    cache.command("clear")(clear_command)
    app.add_typer(cache, name="cache")


def info_command(overrides: Overrides = None, as_json: Json = False) -> None:
    """Show what is kept, and where."""
    from pipeline.cache.store import read_contents

    held = read_contents(_folder(overrides))
    if as_json:
        print_json({"path": str(held.path), "bytes": held.bytes, "results": held.results})
        return
    stdout().print(_line(held), soft_wrap=True)
    for stage, number in held.results.items():
        stdout().print(f"  {stage:<12} {number:,} interviews", soft_wrap=True)


def clear_command(overrides: Overrides = None) -> None:
    """Delete what is kept; the next run computes everything."""
    from pipeline.cache.store import clear

    stdout().print(f"deleted: {_line(clear(_folder(overrides)))}", soft_wrap=True)


def _folder(overrides: list[str] | None) -> Path:
    """Return the folder of the settings.

    Raises:
        ConfigError: the settings name none.
    """
    from pipeline.config import load_settings
    from pipeline.errors import ConfigError

    folder = load_settings(overrides or ()).cache.path
    if folder is None:
        raise ConfigError(
            "cache.folder is empty, so nothing is kept; expected a folder; name it: "
            "--set cache.folder=FOLDER"
        )
    return folder


def _line(held: Contents) -> str:
    return f"{held.path}: {sum(held.results.values()):,} results, {held.bytes / _MB:.1f} MB"
