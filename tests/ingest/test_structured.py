"""Tables, trees and captions: who, what and when, as the source says."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest

from pipeline.errors import InputError
from pipeline.ingest import read_bytes
from pipeline.records import Source


def _csv(text: str, keys: dict[str, str] | None = None) -> Source:
    return read_bytes(text.encode(), name="a.csv", keys=keys)


def test_columns_are_known_by_their_header() -> None:
    source = _csv("id,Timecode,Participant,Utterance\n1,0:01:02,Ann,Why now?\n2,0:01:09,Bob,So.\n")
    assert [(t.speaker, t.text, t.start_s, t.line) for t in source.turns] == [
        ("Ann", "Why now?", 62.0, 2),
        ("Bob", "So.", 69.0, 3),
    ]
    assert source.paragraphs == ()


def test_an_empty_speaker_continues_the_one_above() -> None:
    source = _csv("speaker,text\nAnn,Why?\nBob,It rained.\n,For weeks.\n")
    assert [turn.speaker for turn in source.turns] == ["Ann", "Bob", "Bob"]


def test_columns_that_the_user_names_win() -> None:
    text = "speaker,text,who,words\nx,y,Ann,Why did it close?\nx,y,Bob,It rained.\n"
    source = _csv(text, {"speaker": "who", "text": "words"})
    assert [turn.speaker for turn in source.turns] == ["Ann", "Bob"]
    assert source.turns[0].text == "Why did it close?"


def test_a_column_that_is_not_there_is_an_error_that_lists_them() -> None:
    with pytest.raises(
        InputError, match='no column "what" for text; expected one of speaker, text'
    ):
        _csv("speaker,text\nAnn,Why?\n", {"text": "what"})


@pytest.mark.parametrize(
    ("keys", "field"),
    [({"speaker": "nope", "text": "said"}, "speaker"), ({"text": "nix"}, "text")],
)
def test_a_key_that_is_not_there_is_an_error_that_lists_them(
    keys: dict[str, str], field: str
) -> None:
    tree = {"talk": [{"who": "Ann", "said": "Why now?"}, {"who": "Bob", "said": "It rained."}]}
    with pytest.raises(InputError, match=f"no key .* for {field}; expected one of talk, who, said"):
        read_bytes(json.dumps(tree).encode(), name="a.json", keys=keys)


def test_a_list_of_one_record_says_what_the_talk_is() -> None:
    record = {"title": "A Pact", "date": "2008-09-09", "utt": ["Why?", "So."],
              "speaker": ["Ann", "Bob"]}  # fmt: skip
    source = read_bytes(json.dumps([record]).encode(), name="a.json")
    assert source.metadata == {"title": "A Pact", "date": "2008-09-09"}
    assert [turn.speaker for turn in source.turns] == ["Ann", "Bob"]


def test_rows_above_the_table_are_metadata() -> None:
    book = openpyxl.Workbook()
    for row in (["Date", "2024-03-04"], ["Interviewer", "Ann"], [], ["Speaker", "Text"],
                ["Ann", "Why did it close?"], ["Bob", "It rained."]):  # fmt: skip
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    source = read_bytes(stream.getvalue(), name="a.xlsx")
    assert source.metadata == {"date": "2024-03-04", "interviewer": "Ann"}
    assert [turn.line for turn in source.turns] == [5, 6]


def test_milliseconds_become_seconds() -> None:
    rows = [{"speaker": "A", "text": "Why now?", "start": 250, "end": 61_250}]
    turn = read_bytes(json.dumps(rows * 2).encode(), name="a.json").turns[0]
    assert (turn.start_s, turn.end_s) == (0.25, 61.25)


def test_lines_of_a_json_file_are_kept() -> None:
    rows = [{"speaker": "Ann", "text": "Why “now”?"}, {"speaker": "Bob", "text": "So."}]
    source = read_bytes(json.dumps(rows, indent=1).encode(), name="a.json")
    assert [turn.line for turn in source.turns] == [4, 8]


def test_names_come_from_the_list_of_speakers() -> None:
    tree = {
        "speakers": [{"id": 0, "name": "Ann Roe", "role": "host"}, {"id": 1, "name": "Bob Hale"}],
        "monologues": [
            {"speaker": 0, "elements": [{"value": "Why"}, {"value": " "}, {"value": "now?"}]},
            {"speaker": 1, "elements": [{"value": "So."}]},
        ],
    }
    source = read_bytes(json.dumps(tree).encode(), name="a.json")
    assert [(t.speaker, t.role, t.text) for t in source.turns] == [
        ("Ann Roe", "host", "Why now?"),
        ("Bob Hale", None, "So."),
    ]


def test_utterances_win_over_the_words_beside_them() -> None:
    tree = {
        "text": "Why now? So it is.",
        "words": [{"text": word, "speaker": "A"} for word in ("Why", "now?", "So", "it", "is.")],
        "utterances": [{"speaker": "A", "text": "Why now?"}, {"speaker": "B", "text": "So it is."}],
    }
    source = read_bytes(json.dumps(tree).encode(), name="a.json")
    assert [(turn.speaker, turn.text) for turn in source.turns] == [
        ("A", "Why now?"),
        ("B", "So it is."),
    ]


def test_yaml_times_and_numbers_stay_as_written() -> None:
    text = "- speaker: 007\n  at: 1:02\n  text: Why now?\n- speaker: yes\n  text: 2024-01-02\n"
    source = read_bytes(text.encode(), name="a.yaml")
    assert [(t.speaker, t.start_s, t.text) for t in source.turns] == [
        ("007", 62.0, "Why now?"),
        ("yes", None, "2024-01-02"),
    ]


VTT = """\
WEBVTT

