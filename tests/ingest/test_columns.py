"""Columns of tables are found by what their cells hold; names only break ties."""

from __future__ import annotations

import io

import openpyxl
import pytest

from pipeline.errors import InputError
from pipeline.ingest import read_bytes
from pipeline.ingest.columns import read_rows, seconds
from pipeline.records import Source

SAID = [
    ("Host", "Why did the harbour close?"),
    ("Guest", "The crane fell into the basin, and nobody had ordered another one."),
    ("Host", "Who paid for it?"),
    ("Guest", "The city did, for three long years."),
    ("Host", "Is there another one by now?"),
    ("Guest", "It is on a ship, and the ship is late."),
]
NAMES = [who for who, _ in SAID]
TEXTS = [text for _, text in SAID]
TIMES = ["0:00", "0:02", "0:09", "0:11", "0:16", "0:19"]


def _csv(*columns: list[str], head: str = "", sign: str = ",") -> Source:
    rows = [sign.join(f'"{cell}"' for cell in row) for row in zip(*columns, strict=True)]
    return read_bytes("\n".join([*filter(None, [head]), *rows]).encode(), name="a.csv")


def _pairs(source: Source) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in source.turns]


NUMBERS = [str(n) for n in range(1, 7)]
DATES = ["2020-03-01"] * 6
PARTS = ["Opening"] * 3 + ["Closing"] * 3
MOODS = ["positive", "negative", "neutral"] * 2
SCORES = ["0.1", "-0.4", "0.0", "0.7", "0.2", "0.1"]


@pytest.mark.parametrize(
    ("columns", "head"),
    [
        ((NAMES, TEXTS), ""),
        ((TEXTS, NAMES), ""),
        ((NAMES, TEXTS), "who,said"),
        ((NUMBERS, NAMES, TEXTS), "a,b,c"),
        ((NUMBERS, TIMES, NAMES, TEXTS), "Nr.,Zeit,Person,Beitrag"),
        ((DATES, PARTS, NAMES, TEXTS), "date,part,x,y"),
        ((NUMBERS, TEXTS, MOODS, SCORES, NAMES), "id,u,label,score,v"),
        ((["", "", "code", "", "", ""], [f"{n}:" for n in NAMES], TEXTS), "tags,n,words"),
        (([f"[{n}]" for n in NAMES], TEXTS), "x,y"),
    ],
)
def test_speaker_and_text_are_found_whatever_else_there_is(
    columns: tuple[list[str], ...], head: str
) -> None:
    assert _pairs(_csv(*columns, head=head)) == SAID


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_all_rows_have(sign: str) -> None:
    assert _pairs(_csv(NAMES, TEXTS, head=sign.join(("who", "said")), sign=sign)) == SAID


@pytest.mark.parametrize(
    ("columns", "head", "starts", "ends"),
    [
        ((TIMES, NAMES, TEXTS), "", [0, 2, 9, 11, 16, 19], []),
        ((TIMES, NAMES, TEXTS), "a,b,c", [0, 2, 9, 11, 16, 19], []),
        ((NUMBERS, NAMES, TEXTS), "a,b,c", [], []),
        ((NUMBERS, NAMES, TEXTS), "start,who,said", [1, 2, 3, 4, 5, 6], []),
        ((NUMBERS, NAMES, TEXTS, NUMBERS), "ts,who,said,dur", [1, 2, 3, 4, 5, 6], [2, 4, 6, 8, 10, 12]),
        (([f"{n}000" for n in range(10, 16)], NAMES, TEXTS), "begin,a,b", [*range(10, 16)], []),
    ],
)  # fmt: skip
def test_times_are_known_by_name_or_as_clocks(
    columns: tuple[list[str], ...], head: str, starts: list[float], ends: list[float]
) -> None:
    turns = _csv(*columns, head=head).turns
    assert [turn.start_s for turn in turns if turn.start_s is not None] == starts
    assert [turn.end_s for turn in turns if turn.end_s is not None] == ends


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1:02:03.5", 3723.5), ("62.5", 62.5), ("[0:07]", 7.0), ("250 ms", 0.25), ("soon", None),
     ("9/26/16", None)],
)  # fmt: skip
def test_ways_of_writing_a_time(value: str, expected: float | None) -> None:
    assert seconds(value) == expected


