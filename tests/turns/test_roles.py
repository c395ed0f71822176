"""Roles of voices: by the fitted model, by the metadata, and jointly over a document."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from pipeline.artefacts import CHECKOUT
from pipeline.errors import ArtefactError
from pipeline.records import Role
from pipeline.turns.labels import Label, parse_label
from pipeline.turns.questions import asks, ends_asking, is_question
from pipeline.turns.roles import (
    MODEL,
    ROLES,
    WEIGHTS,
    add_context,
    choose_roles,
    describe_voices,
    find_people,
    judge_roles,
    probabilities,
)
from pipeline.turns.segments import Part, Segment

ANSWER = "It took us years, and I think we learned a great deal from it. We will go on with it."


def _label(name: str) -> Label:
    return parse_label(name) or Label(
        raw=name, name=name, core=(name.casefold(),), titles=frozenset()
    )


def _talk(text: str) -> list[Segment]:
    """The turns of "NAME: words" lines; LONG is an answer."""
    turns = []
    for line in text.strip().splitlines():
        name, _, said = line.strip().partition(": ")
        label = _label(name)
        said = said.replace("LONG", ANSWER)
        turns.append(Segment(label.core, (label,), (Part(text=said, line=1),)))
    return turns


def _roles(text: str, metadata: Mapping[str, str] | None = None) -> dict[str, str]:
    found = judge_roles(_talk(text), metadata or {})
    return {" ".join(key): one.role[0] for key, one in found.items()}


def _weights(stage: str) -> dict[str, dict[str, float]]:
    stored: dict[str, dict[str, dict[str, float]]] = json.loads(
        (CHECKOUT / MODEL / WEIGHTS).read_bytes()
    )
    return stored[stage]


TWO = """
{0}: How did the harbour come to be built?
{1}: LONG LONG
{0}: And who paid for it?
{1}: LONG
{0}: You were there. What do you remember?
{1}: LONG LONG
"""


@pytest.mark.parametrize(
    ("asker", "answerer"),
    [
        ("Ada North", "Olga Vane"), ("Speaker 2", "Speaker 1"), ("Q", "A"),
        ("Interviewer", "Olga Vane"), ("JOURNALIST", "PRIME MINISTER"), ("AN", "OV"),
    ],
)  # fmt: skip
def test_who_asks_is_the_interviewer(asker: str, answerer: str) -> None:
    roles = list(_roles(TWO.format(asker, answerer)).values())
    assert roles == ["i", "r"]


def test_questions_need_no_question_mark() -> None:
    assert list(_roles(TWO.format("Ada North", "Olga Vane").replace("?", ".")).values()) == [
        "i",
        "r",
    ]


TALKS = {
    "two hosts": (
        """
        Ada: Hello and welcome to the harbour podcast. Here with me today is my co-host, Ben.
        Ben: Thanks, Ada. Today we are joined by Cora. I think we will all learn a lot.
        Ada: Welcome, Cora. Tell us about your work.
        Cora: Thanks for having me. LONG
        Ben: That is great. How did you start?
        Cora: LONG LONG
        Ada: And what do you do now?
        Cora: LONG
        """,
        "iir",
    ),
    "debate": (
        """
        Host North: Good evening and welcome to this debate. Governor East, what would you do first?
        Governor East: LONG LONG
        Host North: Mayor West, your response?
        Mayor West: LONG LONG Ann East is wrong on this.
        Governor East: LONG
        Host North: Thank you, your time is up. Mayor West, do you agree?
        Mayor West: LONG LONG
        """,
        "irr",
    ),
    "press conference": (
        """
        CHAIR NORTH: Good afternoon. LONG LONG LONG
        ANN EAST: Thank you. Would you say that the rates are too low?
        CHAIR NORTH: LONG LONG
        BEN WEST: Can you tell us what you expect for the spring?
        CHAIR NORTH: LONG LONG
        CORA SOUTH: How long will this take?
        CHAIR NORTH: LONG
        """,
        "riii",
    ),
    "hearing": (
        """
        Chairman North: The committee will come to order. I now recognize Senator East.
        Senator East: Thank you, Mr. Chairman, for holding this hearing. I yield back.
        Chairman North: Our witness today is Director West. You may begin with your testimony.
        Director West: Thank you, Mr. Chairman. LONG LONG LONG LONG
        Chairman North: Thank you. Did you see the papers?
        Director West: LONG
        Senator East: Would you tell the committee who wrote them?
        Director West: LONG LONG
        """,
        "iir",
    ),
    "a justice who speaks long": (
        """
        CHIEF NORTH: We will hear argument next. Mr. Vane.
        MR. VANE: LONG LONG
        JUSTICE EAST: And is that what the statute says?
        MR. VANE: LONG
        JUSTICE WEST: LONG That is not the rule that we have had. LONG Would you say that it is?
        MR. VANE: LONG
        JUSTICE EAST: Suppose that the harbour is closed.
        MR. VANE: LONG LONG
        JUSTICE WEST: But you said that the harbour is open. LONG
        MR. VANE: LONG
        """,
        "irii",
    ),
    "an announcer": (
        """
        ANNOUNCER: This programme is brought to you by the lighthouse fund.
        Ada North: How did the harbour come to be built?
        Olga Vane: LONG LONG
        Ada North: And who paid for it?
        Olga Vane: LONG
        """,
        "oir",
    ),
    "questions from the floor": (
        """
        MODERATOR: Thank you all for joining. Let us start.
        MINISTER VANE: LONG LONG LONG
        Q: Will the bridge be built?
        MINISTER VANE: LONG
        Q: Who pays for it?
        GENERAL MARSH: LONG
        MODERATOR: We have time for one more question.
        Q: When?
        MINISTER VANE: LONG
        """,
        "irir",
    ),
}


@pytest.mark.parametrize("name", TALKS)
def test_roles_of_a_talk_of_several(name: str) -> None:
    text, roles = TALKS[name]
    assert "".join(_roles(text).values()) == roles


@pytest.mark.parametrize(
    ("metadata", "roles"),
    [
        ({"interviewee": "Ada North"}, "ri"),
        ({"interviewer": "Olga Vane (Harbour Radio)"}, "ri"),
        ({"interviewer": "press"}, "ir"),
        ({"interviewee": "Ada North / Olga Vane"}, "rr"),
    ],
)
def test_metadata_decides(metadata: Mapping[str, str], roles: str) -> None:
    assert "".join(_roles(TWO.format("Ada North", "Olga Vane"), metadata).values()) == roles


def test_what_the_metadata_say_is_sure() -> None:
    found = judge_roles(_talk(TWO.format("Ada North", "Olga Vane")), {"interviewee": "Ada North"})
    assert found["ada", "north"].probability == 1
    assert 0 < found["olga", "vane"].probability < 1


def test_one_voice_alone_answers() -> None:
    assert list(_roles("Ada North: What is a harbour? Who knows?").values()) == ["r"]


@pytest.mark.parametrize(
    ("shares", "fixed", "expected"),
    [
        ([[0.9, 0.1, 0.0], [0.6, 0.4, 0.0]], {}, "ir"),
        ([[0.1, 0.9, 0.0], [0.2, 0.8, 0.0]], {}, "ri"),
        ([[0.1, 0.1, 0.8], [0.1, 0.2, 0.7], [0.0, 0.1, 0.9]], {}, "iro"),
        ([[0.9, 0.1, 0.0], [0.1, 0.9, 0.0]], {0: "respondent"}, "ri"),
        ([[0.9, 0.1, 0.0]], {}, "r"),
    ],
)
def test_somebody_asks_and_somebody_answers(
    shares: list[list[float]], fixed: Mapping[int, Role], expected: str
) -> None:
    chosen = choose_roles(np.array(shares), fixed)
    assert "".join(role[0] for role in chosen) == expected


def test_probabilities_sum_to_one_for_each_voice_in_order() -> None:
    voices = describe_voices(_talk(TWO.format("Ada North", "Olga Vane")))
    shares = probabilities(voices.values, voices.names, _weights("first"))
    assert voices.keys == (("ada", "north"), ("olga", "vane"))
    assert shares.shape == (2, len(ROLES))
    assert shares.sum(axis=1) == pytest.approx(1)


@pytest.mark.parametrize("stage", ["first", "second"])
def test_the_weights_have_the_features_that_are_measured(stage: str) -> None:
    voices = describe_voices(_talk(TWO.format("Ada North", "Olga Vane")))
    if stage == "second":
        voices = add_context(voices, np.array([[0.9, 0.1, 0.0], [0.2, 0.7, 0.1]]))
    weights = _weights(stage)
    assert list(weights) == list(ROLES)
    assert all(set(voices.names) | {"bias"} == set(line) for line in weights.values())
    assert voices.values.shape == (2, len(voices.names))
    assert np.isfinite(voices.values).all()


def test_context_is_what_the_other_voices_are() -> None:
    voices = describe_voices(_talk("Ada: One.\nBen: Two.\nCora: Three.\nBen: Four."))
    found = add_context(voices, np.eye(3))
    before = dict(zip(found.names, found.values[1], strict=True))
    assert before["before it: interviewer"] > 0 > before["before it: respondent"]
    assert before["surest other: other"] == 1
    assert before["surest other: respondent"] == 0


def test_altered_weights_are_refused(tmp_path: Path) -> None:
    shutil.copytree(CHECKOUT / MODEL, tmp_path / MODEL)
    path = tmp_path / MODEL / WEIGHTS
    path.write_text(path.read_text().replace("0.", "1.", 1))
    with pytest.raises(ArtefactError, match=r"roles\.json: altered"):
        judge_roles(_talk(TWO.format("Ada North", "Olga Vane")), {}, models=tmp_path)


def test_names_in_a_field() -> None:
    found = find_people("Ada North / Olga Vane (Harbour Radio) and press")
    assert [label.name for label in found] == ["Ada North", "Olga Vane"]


@pytest.mark.parametrize(
    ("text", "marked", "left", "asked"),
    [
        ("Who pays?", True, True, True),
        ("“Who pays?”", True, True, True),
        ("Who pays? Thank you.", False, True, True),
        ("Why would they? It works.", False, False, True),
        ("Tell us about the harbour.", False, True, True),
        ("And so, describe the harbour.", False, True, True),
        ("Take it from there.", False, False, False),
        ("I would like to hear what follows.", False, True, True),
        ("It works.", False, False, False),
        ("", False, False, False),
    ],
)
def test_whether_a_text_asks(text: str, marked: bool, left: bool, asked: bool) -> None:
    assert (is_question(text), ends_asking(text), asks(text)) == (marked, left, asked)
