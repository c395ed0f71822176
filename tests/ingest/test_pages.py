"""PDF: what is text on its pages, in which order, and where paragraphs start."""

from __future__ import annotations

import zlib

import pytest
from fpdf import FPDF

from pipeline.errors import InputError
from pipeline.ingest import pdf
from pipeline.ingest.content import Content
from tests.seconds import least_seconds

# points from the left and from the top, text, then "B", "I" and the size, if not 11
Piece = (
    tuple[float, float, str] | tuple[float, float, str, str] | tuple[float, float, str, str, int]
)
LONG = [
    "the harbour was closed in the spring of the year and nobody",
    "came to the ceremony, since the mayor had promised a crane",
    "that the two towns would have had to pay for in the summer.",
]


def _read(*pages: list[Piece], render_mode: str = "FILL") -> Content:
    paper = FPDF(unit="pt", format=(400, 600))
    paper.set_auto_page_break(False)
    for page in pages:
        paper.add_page()
        for x, y, text, *more in page:
            style, size = (*more, "", 11)[:2] if len(more) < 2 else more
            paper.set_font("Times", style=style, size=size)
            with paper.local_context(text_mode=render_mode):
                paper.text(x, y, text)
    return pdf.read(bytes(paper.output()), name="a.pdf")


def _texts(content: Content) -> list[str]:
    return [paragraph.text for paragraph in content.paragraphs]


def _set(
    *paragraphs: list[str], top: float = 60, pitch: float = 14, gap: float = 0, first: float = 0
) -> list[Piece]:
    """Set paragraphs below each other: first lines set in, gaps between paragraphs."""
    pieces: list[Piece] = []
    for lines in paragraphs:
        for index, line in enumerate(lines):
            pieces.append((50 + (0 if index else first), top, line))
            top += pitch
        top += gap
    return pieces


ONE = ["Chair: Why does it silt up in the winter, or is it the crane that", *LONG]
TWO = ["Pilot: It silts up since the pier was built, as it was when", *LONG]


@pytest.mark.parametrize(
    ("pitch", "gap", "first"), [(14, 8, 0), (14, 0, 24), (28, 0, 24), (28, 14, 0)]
)
def test_gaps_or_indents_start_paragraphs_at_any_pitch(
    pitch: float, gap: float, first: float
) -> None:
    talk = [
        [line.replace("the", f"the {kind}", 1) for line in lines]
        for lines, kind in ((ONE, "old"), (TWO, "new"), (ONE, "near"), (TWO, "far"))
    ]
    content = _read(_set(*talk, pitch=pitch, gap=gap, first=first))
    assert _texts(content) == [" ".join(lines) for lines in talk]


def test_a_centred_title_is_no_part_of_the_first_paragraph() -> None:
    title: list[Piece] = [(150, 40, "Talk at the Pier", "B")]
    content = _read(title + _set(ONE, TWO, first=20))
    assert _texts(content)[:2] == ["Talk at the Pier", " ".join(ONE)]


def test_what_recurs_at_the_edges_goes_and_a_cut_paragraph_goes_on() -> None:
    texts = [ONE[:2], LONG[1:], TWO[:1], ["the quays were dug in the year of the flood."]]
    pages = [
        [(50, 20, f"The Quay, volume {n}"), (190, 590, str(n)), *_set(lines, first=20 * (n % 2))]
        for n, lines in enumerate(texts, start=1)
    ]
    content = _read(*pages)
    assert _texts(content) == [" ".join(texts[0] + texts[1]), " ".join(texts[2] + texts[3])]
    assert [p.page for p in content.paragraphs] == [1, 3]
    reasons = {d.text: d.reason for d in content.dropped}
    assert reasons["The Quay, volume 2"] == "running head or foot"
    assert reasons["3"] == "page number"


def test_a_label_that_opens_two_pages_is_no_running_head() -> None:
    page: list[Piece] = [*_set(["CHAIR:"], LONG, ["PILOT:"], LONG, ["CHAIR:"], LONG)]
    assert _texts(_read(page, page)).count("CHAIR:") == 4


def test_two_columns_are_read_one_after_the_other() -> None:
    words = "harbour silts up each"
    left: list[Piece] = [(40, 60 + 14 * n, f"left {n} {words}") for n in range(12)]
    right: list[Piece] = [(210, 60 + 14 * n, f"right {n} {words}") for n in range(12)]
    rows = [piece for pair in zip(left, right, strict=True) for piece in pair]
    text = " ".join(_texts(_read(rows)))
    assert text.index("left 11") < text.index("right 0")


