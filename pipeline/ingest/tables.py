"""Tables with a row a turn: which column is the speaker's, which the words'."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from statistics import mean

from pipeline.errors import InputError
from pipeline.ingest.content import clean, mend
from pipeline.ingest.fields import FIELDS, NAMES, guess_fields, in_seconds, is_clock, normalise
from pipeline.ingest.fields import seconds as read_seconds
from pipeline.records import GivenTurn, Paragraph

Rows = Sequence[Sequence[str]]
_HEADER_ROWS = 15
_MAX_NAME_WORDS = 9
_RICHER = 5
_KNOWN = {name: field for field in FIELDS for name in NAMES[field]}


def read_rows(
    rows: Rows, *, name: str, keys: Mapping[str, str] | None = None, first_row: int = 1
) -> list[GivenTurn]:
    """Read a table as turns; empty where no column holds running text.

    The columns are known by their header, else by what they hold: the words are in the column
    with the longest cells, the speakers in one of short cells that recur. An empty speaker's cell
    continues the one above.

    Args:
        rows: cells as text.
        name: of the file, for messages.
        keys: the user's: field to header, or to the column's number from 1.
        first_row: number of the first row in the source.

    Raises:
        InputError: a column that the user names is not there.
    """
    rows = [list(row) for row in rows]
    if not keys and (turns := read_by_speaker(rows, first_row=first_row)):
        return turns
    header = _find_header(rows, keys or {})
    body = [
        (number, row)
        for number, row in enumerate(rows, start=first_row)
        if number - first_row > header and any(cell.strip() for cell in row)
    ]
    columns = _columns(rows, header, [row for _, row in body], keys or {}, name=name)
    if "text" not in columns and not {"question", "answer"} <= columns.keys():
        return []
    return _turns(body, columns)


def mostly_turns(turns: Sequence[GivenTurn], paragraphs: Sequence[Paragraph]) -> bool:
    """The turns have speakers and hold most of the document's words."""
    spoken = sum(len(turn.text.split()) for turn in turns)
    words = sum(len(paragraph.text.split()) for paragraph in paragraphs)
    voices = {turn.speaker for turn in turns if turn.speaker}
    return len(voices) > 1 and len(turns) > 2 and spoken >= 0.5 * words


def read_by_speaker(rows: Rows, *, first_row: int = 1) -> list[GivenTurn]:
    """A column a speaker, whose name heads it, and one of them filled in each row."""
    head = [clean(cell) for cell in rows[0]] if rows else []
    if len(rows) < 4 or not 2 <= len([cell for cell in head if cell]) <= 6:
        return []
    if any(normalise(cell) in _KNOWN and normalise(cell) != "interviewer" for cell in head):
        return []
    filled = [[c for c, cell in enumerate(row) if cell.strip()] for row in rows[1:]]
    filled = [cells for cells in filled if cells]
    single = sum(len(cells) == 1 for cells in filled) >= 0.9 * len(filled)
    if not filled or not single or len({cells[0] for cells in filled}) < 2:
        return []
    return [
        GivenTurn(speaker=head[c], role=head[c], text=keep_lines(row[c]), line=number)
        for number, row in enumerate(rows[1:], start=first_row + 1)
        for c in range(min(len(row), len(head)))
        if row[c].strip() and head[c]
    ]


def _find_header(rows: Rows, keys: Mapping[str, str]) -> int:
    """Index of the header's row, -1 where there is none."""
    wanted = {normalise(value) for value in keys.values()}
    for index, row in enumerate(rows[:_HEADER_ROWS]):
        cells = [normalise(cell) for cell in row if cell.strip()]
        if wanted and wanted <= set(cells):
            return index
        fields = {_KNOWN[cell] for cell in cells if cell in _KNOWN}
        speaks = fields & {"text", "speaker"} or {"question", "answer"} <= fields
        if (speaks and len(fields) > 1) or (fields == {"text"} and len(cells) == 1 and index == 0):
            return index
    return -1


def _columns(
    rows: Rows, header: int, body: Rows, keys: Mapping[str, str], *, name: str
) -> dict[str, int]:
    names = list(rows[header]) if header >= 0 else []
    columns = {f: names.index(n) for f, n in guess_fields([n for n in names if n.strip()],
                                                          keys).items()}  # fmt: skip
    for field, value in keys.items():
        if field in columns or field not in FIELDS:
            continue
        if not value.isdigit() or not 0 < int(value) <= max(map(len, rows), default=0):
            raise InputError(
                f'{name}: no column "{value}" for {field}; expected one of '
                f"{', '.join(n for n in names if n.strip()) or 'the numbers of the columns'}"
            )
        columns[field] = int(value) - 1
    if "text" in columns and "text" not in keys and _is_poor(columns["text"], columns, body):
        del columns["text"]
    return columns if "text" in columns or "answer" in columns else _by_content(columns, body)


