"""Title, date and language of an interview, by the index, the file and the text."""

from __future__ import annotations

import io
import lzma
import re
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from pipeline.ingest.dates import find_date, find_day, is_ambiguous
from pipeline.notices import NO_DATE, notice
from pipeline.records import Notice, Source
from pipeline.turns.segments import Segment

JUDGED = "en"
_LANGUAGES = {"english": "en", "eng": "en", "german": "de", "french": "fr", "russian": "ru",
              "chinese": "zh", "spanish": "es", "ukrainian": "uk"}  # fmt: skip
_MIN_BYTES, _SAMPLE = 50, 200  # some ten words, of which no more than this is needed
_TIMES_LIKELIER = 200.0  # than English; dev: real English cuts of ten words at most 6, others 500
_MIN_SHARE = 0.2
_CODES = {2: "H", 4: "I", 8: "L"}  # of unsigned integers, by their bytes
_TITLE_WORDS, _TITLE_TIMES, _NAME_WORDS = 20, 4, 3
_LINE_WORDS, _OTHER_WORDS, _HEAD, _SHOWN = 16, 5, 60, 80
_HELD = re.compile(
    r"\b(?:recorded|conducted|held|took place|taped|filmed|interviewed|spoke|talked|"
    r"date of interview)\b[^.;]{0,60}$",
    re.I,
)
_CHANGED = re.compile(
    r"updat|modif|access|retriev|copyright|\blast\b|archiv|\bborn|birth|since|valid|©", re.I
)
_NO_WORDS = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan|feb|mar|apr|may|june?|july?|aug|sep|"
    r"oct|nov|dec)[a-z]{0,6}|[ap]m|GMT|UTC|E[SD]?T|at|on|the|pages?)\b|[\d_]\w*|\W",
    re.I,
)


def date_of(
    source: Source, known: Mapping[str, str], segments: Sequence[Segment]
) -> tuple[str | None, list[Notice]]:
    """Return the day of the talk in ISO 8601, and what a reader should check of it.

    The date of the metadata; else any other field of theirs that says when it was held or printed;
    else a line around the talk; else the title or the file's name.
    """
    said, fault = known.get("date", ""), NO_DATE
    if date := find_date(said):
        return date, []
    if said:
        fault = "ambiguous-date" if is_ambiguous(said) else "unreadable-date"
    for name, value in known.items():
        dated = re.search(r"date|publish|aired|recorded|released", name, re.I)
        if dated and not _CHANGED.search(name) and (date := find_date(value)):
            return date, [_dated(source, date, f"{name}: {value}", 1)]
    lines = sorted(_lines(source, segments), key=lambda line: line[0])
    names = ((known.get("title", ""), 1), (source.name.rpartition("/")[2], 1))
    lines += [(9, day, text, line) for text, line in names if (day := find_day(text))]
    if lines:
        return lines[0][1], [_dated(source, *lines[0][1:])]
    return None, [notice(fault, source.name, date=said[:_SHOWN])]


def _dated(source: Source, day: str, text: str, line: int) -> Notice:
    return notice("dated", source.name, line, date=day, text=text[:_SHOWN])


def _lines(source: Source, segments: Sequence[Segment]) -> Iterator[tuple[int, str, str, int]]:
    """Rank, day, text and line of what dates a talk: it was held that day, then printed."""
    parts = [part for segment in segments for part in segment.parts]
    long = (i for i, part in enumerate(parts) if len(part.text.split()) > _LINE_WORDS)
    parts = parts[next(long, 0) :]
    said = {part.index for part in parts}
    start, last = min((p.line for p in parts), default=1), max((p.line for p in parts), default=1)
    free = [(one.text, one.line) for i, one in enumerate(source.paragraphs) if i not in said]
    free += [(one.text, one.line) for one in source.dropped]
    for text, line in ((" ".join(text.split()), line) for text, line in free):
        for clause in re.split(r"(?<=[.;])\s+(?=[A-Z])", text[:1_000]):
            before = re.split(r"\d|[A-Z][a-z]+ \d", clause, maxsplit=1)[0]
            around = line < start + _HEAD or line > last
            if around and _HELD.search(before) and (day := find_day(clause)):
                yield 1, day, text, line
        short = len(text.split()) <= _LINE_WORDS and not text.endswith((".", "?", "!"))
        if line <= start and short and not _CHANGED.search(text):
            few = len(_NO_WORDS.sub(" ", text).split()) <= _OTHER_WORDS
            if (day := find_date(text)) and len(day) == len("2024-01-01"):
                yield (2 if few else 4), day, text, line


