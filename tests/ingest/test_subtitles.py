"""Captions: voices give turns; else cues are joined to paragraphs that a mark opens."""

from __future__ import annotations

import pytest

from pipeline.ingest import read_bytes
from pipeline.ingest.subtitles import read_subtitles


def _vtt(*cues: str) -> str:
    times = (f"00:{n:02}.000 --> 00:{n:02}.900" for n in range(1, 60))
    return "WEBVTT\n\n" + "\n".join(f"{t}\n{cue}\n" for t, cue in zip(times, cues, strict=False))


def _turns(*cues: str) -> list[tuple[str | None, str]]:
    return [(t.speaker, t.text) for t in read_bytes(_vtt(*cues).encode(), name="a.vtt").turns]


def _paragraphs(*cues: str) -> list[str]:
    return [p.text for p in read_bytes(_vtt(*cues).encode(), name="a.vtt").paragraphs]


@pytest.mark.parametrize(
    "cues",
    [
        ("<v Lee>Why <c.loud>is</c> it shut?</v>", "<v Kim Roe>It &amp; the rest froze.</v>"),
        ("<v.loud Lee>Why is it", "shut?\n<v Kim Roe>It &amp; the rest", "froze."),
        ("<v Lee>Why is it shut?\n<v Kim Roe>It &amp; the rest froze.",),
    ],
)
def test_voice_tags_give_the_turns(cues: tuple[str, ...]) -> None:
    assert _turns(*cues) == [("Lee", "Why is it shut?"), ("Kim Roe", "It & the rest froze.")]


@pytest.mark.parametrize("form", ["{}: {}", "[{}] {}", "- {}: {}", "({}): {}"])
def test_labels_of_most_captions_are_voices(form: str) -> None:
    said = [("Lee", "Why is"), ("Lee", "it shut?"), ("Kim Roe", "It froze"), ("Kim Roe", "hard.")]
    turns = _turns(*(form.format(*cue) for cue in said), "For weeks.")
    assert turns == [("Lee", "Why is it shut?"), ("Kim Roe", "It froze hard. For weeks.")]


def test_the_name_of_a_user_is_in_lower_case() -> None:
    said = [("Lee", "Why?"), ("kimroe", "It froze."), ("Lee", "So?"), ("kimroe", "It is."),
            ("Lee", "Still?"), ("kimroe", "It will be: so.")]  # fmt: skip
    assert _turns(*(f"{who}: {text}" for who, text in said)) == said


def test_names_of_cues_and_notes_are_no_words() -> None:
    cues = ("<v Lee>Why?</v>\n\n4f0e/1-0", "<v Kim>Rain.</v>\n\nNOTE checked")
    assert _turns(*cues) == [("Lee", "Why?"), ("Kim", "Rain.")]


@pytest.mark.parametrize(
    ("cues", "expected"),
    [
        (("LEE: Why is", "it", "shut?", "KIM: It", "froze", "."),
         ["LEE: Why is it shut?", "KIM: It froze ."]),
        (("[Lee] It", "is this: shut.", "And", "so", "on.", "[Kim] No.", "[Lee] Ah.", "No", "more",
          "of", "this.", "[Kim] So."),
         ["[Lee] It is this: shut. And so on.", "[Kim] No.", "[Lee] Ah. No more of this.", "[Kim] So."]),
        ((">> Why is", "it shut? >> It", "froze."), [">> Why is it shut?", ">> It froze."]),
        (("- Why is it shut?\n- It froze", "for weeks.", "- No."),
         ["- Why is it shut?", "- It froze for weeks.", "- No."]),
        (("why is it", "shut today"), ["why is it shut today"]),
        (("<i>[Music]</i>", "It {\\an8}froze."), ["[Music] It froze."]),
    ],
)  # fmt: skip
def test_cues_are_joined_until_a_mark(cues: tuple[str, ...], expected: list[str]) -> None:
    assert _paragraphs(*cues) == expected


def test_a_pause_after_a_sentence_opens_a_paragraph_where_there_are_no_marks() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nIt froze.\n\n2\n00:00:09,000 --> 00:00:10,000\nWhy?\n"
    assert [p.start_s for p in read_bytes(text.encode(), name="a.srt").paragraphs] == [1.0, 9.0]


def test_rolling_captions_are_kept_once_and_the_rest_is_accounted_for() -> None:
    source = read_bytes(
        _vtt("it froze", "it froze\nand we", "and we", "and we\nclosed", "closed").encode(),
        name="a.vtt",
    )
    assert [p.text for p in source.paragraphs] == ["it froze and we closed"]
    assert {piece.reason for piece in source.dropped} == {"caption shown again"}


def test_captions_that_repeat_themselves_once_are_kept() -> None:
    assert _paragraphs("No.", "No.", "It froze.", "For weeks.", "We closed.") == [
        "No. No. It froze. For weeks. We closed."
    ]


def test_captions_of_subviewer_have_two_times() -> None:
    text = "0:00:01.000,0:00:02.000\nWhy is it shut?\n\n0:00:02.000,0:00:03.000\nIt froze.\n"
    (paragraph,) = read_bytes(text.encode(), name="a.sbv").paragraphs
    assert (paragraph.text, paragraph.start_s) == ("Why is it shut? It froze.", 1.0)


def test_actors_of_substation_cues_are_their_voices() -> None:
    head = "[Script Info]\n\n[V4+ Styles]\nFormat: Name\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
    cue = "Dialogue: 0,0:00:0{},0:00:09.00,Default,{},0,0,0,,{}\n"
    text = head + cue.format("1.00", "Lee", "{\\i1}Why?") + cue.format("2.00", "Kim", "It\\Nfroze.")
    turns = read_subtitles(text, name="a.ass").turns
    assert [(turn.speaker, turn.text) for turn in turns] == [("Lee", "Why?"), ("Kim", "It froze.")]
