"""Westward in Python: interview transcripts in; records, DataFrames and spaCy Docs out.

``annotate`` reads and codes one transcript, ``annotate_many`` files and folders one by one,
``open_run`` the folder that ``westward run`` wrote. All three give ``Interview`` records, whose
``tables()`` are the tables of a run. What is refused raises ``WestwardError``, with what to do.

The work is done by the package ``pipeline``, which is installed next to this one. Its name is
common: a user's own ``pipeline.py`` in the working folder would hide it. So this module loads
it by its place on the disk, whatever ``sys.path`` holds; ``import westward`` first.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

__all__ = [
    "Bloc",
    "Interview",
    "Run",
    "WestwardError",
    "WestwardWarning",
    "__version__",
    "annotate",
    "annotate_many",
    "blocs",
    "open_run",
    "tables",
]


def _load_pipeline(home: Path) -> None:
    """Import the package ``pipeline`` from a folder, unless it is imported already.

    Raises:
        ImportError: another module of that name is imported.
    """
    there = sys.modules.get("pipeline")
    if there is not None:
        if home in (Path(place).resolve() for place in getattr(there, "__path__", ())):
            return
        raise ImportError(
            f'westward: a module "pipeline" is imported already, from '
            f"{getattr(there, '__file__', None) or 'an unknown place'}; Westward's own package of "
            f"that name, {home}, cannot be imported too; rename that file (a pipeline.py "
            "that is run as a script and not imported may keep its name)"
        )
    spec = importlib.util.spec_from_file_location(
        "pipeline", home / "__init__.py", submodule_search_locations=[str(home)]
    )
    if spec is None or spec.loader is None:
        raise ImportError(f"westward: {home} cannot be imported; reinstall Westward")
    module = importlib.util.module_from_spec(spec)
    sys.modules["pipeline"] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules["pipeline"]
        raise


def _find_pipeline() -> Path:
    """Return the folder of ``pipeline``: next to this one, or above it in a checkout."""
    here = Path(__file__).resolve().parent
    installed = here.parent / "pipeline"
    return installed if (installed / "default.toml").is_file() else here.parent


_load_pipeline(_find_pipeline())

from pipeline import __version__  # noqa: E402
from pipeline.errors import WestwardError  # noqa: E402

from .annotation import (  # noqa: E402
    Bloc,
    WestwardWarning,
    annotate,
    annotate_many,
    blocs,
)
from .interview import Interview, tables  # noqa: E402
from .runs import Run, open_run  # noqa: E402
