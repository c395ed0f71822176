"""The actor table: matching, context, offices, blocs, and the checks of the lexicon files."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.actors import ActorTable, Mention, load_actors
from pipeline.actors.lexicon import Lexicon, covers, read_lexicon
from pipeline.actors.overlay import find_faults
from pipeline.actors.table import LEXICONS
from pipeline.errors import ConfigError
from tests.seconds import least_seconds


@pytest.fixture(scope="module")
def table() -> ActorTable:
    return load_actors()


def only(mentions: tuple[Mention, ...]) -> Mention:
    assert len(mentions) == 1, mentions
    return mentions[0]


@pytest.mark.parametrize(
    ("text", "words", "actor", "label", "via"),
    [
        ("We trade with the United States.", "United States", "United States", "GPE", "name"),
        ("The U.S. sent aid.", "U.S.", "United States", "GPE", "alias"),
        ("NATO’s door is open.", "NATO", "NATO", "ORG", "name"),
        ("The Poles agreed.", "Poles", "Poland", "NORP", "alias"),
        ("Türkiye objected.", "Türkiye", "Turkey", "GPE", "alias"),
        ("Turkiye objected.", "Turkiye", "Turkey", "GPE", "alias"),
        ("The Kremlin denied it.", "Kremlin", "Russia", "ORG", "metonym"),
        ("Zhongnanhai is silent.", "Zhongnanhai", "China", "LOC", "metonym"),
        ("an anti-Western mood", "Western", "West", "NORP", "alias"),
        ("the People’s Republic of China", "People’s Republic of China", "China", "GPE", "alias"),
        ("They loathe liberal democracies.", "liberal democracies", "West", None, "nominal"),
        ("Liberal democracies last.", "Liberal democracies", "West", None, "nominal"),
        ("Equatorial Guinea voted.", "Equatorial Guinea", "Equatorial Guinea", "GPE", "name"),
    ],
)
def test_names_the_actor(
    table: ActorTable, text: str, words: str, actor: str, label: str | None, via: str
) -> None:
    found = only(table.mentions(text))
    assert (found.text, found.actors, found.label, found.via) == (words, (actor,), label, via)


@pytest.mark.parametrize(
    "text",
    [
        "Tell us more.",
        "We ate turkey in may.",
        "They polish the china.",
        "He walked to the west of the town.",
        "The West of the island is dry.",
        "Come in May, brown bread is served.",
        "the South Pole and the poles",
        # longer names, without the state inside them
        "She reads the New York Times.",
        "ships in the South China Sea",
        "the people of Western Sahara",
        "They live in Washington state.",
        "He studied at Georgia Tech.",
        "the markets of Eastern Europe",
    ],
)
def test_common_words_and_longer_names_are_no_actors(table: ActorTable, text: str) -> None:
    assert [m.text for m in table.mentions(text) if m.actors] == []


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Beijing rejects the ruling.", ("China",)),
        ("Help came from Washington.", ("United States",)),
        ("The talks in Beijing failed.", ()),
        ("In Beijing they laugh.", ("China",)),
        ("Everyone in Moscow knows.", ("Russia",)),
        ("She took the road to Kyiv.", ()),
        ("Trade with Europe grew.", ("Europe",)),
        ("the oldest bank in Europe", ()),
        ("German troops", ("Germany",)),
        ("German cars", ()),
        ("European countries", ()),
        ("European leaders", ("Europe",)),
    ],
)
def test_capitals_continents_and_attributes_are_actors_or_not(
    table: ActorTable, text: str, actors: tuple[str, ...]
) -> None:
    assert only(table.mentions(text)).actors == actors


@pytest.mark.parametrize(
    ("text", "date", "actors"),
    [
        ("Obama spoke.", "2012-05-01", ("United States",)),
        ("Obama spoke.", "2019-05-01", ()),
        ("Mr Trump spoke.", "2018", ("United States",)),
        ("Mr Trump spoke.", "2023", ()),
        ("Rutte spoke.", "2023-01-01", ("Netherlands",)),
        ("Rutte spoke.", "2025-01-01", ("NATO",)),
        ("Erdoğan spoke.", "2010", ("Turkey",)),
        ("Putin spoke.", None, ("Russia",)),
        ("Sarkozy spoke.", None, ()),
        ("President Sarkozy spoke.", None, ("France",)),
        ("Our former President Sarkozy spoke.", None, ()),
    ],
)
def test_leaders_stand_for_the_actor_of_their_office(
    table: ActorTable, text: str, date: str | None, actors: tuple[str, ...]
) -> None:
    mention = table.mentions(text, date=date)[0]
    assert (mention.label, mention.actors) == ("PERSON", actors)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Prime Minister May resigned.", ["May"]),
        ("Mrs. May resigned.", ["May"]),
        ("We met in May again.", []),
        ("I told Lara Trump about it.", []),
        ("He said that President Trump left.", ["Trump"]),
        ("It was cold. Then Trump left.", ["Trump"]),
    ],
)
def test_surnames_need_the_right_words_before_them(
    table: ActorTable, text: str, found: list[str]
) -> None:
    assert [m.text for m in table.mentions(text, date="2018")] == found


@pytest.mark.parametrize(
    ("actor", "bloc", "date", "member"),
    [
        ("Finland", "nato", "2022", False),
        ("Finland", "nato", "2023-04-04", True),
        ("Finland", "west-broad", "1999", True),
        ("Poland", "nato", "1999-03-11", False),
        ("Poland", "nato", "1999-03-12", True),
        ("United Kingdom", "eu", "2019", True),
        ("United Kingdom", "eu", "2020-02-01", False),
        ("United Kingdom", "eu", None, False),
        ("Russia", "g7", "2010", True),
        ("Russia", "g7", "2015", False),
        ("South Africa", "brics", "2010-01-01", False),
        ("Indonesia", "brics", None, True),
        ("Turkey", "west-broad", "2020", True),
        ("Turkey", "west-core", "2020", False),
        ("Japan", "west-broad", None, False),
        ("Japan", "west-allied", None, True),
        ("Ukraine", "west-allied", None, False),
        ("West", "west-core", None, True),
        ("Soviet Union", "russia", "1975", True),
        ("Belarus", "russia", None, False),
        ("Hong Kong", "china", None, True),
        ("Kenya", "global-south", None, True),
        ("Joe Biden", "west-broad", "2022", True),
        ("Joe Biden", "west-broad", "2026", False),
        ("nobody known", "nato", None, False),
    ],
)
def test_membership_is_dated(
    table: ActorTable, actor: str, bloc: str, date: str | None, member: bool
) -> None:
    assert table.in_bloc(actor, bloc, date=date) is member


def test_blocs_of_lists_every_bloc_sorted(table: ActorTable) -> None:
    west = ("west-allied", "west-broad", "west-core")
    assert table.blocs_of("Canada", date="2019") == ("g7", "nato", *west)


def test_unknown_bloc_is_an_error_that_lists_the_known(table: ActorTable) -> None:
    with pytest.raises(ConfigError, match="west-broad"):
        table.require_bloc("the-west")


@pytest.mark.parametrize(
    ("start", "end", "date", "expected"),
    [
        ("2017-01-20", "2021-01-20", "2017", True),
        ("2017-01-20", "2021-01-20", "2016", False),
        ("2017-01-20", "2021-01-20", "2021-01", True),
        ("2017", None, "2016-12-31", False),
        (None, None, "1900", True),
        ("2017", "2019", None, False),
        ("2017", None, None, True),
    ],
)
def test_periods_of_unequal_precision(
    start: str | None, end: str | None, date: str | None, expected: bool
) -> None:
    assert covers(start, end, date) is expected


@given(st.lists(st.sampled_from(["US", "NATO", "é", "😀", "e\u0301", " ", ".", "’s", "\r\n"])))
def test_offsets_are_code_points_of_the_given_text(parts: list[str]) -> None:
    text = "".join(parts)
    end = 0
    for mention in load_actors().mentions(text):
        assert mention.start >= end
        assert text[mention.start : mention.end] == mention.text
        end = mention.end


def test_500_sentences_take_less_than_two_seconds(table: ActorTable) -> None:
    text = "Washington and Brussels say that NATO must answer what the Kremlin does in Ukraine."
    assert least_seconds(lambda: [table.mentions(text) for _ in range(500)], enough=2) < 2


def test_every_un_member_and_four_more_are_there(table: ActorTable) -> None:
    states = {name for name, actor in table.actors.items() if actor.iso is not None}
    assert len(states) >= 197
    assert {"Taiwan", "Kosovo", "Palestine", "Vatican", "Nauru"} <= states


def test_names_in_the_lexicons_and_wikidata_ids_are_defined_once() -> None:
    folder = Path(str(files("pipeline.lexicons")))
    lexicon = read_lexicon(folder / name for name in LEXICONS)
    faults = find_faults(lexicon, (), Lexicon())
    assert [one for one in faults if not one.message.startswith("a leader refers to")] == []
    ids = [actor.wikidata for actor in lexicon.actor if actor.wikidata]
    assert len(ids) == len(set(ids))


def test_countries_are_as_the_generator_writes_them() -> None:
    pytest.importorskip("rigour", reason="the extra `countries` is not installed")
    pytest.importorskip("countryinfo", reason="the extra `countries` is not installed")
    from training.countries import TARGET, build_countries

    committed = TARGET.read_text(encoding="utf8")
    built = build_countries()
    if committed.splitlines()[1] != built.splitlines()[1]:
        pytest.skip("other versions of the libraries than the committed file was made with")
    assert committed == built


def test_states_are_found_by_their_iso_code_in_any_case(table: ActorTable) -> None:
    assert table.state_of("LV") == table.state_of("lv") == "Latvia"
    assert table.state_of("XX") is None


def test_a_seat_after_a_courtesy_is_a_persons_name() -> None:
    found = load_actors().mentions("Ms Elysee spoke to Dr. Kremlin; the Kremlin did not answer.")
    assert [(one.text, one.actors) for one in found] == [("Kremlin", ("Russia",))]
