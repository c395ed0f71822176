"""The hand-built interview as a fixture."""

from __future__ import annotations

import pytest

from pipeline.records import Interview
from tests.built import build


@pytest.fixture
def interview() -> Interview:
    """The interview under the id ``x``."""
    return build()
