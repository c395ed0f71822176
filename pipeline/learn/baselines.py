"""What a model must beat: cue words and names, without any learning."""

from __future__ import annotations

import re

from pipeline.features.featuriser import Reader
from pipeline.features.rows import Row

_FIGURE = re.compile(r"\d")


def lexicon_component(row: Row, reader: Reader) -> str:
    """Judge the component by cues: thanks and procedure are none, reasons and figures premise."""
    counts = reader.cues.counts(row.text)
    words = len(row.text.split())
    if words < 4 or "thanks" in counts or ("procedure" in counts and words < 12):
        return "none"
    if "causal" in counts or "example" in counts or _FIGURE.search(row.text):
        return "premise"
    return "claim"


def lexicon_kind(row: Row, reader: Reader) -> str:
    """Judge the kind by cues: obligation is policy, evaluation is value, the rest fact."""
    counts = reader.cues.counts(row.text)
    if "obligation" in counts:
        return "policy"
    if counts.keys() & {"evaluation", "positive", "negative"}:
        return "value"
    return "fact"


def lexicon_stance(row: Row, reader: Reader) -> str:
    """Judge the stance by names and cues: about the bloc where it is named; cues are counted."""
    if not any(place.in_bloc for place in reader.mentions.read(row.text, row.date)):
        return "none"
    return lexicon_polarity(row, reader)


def lexicon_polarity(row: Row, reader: Reader) -> str:
    """Judge the polarity by cues, whoever the target is."""
    counts = reader.cues.counts(row.text)
    balance = counts.get("positive", 0) - counts.get("negative", 0)
    return "favor" if balance > 0 else "against" if balance < 0 else "neutral"