def test_an_empty_speaker_goes_on() -> None:
    turns = _csv([*NAMES[:4], "", ""], TEXTS, head="who,said").turns
    assert [turn.speaker for turn in turns[4:]] == ["Guest", "Guest"]


def test_a_column_that_repeats_another_with_its_label_is_not_read() -> None:
    raw = [f"{who}: (00:01) {text}" for who, text in SAID]
    assert _pairs(_csv(raw, NAMES, TEXTS, head="original,person,comment")) == SAID


def test_entities_and_tags_are_read_as_what_they_mean() -> None:
    texts = ["It was &#8212; <b>well</b> &amp; truly &lt;gone&gt;.", *TEXTS[1:]]
    assert _csv(NAMES, texts).turns[0].text == "It was — well & truly <gone>."


def test_questions_beside_answers_are_known_by_their_question_marks() -> None:
    turns = _csv(TEXTS[::2], TEXTS[1::2], head="x,y").turns
    assert [turn.text for turn in turns] == TEXTS
    assert [turn.role for turn in turns] == ["interviewer", "respondent"] * 3


def test_a_role_is_known_by_its_words() -> None:
    turns = _csv(["Lee", "Kim"] * 3, ["Moderator", "Respondent"] * 3, TEXTS, head="a,b,c").turns
    assert [(t.speaker, t.role) for t in turns[:2]] == [("Lee", "Moderator"), ("Kim", "Respondent")]


def test_texts_without_quotes_are_put_together_again() -> None:
    text = "\n".join(["who,said", *(f"{who},{text}" for who, text in SAID)])
    assert _pairs(read_bytes(text.encode(), name="a.csv")) == SAID


@pytest.mark.parametrize("keys", [{"speaker": "v", "text": "w"}, {"speaker": "3", "text": "4"}])
def test_columns_that_the_user_names_win(keys: dict[str, str]) -> None:
    rows = [["speaker", "text", "v", "w"], *(["x", text, who, "Hm?"] for who, text in SAID)]
    content = read_rows(list(enumerate(rows, start=1)), name="a.csv", keys=keys)
    assert content is not None
    assert [(turn.speaker, turn.text) for turn in content.turns] == [(who, "Hm?") for who in NAMES]


def test_a_table_of_figures_is_no_transcript() -> None:
    assert read_rows([(n, [str(n), str(n * n)]) for n in range(9)], name="a") is None


def test_a_workbook_has_metadata_above_and_empty_rows() -> None:
    book = openpyxl.Workbook()
    for row in (["Date", "2024-03-04"], ["Interviewer", "Lee"], [], ["Sprecher", "Text"], *SAID):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    source = read_bytes(stream.getvalue(), name="a.xlsx")
    assert source.metadata == {"date": "2024-03-04", "interviewer": "Lee"}
    assert _pairs(source) == SAID
    assert source.turns[0].line == 5


@pytest.mark.parametrize("sign", [",", "\t"])
def test_a_quotation_mark_that_is_never_closed_swallows_no_rows(sign: str) -> None:
    rows = ["speaker,text", "Host,Why is it dark?", 'Guest,"Dark it is', "Host,Since when?"]
    table = "\n".join(row.replace(",", sign) for row in rows)
    with pytest.raises(InputError, match=r'a\.csv:3: the quotation mark before "Dark it is"'):
        read_bytes(table.encode(), name="a.csv")
    closed = read_bytes(table.replace("it is", 'it is"').encode(), name="a.csv")
    assert [turn.text for turn in closed.turns][1:] == ["Dark it is", "Since when?"]


def test_a_table_cut_off_in_its_last_line_is_read() -> None:
    source = read_bytes(b'speaker,text\nHost,Why is it dark?\nGuest,"Dark it', name="a.csv")
    assert [turn.text for turn in source.turns] == ["Why is it dark?", "Dark it"]
