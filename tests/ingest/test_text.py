"""Plain text: which line breaks end a paragraph."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest import read_bytes


def _texts(data: str) -> list[str]:
    return [p.text for p in read_bytes(data.encode(), name="a.txt").paragraphs]


def test_wrapped_lines_are_joined() -> None:
    wrapped = (
        "The harbour was closed in the spring, and when it was opened again in\n"
        "the summer nobody came to the ceremony, which the mayor had moved to\n"
        "the evening because of the heat.\n"
    )
    assert _texts(wrapped) == [" ".join(wrapped.split())]


@pytest.mark.parametrize("mark", ["\u00ad", "-", "\u2010", "\u00ad\u200b", "-\u200b"])
def test_a_word_broken_at_the_end_of_a_line_is_whole(mark: str) -> None:
    wrapped = (
        "The harbour was closed in the spring, and when it was opened again in the cere\u00admo"
        f"{mark}\nnial manner nobody came to the ceremony, which the mayor had moved to the mor"
        f"{mark}\nning because of the heat.\n"
    )
    (text,) = _texts(wrapped)
    assert "ceremonial manner" in text
    assert "the morning because" in text


def test_a_hyphen_stays_in_numbers_and_behind_prefixes_of_words_that_have_one() -> None:
    wrapped = (
        "The programme for the harbour was printed in the spring, and it had room for twenty-\n"
        "eight ships, though nobody who had seen the first draft would have called it a pro-\n"
        "gramme for the harbour at all, or would have asked why the minister and his ex-\n"
        "partner paid for it, or what they did with the money that the city still owes.\n"
    )
    (text,) = _texts(wrapped)
    assert "twenty-eight ships" in text
    assert "a programme for the harbour at all" in text
    assert "his ex-partner paid" in text


def test_who_breaks_in_has_a_paragraph_and_a_dash_inside_a_sentence_ends_none() -> None:
    period = (
        "    Mr. Hale. It was closed all through the spring, and when we came to open it again the--\n"
        "    Senator Roe. Then it was closed, and nobody who came to the harbour in the spring --\n"
        "none of them at all -- was let in, which is what the committee wants to know, sir.\n"
    )
    assert len(_texts(period)) == 2
    colon = (
        "HALE: It was closed all through the spring, and when we came to open it again there --\n"
        "ROE: Then it was closed, and nobody who came to the harbour in the spring was let in, --\n"
        "none of them, which is what the committee would like to know from you now, if it may.\n"
    )
    assert [text.split(":")[0] for text in _texts(colon)] == ["HALE", "ROE"]


def test_lines_that_are_paragraphs_stay_apart() -> None:
    lines = ["Ann: Was it closed all through the spring and summer?", "Bob: Yes.", "Ann: Why?"]
    assert _texts("\n".join(lines)) == lines


def test_a_label_starts_a_paragraph_inside_a_wrapped_block() -> None:
    block = (
        "MR. HALE:  The harbour was closed in the spring, and when it was opened\n"
        "again nobody came to the ceremony, which had been moved to the evening.\n"
        "MS. ROE:  Did the mayor come at least, since it was his ceremony after\n"
        "all and nobody else had asked for one?\n"
    )
    assert [text[:8] for text in _texts(block)] == ["MR. HALE", "MS. ROE:"]


def test_an_indented_line_starts_a_paragraph_inside_a_wrapped_block() -> None:
    block = (
        "    The harbour was closed in the spring, and when it was opened again in\n"
        "the summer nobody came to the ceremony that the mayor had announced to us.\n"
        "    He moved it to the evening because of the heat, and then in the evening\n"
        "it rained.\n"
    )
    assert len(_texts(block)) == 2


def test_white_space_is_one_space_and_invisible_characters_go() -> None:
    assert _texts("A\u00a0b\t c\u200b\u00add\ufeff e") == ["A b cd e"]


def test_head_lines_are_metadata_and_not_text() -> None:
    text = "A title\nDate: 4 March 2024\nInterviewer: Ann Roe\n\nAnn: Why?\n\nBob: So.\n"
    source = read_bytes(text.encode(), name="a.txt")
    assert source.metadata == {"date": "2024-03-04", "interviewer": "Ann Roe"}
    assert [p.text for p in source.paragraphs] == ["A title", "Ann: Why?", "Bob: So."]


def test_an_interviewer_who_speaks_first_is_no_metadata() -> None:
    text = "Interviewer: Why did you come?\n\nInterviewee: To see it.\n"
    assert len(read_bytes(text.encode(), name="a.txt").paragraphs) == 2


@given(
    st.lists(
        st.text(
            st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp"), max_codepoint=0x1FAFF),
            min_size=1,
        ).filter(lambda text: any(c.isalnum() for c in text)),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_paragraphs_lines_and_bytes_hold_for_any_text(
    texts: list[str], end: str, bom: bool
) -> None:
    data = ("x" + f"{end}{end}x".join(texts)).encode("utf-8-sig" if bom else "utf-8")
    source = read_bytes(data, name="a.txt")
    assert len(source.paragraphs) == len(texts)
    assert [p.line for p in source.paragraphs] == [1 + 2 * i for i in range(len(texts))]
    for paragraph in source.paragraphs:
        assert paragraph.text == " ".join(paragraph.text.split(" ")).strip()
        assert "\n" not in paragraph.text


def test_a_label_in_a_column_of_its_own_may_run_over_two_lines() -> None:
    column = 24
    rows = (
        ("Ann Roe:", "Good morning, and welcome to the harbour. I would like"),
        ("", "to ask you a rude question. Does the crane work?"),
        ("", ""),
        ("Ambassador Bob", "Thank you. It is a pleasure to be back, and it works on"),
        ("Hale:", "days when the wind is from the west, which are few, and"),
        ("", "on others we wait, and the ships wait with us."),
        ("", ""),
        ("Ann Roe:", "And who pays for them?"),
    )
    text = "\n".join(f"{label:<{column}}{said}".rstrip() for label, said in rows)
    said = " ".join(words for _, words in rows[3:6])
    assert _texts(text) == [
        f"Ann Roe: {rows[0][1]} {rows[1][1]}",
        f"Ambassador Bob Hale: {said}",
        "Ann Roe: And who pays for them?",
    ]


def test_a_list_below_a_heading_in_capitals_has_a_paragraph_a_line() -> None:
    wrapped = (
        "The harbour was closed in the spring, and when it was opened again in\n"
        "the summer nobody came to the ceremony, which the mayor had moved to\n"
        "the evening because of the heat, and because the crane had stood in\n"
        "the way of the guests since the flood.\n"
    )
    head = "FEATURING\nAmbassador Ann Roe\nFormer Keeper of the Crane, the Harbour Board\n\n"
    assert _texts(head + wrapped) == [*head.split("\n")[:3], " ".join(wrapped.split())]


def test_captions_broken_behind_every_full_stop_keep_titles_and_labels_whole() -> None:
    captions = (
        "NORA LIND: Good evening, Mr.\n"
        "Brandt.\n"
        "Who closed the port?\n"
        "OLAV BRANDT, Former U.N.\n"
        "Harbour Envoy: Nobody knows.\n"
        "It was closed by the U.N.\n"
        "NORA LIND: By whom?\n"
    )
    assert _texts(captions) == [
        "NORA LIND: Good evening, Mr. Brandt.",
        "Who closed the port?",
        "OLAV BRANDT, Former U.N. Harbour Envoy: Nobody knows.",
        "It was closed by the U.N.",
        "NORA LIND: By whom?",
    ]


def test_a_direction_behind_a_full_stop_ends_a_line_as_the_stop_does() -> None:
    wrapped = (
        "Ann Roe: It was closed all through the spring, and nobody who came to the harbour was\n"
        "let in, not even those who had a ship in it. (Laughter)\n"
        "Bob Hale: Then whose were the lamps that we saw on the piers (the northern ones, I mean)\n"
        "in the week before the ice came, and who paid for the oil that they burnt all night?\n"
    )
    first, second = _texts(wrapped)
    assert first.endswith("(Laughter)")
    assert second.startswith("Bob Hale: Then whose were the lamps that we saw on the piers (the")
