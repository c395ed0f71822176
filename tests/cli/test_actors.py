"""``westward actors`` and the options of ``westward run`` that go with it."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pandas as pd
import pytest

from tests.cli.conftest import Command, Done, spawn

pytestmark = pytest.mark.slow

OWN = """\
[[actor]]
name = "Atlantis Pact"
kind = "organisation"

[[alias]]
actor = "United States"
texts = ["Cousin Jonathan"]

[[membership]]
bloc = "west-core"
actors = ["Atlantis Pact"]
from = "2020"
"""
TALK = """\
HOST: Whose fault was it?

ANALYST: Cousin Jonathan wrecked the deal and lied about it. Turkey broke its promise to us, and
I blame Turkey. NATO kept the peace and protects us all.
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A table of one's own in the working folder."""
    path = tmp_path / "mine.toml"
    path.write_text(OWN, encoding="utf8")
    return path


def test_find_shows_whom_why_and_where(westward: Command) -> None:
    text = westward("actors", "find", "Washington", "--date", "2024-05").stdout
    assert "Washington → United States  via metonym" in text
    assert "blocs: g7, nato, west-allied, west-broad, west-core" in text
    assert 'only a place ("in Washington")' in text
    assert "on 2024-05" in text


def test_find_takes_a_sentence_with_or_without_quotes(westward: Command) -> None:
    for words in (("London said it in Berlin",), ("London", "said", "it", "in", "Berlin")):
        text = westward("actors", "find", *words).stdout
        assert "London → United Kingdom" in text
        assert "Berlin → no actor (only a place here)" in text


def test_find_says_so_where_nothing_is_found(westward: Command) -> None:
    done = westward("actors", "find", "Natto")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == 'error: "Natto" names no actor of the table; did you mean NATO?\n'


def test_find_as_json(westward: Command) -> None:
    done = westward("actors", "find", "Trump", "--date", "2022", "--json")
    (found,) = json.loads(done.stdout)
    assert found["actors"] == []
    assert found["candidates"][0]["entry"] == "Donald Trump"
    nothing = westward("actors", "find", "zzz", "--json")
    assert (nothing.returncode, json.loads(nothing.stdout)) == (1, [])


def test_list_filters_and_prints_json(westward: Command) -> None:
    words = ("--bloc", "nato", "--type", "state", "--date", "1950")
    listed = json.loads(westward("actors", "list", *words, "--json").stdout)
    assert len(listed) == 12  # the founders
    assert "12 actors, on 1950" in westward("actors", "list", *words).stdout


def test_own_words_are_found_by_option_and_by_setting(
    own: Path, westward: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert westward("actors", "find", "Cousin Jonathan").returncode == 1
    found = westward("actors", "find", "Cousin Jonathan", "--actors", own)
    assert "Cousin Jonathan → United States" in found.stdout
    config = tmp_path / "config" / "westward"
    config.mkdir(parents=True)
    (config / "westward.toml").write_text('[actors]\ntable = "mine.toml"\n', encoding="utf8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(config.parent))
    assert westward("actors", "find", "Cousin Jonathan").stdout == found.stdout
    assert "Atlantis Pact" in westward("blocs").stdout
    listed = westward("actors", "list", "--bloc", "west-core", "--type", "organisation").stdout
    assert "Atlantis Pact  organisation, your own table" in listed


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("actors", "list", "--bloc", "mars"), 'unknown bloc "mars"'),
        (("actors", "find", "US", "--date", "May"), '--date "May": expected a date such as'),
        (("actors", "check", "nowhere.toml"), "nowhere.toml: the actor table cannot be read"),
        (("run", "-", "--actors", "nowhere.toml"), "nowhere.toml: the actor table cannot be read"),
        (("run", "-", "--bloc", "nato", "--bloc", "mars"), 'unknown bloc "mars"'),
        (("run", "-", "--bloc", "nato", "--bloc", "nato"), '"nato" is named twice'),
    ],
)
def test_an_error_is_one_message(words: tuple[str, ...], message: str, westward: Command) -> None:
    done = westward(*words, stdin=TALK.encode())
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


