"""``westward cache``."""

from __future__ import annotations

from pathlib import Path

import typer

from pipeline.cli.console import many, print_json, say
from pipeline.cli.options import Json, Overrides


def register(app: typer.Typer) -> None:
    """Add the commands."""
    cache = typer.Typer(
        help="Show or delete the results that runs keep for later runs.", no_args_is_help=True
    )
    cache.command("info")(info_command)
    cache.command("clear")(clear_command)
    app.add_typer(cache, name="cache")


def info_command(overrides: Overrides = None, as_json: Json = False) -> None:
    """Show which results are kept, their size and place."""
    from pipeline.cache.store import FILE, cache_files, count_results

    folder = _folder(overrides)
    results, size = count_results(folder), sum(one.stat().st_size for one in cache_files(folder))
    if as_json:
        print_json({"path": str(folder / FILE), "bytes": size, "results": results})
        return
    say(f"{folder / FILE}: {size / 1e6:.1f} MB")
    for stage, number in results.items():
        say(f"  {stage:<12} {many(number, 'interview')}")


def clear_command(overrides: Overrides = None) -> None:
    """Delete all kept results; the next run computes everything."""
    from pipeline.cache.store import cache_files

    for path in cache_files(_folder(overrides)):
        path.unlink(missing_ok=True)
        say(f"deleted {path}")


def _folder(overrides: list[str] | None) -> Path:
    """Return the folder of the settings; a ConfigError if they name none."""
    from pipeline.config import load_settings
    from pipeline.errors import ConfigError

    folder = load_settings(overrides or ()).cache.path
    if folder is None:
        raise ConfigError(
            "cache.folder is empty, so nothing is kept; expected a folder: --set "
            "cache.folder=FOLDER"
        )
    return folder
