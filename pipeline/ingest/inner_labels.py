"""Labels of automatic transcripts that stand inside paragraphs too, and marks of captions.

``[SPEAKER_00]: Why? [SPEAKER_01]: It rained. [SPEAKER_01]: For weeks.``
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.records import Dropped, Paragraph

_LABEL = re.compile(
    r"(?:^|(?<=\s))(?P<label>\[[^\W_][^\[\]:]{1,40}\]|(?i:speaker)[ _]\d{1,2}):\s+(?=\S)"
)
_LEAST, _VOICES = 3, 2
_CHEVRONS = re.compile(r"^>>+ ?\S")
_INNER_CHEVRONS = re.compile(r"(?<=[.?!…\-\])\"”’'])\s+(?=>>+ ?[^\W\d_])")
_CAPTIONS = 5


def split_inner_chevrons(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Let what ``>>`` opens behind a sentence stand in a paragraph of its own, as others do."""
    if sum(bool(_CHEVRONS.match(one.text)) for one in paragraphs) < _CAPTIONS:
        return list(paragraphs)
    return [
        paragraph.model_copy(update={"text": text, "bold": (), "italic": ()})
        if text != paragraph.text
        else paragraph
        for paragraph in paragraphs
        for text in _INNER_CHEVRONS.split(paragraph.text)
    ]


def split_inner_labels(
    paragraphs: Sequence[Paragraph],
) -> tuple[list[Paragraph], list[Dropped]]:
    """Let each speaker inside a paragraph have one of his own, and his label stand there once.

    Only where such labels open paragraphs again and again, and only those labels.

    Returns:
        The paragraphs, and the labels that are repeated before sentences of one speaker.
    """
    opening = [match["label"] for one in paragraphs if (match := _LABEL.match(one.text))]
    known = set(opening)
    if len(opening) < _LEAST or len(known) < _VOICES:
        return list(paragraphs), []
    split: list[Paragraph] = []
    dropped: list[Dropped] = []
    for paragraph in paragraphs:
        labels = [one for one in _LABEL.finditer(paragraph.text) if one["label"] in known]
        if len(labels) < (2 if labels and not labels[0].start() else 1):
            split.append(paragraph)
            continue
        texts = [paragraph.text[: labels[0].start()].strip()]
        ends = [*(one.start() for one in labels[1:]), len(paragraph.text)]
        last = ""
        for one, end in zip(labels, ends, strict=True):
            said = paragraph.text[one.end() : end].strip()
            if one["label"] == last:
                texts[-1] += f" {said}"
                dropped.append(
                    Dropped(
                        text=one.group().strip(),
                        reason="speaker label",
                        line=paragraph.line,
                        page=paragraph.page,
                    )
                )
            else:
                texts.append(f"{one.group().strip()} {said}")
            last = one["label"]
        split += [
            paragraph.model_copy(update={"text": text, "bold": (), "italic": ()})
            for text in texts
            if text
        ]
    return split, dropped
