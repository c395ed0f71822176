"""Which column or key of a table holds the words, the speaker, the role and the times.

Found by the content of the cells: the words are long and varied, speakers' cells are few, short
and recur after others, times increase. Names (``columns.toml``) only raise a score.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby, pairwise, zip_longest
from math import sqrt
from typing import Any

from pipeline.errors import InputError
from pipeline.ingest.content import Content, Line, clean, load_table, mend
from pipeline.ingest.formats import sniff
from pipeline.ingest.lines import BLANK, reflow
from pipeline.ingest.subtitles import Cue, join_cues
from pipeline.records import Dropped, GivenTurn, Paragraph

FIELDS = ("speaker", "role", "text", "start", "end", "question", "answer")
INHERITED = "^"
"""Opens the name of a key that belongs to what a list is in, not to its items."""

_LISTS = load_table("columns")
NAMES: Mapping[str, Sequence[str]] = _LISTS["names"]
VALUES: Mapping[str, Sequence[str]] = _LISTS["values"]
_METADATA = {name: key for key, names in _LISTS["metadata"].items() for name in names}
_SETS = {field: frozenset(names) for field, names in NAMES.items()}
_ROLES, _CLASSES = frozenset(VALUES["roles"]), frozenset(VALUES["other"])

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|[\W_\d]+")
_CLOCK = re.compile(r"^[\[(]?(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:[.,;:](\d{1,3}))?(?![\d:])")
_NUMBER = re.compile(r"^-?\d{1,15}(?:[.,]\d{1,20})?\s*(?:s|sec|seconds|ms)?$")
_DECIMAL = re.compile(r"^\d{1,6}\.\d{1,6}$")
_TAG = re.compile(
    r"</?(?:(br)|(p|div|li|h[1-6])|b|strong|em|i|u|a|span|font|ul|ol|blockquote|su[bp]|mark|small)"
    r"\b[^<>]{0,500}>",
    re.I,
)
_STOP = re.compile(r" ([.,;:?!…])(?= |$)")
_HEADER_ROWS, _SAMPLE, _MAX_COLUMNS, _SHOWN = 15, 500, 200, 30
# words in a cell: more than single words, running text, a paragraph of its own
_WORDY, _PROSE, _LONG = 1.6, 2.5, 30
_MAX_NAME_WORDS, _MAX_VOICES = 9, 1000
_SPEAKER_FROM = 3.0  # score of a column without a known name
_SLOW = 20.0  # seconds for a word: times that make speech slower are milliseconds
_PARTS = {"text": "", "question": "interviewer", "answer": "respondent"}
"""The fields that hold words, and the role of who says them."""

Rows = Sequence[tuple[int, Sequence[str]]]
Records = Sequence[tuple[int, Mapping[str, str]]]


class Column:
    """A column by its name (a key within keys has dots) and what its cells are like."""

    def __init__(self, name: str, cells: Sequence[str]) -> None:
        self.key, self.inherited = name, name.startswith(INHERITED)
        self.name, self.cells = name.removeprefix(INHERITED), cells
        self.filled = [cell for cell in cells if cell and not cell.isspace()]
        self.counts = Counter(self.filled)
        self.words = sum(len(cell.split()) * count for cell, count in self.counts.items())
        self.average = self.words / max(1, len(self.filled))

    def share(self, test: Callable[[str], Any]) -> float:
        """The share of filled cells that pass a test."""
        passed = sum(count for cell, count in self.counts.items() if test(cell))
        return passed / max(1, len(self.filled))

    def rank(self, field: str) -> float:
        """1 where the name is one of the field's, 0.5 where a word of it is, else 0."""
        *around, own = map(normalise, self.name.split("."))
        if (around[-1] if around and own == "id" else own) in _SETS[field]:  # "speaker.id"
            return 1.0
        words = {word.casefold() for word in _CAMEL.split(self.name) if len(word) > 1}
        return 0.5 if words & _SETS[field] else 0.0


def normalise(name: Any) -> str:
    """A name in lower case, letters and digits only."""
    return "".join(c for c in str(name).casefold() if c.isalnum())


