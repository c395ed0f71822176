"""What run.json says of settings, actors and models."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.actors import load_actors
from pipeline.config import choose_models, choose_table, load_settings
from pipeline.runs.manifest import describe_bloc, describe_run

TABLE = '[[alias]]\nactor = "United States"\ntexts = ["Cousin Jonathan"]\n'


@pytest.mark.parametrize(
    ("given", "stated"), [("{top}/mine.toml", "mine.toml"), ("./mine.toml", "mine.toml")]
)
def test_the_users_actor_table_is_named_without_the_way_to_it(
    given: str, stated: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.toml").write_text(TABLE, encoding="utf8")
    monkeypatch.chdir(tmp_path)
    table = choose_table(Path(given.format(top=tmp_path)))
    found = describe_run(load_settings([*choose_models("small"), *table]), models=None)
    assert found["actors"]["path"] == stated
    assert found["settings"]["actors"]["table"] == stated
    assert str(tmp_path) not in json.dumps(found)


@pytest.mark.parametrize(
    ("choice", "names"),
    [
        ("small", ["encoder-small"]),
        ("standard", ["encoder-standard"]),
    ],
)
def test_each_model_is_named_once_by_version_and_hashes(choice: str, names: list[str]) -> None:
    models = describe_run(load_settings(choose_models(choice)), models=None)["models"]
    assert sorted(model["name"] for model in models) == sorted([*names, "en_core_web_sm"])
    assert all(model.keys() == {"name", "version", "files"} for model in models)


def test_a_bloc_that_two_others_include_is_defined_once() -> None:
    definitions = describe_bloc(load_actors(None), "west-broad")["definitions"]
    names = [definition["name"] for definition in definitions]
    assert names[0] == "west-broad"
    assert sorted(names) == sorted(set(names))
    assert "nato" in names