def _is_poor(column: int, columns: Mapping[str, int], body: Rows) -> bool:
    """Another column that nothing is known of holds many times the words: "Comment" is no text."""
    words: dict[int, int] = {}
    for row in body:
        for number, cell in enumerate(row):
            words[number] = words.get(number, 0) + len(cell.split())
    others = (count for number, count in words.items() if number not in columns.values())
    return max(others, default=0) > _RICHER * words.get(column, 0)


def _by_content(columns: dict[str, int], body: Rows) -> dict[str, int]:
    """Add the columns that their cells make known."""
    if not body:
        return columns
    width = max(map(len, body))
    cells = [[row[c].strip() for row in body if c < len(row) and row[c].strip()]
             for c in range(width)]  # fmt: skip
    free = [c for c in range(width) if cells[c] and c not in columns.values()]
    texts = [c for c in free if not all(is_clock(cell) or _is_number(cell) for cell in cells[c])]
    if not texts:
        return columns
    lengths = {c: sum(len(cell.split()) for cell in cells[c]) for c in texts}
    columns["text"] = max(texts, key=lambda c: (lengths[c], -c))
    if "speaker" not in columns:
        for c in texts:
            short = all(len(cell.split()) <= _MAX_NAME_WORDS for cell in cells[c])
            recurs = len(set(cells[c])) <= max(2, 0.7 * len(cells[c]))
            brief = mean(len(cell.split()) for cell in cells[c]) <= 4
            if c != columns["text"] and short and recurs and brief:
                columns["speaker"] = c
                break
    times = [c for c in free if c not in columns.values() and all(map(is_clock, cells[c]))]
    for field, column in zip(("start", "end"), times, strict=False):
        columns.setdefault(field, column)
    return columns


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"[\d.,\s%-]+", cell) is not None


def _turns(body: Sequence[tuple[int, Sequence[str]]], columns: Mapping[str, int]
           ) -> list[GivenTurn]:  # fmt: skip
    turns: list[GivenTurn] = []
    speaker = role = ""
    for number, row in body:

        def cell(field: str, row: Sequence[str] = row) -> str:
            column = columns.get(field, -1)
            return row[column] if 0 <= column < len(row) else ""

        start, end = read_seconds(cell("start")), read_seconds(cell("end"))
        if "question" in columns and "answer" in columns and "text" not in columns:
            for field, part in (("question", "interviewer"), ("answer", "respondent")):
                if text := keep_lines(cell(field)):
                    turns.append(GivenTurn(speaker=field.title(), role=part, text=text,
                                           line=number, start_s=start))  # fmt: skip
            continue
        own = clean(mend(cell("speaker")))
        role = clean(cell("role")) or (role if not own or own == speaker else "")
        speaker = own or speaker
        if text := keep_lines(cell("text")):
            turns.append(GivenTurn(speaker=speaker or None, role=role or None, text=text,
                                   line=number, start_s=start, end_s=end))  # fmt: skip
    return scale_times(turns)


def keep_lines(text: str) -> str:
    """The text with clean white space; what stands on lines of its own stays apart."""
    lines = [clean(line) for line in mend(text).splitlines()]
    return "\n\n".join(line for line in lines if line)


def scale_times(turns: Sequence[GivenTurn]) -> list[GivenTurn]:
    """Make the times seconds, and drop ends that come before their starts."""
    words = sum(len(turn.text.split()) for turn in turns)
    factor = in_seconds([t for turn in turns for t in (turn.start_s, turn.end_s)], words=words)
    scaled = []
    for turn in turns:
        start = None if turn.start_s is None else round(turn.start_s * factor, 3)
        end = None if turn.end_s is None else round(turn.end_s * factor, 3)
        if start is not None and end is not None and end < start:
            end = None
        scaled.append(turn.model_copy(update={"start_s": start, "end_s": end}))
    return scaled


def as_content_paragraphs(turns: Sequence[GivenTurn]) -> list[Paragraph]:
    """The turns of a table without speakers, as paragraphs in which labels may stand."""
    return [
        Paragraph(text=text, line=turn.line, start_s=turn.start_s, end_s=turn.end_s)
        for turn in turns
        for text in turn.text.split("\n\n")
    ]
