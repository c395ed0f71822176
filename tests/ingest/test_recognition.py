"""Exports of services for speech recognition: which of the readings counts, and whose words."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pipeline.ingest import read_bytes
from pipeline.ingest.fields import seconds

SAID = [
    ("1", "Why did the harbour close?"),
    ("2", "The crane fell."),
    ("1", "Who paid for it?"),
    ("2", "The city did, for three years."),
    ("1", "Is there another one?"),
    ("2", "It is on a ship, and the ship is late."),
]


def turns(tree: Any) -> list[tuple[str | None, str]]:
    source = read_bytes(json.dumps(tree).encode(), name="a.json")
    return [(turn.speaker, turn.text) for turn in source.turns]


def words() -> list[tuple[str, str]]:
    return [(who, word) for who, text in SAID for word in text.split()]


def test_the_first_reading_of_a_phrase_counts_and_its_words_as_they_are_shown() -> None:
    def reading(text: str) -> dict[str, Any]:
        bare = text.strip("?.").lower()
        said = [{"word": word, "offset": "PT1S"} for word in bare.split()]
        return {"confidence": 0.9, "lexical": bare, "display": text, "words": said}

    phrases = [
        {"channel": 0, "speaker": int(who), "offset": f"PT{at}.5S",
         "nBest": [reading(text), reading("the train fell")]}
        for at, (who, text) in enumerate(SAID)
    ]  # fmt: skip
    whole = {"channel": 0, "display": " ".join(text for _, text in SAID)}
    tree = {"combinedRecognizedPhrases": [whole], "recognizedPhrases": phrases}
    assert turns(tree) == SAID
    source = read_bytes(json.dumps(tree).encode(), name="a.json")
    assert [turn.start_s for turn in source.turns] == [0.5, 1.5, 2.5, 3.5, 4.5, 5.5]


def test_words_get_the_speakers_that_a_list_beside_them_names() -> None:
    items: list[dict[str, Any]] = []
    segments = []
    for at, (who, text) in enumerate(SAID):
        segments.append({"start_time": f"{at}0.0", "speaker_label": who})
        for place, word in enumerate(text[:-1].split()):
            readings = [{"content": word}, {"content": "unlikely"}]
            items.append({"type": "pronunciation", "start_time": f"{at}{place}.0",
                          "alternatives": readings})  # fmt: skip
        items.append({"type": "punctuation", "alternatives": [{"content": text[-1]}]})
    results = {"items": items, "speaker_labels": {"speakers": 2, "segments": segments}}
    assert turns({"results": results}) == SAID


def test_channels_of_a_recording_are_speakers() -> None:
    items = [{"channel_label": who, "alternatives": [{"content": word}]} for who, word in words()]
    first = [item for item in items if item["channel_label"] == "1"]
    channels = {"channels": [{"channel_label": "1", "items": first}]}
    assert turns({"results": {"channel_labels": channels, "items": items}}) == SAID


@pytest.mark.parametrize("untagged", [{}, {"speakerTag": 0}])
def test_words_printed_again_with_their_speakers_are_said_once(untagged: dict[str, int]) -> None:
    first = [
        {"alternatives": [{"transcript": text, "words": [
            {"word": word, **untagged} for word in text.split()]}]}
        for _, text in SAID
    ]  # fmt: skip
    again = [{"word": word, "speakerTag": int(who)} for who, word in words()]
    assert turns({"results": [*first, {"alternatives": [{"words": again}]}]}) == SAID


def test_a_word_may_have_its_speaker_in_its_likeliest_reading() -> None:
    results = [
        {"type": "word", "alternatives": [{"content": word, "speaker": who}]}
        for who, word in words()
    ]
    assert turns({"results": results}) == SAID


@pytest.mark.parametrize(
    ("value", "expected"),
    [("PT1M2.5S", 62.5), ("PT2H", 7200.0), ("PT0S", 0.0), ("PT", None), ("PTA", None)],
)
def test_a_duration_is_a_time(value: str, expected: float | None) -> None:
    assert seconds(value) == expected
