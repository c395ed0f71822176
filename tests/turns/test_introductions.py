"""Offices, names and days that the text around a talk gives; people are points of the compass."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_source
from pipeline.records import Dropped, Interview, Paragraph
from pipeline.turns import build_interview
from pipeline.turns.datelines import find_dateline, find_dateline_outside
from pipeline.turns.partners import find_partners

TALK = """HOST: Does the pact hold?

Ana North: It holds, because the ministers have signed it and nobody wants to be the first to leave.

HOST: And who pays?

Ana North: Everybody pays a third, which makes four thirds, and nobody has asked about the fourth.
"""


def read(tmp_path: Path, text: str) -> Interview:
    path = tmp_path / "talk.txt"
    path.write_text(text, encoding="utf-8")
    return build_interview(read_source(path), interview_id="talk", settings=load_settings().segment)


def office_of(interview: Interview, name: str) -> str | None:
    return next(one.affiliation for one in interview.speakers if one.name == name)


@pytest.mark.parametrize(
    ("above", "office"),
    [
        (
            "We spoke with Ana North, director of a policy institute in Riga, about the pact.",
            "director of a policy institute in Riga",
        ),
        ("Ana North is a historian of borders at a college in Oslo.", "historian of borders at a"),
        ("The Defence Secretary, Ana North, came to the studio.", "Defence Secretary"),
        ("Latvian economist Ana North on a pact that nobody reads", "Latvian economist"),
        ("Ana North, who teaches law at a school in Bern, joined us.", "teaches law at a school"),
        (
            "We are joined by Ana North, the U.S. Special Representative for Rivers.",
            "U.S. Special Representative for Rivers",
        ),
        ("The U.S. Special Representative Ana North came.", "U.S. Special Representative"),
        ("Ana North – Senior Fellow, Institute for Rivers", "Senior Fellow, Institute for Rivers"),
        ("Remarks by Prime Minister Ana North of the Republic of Latvia", "Prime Minister of the"),
    ],
)
def test_an_office_is_read_from_the_text_above(tmp_path: Path, above: str, office: str) -> None:
    found = office_of(read(tmp_path, f"{above}\n\n{TALK}"), "Ana North")
    assert found is not None
    assert found.startswith(office)


@pytest.mark.parametrize(
    ("above", "office"),
    [
        ("Ana North, Minister of Lamps, Pier Radio, 12 June 2026 / The Republic", "Pier Radio"),
        ("Ana North teaches law at a school in Bern and has kept a lamp.", "in Bern"),
        ("We met Ana North, ambassador to Riga until last spring and then a pilot.", "spring"),
    ],
)
def test_an_office_is_over_before_a_day_and_before_what_came_next(
    tmp_path: Path, above: str, office: str
) -> None:
    found = office_of(read(tmp_path, f"{above}\n\n{TALK}"), "Ana North")
    assert found is not None
    assert found.endswith(office)


@pytest.mark.parametrize("verb", ["recalls", "describes", "reflects on"])
def test_an_office_is_over_where_its_holder_tells(tmp_path: Path, verb: str) -> None:
    above = f"Ana North, member of a commission of rivers, {verb} the meeting in the capital."
    found = office_of(read(tmp_path, f"{above}\n\n{TALK}"), "Ana North")
    assert found == "member of a commission of rivers"


@pytest.mark.parametrize(
    "above",
    [
        "Ana North, friends and colleagues, came to the studio on a wet evening.",
        "Senator West, Ana North and a clerk have signed the pact.",
        "The editor read what Ana North wrote about the pact.",
        "Ana North was late.",
    ],
)
def test_no_office_is_made_up(tmp_path: Path, above: str) -> None:
    assert office_of(read(tmp_path, f"{above}\n\n{TALK}"), "Ana North") is None


def test_a_host_introduces_the_guest(tmp_path: Path) -> None:
    told = TALK.replace(
        "HOST: Does", "HOST: With me is Ana North, a former minister of trade in Vilnius. Does"
    )
    assert office_of(read(tmp_path, told), "Ana North") == "former minister of trade in Vilnius"
    called = TALK.replace("HOST: Does", "HOST: Ana North, members of the panel are waiting. Does")
    assert office_of(read(tmp_path, called), "Ana North") is None


def test_an_office_on_the_line_below_a_name_is_that_persons(tmp_path: Path) -> None:
    listed = "Speakers\n\nAna North\n\nHead of Studies, Institute for Rivers\n\nTranscript\n\n"
    assert office_of(read(tmp_path, listed + TALK), "Ana North") == (
        "Head of Studies, Institute for Rivers"
    )


@pytest.mark.parametrize("turns_to", ["Minister, is it? Or does the pact", "Minister, and yet…"])
def test_who_is_spoken_to_below_a_name_gives_it_no_office(tmp_path: Path, turns_to: str) -> None:
    talk = TALK.replace("HOST:", "Eva West\n").replace("Ana North:", "Ana North\n")
    told = f"{talk}\nEva West\n{turns_to}\n\nAna North\nIt does, in the end, and all will see."
    assert office_of(read(tmp_path, told), "Eva West") is None


def test_what_a_label_says_is_kept(tmp_path: Path) -> None:
    labelled = TALK.replace("Ana North:", "Ana North, Pilot:", 1)
    read_talk = read(tmp_path, f"Ana North is a historian at a college in Oslo.\n\n{labelled}")
    assert office_of(read_talk, "Ana North") == "Pilot"


def test_who_talks_with_whom() -> None:
    assert find_partners(
        ["For the Review, Bo South spoke with Ana North, a jurist and author."]
    ) == {
        "interviewer": "Bo South",
        "interviewee": "Ana North",
    }
    assert find_partners(["A Conversation with Ana North", "Ana North lives on a river."]) == {
        "interviewee": "Ana North"
    }
    met = "Ben East, our harbour editor, spent a wet morning on the pier."
    assert find_partners([met]) == {}
    assert find_partners([met, "Ana North is professor of law at a school in Bern."]) == {
        "interviewee": "Ana North"
    }
    assert find_partners(["Ana North is professor of law at a school in Bern."]) == {
        "interviewee": "Ana North"
    }
    signed = ["Ben South", "Ben South covers law.", "Ana North is professor of law in Bern."]
    assert find_partners(signed) == {"interviewee": "Ana North"}


@pytest.mark.parametrize(
    "text",
    [
        "A conversation with Old Friends",
        "Interview by Bo South",
        "The ministers met with Western Partners in the spring.",
        "Ana North is professor of law. Bo South is professor of art.",
    ],
)
def test_nobody_is_named_by_other_sentences(text: str) -> None:
    assert find_partners([text]) == {}


def test_unlabelled_speakers_get_the_names_of_an_introduction(tmp_path: Path) -> None:
    talk = read(
        tmp_path,
        "Bo South talked to Ana North, director of an institute in Riga.\n\n"
        "Q: Does the pact hold?\n\nA: It holds, because nobody wants to be the first to leave it.\n\n"
        "Q: And who pays?\n\nA: Everybody pays a third, which makes four thirds in all.\n",
    )
    assert [(one.name, one.role) for one in talk.speakers] == [
        ("Bo South", "interviewer"),
        ("Ana North", "respondent"),
    ]
    assert office_of(talk, "Ana North") == "director of an institute in Riga"


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (["Tuesday, 17 June 2025", "* Talk"], "2025-06-17"),
        (["Posted on February 16, 2025 by the desk", "* Talk"], "2025-02-16"),
        (["Published 3 May 2024", "Recorded on 28 April 2024.", "* Talk"], "2024-04-28"),
        (["3 May 2024", "* Talk", "This interview was conducted on 1 May 2024."], "2024-05-01"),
        (["Last updated 3 May 2024", "* Talk"], None),
        (["Since 24 February 2022 the border has been shut, and it stays shut.", "* Talk"], None),
        (["* On 3 May 2024 we signed."], None),
        (["3/4/2024", "* Talk"], None),
        (["* Talk", "Copyright 3 May 2024"], None),
    ],
)
def test_the_day_is_read_from_lines_around_the_talk(lines: list[str], day: str | None) -> None:
    paragraphs = [Paragraph(text=text, line=n) for n, text in enumerate(lines, start=1)]
    spoken = [index for index, text in enumerate(lines) if text.startswith("*")]
    found = find_dateline(paragraphs, spoken)
    assert (found.day if found else None) == day


def test_a_day_that_was_read_is_said(tmp_path: Path) -> None:
    talk = read(tmp_path, f"The pact\n\nTuesday, 17 June 2025\n\n{TALK}")
    assert talk.date == "2025-06-17"
    assert any('dated 2025-06-17 from "Tuesday, 17 June 2025"' in one for one in talk.warnings)


@pytest.mark.parametrize(
    "around",
    [
        [
            "River pilot Ana North: “We were afraid of a number”",
            "Ana North on the pier. PHOTO: B. EAST",
        ],
        [
            "A lamp and its keeper",
            "Historian Ana North on lamps, piers and ice",
            "North keeps one.",
        ],
        ["A lamp", "“It burns,” says Ana North, 58, who has kept it. North lives on the pier."],
        ["A lamp", "Ana North has kept the lamp since 1994. North is the last of four keepers."],
        ["Foreign Minister Ana North talks to the “Harbour Post” about lamps and ice"],
        ["Interview with State Secretary Ana North on the podcast “Pier”"],
        [
            "By Ben East",
            "Ana North has kept a lamp. Ana North was asked.",
            "Ben East is a pier reporter",
        ],
        [
            "Ben East in Eastport",
            "Ana North, 74, kept a lamp. North was asked.",
            "Ben East is an editor",
        ],
    ],
)
def test_who_is_presented_above_the_talk_is_the_one_asked(around: list[str]) -> None:
    assert find_partners(around) == {"interviewee": "Ana North"}


@pytest.mark.parametrize(
    "around",
    [
        ["The Petroleum Fund of the harbour has begun to shrink. The Petroleum Fund is small."],
        ["A member of the Joint Lamps Commission was asked. The Joint Lamps Commission is small."],
        ["What Ana North said on lamps"],
        ["Ana North is asked.", "Ben East is asked.", "North and East, East and North."],
    ],
)
def test_bodies_and_names_told_once_or_beside_others_are_nobody_presented(
    around: list[str],
) -> None:
    assert find_partners(around) == {}


def test_a_day_above_a_pages_article_is_read_and_one_below_or_of_another_story_is_not() -> None:
    def outside(text: str, line: int) -> Dropped:
        return Dropped(text=text, reason="outside the article", line=line)

    dropped = [outside("A lamp on the pier, 3 May 2020, by our desk in Eastport and others", 3)]
    dropped += [outside("Sunday 11 May 2025", 5), outside("12 May 2025", 40)]
    found = find_dateline_outside(dropped, before=10)
    assert found is not None
    assert found.day == "2025-05-11"
    assert find_dateline_outside(dropped[2:], before=10) is None