def first_title(source: Source) -> str | None:
    """A first paragraph that is a heading, or recurs below as titles do.

    A name alone on its line recurs as well: it is shorter, or recurs more often.
    """
    if not source.paragraphs:
        return None
    first = source.paragraphs[0]
    words = len(first.text.split())
    times = sum(paragraph.text == first.text for paragraph in source.paragraphs)
    repeated = words > _NAME_WORDS and 1 < times <= _TITLE_TIMES and not {":", "?"} & {*first.text}
    return first.text if words <= _TITLE_WORDS and (first.heading == 1 or repeated) else None


def language_of(
    source: Source,
    segments: Sequence[Segment],
    known: Mapping[str, str],
    index: Mapping[str, str],
) -> tuple[str, list[Notice]]:
    """Return the language of a talk, and what a reader should check of it.

    The index decides; else the language of most words, by turn, or by paragraph where there is one
    turn; else the file.
    """
    if said := tag_of(index.get("language")):
        return said, []
    pieces = [(segment.text, segment.parts[0].line) for segment in segments]
    if len(segments) == 1:
        pieces = [(part.text, part.line) for part in segments[0].parts]
    found = _languages([text for text, _ in pieces])
    told = set(found) - {None}
    if len(told) < 2:
        return next(iter(told), None) or tag_of(known.get("language")) or JUDGED, []
    words: Counter[str] = Counter()
    lines: dict[str, list[int]] = {}
    for (text, line), language in zip(pieces, found, strict=True):
        if language is not None:
            words[language] += _count_words(text)
            lines.setdefault(language, []).append(line)
    main, *others = (language for language, _ in words.most_common())
    others = [language for language in others if JUDGED in (language, main)]
    if sum(words[language] for language in others) < words.total() * _MIN_SHARE:
        return main, []
    lines = {language: lines[language] for language in others}
    judged = main == JUDGED
    return main, [notice("mixed-languages", source.name, main=main, lines=lines, judged=judged)]


def tag_of(name: str | None) -> str | None:
    """The two-letter tag of a language in metadata: "en-GB", "English"."""
    word = (name or "").strip().lower().replace("_", "-").split("-")[0]
    return _LANGUAGES.get(word, word) if word.isalpha() else None


def detect_language(text: str) -> str | None:
    """Return the two-letter tag of the text's language, or None where it is uncertain.

    A foreign language must be much more probable than English. By py3langid, chosen over lingua for
    its size, 4.5 MB against 90 MB.
    """
    if len(text.encode("utf8", "replace")) < _MIN_BYTES:
        return None
    middle = max(0, len(text) // 2 - _SAMPLE // 2)
    sample = text[middle : middle + _SAMPLE]
    language, probability = _identifier().classify(sample)
    if language == JUDGED:
        return JUDGED
    english = dict(_identifier().rank(sample))[JUDGED]
    return str(language) if probability > _TIMES_LIKELIER * english else None


@cache
def _identifier() -> Any:
    """The identifier, without the file that py3langid's own loader writes to unpack its model."""
    import numpy as np
    from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

    with lzma.open(MODEL_DIR / MODEL_FILE) as packed:
        model = np.load(io.BytesIO(packed.read()), allow_pickle=False)
    states, row = (
        array(_CODES[model[name].dtype.itemsize], model[name].tobytes())
        for name in ("nextmove", "nextmove_row")
    )
    return LanguageIdentifier(
        model["ptc"], model["pc"], model["classes"].tolist(), states, model["out_feat"].tolist(),
        norm_probs=True, tk_row=row,
    )  # fmt: skip


def _languages(texts: Sequence[str]) -> list[str | None]:
    """The language of each text, or of all together where none is certain."""
    found = [detect_language(text) for text in texts]
    return found if any(found) else [detect_language(" ".join(texts))]


def _count_words(text: str) -> int:
    """Count words; without spaces between them, as in Chinese, two signs count as one."""
    return max(len(text.split()), sum(ord(sign) > 0x2E80 for sign in text) // 2)