00:01.000 --> 00:03.000
<v Ann Roe>Why did <c.loud>it</c> close?</v>
<v Bob Hale>It &amp; the rest rained.</v>

00:03.000 --> 00:05.000
<v Bob Hale>For weeks.</v>
"""


def test_voice_tags_give_the_turns() -> None:
    source = read_bytes(VTT.encode(), name="a.vtt")
    assert [(t.speaker, t.text, t.start_s, t.end_s, t.line) for t in source.turns] == [
        ("Ann Roe", "Why did it close?", 1.0, 3.0, 3),
        ("Bob Hale", "It & the rest rained. For weeks.", 1.0, 5.0, 3),
    ]


def test_names_of_captions_are_no_words_of_the_caption_before() -> None:
    cues = "".join(
        f"4f0e-{n}/1-0\n00:0{n}.000 --> 00:0{n}.900\n<v {voice}>{said}</v>\n\n"
        for n, (voice, said) in enumerate([("Host", "Why?"), ("Guest", "Rain."), ("Host", "Oh.")])
    )
    turns = read_bytes(f"WEBVTT\n\n{cues}".encode(), name="a.vtt").turns
    assert [(t.speaker, t.text, t.line) for t in turns] == [
        ("Host", "Why?", 4),
        ("Guest", "Rain.", 8),
        ("Host", "Oh.", 12),
    ]


def test_the_name_of_a_caption_may_tell_who_speaks() -> None:
    cues = "".join(
        f'{n} "{voice}" (341)\n00:0{n}.000 --> 00:0{n}.900\n{said}\n\n'
        for n, (voice, said) in enumerate([("Ann Roe", "Why?"), ("Bob Hale", "Rain.")], start=1)
    )
    turns = read_bytes(f"WEBVTT\n\n{cues}".encode(), name="a.vtt").turns
    assert [(t.speaker, t.text) for t in turns] == [("Ann Roe", "Why?"), ("Bob Hale", "Rain.")]


def test_words_that_a_blank_line_parts_from_their_time_are_no_name_of_a_caption() -> None:
    cues = "".join(
        f"00:0{n}.000 --> 00:0{n}.900\n\n{said}\n"
        for n, said in enumerate(("It rained.", "The crane fell.", "So we closed."))
    )
    source = read_bytes(f"WEBVTT\n\n{cues}".encode(), name="a.vtt")
    assert source.paragraphs[0].text == "It rained. The crane fell. So we closed."


ROLLING = """\
WEBVTT

00:01.000 --> 00:02.990
why did the harbour close

00:02.990 --> 00:03.000
why did the harbour close

00:03.000 --> 00:04.990
why did the harbour close
and who paid for it

00:04.990 --> 00:05.000
and who paid for it

00:05.000 --> 00:06.000
and who paid for it
nobody did
"""


def test_rolling_captions_are_kept_once_and_the_rest_is_accounted_for() -> None:
    source = read_bytes(ROLLING.encode(), name="a.vtt")
    words = "why did the harbour close and who paid for it nobody did"
    assert [p.text for p in source.paragraphs] == [words]
    assert {piece.reason for piece in source.dropped} == {"caption shown again"}
    assert len(source.dropped) == 4


def test_captions_that_repeat_themselves_once_are_kept() -> None:
    cues = ["No.", "No.", "It rained.", "And the crane fell.", "Into the basin.", "So we closed."]
    text = "\n".join(
        f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{cue}\n" for n, cue in enumerate(cues)
    )
    assert "No. No." in read_bytes(text.encode(), name="a.srt").paragraphs[0].text


def test_lists_side_by_side_are_turns() -> None:
    record = {
        "id": 7,
        "title": "The harbour",
        "utt": ["Why is it shut?", "It froze, and nobody had ordered the second icebreaker."],
        "speaker": ["THE HOST", "THE HARBOUR MASTER"],
    }
    for tree in (record, [record]):
        source = read_bytes(json.dumps(tree).encode(), name="a.json")
        assert [(turn.speaker, turn.text) for turn in source.turns] == list(
            zip(record["speaker"], record["utt"], strict=True)
        )


def test_what_a_machine_gives_to_nobody_is_theirs_who_speak_on_both_sides() -> None:
    segments = [
        {"speaker": "S0", "text": "Why did it close?"},
        {"speaker": "S1", "text": "It had rained."},
        {"text": "For weeks, I think."},
        {"speaker": "S1", "text": "And then it froze."},
        {"text": "Who knows whose words these are?"},
        {"speaker": "S0", "text": "Thank you."},
    ]
    source = read_bytes(json.dumps({"segments": segments}).encode(), name="a.json")
    assert [turn.speaker for turn in source.turns] == ["S0", "S1", "S1", "S1", None, "S0"]


def test_the_words_of_coded_segments_are_found_beside_a_comment() -> None:
    head = "Comment,Document name,Code,Beginning,End,Segment"
    rows = [
        f'{"Quote" if n == 2 else ""},INT-0{n},Ports,{n},{n + 1},"I: Who closed pier {n}, and why was it done?\n'
        f'B{n}: Nobody knows who closed it, and the order that he signed was never found."'
        for n in range(1, 5)
    ]
    source = read_bytes("\n".join([head, *rows]).encode(), name="a.csv")
    assert [paragraph.text[:3] for paragraph in source.paragraphs[:2]] == ["I: ", "B1:"]
    assert len(source.paragraphs) == 8