def seconds(value: Any) -> float | None:
    """Read a time, ``1:02:03.5``, ``62.5``, ``62.5 s`` or ``250 ms``, as seconds; else None."""
    text = str(value).strip()
    if (found := _CLOCK.match(text)) and len(text) <= found.end() + 16:
        hours, minutes, secs, part = found.groups()
        return int(hours or 0) * 3600 + int(minutes) * 60 + float(f"{secs}.{part or 0}")
    if not _NUMBER.match(text):
        return None
    number = float(text.rstrip("ms econd").replace(",", ".")) / (1000 if "ms" in text else 1)
    return number if 0 <= number < 1e13 else None


@lru_cache(maxsize=5_000)
def speaker_label(cell: str) -> str:
    """The speaker as a cell names it, without a colon or brackets around it."""
    label = clean(mend(plain_text(cell))).rstrip(":： ")
    return label[1:-1].strip() if label[:1] + label[-1:] in ("[]", "<>", "()") else label


def plain_text(text: str) -> str:
    """The text without entities and tags; breaks become line ends, paragraphs blank lines."""
    ends = "", "\n", "\n\n"
    return html.unescape(_TAG.sub(lambda tag: ends[tag.lastindex or 0], text))


def metadata_name(name: str) -> str | None:
    """The key of ``Source.metadata`` that a column or key fills, if any."""
    return _METADATA.get(normalise(name.rsplit(".", 1)[-1]))


def read_rows(rows: Rows, *, name: str, keys: Mapping[str, str] | None = None) -> Content | None:
    """Read a table as a transcript with a row a turn.

    Args:
        rows: number of the row in the source, and its cells as text; with a header or without.
        name: of the file, for messages.
        keys: the user's: field to header, or to the column's number from 1.

    Returns:
        Turns where the table names speakers, or has questions beside answers; else paragraphs;
        None where no column holds running text.

    Raises:
        InputError: a column that the user names is not there.
    """
    keys = keys or {}
    cells: Rows = [(n, [c.strip() for c in row]) for n, row in rows if any(map(str.strip, row))]
    head, records = name_columns(cells, keys)
    table = Table(records, keys=keys, name=name) if records else None
    if table is None or not table.is_prose:
        return None
    content = table.content()
    for number, row in cells[:head]:
        title, *rest = (clean(cell) for cell in row if cell)
        if (key := metadata_name(title)) and len(rest) == 1:
            content.metadata[key] = rest[0]
        else:
            text = " ".join([title, *rest])
            content.dropped.append(Dropped(text=text, reason="above the table", line=number))
    return content


def name_columns(rows: Rows, keys: Mapping[str, str]) -> tuple[int, Records]:
    """Name the cells by the header, in which the user's keys are, else by the columns' numbers.

    Returns how many rows are above the header, and the rows without it.
    """
    head = _header(rows, keys)
    top: Sequence[str] = () if head is None else rows[head][1]
    width = len(top) or max((len(row) for _, row in rows), default=0)
    names = [str(number) for number in range(1, width + 1)]
    for place, cell in enumerate(top):
        names[place] = cell if cell and cell not in names[:place] else names[place]
    records = []
    for number, row in rows[0 if head is None else head + 1 :]:
        last = ", ".join(filter(None, row[width - 1 :]))  # more cells: a text that lacks quotes
        if row != top:
            cells = [*row[: width - 1], last]
            records.append((number, dict(zip_longest(names, cells, fillvalue=""))))
    return head or 0, records


