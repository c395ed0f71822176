"""A user's own actor table: what it adds and changes, and what is said of its faults."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from pipeline.actors import ActorTable, examine_actors, load_actors
from pipeline.actors.lexicon import covers, covers_whole
from pipeline.errors import ConfigError

OWN = """\
[[actor]]
name = "Atlantis Pact"
kind = "organisation"
aliases = ["Pact of Atlantis"]

[[actor]]
name = "A new leader"
kind = "leader"
aliases = ["Newleader"]
offices = [{ actor = "Atlantis Pact", role = "Chair", from = 2024-07-06 }]

[[alias]]
actor = "United States"
texts = ["Cousin Jonathan"]

[[alias]]
actor = "West"
texts = ["garden of democracies"]
via = "nominal"

[[alias]]
actor = "Belgium"
texts = ["Brussels"]
via = "metonym"

[[bloc]]
name = "west-small"
description = "The West without Hungary."
includes = ["west-core"]
without = ["Hungary"]

[[membership]]
bloc = "west-broad"
actors = ["Ukraine"]
from = 2022-02-24

[[membership]]
bloc = "west-core"
actors = ["Turkey"]
to = 2003

[[membership]]
bloc = "nato"
actors = ["Turkey"]
member = false
from = "2016-07-15"
to = "2023-07-10"
"""


def write(folder: Path, content: str) -> Path:
    """Write a table of one's own."""
    path = folder / "mine.toml"
    path.write_text(content, encoding="utf8")
    return path


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> ActorTable:
    return load_actors(write(tmp_path_factory.mktemp("own"), OWN))


@pytest.mark.parametrize(
    ("text", "actor", "label", "via"),
    [
        ("The Pact of Atlantis left.", "Atlantis Pact", "ORG", "alias"),
        ("Newleader left.", "Atlantis Pact", "PERSON", "alias"),
        ("Cousin Jonathan pays.", "United States", "GPE", "alias"),
        ("the garden of democracies", "West", None, "nominal"),
        ("Garden of democracies it is.", "West", None, "nominal"),
        ("NATO pays.", "NATO", "ORG", "name"),
    ],
)
def test_own_words_are_found_beside_ours(
    table: ActorTable, text: str, actor: str, label: str | None, via: str
) -> None:
    (mention,) = table.mentions(text, date="2025")
    assert (mention.actors, mention.label, mention.via) == ((actor,), label, via)


def test_own_meaning_is_taken_where_both_fit(table: ActorTable) -> None:
    assert table.mentions("Brussels objected.")[0].actors == ("Belgium",)
    assert load_actors().mentions("Brussels objected.")[0].actors == ("European Union",)


@pytest.mark.parametrize(
    ("actor", "bloc", "date", "member"),
    [
        ("Ukraine", "west-broad", "2022-02-23", False),
        ("Ukraine", "west-broad", "2022-02-24", True),
        ("Ukraine", "west-broad", None, True),
        ("Ukraine", "west-allied", "2023", True),  # includes west-broad
        ("Ukraine", "west-core", "2023", False),
        ("Turkey", "west-core", "2003", True),  # though our west-core is without it
        ("Turkey", "west-core", "2004", False),
        ("Turkey", "nato", "2016-07-14", True),
        ("Turkey", "nato", "2017", False),
        ("Turkey", "nato", "2016", True),  # on some of its days
        ("Turkey", "nato", "2024", True),
        ("Turkey", "nato", None, True),
        ("Turkey", "west-broad", "2017", False),
        ("Hungary", "west-small", None, False),
        ("Poland", "west-small", None, True),
        ("A new leader", "nato", None, False),
    ],
)
def test_membership_changes_from_one_date_to_another(
    table: ActorTable, actor: str, bloc: str, date: str | None, member: bool
) -> None:
    assert table.in_bloc(actor, bloc, date=date) is member


def test_of_two_changes_the_later_one_in_the_file_wins(tmp_path: Path) -> None:
    change = '[[membership]]\nbloc = "nato"\nactors = ["Ukraine"]\nmember = {}\n'
    twice = write(tmp_path, change.format("true") + change.format("false"))
    assert not load_actors(twice).in_bloc("Ukraine", "nato")


def test_our_own_table_stays_as_it_is(table: ActorTable) -> None:
    ours = load_actors()
    assert not ours.in_bloc("Ukraine", "west-broad")
    assert not ours.mentions("Cousin Jonathan pays.")
    assert ours.sha256 != table.sha256