def test_a_column_of_names_stays_beside_the_words() -> None:
    rows: list[Piece] = []
    for n, (who, what) in enumerate([("CHAIR:", "Why does it silt?"), ("PILOT:", "It did.")] * 6):
        rows += [(40, 60 + 20 * n, who), (140, 60 + 20 * n, what)]
    assert _texts(_read(rows))[:2] == ["CHAIR: Why does it silt?", "PILOT: It did."]


def test_numbers_of_lines_go() -> None:
    lines = ["Q. Why does it silt?", *LONG, "A. It did.", *LONG, "Q. Who pays?", *LONG]
    page: list[Piece] = []
    for n, line in enumerate(lines, start=1):
        page += [(30 if n > 9 else 35, 60 + 24 * n, str(n)), (70, 60 + 24 * n, line)]
    content = _read(page)
    assert not any(c.isdigit() for text in _texts(content) for c in text)
    assert _texts(content)[0] == "Q. Why does it silt?"


def test_footnotes_go() -> None:
    content = _read([*_set(TWO), (50, 560, "3 See the map of the bar.", "", 8)])
    assert [(d.text, d.reason) for d in content.dropped] == [
        ("3 See the map of the bar.", "footnote")
    ]
    assert _texts(content) == [" ".join(TWO)]


def test_bold_and_italic_are_kept() -> None:
    content = _read([(50, 60, "Chair:", "B"), (90, 60, "Why now?", "I"), (50, 90, "It silts.")])
    first = content.paragraphs[0]
    assert [first.text[a:b] for a, b in first.bold] == ["Chair:"]
    assert [first.text[a:b] for a, b in first.italic] == ["Why now?"]


def _raw(*objects: bytes) -> bytes:
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + body + b"trailer << /Root 1 0 R >>\n%%EOF"


def _forms(depth: int) -> bytes:
    """A page whose form draws the next one ten times, and so on."""
    kinds = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F %d 0 R"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R "
        b"/Resources << /XObject << /F 5 0 R >> >> >>",
        b"<< /Length 5 >>\nstream\n/F Do\nendstream",
    ]
    for number in range(5, 5 + depth):
        draws = b"/F Do " * 10
        objects.append((kinds % (number + 1)) + b" >> >> /Length %d >>\nstream\n%s\nendstream"
                       % (len(draws), draws))  # fmt: skip
    return _raw(*objects, b"<< /Length 0 >>\nstream\n\nendstream")


def _bomb() -> bytes:
    packed = zlib.compress(b"0 " * 60_000_000, 9)
    return b"%PDF-1.4\n1 0 obj\n<< /Filter /FlateDecode >>\nstream\n" + packed + b"\nendstream\n"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (_forms(12), "draws too much"),
        (_bomb(), "unpacks to more than"),
    ],
    ids=["forms", "bomb"],
)
def test_what_cannot_be_read_is_refused_soon(data: bytes, message: str) -> None:
    def refuse() -> None:
        with pytest.raises(InputError, match=f"{message}.*expected"):
            pdf.read(data, name="a.pdf")

    assert least_seconds(refuse, enough=20) < 20


def test_a_line_at_the_foot_and_again_at_the_head_of_the_next_page_is_text_once() -> None:
    pages = [
        _set(*([[f"{word} {line}" for line in LONG]]), top=60) for word in ("One", "Two", "Six")
    ]
    twice = "and so the crane was never ordered by either of the towns."
    pages[0].append((50, 500, twice))
    pages[1].insert(0, (50, 40, twice))
    content = _read(*pages)
    assert " ".join(_texts(content)).count(twice) == 1
    assert [one.text for one in content.dropped] == [twice]


def test_bold_type_goes_on_over_the_end_of_a_line() -> None:
    question = ["Why was the harbour closed in the spring of the year, and", "who decided it?"]
    pieces: list[Piece] = [(50, 60 + 14 * n, line, "B") for n, line in enumerate(question)]
    content = _read([*pieces, *_set(LONG, top=100)])
    assert content.paragraphs[0].bold == ((0, len(" ".join(question))),)


def test_courier_is_upright() -> None:
    paper = FPDF(unit="pt", format=(400, 600))
    paper.add_page()
    for n, line in enumerate(LONG):
        paper.set_font("Courier", size=9)
        paper.text(50, 60 + 14 * n, line)
    assert not pdf.read(bytes(paper.output()), name="a.pdf").paragraphs[0].italic
