"""The terminal view, read without colour at 80 columns."""

from __future__ import annotations

import pytest
from rich.console import Console

from pipeline.labels.decisions import Decisions
from pipeline.records import Failed, Interview, Label
from pipeline.report.terminal import Filter, render_interview, render_legend


def shown(
    interview: Interview, only: Filter | None = None, *, width: int = 80, guesses: bool = False
) -> str:
    """The view as plain text."""
    console = Console(width=width, color_system=None, force_terminal=False)
    with console.capture() as capture:
        console.print(render_interview(interview, only=only, guesses=guesses))
    return capture.get()


def test_it_goes_question_by_question(interview: Interview) -> None:
    text = shown(interview)
    assert text.index("Question 1") < text.index("NATO kept") < text.index("Question 2")


@pytest.mark.parametrize(
    "line",
    [
        "● claim, value .80     NATO kept the peace", "+ in favor of NATO, .70",
        "− against Brussels (European Union), .70", "= neutral on the sanctions, .70",
        "“…” Russia: − against the sanctions, .70", "○ premise .80", "· none .80",
        "? not decided on",
    ],
)  # fmt: skip
def test_every_judgement_is_told_in_words(line: str, interview: Interview) -> None:
    assert line in shown(interview)


@pytest.mark.parametrize("width", [40, 80, 200])
def test_no_line_is_wider_than_the_terminal(width: int, interview: Interview) -> None:
    assert max(map(len, shown(interview, width=width).splitlines())) <= width


@pytest.mark.parametrize(
    ("only", "there", "gone"),
    [
        (Filter(stance="against"), "Brussels broke", "NATO kept"),
        (Filter(stance="not_about"), "Wheat prices", "Brussels broke"),
        (Filter(stance="abstained"), "They may or may not", "Brussels broke"),
        (Filter(component="premise"), "Wheat prices", "NATO kept"),
        (Filter(speaker="anal"), "NATO kept", "ten minutes"),
        (Filter(speaker="x.s3"), "ten minutes", "NATO kept"),
        (Filter(kind="policy"), "lift the sanctions", "NATO kept"),
        (Filter(target="european"), "Brussels broke", "NATO kept"),
        (Filter(target="nato", stance="favor"), "NATO kept", "Brussels broke"),
        (Filter(holder="russia"), "calls the sanctions", "NATO kept"),
        (Filter(holder="moscow"), "calls the sanctions", "NATO kept"),
        (Filter(holder="actor:russia"), "calls the sanctions", "NATO kept"),
        (Filter(holder="speaker:analyst"), "NATO kept", "Wheat prices"),
        (Filter(voice="attributed", stance="against"), "calls the sanctions", "NATO kept"),
        (Filter(flag="implied"), "They may or may not", "NATO kept"),
        (Filter(min_probability=0.7, voice="own"), "NATO kept", "Wheat prices"),
        (Filter(min_probability=0.75), "Wheat prices", "ten years"),
    ],
)
def test_filters(only: Filter, there: str, gone: str, interview: Interview) -> None:
    text = shown(interview, only)
    assert there in text
    assert gone not in text


def test_a_filter_keeps_the_question_of_what_it_shows_and_no_other(interview: Interview) -> None:
    text = shown(interview, Filter(stance="abstained"))
    assert "Question 2" in text
    assert "Question 1" not in text


@pytest.mark.parametrize("only", [Filter(component="claim"), Filter(kind="value")])
def test_what_is_undecided_passes_no_filter_of_its_guess(
    only: Filter, interview: Interview
) -> None:
    claims = tuple(one.model_copy(update={"abstained": True}) for one in interview.claims or ())
    undecided = interview.model_copy(update={"claims": claims})
    assert "NATO kept" in shown(interview, only)
    assert "no unit passes" in shown(undecided, only)


def test_a_filter_that_nothing_passes_says_so(interview: Interview) -> None:
    assert "no unit passes" in shown(interview, Filter(speaker="nobody"))


