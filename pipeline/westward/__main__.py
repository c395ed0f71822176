"""``westward`` and ``python -m westward``: the command line, also with a user's pipeline.py."""

from __future__ import annotations

from pipeline.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
