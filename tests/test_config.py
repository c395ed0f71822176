"""Settings: which file counts for what, and files that are no settings."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from pipeline.config import load_settings, user_file
from pipeline.errors import ConfigError

CONSENTS = [
    ("[llm]\nsend_text = true", "llm.send_text", "--send-text"),
    ('[llm]\nkey_env = "OPENAI_API_KEY"', "llm.key_env", "--set llm.key_env=NAME"),
    ('[llm]\nbase_url = "https://api.example.org/v1"', "llm.base_url", "--set llm.base_url=ADDRESS"),
    ('[llm]\nbase_url = "http://[::1/"', "llm.base_url", "--set llm.base_url=ADDRESS"),
    ('[llm]\nproxy = "http://127.0.0.1:3128"', "llm.proxy", "--set llm.proxy=ADDRESS"),
    ('[actors]\ntable = "mine.toml"', "actors.table", "--actors FILE"),
]  # fmt: skip
HARMLESS = (
    '[llm]\nsend_text = false\nkey_env = ""\nbase_url = "http://localhost:8080/v1"\nmodel = "m"'
)


def write(folder: Path, text: str) -> Path:
    path = folder / "westward.toml"
    path.write_text(text, encoding="utf8")
    return path


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the user's own settings."""
    monkeypatch.setattr("pipeline.config.user_file", lambda: tmp_path / "own" / "westward.toml")
    (tmp_path / "own").mkdir()
    return tmp_path / "own"


@pytest.mark.parametrize(("text", "key", "option"), CONSENTS)
def test_a_working_folder_cannot_consent_and_the_error_says_where_and_what_to_do(
    tmp_path: Path, text: str, key: str, option: str
) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as error:
        load_settings(folder=tmp_path)
    said = str(error.value)
    assert said.startswith(f"{path}: {key} does not count in a working folder")
    assert f"use {option}, or set it in {user_file()}" in said
    assert "OPENAI" not in said


def test_an_option_does_not_excuse_what_a_working_folder_sets(tmp_path: Path) -> None:
    write(tmp_path, CONSENTS[2][0])
    with pytest.raises(ConfigError, match=r"llm\.base_url does not count"):
        load_settings(["llm.send_text=true"], folder=tmp_path)


def test_a_working_folder_may_name_a_server_of_this_machine(tmp_path: Path) -> None:
    write(tmp_path, HARMLESS)
    assert load_settings(folder=tmp_path).llm.base_url == "http://localhost:8080/v1"


@pytest.mark.parametrize(("text", "key", "option"), [CONSENTS[0], CONSENTS[1], CONSENTS[5]])
def test_the_users_own_folder_and_the_command_line_count(
    tmp_path: Path, own: Path, text: str, key: str, option: str
) -> None:
    write(own, text)
    group, name = key.split(".")
    value = getattr(getattr(load_settings(folder=tmp_path), group), name)
    assert value in (True, "OPENAI_API_KEY", "mine.toml")
    (own / "westward.toml").unlink()
    given = load_settings(values={key: value}, folder=tmp_path)
    assert getattr(getattr(given, group), name) == value


def test_a_working_folder_cannot_send_the_users_key_elsewhere(tmp_path: Path, own: Path) -> None:
    write(own, CONSENTS[1][0])
    write(tmp_path, '[llm]\nbase_url = "http://127.0.0.1:9/v1"')
    with pytest.raises(ConfigError, match=r"llm\.base_url does not count"):
        load_settings(folder=tmp_path)


def test_a_working_folder_counts_before_the_users_own(tmp_path: Path, own: Path) -> None:
    write(own, "seed = 1\n[llm]\nsamples = 1")
    write(tmp_path, "seed = 2")
    assert load_settings(folder=tmp_path).seed == 2
    assert load_settings(["seed=3"], folder=tmp_path).seed == 3


def test_the_users_own_file_is_in_the_place_of_the_system_for_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert user_file().parts[-2:] == ("westward", "westward.toml")


@pytest.mark.parametrize(
    "text",
    ["seed = " + "[" * 5000, "seed = " + "1" * 5000, "#" * 1_000_001, "[llm]\ntimeout = inf", "[llm]\nprice_in = nan",
     '[llm]\nbase_url = "http://127.0.0.1:99999/"', "seed = 2020-01-01", "llm = 5", "[stance]\nprecision = 1e400"],
)  # fmt: skip
def test_a_file_that_is_no_settings_is_an_error_of_ours(tmp_path: Path, text: str) -> None:
    write(tmp_path, text)
    with pytest.raises(ConfigError):
        load_settings(folder=tmp_path)


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.symlink_to("gone")])
def test_what_has_the_name_of_settings_and_cannot_be_read_is_told(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(tmp_path / "westward.toml")
    with pytest.raises(ConfigError, match=r"westward\.toml: (no file|cannot be read)"):
        load_settings(folder=tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes with a name")
def test_a_pipe_with_the_name_of_settings_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "westward.toml")
    with pytest.raises(ConfigError, match=r"westward\.toml: no file"):
        load_settings(folder=tmp_path)


@pytest.mark.parametrize("seed", range(20))
def test_no_file_of_settings_raises_another_error_than_ours(
    tmp_path: Path, root: Path, seed: int
) -> None:
    draw, default = random.Random(seed), (root / "pipeline" / "default.toml").read_bytes()
    lines = default.splitlines(keepends=True)
    values = (
        b"inf",
        b"nan",
        b"-1",
        b"9" * 400,
        b'"\\u0000"',
        b"[[",
        b"{}",
        b"true",
        b"1979-05-27",
        b"''",
    )
    for _ in range(50):
        chosen = [
            one.split(b"=")[0] + b"= " + draw.choice(values) + b"\n"
            if b"=" in one and draw.random() < 0.03
            else one
            for one in lines
            if draw.random() > 0.01
        ]
        data = bytearray(b"".join(chosen))
        for _ in range(draw.choice((0, 0, 0, 1))):
            data[draw.randrange(len(data))] = draw.randrange(256)
        (tmp_path / "westward.toml").write_bytes(data)
        with suppress(ConfigError):
            load_settings(folder=tmp_path)


def test_a_key_of_many_parts_is_refused_at_once(tmp_path: Path) -> None:
    """What the parser keeps of a key grows with the square of its parts: 100 kB asked for 10 GB."""
    write(tmp_path, f"{'.'.join(['a'] * 50_000)} = 1")
    with pytest.raises(ConfigError, match="a key has too many parts"):
        load_settings(folder=tmp_path)
