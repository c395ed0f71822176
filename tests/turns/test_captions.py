"""Captions whose voices are told by a mark, a colour, or a name here and there."""

from __future__ import annotations

import textwrap

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview

HOST = (
    "Good evening and welcome to the pier, where we talk of boats. Minister, is it safe?",
    "And who pays for the piles?",
    "Why so late?",
    "Are you glad of it?",
)
GUEST = (
    "Thank you, it is as safe as it looks, and it looks as it did in my father's time.",
    "The town does, and the county gives the nails, and nobody gives the hammer.",
    "We asked the neighbours first, and they asked theirs.",
    "I am glad of every plank that is not wet.",
)


def _build(text: str, name: str) -> Interview:
    source = read_bytes(text.encode(), name=name)
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def _told(interview: Interview) -> list[tuple[str, str]]:
    role = {speaker.id: speaker.role for speaker in interview.speakers}
    return [(role[turn.speaker_id], turn.text) for turn in interview.turns]


def _asked_and_answered() -> list[tuple[str, str]]:
    return [
        one
        for asked, said in zip(HOST, GUEST, strict=True)
        for one in (("interviewer", asked), ("respondent", said))
    ]


def test_each_colour_of_subtitles_is_a_voice() -> None:
    cues = []
    for number, (role, text) in enumerate(_asked_and_answered()):
        colour = "#ffff00" if role == "interviewer" else "#00ffff"
        lines = "\n".join(textwrap.wrap(text, 40))
        time = f"00:00:{4 * number:02},000 --> 00:00:{4 * number + 3:02},000"
        cues.append(f'{number + 1}\n{time}\n<font color="{colour}">{lines}</font>\n')
    assert _told(_build("\n".join(cues), "a.srt")) == _asked_and_answered()


def test_one_colour_that_stresses_a_word_is_no_voice() -> None:
    cues = []
    for number, (_, text) in enumerate(_asked_and_answered()):
        time = f"00:00:{4 * number:02},000 --> 00:00:{4 * number + 3:02},000"
        first, rest = text.split(" ", 1)
        cues.append(f'{number + 1}\n{time}\n>> {first} <font color="red">{rest}</font>\n')
    names = {speaker.name for speaker in _build("\n".join(cues), "a.srt").speakers}
    assert not any(name and "Voice" in name for name in names)


def test_bare_captions_are_narrow_lines_and_the_one_name_asks() -> None:
    lines = ["CAPTION FILE 12", "", "[ ♪♪♪ ]"]
    for role, text in _asked_and_answered():
        mark = ">> HOST: " if role == "interviewer" else ">> "
        lines += textwrap.wrap(f"{mark}{text.upper()}", 32)
    found = _told(_build("\n".join(lines), "a.txt"))
    assert found == [(role, text.upper()) for role, text in _asked_and_answered()]


def test_the_one_name_asks_if_it_asks_more_than_the_bare_marks_do() -> None:
    host = (
        *HOST,
        "They never say.",
        "It is dear, then.",
        "I bet.",
        "We shall see.",
        "So it goes.",
        "Dear me.",
    )
    guest = (
        *GUEST,
        "Never.",
        "Very dear.",
        "And we have won.",
        "Soon, and why not?",
        "It goes.",
        "Yes.",
    )
    lines = []
    for asked, said in zip(host, guest, strict=True):
        lines += [*textwrap.wrap(f">> ANN: {asked}", 32), *textwrap.wrap(f">> {said}", 32)]
    told = _told(_build("\n".join(lines).upper(), "a.txt"))
    assert {(role, text) for role, text in told} >= {
        ("interviewer", "AND WHO PAYS FOR THE PILES?"),
        ("respondent", "VERY DEAR."),
    }


def test_a_bare_mark_is_theirs_whom_the_turn_before_turns_to() -> None:
    said = [
        ">> ANN: Good morning, Minister, and welcome to the pier. Is it safe?",
        f">> MINISTER: {GUEST[0]}",
        ">> ANN: We have a caller. Go on, Willie.",
        ">> WILLIE: I only want to know who pays for the piles.",
        f">> MINISTER: {GUEST[1]}",
        ">> WILLIE: Thank you.",
        ">> ANN: Thank you, Willie. Minister, why so late?",
        f">> {GUEST[2]}",
        ">> Are you glad of it?",
        f">> {GUEST[3]}",
    ]
    cues = [
        f"{n}\n00:00:{3 * n:02},000 --> 00:00:{3 * n + 2:02},000\n{text}\n"
        for n, text in enumerate(said, start=1)
    ]
    interview = _build("\n".join(cues), "a.srt")
    names = {speaker.id: speaker.name for speaker in interview.speakers}
    assert [names[turn.speaker_id] for turn in interview.turns][-4:] == [
        "ANN", "MINISTER", "ANN", "MINISTER"
    ]  # fmt: skip


def test_lines_with_a_time_before_each_are_captions_and_the_floor_asks() -> None:
    turns = [text for _, text in _asked_and_answered()]
    turns += [
        "Let us take one from the floor. Yes, the lady in the green coat over there.",
        "Una North, from the Harbour Board. I have heard the Minister say that the town pays, and "
        "I have sat in the town's council for nine years and never saw the bill. I would be glad "
        "of a figure, or else of a photograph of whoever carried the money to the pier.",
        "Thank you, madam. The bill is in my desk, and it is as long as the pier, and as wet.",
    ]
    lines = [piece for turn in turns for piece in textwrap.wrap(f">> {turn}", 38)]
    lines[0] = lines[0].removeprefix(">> ")
    timed = [f"[00:{n // 60:02}:{n % 60:02}] {line}" for n, line in enumerate(lines)]
    text = "\n".join(
        ["Untitled", "", "Open the file", *timed, "[00:10:00] [applause]", "", "Pages"]
    )
    told = _told(_build(text, "a.txt"))
    assert told[:-2] == _asked_and_answered()
    assert told[-2] == ("interviewer", "\n\n".join(turns[-3:-1]))
    assert told[-1] == ("respondent", turns[-1])


def test_what_opens_a_new_story_is_the_hosts_and_sponsors_say_nothing() -> None:
    talk = [f">> {line}" for pair in zip(HOST, GUEST, strict=True) for line in pair]
    lines = [
        ">>> Tonight, the pier.",
        ">> We shall not pay for it.",
        ">>> Then, the boats that came in late.",
        ">>> Boats tonight is paid for by contributions to your station from viewers like you.",
        *talk,
    ]
    page = "".join(f"<p>{line.replace('>', '&gt;')}</p>" for line in lines)
    told = _told(_build(page, "a.html"))
    assert told[:3] == [
        ("interviewer", "Tonight, the pier."),
        ("respondent", "We shall not pay for it."),
        ("interviewer", f"Then, the boats that came in late.\n\n{HOST[0]}"),
    ]
    assert told[3:] == _asked_and_answered()[1:]
