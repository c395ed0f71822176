"""Who speaks: one person in all interviews, with the office and the columns of the time."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.actors import load_actors
from pipeline.corpus.persons import enrol, keep_apart, merge, open_register, propose
from pipeline.corpus.register import Register, identify, load_register
from pipeline.errors import InputError
from pipeline.records import Interview, Speaker
from pipeline.tables.identity import holder_of

HEAD = "name,spellings,affiliation,country,from,to,different_from,party\n"


def talk(*people: Speaker, date: str | None = "2024-05-02", name: str = "k") -> Interview:
    return Interview(
        id=name, title="T", date=date, sha256="0" * 64, source_format="txt", convention="colon",
        convention_confidence=1.0, speakers=people, turns=(),
    )  # fmt: skip


def who(name: str, number: int = 2, **about: str) -> Speaker:
    return Speaker.model_validate(
        {"id": f"k.s{number}", "name": name, "role": "respondent", **about}
    )


@pytest.fixture
def registered(tmp_path: Path):
    """Write rows of a register, and read them."""

    def write(*rows: str) -> Register:
        path = tmp_path / "speakers.csv"
        path.write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf8")
        return load_register(path)

    return write


def seen(register: Register, speaker: Speaker, date: str | None = "2024-05-02", **stated: str):
    """The speaker as an interview has it with a register."""
    found = identify(talk(speaker, date=date), register, load_actors(), stated=stated)
    return found.speakers[0]


@pytest.mark.parametrize(
    "label", ["Ana North", "ANA NORTH", "Minister Ana North", "A. M. North", "A M North"]
)
def test_a_spelling_leads_to_the_person(label: str, registered) -> None:
    register = registered("Ana North,A. M. North / Anna N.,Harbour Board,LV,,,,Left")
    found = seen(register, who(label))
    assert (found.person, found.affiliation, found.fields) == (
        "Ana North", "Harbour Board", {"party": "Left"}
    )  # fmt: skip
    assert holder_of(found).id == "speaker:Ana North"


@pytest.mark.parametrize(
    ("date", "office", "party"),
    [("2015", "Mayor", "Left"), ("2024-05-02", "Minister", "Right"), ("2020", None, None)],
)
def test_the_row_of_the_date_counts(date: str, office: str, party: str, registered) -> None:
    register = registered(
        "Ana North,,Mayor,LV,2014,2019-12-31,,Left", "Ana North,,Minister,,1/13/2022,,,Right"
    )
    found = seen(register, who("Ana North"), date)
    assert (found.affiliation, found.country) == (office, "LV")
    assert found.fields.get("party") == party
    assert holder_of(found).id == "speaker:Ana North"


def test_of_undated_rows_the_likest_affiliation_counts(registered) -> None:
    register = registered("Ana North,,Mayor of Riga,,,,,", "Ana North,,Minister of Trade,,,,,")
    said = who("Ana North", affiliation="Latvian trade minister")
    assert seen(register, said).affiliation == "Minister of Trade"


def test_the_index_precedes_the_register(registered) -> None:
    register = registered("Ana North,,Mayor,LV,,,,")
    said = who("Ana North", affiliation="Envoy", country="EE")
    found = seen(register, said, affiliation="Host / Envoy", country="DE/EE")
    assert (found.affiliation, found.country) == ("Envoy", "EE")
    assert seen(register, who("Ana North", affiliation="Envoy")).affiliation == "Mayor"


def test_namesakes_are_told_apart_by_country(registered) -> None:
    register = registered("Ana North,,,LV,,,,", "Ana North (EE),Ana North,,EE,,,,")
    assert seen(register, who("Ana North", country="EE")).person == "Ana North (EE)"
    found = identify(talk(who("Ana North")), register, load_actors(), stated={})
    assert found.speakers[0].person is None
    assert [one.code for one in found.warnings] == ["several-persons"]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (",x,,,,,,", 'speakers.csv:2, column A "name": empty'),
        ("Ana North,,,Latvia,,,,", 'column D "country": country "Latvia".*Latvia is LV'),
        ("Ana North,,,,03/04/2016,,,", "column E .*4 March 2016 or 3 April 2016"),
        ("Ana North,,,,2016,2015-12,,", 'column F "to": "2015-12" is before from'),
    ],
)
def test_a_bad_cell_is_named(row: str, fault: str, registered) -> None:
    with pytest.raises(InputError, match=fault):
        registered(row)


@pytest.mark.parametrize(
    ("label", "date", "person"),
    [
        ("Donald J. Trump", None, "Donald Trump"),
        ("PRESIDENT TRUMP", "2025-03-13", "Donald Trump"),
        ("President of Russia Vladimir Putin", "2018", "Vladimir Putin"),
        ("Joseph R. Biden", None, "Joe Biden"),
        ("Angela Merkel", None, "Angela Merkel"),
        ("SECRETARY BLINKEN", "2022-05-01", "Antony Blinken"),
        ("Antony J. Blinken", None, "Antony Blinken"),
        ("TRUMP", "2016-02-01", None),  # in no office then
        ("George Bush", "1990-01-01", None),  # father or son
        ("Ivanka Trump", "2018-01-01", None),
    ],
)
def test_leaders_are_known_without_a_register(
    label: str, date: str | None, person: str | None
) -> None:
    assert seen(load_register(None), who(label), date).person == person


@pytest.fixture
def enrolled(tmp_path: Path):
    """Enrol speakers, one an interview, and return the rows of the register."""

    def add(*people: Speaker, date: str | None = "2024-05-02") -> list[dict[str, object]]:
        enrol(tmp_path, [talk(one, date=date) for one in people], load_actors())
        sheet = open_register(tmp_path).sheet
        return [dict(line.cells) for line in sheet.lines] if sheet else []

    return add


def test_respondents_are_enrolled_once(enrolled) -> None:
    rows = enrolled(
        who("Ana North", affiliation="Mayor of Riga"),
        who("ANA NORTH", country="LV"),
        who("Ana North", affiliation="the mayor of Riga"),
        who("Ana North", affiliation="Minister of Trade"),
        who("Guest"),
    )
    assert rows == [
        {"name": "Ana North", "affiliation": "Mayor of Riga", "country": "LV"},
        {"name": "Ana North", "affiliation": "Minister of Trade"},
        {"name": "Guest (k.s2)"},
    ]


def test_a_leader_is_enrolled_with_the_term(enrolled) -> None:
    said = [who("Joe Biden", affiliation="US president"), who("President Biden"), who("Biden")]
    rows = [*enrolled(*said), *enrolled(who("Joe Biden"), date="2014-06-01")[1:]]
    terms = [(row["affiliation"], row["from"]) for row in rows]
    assert terms == [
        ("US president", "2021-01-20"),
        ("Vice President, United States", "2009-01-20"),
    ]
    assert rows[0]["spellings"] == "President Biden / Biden"


def test_a_namesake_of_another_country_is_another_person(enrolled) -> None:
    rows = enrolled(who("Ana North", country="LV"), who("Ana North", country="EE"))
    assert [row["name"] for row in rows] == ["Ana North", "Ana North (EE)"]


def test_what_a_person_wrote_stays(enrolled, registered) -> None:
    register = registered("Ana North,A. North,Mayor,,,,,Left")
    before = register.path.read_bytes()
    enrolled(who("Ana North", affiliation="Mayor"))
    assert register.path.read_bytes() == before


PAIRS = [
    ("Donald Trump", "Trump"),
    ("Ana Maria North", "Minister North"),
    ("Ana North", "A. North"),
]


@pytest.mark.parametrize(("keep", "other"), PAIRS)
@pytest.mark.parametrize("order", [1, -1])
def test_names_that_may_be_one_are_proposed(keep: str, other: str, order: int, registered) -> None:
    rows = [f"{other},,,,,,,", f"{keep},,,LV,,,,"][::order]
    pairs = propose(registered(*rows), load_actors())
    assert [(pair.keep.name, pair.other.name) for pair in pairs] == [(keep, other)]


@pytest.mark.parametrize(
    "rows",
    [
        ("Ana North,,,LV,,,,", "A. North,,,EE,,,,"),
        ("Ana North,,,,,,,", "Bo North,,,,,,,"),
        ("Ana North,,,,,,A. North,", "A. North,,,,,,,"),
        ("Guest (a.s2),,,,,,,", "Guest (b.s2),,,,,,,"),
    ],
)
def test_others_are_not_proposed(rows: tuple[str, ...], registered) -> None:
    assert propose(registered(*rows), load_actors()) == []


def test_a_merge_joins_spellings_and_rows(registered, tmp_path: Path) -> None:
    registered(
        "Ana North,,Mayor,LV,2014,2019,,Left", "A. North,North,,LV,,,,", "A. North,,Envoy,,,,,"
    )
    merged = merge(tmp_path, "Ana North", "A. North")
    assert (merged.name, merged.spellings) == ("Ana North", ("A. North", "North"))
    assert [term.affiliation for term in merged.terms] == ["Mayor", "Envoy"]
    assert seen(open_register(tmp_path), who("A. North"), "2015").person == "Ana North"


@pytest.mark.parametrize("other", ["Nor", "THE MAYOR"])
def test_a_merge_takes_a_spelling_of_no_row(other: str, registered, tmp_path: Path) -> None:
    registered("Ana North,,,,,,,")
    assert merge(tmp_path, "Ana North", other).spellings == (other,)


def test_a_merge_may_give_a_new_name(registered, tmp_path: Path) -> None:
    registered("NORTH,,Mayor,,,,,", "Bo West,,,,,,,")
    merged = merge(tmp_path, "Ana North", "NORTH")
    assert (merged.spellings, merged.terms[0].affiliation) == (("NORTH",), "Mayor")


@pytest.mark.parametrize(
    ("keep", "fault"), [("Ana Nort", "did you mean Ana North"), ("Cy East", 'no person "Cy East"')]
)
def test_a_merge_of_no_person_is_refused(keep: str, fault: str, registered, tmp_path: Path) -> None:
    registered("Ana North,,,,,,,", "Bo West,,,,,,,")
    with pytest.raises(InputError, match=fault):
        merge(tmp_path, keep, "Bo West" if keep == "Ana Nort" else "x")


def test_different_persons_are_proposed_once(registered, tmp_path: Path) -> None:
    registered("Ana North,,,,,,,", "A. North,,,,,,,")
    keep_apart(tmp_path, "Ana North", "A. North")
    assert propose(open_register(tmp_path), load_actors()) == []
