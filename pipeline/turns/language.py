"""Which language a transcript is in, by py3langid.

Chosen over lingua for its size, 4.5 MB against 90 MB and more: a whole transcript is easy to tell.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

JUDGED = "en"
_MIN_WORDS = 40
_SAMPLE = 6_000
_SURE = 0.9
_NAMES = {"english": "en", "eng": "en", "german": "de", "french": "fr", "russian": "ru",
          "chinese": "zh", "spanish": "es", "ukrainian": "uk"}  # fmt: skip


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)


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
    language, probability = _identifier().classify(sample)
    return str(language) if probability >= _SURE else None