class Table:
    """Rows whose columns have names, and which column is what.

    Attributes:
        numbers: of the rows in the source.
        fields: to their columns.
        said: the columns of the text, to the role of who says it; none without running text.
        words, average: words of the text, and in a cell of it.
        voices: how many speak.
        is_prose: whether the text is in sentences, or under a known name.

    Args:
        records: number of the row in the source, and its cells by name.
        keys: the user's, for the names of columns.
        name: of the file, for messages.
        fields: to names of columns, if they are known, in place of ``keys``.
        silent: no column holds words: the rows say who speaks when.

    Raises:
        InputError: a column that the user names is not there.
    """

    def __init__(
        self,
        records: Records,
        *,
        keys: Mapping[str, str],
        name: str,
        fields: Mapping[str, str] | None = None,
        silent: bool = False,
    ) -> None:
        self.name, self.records = name, records
        self.numbers = [number for number, _ in records]
        often = Counter(key for _, record in records for key in record)
        most = dict(often.most_common(_MAX_COLUMNS))
        names = [key for key in often if key in most]
        known = {key: Column(key, [r.get(key, "") for _, r in records]) for key in names}
        self.columns = list(known.values())
        found = match_keys(names, keys, name=name) if fields is None else fields
        self.fields = {field: known[key] for field, key in found.items()}
        self._prose = [c for c in self.columns if _text_score(c) > 0]
        if not silent:
            self._find_text()
        parts = [f for f in _PARTS if f in self.fields]
        self.said = {self.fields[f]: _PARTS[f] for f in parts[: 1 if "text" in parts else None]}
        self.words = sum(column.words for column in self.said)
        for field in _SCORES:
            if field not in self.fields and (best := self._best(field, self.fields.values())):
                self.fields[field] = best
        self.average = self.words / max(1, sum(len(column.filled) for column in self.said))
        named = any(self.fields[f].rank(f) == 1 or f in keys for f in parts)
        self.is_prose = bool(self.said) and (named or self.average >= _PROSE)
        voices = self.fields.get("speaker") or self.fields.get("role")
        told = len(set(map(speaker_label, voices.filled))) if voices else 0
        self.voices = told if silent or "text" in parts else len(parts)
        clocks = [self.fields[f].counts for f in ("start", "end") if f in self.fields]
        last = max((seconds(cell) or 0.0 for cells in clocks for cell in cells), default=0.0)
        self._unit = 0.001 if last > max(1000, _SLOW * self.words) else 1.0

    @property
    def weight(self) -> float:
        """How much the table looks like the talk: words that several say count most."""
        voices = 1.2 if "question" in self.fields else 3.0 if self.voices > 1 else 1.0
        pieces = 0.8 if self.average < _WORDY else 1.0
        return round(self.words * voices * pieces, -1) + min(self.average, 1000) / 1000

    def without_preview(self) -> Records:
        """The rows below those without a speaker, whose words they all repeat; none, if none do."""
        if "speaker" not in self.fields:
            return []
        who = self.fields["speaker"].cells
        first = next((row for row, name in enumerate(who) if name not in ("", "0")), 0)
        cells = [column.cells for column in self.said]
        above, below = (
            normalise("".join(one for texts in cells for one in texts[part]))
            for part in (slice(first), slice(first, None))
        )
        return self.records[first:] if first and above == below else []

    def content(self) -> Content:
        """What the table says: turns, or paragraphs where nothing tells who speaks."""
        content = Content([], turns=self._joined())
        if not self.voices:
            cells = [cell for column in self.said for cell in column.filled]
            content = _read_cells(content.turns, cells, self.name)
        for column in self.columns:
            key = metadata_name(column.name)
            if key and column not in self.fields.values() and len(column.counts) == 1:
                content.metadata.setdefault(key, clean(column.filled[0])[:500])
        content.dropped += [
            Dropped(text=text, reason="a row without words in the column of the text", line=number)
            for row, number in enumerate(self.numbers)
            if not any(column.cells[row] for column in self.said)
            and (text := clean(" ".join(c.cells[row] for c in self._prose)))
        ]
        return content

    def _joined(self) -> list[GivenTurn]:
        """The turns; what one says in single words, or in pieces of one object, is put together."""
        turns = list(self._turns())
        words, objects = self.average < _WORDY, len(set(self.numbers))
        inner = 1 < objects < len(self.numbers)
        if len(self.said) > 1 or not (words or (inner and self.voices and self.average < _LONG)):
            return turns
        joined = []
        for _, group in groupby(turns, lambda turn: (turn.speaker, inner and turn.line)):
            parts = list(group)
            text = " ".join(part.text for part in parts)
            update = {"text": _STOP.sub(r"\1", text) if words else text, "end_s": parts[-1].end_s}
            joined.append(parts[0].model_copy(update=update))
        return joined

    def _turns(self) -> Iterator[GivenTurn]:
        """A turn for each cell with words, by the speaker of its row or of the last one named."""
        read = plain_text if self.voices else str
        texts = _reflow(read(cell) for column in self.said for cell in column.cells)
        speaker = role = ""
        for row, number in enumerate(self.numbers):
            cell = {field: column.cells[row] for field, column in self.fields.items()}
            own, told = (speaker_label(cell.get(field, "")) for field in ("speaker", "role"))
            role = told or (role if own in ("", speaker) else "")
            speaker = own or speaker
            start, end, span = (self._seconds(cell.get(field)) for field in _TIMES)
            if end is None and start is not None and span is not None:
                end = round(start + span, 3)
            for place, part in enumerate(self.said.values()):
                who = part.title() if part == "interviewer" else speaker or part.title() or role
                if text := texts[place * len(self.numbers) + row]:
                    yield GivenTurn(speaker=who or None, role=part or role or None, text=text,
                                    line=number, start_s=start, end_s=end)  # fmt: skip

    def _find_text(self) -> None:
        """Find the column of the text, or those of questions and answers."""
        if self.fields.keys() & _PARTS.keys() or not self._prose:
            return
        best = _without_label(max(self._prose, key=_text_score), self._prose)
        pair = _questions_and_answers(self._prose)
        named = bool(pair) and pair[0].rank("question") == pair[1].rank("answer") == 1
        if pair and (named or not self._best("speaker", [best, *pair])):
            self.fields["question"], self.fields["answer"] = pair
        else:
            self.fields["text"] = best

    def _best(self, field: str, taken: Collection[Column]) -> Column | None:
        """The column that is most like the field's; of two that agree, the finer one."""
        free = [column for column in self.columns if column.filled and column not in taken]
        scores = {c: score for c in free if (score := _SCORES[field](c, field, self)) > 0}
        first = sorted(scores, key=lambda column: -scores[column])[:8]
        finer = {c: sum(_determines(c, other) and not _determines(other, c) for other in first)
                 for c in first}  # fmt: skip
        return max(first, key=lambda column: scores[column] + 0.6 * finer[column], default=None)

    def _seconds(self, cell: str | None) -> float | None:
        """A time of the table in seconds."""
        time = seconds(cell)
        return None if time is None else round(time * self._unit, 3)


