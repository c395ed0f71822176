"""Posts of a forum: users, scores and ages on lines, and who of them asks."""

from __future__ import annotations

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview

POSTS = (
    ("gull_watcher", "Why was the pier closed? And for how long will it be?"),
    ("harbour_master", "The crane fell into the basin, and nobody could raise it."),
    ("tide_table", "My uncle has the same crane. I should like you to see it."),
    ("harbour_master", "Then bring him, and bring a rope."),
    ("rope_seller", "I have ropes."),
    ("night_ferry", "Which port is next?"),
    ("harbour_master", "The one whose crane is older than ours."),
)
ROLES = "i r i r o i r"


def build(text: str) -> Interview:
    source = read_bytes(text.encode(), name="a.md")
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def thread(line: str, *, badge: str = "", posts: tuple[tuple[str, str], ...] = POSTS) -> str:
    head = "## Ask the harbour master anything\n\n"
    return head + "\n\n".join(
        f"{line.format(user=user, badge=badge if user == 'harbour_master' else '')}\n\n{text}"
        for user, text in posts
    )


def roles(interview: Interview) -> str:
    speakers = interview.speaker_by_id()
    return " ".join(speakers[turn.speaker_id].role[0] for turn in interview.turns)


@pytest.mark.parametrize(
    ("line", "badge"),
    [
        ("**{user}**{badge} ⬆️ 12 ( 13:08:41 )", " 🎤 Verified Guest"),
        ("**[{user}](https://forum.example/{user})**{badge} ⬆️ 12 ( 13:08:41 )", ""),
        ("u/{user}{badge} · 5 points · 3 hours ago", " OP"),
        ("[–]{user}{badge} 45 points 2 years ago", ""),
        ("{user}{badge} 3 hours ago | next [–]", ""),
    ],
)
def test_users_with_scores_and_ages_are_speakers(line: str, badge: str) -> None:
    interview = build(thread(line, badge=badge))
    assert interview.convention == "forum-post"
    assert roles(interview) == ROLES
    assert [turn.text for turn in interview.turns] == [text for _, text in POSTS]


def test_what_a_post_quotes_of_the_one_above_is_not_its_own() -> None:
    posts = (POSTS[0], ("harbour_master", "> for how long will it be\n\nA week."), *POSTS[2:])
    assert build(thread("{user} 5 points 3 hours ago", posts=posts)).turns[1].text == "A week."


def test_a_robot_takes_no_part() -> None:
    words = "Welcome! I am a bot, and this action was performed automatically."
    posts = (("AutoModerator", words), *POSTS)
    assert roles(build(thread("{user} 5 points 3 hours ago", posts=posts))) == ROLES


def test_names_with_times_of_a_recording_are_no_posts() -> None:
    interview = build(
        "Host 0:04\n\nWhy did it close?\n\nMinister 0:09\n\nIt rained.\n\n"
        "Host 0:20\n\nAnd now?\n\nMinister 0:24\n\nSun, and the crane."
    )
    assert interview.convention != "forum-post"
    assert roles(interview) == "i r i r"


@pytest.mark.parametrize("line", ["[9:03 AM] {}: {}", "{} (9:03 PM): {}", "9:03 a.m. {}: {}"])
def test_lines_of_a_chat_open_with_a_name_and_the_time_of_day(line: str) -> None:
    said = [("Ann Roe", "Why was it closed?"), ("Bob Hale", "The crane fell into the basin.")] * 3
    text = "\n".join(line.format(name, words) for name, words in said)
    source = read_bytes(text.encode(), name="a.txt")
    interview = build_interview(source, interview_id="k", settings=load_settings().segment)
    names = {speaker.id: speaker.name for speaker in interview.speakers}
    assert [(names[turn.speaker_id], turn.text) for turn in interview.turns] == said


def test_a_page_that_was_copied_has_the_post_that_opens_it_and_none_of_its_buttons() -> None:
    opening = "I kept the harbour for eleven years. Ask me how the crane was lost."
    buttons = "permalink save context full comments report give award reply"
    lines = [
        "Ask the harbour master anything (self.harbours)",
        "submitted 10 hours ago * by harbour_master",
        opening,
        "187 comments share save hide give award report crosspost",
        "sorted by: best",
        "[–]AutoModerator[M] [score hidden] 10 hours ago - stickied comment",
        "Be kind.",
    ]
    for user, text in POSTS:
        own = "[S]" if user == "harbour_master" else ""
        age = (
            "-14 points 8 hours ago (5 children)" if user == "tide_table" else "9 points 1 day ago"
        )
        lines += [f"[–]{user}{own} {age} (last edited 2 hours ago)", text, buttons]
    interview = build("\n\n".join([*lines, "load more comments (6 replies)"]))
    assert roles(interview) == "r o " + ROLES
    assert [turn.text for turn in interview.turns][:1] == [opening]
    assert [turn.text for turn in interview.turns][2:] == [text for _, text in POSTS]


def test_users_may_have_words_of_their_own_before_the_age_and_scores_stand_on_lines() -> None:
    lines = ["Ask the harbour master anything", "412", "97 comments sorted by best"]
    for (user, text), score in zip(POSTS, ("7", "-12", "1.2k", "3", "0", "8", "1"), strict=True):
        flair = {"harbour_master": "Verified: Ports and Cranes • ", "rope_seller": "Knots, mostly "}
        lines += [score, f"u/{user} {flair.get(user, '')}3d ago edited 2d ago", text]
    lines += ["[continue this thread →](/r/harbours/comments/1/x/)", "-3", "u/[deleted] 3d ago"]
    interview = build("\n\n".join([*lines, "[removed]", "v0.35.1", "View instance info"]))
    assert interview.convention == "forum-post"
    assert roles(interview) == ROLES
    assert [turn.text for turn in interview.turns] == [text for _, text in POSTS]


def test_a_sentence_about_a_user_is_no_line_above_a_post() -> None:
    posts = [*POSTS]
    posts[2] = ("tide_table", "u/rope_seller sold me a rope which broke 3 days ago")
    turn = build(thread("u/{user} 3d ago", posts=tuple(posts))).turns[2]
    assert turn.text == posts[2][1]