def test_what_to_read_twice_stands_beside_the_stance(interview: Interview) -> None:
    lines = [line.rstrip() for line in shown(interview).splitlines()]
    assert [line.endswith(", question?") for line in lines].count(True) == 1


def test_a_guess_is_folded_unless_asked_for(interview: Interview) -> None:
    assert "guess: against, .70" in shown(interview, width=120, guesses=True)
    assert "guess" not in shown(interview, width=120)


@pytest.mark.parametrize("width", [40, 80])
def test_the_legend_fits_the_terminal(width: int) -> None:
    console = Console(width=width, color_system=None)
    with console.capture() as capture:
        console.print(render_legend())
    assert max(map(len, capture.get().splitlines())) <= width


def test_the_legend_explains_every_sign() -> None:
    console = Console(width=80, color_system=None)
    with console.capture() as capture:
        console.print(render_legend())
    assert all(sign in capture.get() for sign in "●○·+−=?“")


def test_an_interview_without_codes_is_shown_too(interview: Interview) -> None:
    bare = interview.model_copy(
        update=dict.fromkeys(("units", "claims", "stances", "entities", "attributions"))
    )
    assert "NATO kept the peace" in shown(bare)


def test_a_sentence_without_a_usable_answer_says_why(interview: Interview) -> None:
    unit = interview.judged_units()[0]
    failed = Failed(unit_id=unit.id, reason="is missing", source="llm:m@host#1")
    claims = tuple(one for one in interview.claims or () if one.unit_id != unit.id)
    text = shown(interview.model_copy(update={"failed": (failed,), "claims": claims}))
    assert "! failed" in text
    assert "no usable answer: is missing" in text


def test_what_people_say_is_named_and_passes_a_filter_by_probability(interview: Interview) -> None:
    label = Label(
        doc="x", text="NATO kept the peace on this continent.", source="human:anna", note="read on",
        component="premise", west="against", target="NATO",
    )  # fmt: skip
    text = shown(Decisions([label]).apply(interview), Filter(min_probability=0.99), width=120)
    assert "○ premise " in text
    assert "− against NATO, by anna" in text
    assert (
        "by anna: component, own stance, target (the judge: claim, value .80; in favor of" in text
    )
    assert "note by anna: read on" in text
    assert "Brussels" not in text


def test_a_difference_of_people_is_told(interview: Interview) -> None:
    label = Label(
        doc="x", text="NATO kept the peace on this continent.", source="human:anna", west="none"
    )
    other = label.model_copy(update={"source": "human:ben", "west": "favor"})
    text = shown(Decisions([label, other]).apply(interview))
    assert "+ in favor of NATO, .70" in text
    assert "! people differ on own stance: the judge's answer counts" in text


@pytest.mark.parametrize("guesses", [False, True])
def test_a_unit_names_what_it_is_a_reason_for_or_against(
    interview: Interview, guesses: bool
) -> None:
    text = " ".join(shown(interview).split())
    assert "→ a reason for “Brussels broke its word over the …”, .80" in text
    assert "⊣ against “=Washington should lift the sanctions.”, .60" in text
    assert text.count("→ a reason for “Moscow") == text.count("⊣ against “NATO") == 0  # a guess


def test_a_link_of_people_is_told_with_what_the_judge_said_or_why_it_does_not_count(
    interview: Interview,
) -> None:
    label = Label(
        doc="x", text="Moscow calls the sanctions a siege.", source="human:anna",
        relation="attack", parent="NATO kept the peace on this continent.",
    )  # fmt: skip
    text = shown(Decisions([label]).apply(interview), width=160)
    assert "⊣ against “NATO kept the peace on this continent.”, by anna" in text
    assert "by anna: relation (the judge: a reason for x.t002.u2 .80)" in text
    lost = label.model_copy(update={"parent": "Nobody said so."})
    text = shown(Decisions([lost]).apply(interview), width=160)
    assert "→ a reason for “Brussels broke its word over the …”, .80" in text
    assert "! by people, and does not count: a link to no claim or premise of the answer" in text