def match_keys(names: Iterable[str], keys: Mapping[str, str], *, name: str) -> dict[str, str]:
    """Find the columns that the user names or numbers; return field to the name as it is there.

    Raises:
        InputError: one is not there; the message lists those that are.
    """
    known: dict[str, str] = {}
    for place, there in enumerate(names, start=1):
        for form in (there, there.lstrip(INHERITED).rsplit(".", 1)[-1], place):
            known.setdefault(normalise(form), there)
    shown = list(dict.fromkeys(there.lstrip(INHERITED) for there in known.values()))[:_SHOWN]
    for field, wanted in keys.items():
        if normalise(wanted) not in known:
            raise InputError(
                f'{name}: no column or key "{wanted}" for {field}; expected one of '
                f"{', '.join(shown)}; correct --keys"
            )
    return {field: known[normalise(wanted)] for field, wanted in keys.items()}


def _reflow(cells: Iterable[str]) -> list[str]:
    """Return the texts with their wrapped lines joined and blank lines between paragraphs."""
    texts: list[list[str]] = []
    blocks: list[list[Line]] = []
    for number, cell in enumerate(cells):
        texts.append([])
        for block in BLANK.split(cell):
            lines = [mend(" ".join(line.split())) for line in block.splitlines()]
            blocks.append([Line(number, runs=[(line, False, False)]) for line in lines if line])
    for paragraph in reflow(blocks):
        texts[paragraph.number].append(paragraph.plain())
    return ["\n\n".join(paragraphs) for paragraphs in texts]