def test_a_file_that_changed_is_read_anew(tmp_path: Path) -> None:
    alias = '[[alias]]\nactor = "China"\ntexts = ["{}"]\n'
    path = write(tmp_path, alias.format("The Dragon"))
    assert load_actors(path).mentions("The Dragon woke.")
    write(tmp_path, alias.format("The Panda"))
    assert not load_actors(path).mentions("The Dragon woke.")


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xef\xbb\xbf" + OWN.encode())
    assert examine_actors(path).problems == ()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[[actor]]\nname = 'X'\n", r"mine.toml:1: \[\[actor\]\] 1 \"X\", field kind: is missing"),
        ("[[actor]]\nname = 'X'\nkind = 'planet'", r'toml:3: \[\[actor\]\] 1 "X", field kind'),
        ("[[actor]]\nname = 'X'\nkind = 'idea'\nwikidata = '7747'", "field wikidata"),
        ("[[actor]]\nname = 'NATO'\nkind = 'idea'", "also defined in"),
        ("[[bloc]]\nname = 'b'\ndescription = ''\nincludes = ['c']", 'includes "c"'),
        (
            "[[actor]]\nname = 'X'\nkind = 'idea'\nalias = ['Y']\n",
            r'mine.toml:4: .*unknown field "alias"; .* did you mean aliases',
        ),
        ("[[actors]]\nname = 'X'\n", r'unknown section "actors"; .*did you mean actor'),
        (
            "[[alias]]\nactor = 'China'\n\ntexts = 'Dragon'\n",
            r"mine.toml:4: .*expected a list",
        ),
        (
            "[[membership]]\nbloc='nato'\nactors=['Ukraine']\nfrom = 'May 2022'\n",
            r"mine.toml:4: .*field from: expected a date such as 2019",
        ),
        (
            "[[membership]]\nbloc='nato'\nactors=['Ukraine']\nfrom = 2022\nto = 2021\n",
            r"begins on 2022, after its end on 2021",
        ),
        (
            "[[membership]]\nbloc='nato'\nactors=['Ukrain']\n",
            r'mine.toml:3: .*no actor "Ukrain"; .*did you mean Ukraine',
        ),
        (
            "[[membership]]\nbloc='nato'\nactors=['USA']\n",
            r'"USA" is a word for United States; write "United States"',
        ),
        (
            "[[membership]]\nbloc='nato'\nactors=['Joe Biden']\n",
            r"a leader, who belongs where the actor of the office belongs",
        ),
        ("[[membership]]\nbloc='nat'\nactors=['Ukraine']\n", r"no bloc; .*did you mean nato"),
        ("[[alias]]\ntexts = ['Mount Doom']\n", r"field actor: is missing; name the actor"),
        ("[[alias]]\nactor = 'China'\ntexts = [' ']\n", r"has no word in it"),
        ("[[actor]]\nname = 'X'\nkind = 'leader'\n", r"refers to the actor of an office"),
        ("[[actor]]\nname = 'X'\nkind = 'state'\niso = 'DE'\n", r"DE is the code of Germany"),
        (
            "[[bloc]]\nname = 'nato'\ndescription = ''\n",
            r"also defined in Westward's own table; .*\[\[membership\]\]",
        ),
        (
            "[[bloc]]\nname = 'a'\ndescription = ''\nincludes = ['a']\n",
            r"includes itself",
        ),
        (
            "[[bloc]]\nname = 'a'\ndescription = ''\nregions = ['Mars']\n",
            r'no state has the region "Mars"; expected one of Africa',
        ),
        ("[[actor]]\nname = X\n", r"cannot be read as TOML: .*line 2"),
    ],
)
def test_a_fault_has_its_line_and_the_next_step(content: str, message: str, tmp_path: Path) -> None:
    path = write(tmp_path, content)
    with pytest.raises(ConfigError, match=message):
        load_actors(path)
    assert "mine.toml" in examine_actors(path).problems[0]


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "[[membership]]\nbloc='nat'\nactors=['Ukrain']\n[[alias]]\nactor='Chin'\ntexts=['X']\n",
    )
    assert len(examine_actors(path).problems) == 3
    with pytest.raises(ConfigError, match="2 more: westward actors check"):
        load_actors(path)


def test_words_that_stand_for_another_actor_in_ours_are_noted(tmp_path: Path) -> None:
    examined = examine_actors(write(tmp_path, OWN))
    (note,) = examined.notes
    assert '"Brussels" refers to European Union in Westward' in note


def test_a_missing_file_is_an_error_that_names_the_option(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere.toml: .*cannot be read .*--actors"):
        load_actors(tmp_path / "nowhere.toml")


@pytest.mark.parametrize(
    ("start", "end", "date"),
    [
        ("2019-03-01", None, "2019"),
        ("2019-03-01", "2019-06-30", "2019-03"),
        (None, "2019-06-30", "2019-06"),
        ("2017", "2019", None),
        ("2017", None, None),
    ],
)
def test_what_surely_holds_may_hold(start: str | None, end: str | None, date: str | None) -> None:
    assert covers_whole(start, end, date) <= covers(start, end, date)
    assert covers_whole("2019-03-01", None, "2019") is False
    assert covers_whole("2019", None, "2019-03") is True


@pytest.mark.skipif(sys.platform == "win32", reason="pipes with a name")
def test_a_pipe_or_a_device_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    for path in (tmp_path / "pipe.toml", Path("/dev/zero")):
        with pytest.raises(ConfigError, match="no regular file"):
            examine_actors(path)
