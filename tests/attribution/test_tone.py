"""Flags for words that may not be meant as they stand."""

from __future__ import annotations

import pytest

from pipeline.attribution import flags_of_words


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("NATO keeps the peace.", ()),
        ("Who would still believe Washington?", ("question",)),
        ("“Who would still believe Washington?”", ("question",)),
        ("How touching that the West cares.", ("irony",)),
        ("The so-called free world looked away.", ("irony",)),
        ("They brought us their “values” by air.", ("scare-quotes",)),
        ("He said, “The West is finished.”", ()),
        ("The allies' cousins don't agree.", ()),
        ("It's the ministers' own 'rules' again.", ("scare-quotes",)),
    ],
)
def test_flags_of_a_sentence(text: str, flags: tuple[str, ...]) -> None:
    assert flags_of_words(text) == flags