def _read_cells(turns: Sequence[GivenTurn], cells: Sequence[str], name: str) -> Content:
    """Read texts without speakers as the HTML, Markdown, captions or plain text that they are."""
    text = "\n\n".join(cells)
    form = sniff(text)
    plain = form.name == "txt" and text.count("\n") > 4 * len(cells)
    if plain or form.name in ("html", "md", "srt", "vtt"):
        marked = form.read(b"", plain_text(text) if plain else text, name=name)
        if marked.paragraphs or marked.turns:
            return marked
    lines = [
        Cue(words, turn.line, turn.start_s, turn.end_s)
        for turn in turns
        for line in plain_text(turn.text).splitlines()
        if (words := clean(line))
    ]
    timed = sum(line.start is not None for line in lines)
    if timed > 0.8 * len(lines) and len(text.split()) < _LONG * timed:
        return Content(join_cues(lines))
    return Content([Paragraph(text=line.text, line=line.line, start_s=line.start, end_s=line.end)
                    for line in lines])  # fmt: skip


def _header(rows: Rows, keys: Mapping[str, str]) -> int | None:
    """The index of the row that names the columns, if there is one.

    Its cells are short and do not recur below; their words are known, or they differ in kind from
    those below: short above long texts, words above figures.
    """
    wanted = {normalise(value) for value in keys.values()}
    for place, (_, row) in enumerate(rows[:_HEADER_ROWS]):
        names = [normalise(cell) for cell in row if cell]
        if wanted and wanted <= set(names):
            return place
        below = [[*other, *[""] * len(row)] for _, other in rows[place + 1 : place + _SAMPLE]
                 if other != row]  # fmt: skip
        columns = [(cell, Column(cell, [other[index] for other in below]))
                   for index, cell in enumerate(row) if cell]  # fmt: skip
        if len(set(names)) < len(names) or not all(_is_title(*column) for column in columns):
            continue
        known = {field: sum(column.rank(field) == 1 for _, column in columns) for field in _SETS}
        differ = any(
            column.average > 3 * max(2, len(cell.split())) or column.share(_is_figure) > 0.8
            for cell, column in columns
        )
        many = len(below) > 1 and len(names) >= max(2, 0.6 * len(row))
        most = sum(known.values()) >= max(min(2, len(names)), len(names) / 2)
        if (differ and many) or (most and any(known[field] for field in FIELDS)):
            return place
    return None


def _is_title(cell: str, below: Column) -> bool:
    """Whether a cell may name the column below it."""
    ends = cell[-1] in "?!…," or (cell[-1] == "." and " " in cell)
    return not (ends or len(cell.split()) > 5 or cell in below.counts or seconds(cell) is not None)


def _is_figure(cell: str) -> bool:
    return seconds(cell) is not None or bool(_NUMBER.match(cell)) or not any(map(str.isalpha, cell))


def _text_score(column: Column) -> float:
    """How many words the column has; less where they are the same again, or no prose."""
    if column.inherited or not column.words or column.share(_is_figure) > 0.5:
        return 0.0
    if column.average < _WORDY and len(column.counts) < min(12, 0.2 * len(column.filled)):
        return 0.0  # labels of words
    variety = sqrt(len(column.counts) / len(column.filled))
    prose = 0.6 + 0.4 * column.share(lambda cell: cell[0].isupper() or cell[-1] in ".?!")
    name = 1 + 0.5 * column.rank("text") - 0.6 * (column.rank("other") == 1)
    if column.rank("speaker") == 1 and column.average < _MAX_NAME_WORDS:
        name = 0.1
    return column.words * variety * prose * name


def _without_label(best: Column, prose: Sequence[Column]) -> Column:
    """The column that holds the same texts as the best one, without a label before them."""
    for column in prose:
        pairs = zip(best.cells, column.cells, strict=True)
        same = sum(bool(b) and len(b) < len(a) and a.endswith(b) for a, b in pairs)
        if same > 0.8 * len(best.filled) and column.words > 0.5 * best.words:
            return column
    return best