def test_check_tells_a_good_table_from_a_bad_one(own: Path, westward: Command) -> None:
    done = westward("actors", "check", own)
    assert done.returncode == 0
    assert "can be used; actor: 1, alias: 1, bloc: 0, change of membership: 1" in done.stdout
    own.write_text(OWN.replace("2020", "soon").replace("United States", "USA"), encoding="utf8")
    done = westward("actors", "check", own)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"{own}:12: [[membership]] 1" in done.stderr


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    """A run under two blocs with a table of one's own, and the same under each alone."""
    folder = tmp_path_factory.mktemp("compared")
    (folder / "talk.txt").write_text(TALK, encoding="utf8")
    (folder / "mine.toml").write_text(OWN, encoding="utf8")
    common = ("run", "talk.txt", "--model", "small", "--actors", "mine.toml")
    for name in ("west-broad", "west-core"):
        assert spawn(*common, "--bloc", name, "-o", name, cwd=folder).returncode == 0
    blocs = ("--bloc", "west-broad", "--bloc", "west-core")
    return folder, spawn(*common, *blocs, "-o", "both", cwd=folder)


@pytest.mark.slow
def test_the_first_bloc_is_the_run_as_it_would_be_alone(compared: tuple[Path, Done]) -> None:
    folder, done = compared
    assert done.returncode == 0, done.stderr
    paths = [folder / "west-broad" / "annotated.jsonl"]
    paths += sorted((folder / "west-broad" / "tables").glob("*.csv"))
    for path in paths:
        twin = folder / "both" / path.relative_to(folder / "west-broad")
        if path.stem != "codebook":
            assert path.read_bytes() == twin.read_bytes(), path


def test_the_other_bloc_is_as_a_run_of_its_own(compared: tuple[Path, Done]) -> None:
    folder, _ = compared
    both = pd.read_csv(folder / "both" / "tables" / "sensitivity.csv")
    row = both[(both["level"] == "interview") & (both["voice"] == "own")].iloc[0]
    for prefix, name in (("main_", "west-broad"), ("other_", "west-core")):
        alone = pd.read_csv(folder / name / "tables" / "interviews.csv").iloc[0]
        for column in ("n", "favor", "against", "neutral", "net"):
            assert row[f"{prefix}{column}"] == alone[f"own_{column}"]
    assert row["other_bloc"] == "west-core"


def test_a_unit_about_turkey_alone_leaves_with_the_narrower_west(
    compared: tuple[Path, Done],
) -> None:
    folder, done = compared
    units = pd.read_csv(folder / "both" / "tables" / "sensitivity_units.csv")
    text = pd.read_csv(folder / "both" / "tables" / "units.csv").set_index("unit_id")["text"]
    own = units[units["voice"] == "own"]
    (turkey,) = own[own["unit_id"].map(text).str.startswith("Turkey broke")].to_dict("records")
    assert (turkey["change"], turkey["other_counted_as"]) == ("leaves", "not_about")
    assert re.search(r"west-broad → west-core, own stances: \d.* → \d.*; \d leave", done.stdout)
    number = len([*(folder / "both" / "tables").glob("*.csv")])
    assert f"{number} tables" in done.stdout


def test_run_json_has_the_table_and_both_definitions(compared: tuple[Path, Done]) -> None:
    folder, _ = compared
    found = json.loads((folder / "both" / "run.json").read_text(encoding="utf8"))
    digest = hashlib.sha256((folder / "mine.toml").read_bytes()).hexdigest()
    assert found["actors"] == {"path": "mine.toml", "sha256": digest}
    assert found["bloc"]["name"] == "west-broad"
    (other,) = found["compared_blocs"]
    assert other["name"] == "west-core"
    assert "Atlantis Pact" in other["members_today"]
    assert other["definitions"][0]["changes"] == [{"actors": ["Atlantis Pact"], "from": "2020"}]
    assert found["settings"]["bloc"]["compare"] == ["west-core"]


def test_a_west_beside_another_bloc_is_cautioned(westward: Command) -> None:
    words = ("run", "-", "--model", "small", "--bloc", "west-core", "--bloc", "nato")
    done = westward(*words, stdin=TALK.encode())
    assert done.returncode == 0, done.stderr
    assert "west-core and nato are not judged in the same way" in done.stderr
