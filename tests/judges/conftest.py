"""A stub server, settings that ask it, and a judge; waits between tries are short."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.actors import load_actors
from pipeline.config import LlmSettings, load_settings
from pipeline.judges.llm import client
from pipeline.judges.llm.judge import LanguageJudge, load_judge
from tests.judges.llm_server import StubServer


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[StubServer]:
    monkeypatch.setattr(client, "FIRST_WAIT_S", 0.01)
    server = StubServer()
    yield server
    server.close()


@pytest.fixture
def settings_for(stub: StubServer, tmp_path: Path) -> Callable[..., LlmSettings]:
    """Settings that ask the stub, with some values changed."""

    def make(**values: object) -> LlmSettings:
        given = {"base_url": stub.url, "model": "m", "timeout": 10.0, "parallel": 2,
                 "ledger": str(tmp_path / "llm.sqlite"), **values}  # fmt: skip
        changed = {f"llm.{key}": value for key, value in given.items()}
        return load_settings(values=changed, folder=tmp_path).llm

    return make


@pytest.fixture
def judge_for(settings_for: Callable[..., LlmSettings]) -> Callable[..., LanguageJudge]:
    """A judge that asks the stub, with some settings changed."""
    return lambda **values: load_judge(settings_for(**values), "west-broad", load_actors())