def _role_score(column: Column, field: str, _: Table) -> float:
    """How much the column looks like one of speakers' roles."""
    known = column.share(lambda cell: speaker_label(cell).casefold() in _ROLES)
    odd = column.share(lambda cell: cell.casefold() in _CLASSES or _NUMBER.match(cell))
    if column.rank(field) == 1 and column.average <= _MAX_NAME_WORDS and odd < 0.5:
        return 1 + known
    return known if known >= 0.8 and column.rank("speaker") <= column.rank(field) else 0.0


def _speaker_score(column: Column, field: str, table: Table) -> float:
    """How much the column looks like one that says who speaks."""
    rows = len(table.numbers)
    if column.average > _MAX_NAME_WORDS or len(column.counts) > _MAX_VOICES:
        return 0.0
    labels = [speaker_label(cell) for cell in column.filled]
    distinct = set(labels)
    name = 3 * column.rank(field)
    if name < 3 and max(column.rank(other) for other in ("other", "text", "start")) == 1:
        name -= 3
    changes = [b for a, b in pairwise(labels) if a != b]
    returns = (len(changes) - len(distinct) + 1) / max(1, len(changes))
    figures = column.share(_NUMBER.match)
    unlike = name < 3 and (returns < 0.3 or len(distinct) > 0.7 * rows)
    if unlike or max(map(len, distinct)) > 200 or column.share(_CLOCK.match) > 0.2:
        return 0.0
    score = (
        3 * returns
        + name
        + column.share(lambda cell: cell.lstrip("[<(*")[:1].isupper())
        + len(column.filled) / rows
        - 3 * figures
        - 4 * (column.share(lambda cell: cell.casefold() in _CLASSES) > 0.8)
    )
    return score if score >= _SPEAKER_FROM - 2 * (name == 3) else 0.0


def _determines(column: Column, other: Column) -> bool:
    """Whether each value of a column comes with one value of another."""
    pairs = {(a, b) for a, b in zip(column.cells, other.cells, strict=True) if a and b}
    return len(pairs) == len({a for a, _ in pairs})


def _questions_and_answers(prose: Sequence[Column]) -> Sequence[Column]:
    """The column of questions and that of answers, beside one another."""
    named = [next((c for c in prose if c.rank(field) == 1), None)
             for field in ("question", "answer")]  # fmt: skip
    if named[0] and named[1]:
        return named[0], named[1]
    long = sorted((c for c in prose if c.average > _PROSE), key=_text_score, reverse=True)[:2]
    if len(long) < 2:
        return ()
    both = sum(bool(a and b) for a, b in zip(long[0].cells, long[1].cells, strict=True))
    asks = [column.share(lambda cell: cell.rstrip('"”» ').endswith("?")) for column in long]
    if 2 * both < len(long[0].cells) or max(asks) < 0.5 or min(asks) > 0.5 * max(asks):
        return ()
    return long if asks[0] > asks[1] else long[::-1]


def _time_score(column: Column, field: str, _: Table) -> float:
    """How much the column looks like times: known by name or clocks, and rising."""
    rank = column.rank(field)
    clocks = field != "duration" and column.share(_CLOCK.match) > 0.5
    clocks |= column.name.isdecimal() and column.share(_DECIMAL.match) > 0.8  # it has no name
    if not (clocks or rank == 1) or max(column.rank(other) for other in _TIMES) > rank:
        return 0.0
    times = [time for cell in column.filled if (time := seconds(cell)) is not None]
    rises = sum(a <= b for a, b in pairwise(times)) >= 0.9 * len(times) - 1
    return 1 + 3 * rank if times and (rises or field == "duration") else 0.0


_TIMES = ("start", "end", "duration")
_SCORES = {"role": _role_score, "speaker": _speaker_score, **dict.fromkeys(_TIMES, _time_score)}
"""The fields beside the text, in the order in which they choose, and how they score a column."""
