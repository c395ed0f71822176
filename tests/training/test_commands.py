"""``python -m training``: every command says what it wants, and fails with one message."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.__main__ import COMMANDS, load, main

pytestmark = pytest.mark.slow

LIBRARIES = {"countryinfo", "onnx", "pycrfsuite", "rigour", "torch"}


def skip_without_libraries(command: str) -> None:
    """Skip the test where a library of the extra is not installed."""
    try:
        load(command)
    except ModuleNotFoundError as error:
        if error.name not in LIBRARIES:
            raise
        pytest.skip(f'{error.name} is not installed: the extra "training"')


def exit_code(arguments: list[str]) -> int:
    """Run a command; argparse exits by itself."""
    try:
        return main(arguments)
    except SystemExit as done:
        return int(done.code or 0)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_says_how_a_command_is_run(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    skip_without_libraries(command)
    assert exit_code([command, "--help"]) == 0
    assert f"python -m training {command}" in capsys.readouterr().out


@pytest.mark.parametrize("command", sorted(set(COMMANDS) - {"countries", "products"}))
def test_without_arguments_a_command_fails(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    skip_without_libraries(command)
    assert exit_code([command]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert f"python -m training {command}" in printed.err
    assert "error: " in printed.err


def test_help_lists_all_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["--help"]) == 0
    printed = capsys.readouterr().out
    assert all(f"  {command} " in printed for command in COMMANDS)


def test_a_missing_library_is_one_message(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(name: str) -> None:
        raise ModuleNotFoundError(name="torch")

    monkeypatch.setattr("training.__main__.import_module", fail)
    assert main(["encoders"]) == 2
    assert 'error: torch is not installed; expected the extra: pip install -e ".[training]"' in (
        capsys.readouterr().err
    )


def test_data_that_are_not_there_are_one_message(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["abstention", str(tmp_path), str(tmp_path / "nowhere.jsonl")]) == 2
    assert capsys.readouterr().err.startswith("error: ")
