"""Which language a transcript is in, by py3langid.

Chosen over lingua for its size, 4.5 MB against 90 MB and more: a whole transcript is easy to tell.
"""

from __future__ import annotations

JUDGED = "en"
_MIN_WORDS = 40
_SAMPLE = 6_000
_MARGIN = 10.0  # of log-likelihood
_NAMES = {"english": "en", "eng": "en", "german": "de", "french": "fr", "russian": "ru",
          "chinese": "zh", "spanish": "es", "ukrainian": "uk"}  # fmt: skip


def tag_of(name: str | None) -> str | None:
    """The two-letter tag of a language as metadata name it: "en-GB", "English"."""
    if not name:
        return None
    word = name.strip().lower().replace("_", "-").split("-")[0]
    return _NAMES.get(word, word) if word.isalpha() else None


def detect_language(text: str) -> str | None:
    """Return the two-letter tag of the text's language, or None where that cannot be told."""
    middle = max(0, len(text) // 2 - _SAMPLE // 2)
    sample = text[middle : middle + _SAMPLE]
    spaced = len(sample.split()) >= _MIN_WORDS
    dense = sum(c.isalpha() and ord(c) > 0x2E80 for c in sample) >= _MIN_WORDS
    if not spaced and not dense:
        return None
    from py3langid import rank  # its model takes a moment to load

    (language, first), (_, second) = rank(sample)[:2]
    return str(language) if first - second >= _MARGIN else None
