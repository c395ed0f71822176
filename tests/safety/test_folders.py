"""Runs, corpora and caches of others with random damage: an error of ours, or nothing."""

from __future__ import annotations

import sys

import pytest

from tests.safety.folders import KINDS, tried

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="makes links and pipes"),
]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_damaged_folder_costs_nothing(kind: str) -> None:
    list(tried(kind, 5, seed=-1))  # what is loaded at first is of the program
    assert [(number, fault) for number, fault, _ in tried(kind, 40) if fault] == []
