"""Words and speakers in two lists of one file, joined by their times."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from pipeline.ingest import read_bytes
from tests.ingest.test_structured import SAID

Tree = dict[str, Any]


def _talk() -> tuple[list[Tree], list[Tree]]:
    """Words, and turns, each with start and end in seconds."""
    words: list[Tree] = []
    turns: list[Tree] = []
    time = 0.5
    for who, text in SAID:
        start = time
        for word in text.split():
            words.append({"who": who, "word": word, "a": round(time, 2), "b": round(time + 0.3, 2)})
            time += 0.4
        turns.append({"who": who, "text": text, "a": round(start, 2), "b": round(time - 0.1, 2)})
        time += 0.6
    return words, turns


WORDS, TURNS = _talk()


def _items() -> list[Tree]:
    """Words and marks apart, marks without times."""
    found: list[Tree] = []
    for one in WORDS:
        core, mark = re.fullmatch(r"(.*?)([.,?]?)", one["word"]).groups()  # type: ignore[union-attr]
        times = {"start_time": str(one["a"]), "end_time": str(one["b"])}
        found.append({**times, "type": "pronunciation", "alternatives": [{"content": core}]})
        found += [{"type": "punctuation", "alternatives": [{"content": mark}]}] if mark else []
    return found


TREES: dict[str, Tree] = {
    "words and segments": {
        "results": {
            "transcripts": [{"transcript": " ".join(text for _, text in SAID)}],
            "speaker_labels": {"segments": [
                {"start_time": str(t["a"]), "speaker_label": t["who"], "end_time": str(t["b"]),
                 "items": [{"start_time": str(w["a"]), "end_time": str(w["b"]),
                            "speaker_label": w["who"]}
                           for w in WORDS if t["a"] <= w["a"] <= t["b"]]} for t in TURNS]},
            "items": _items(),
        },
        "status": "COMPLETED",
    },
    "words and paragraphs": {
        "words": [{"id": n, "start": w["a"], "end": w["b"], "text": w["word"]}
                  for n, w in enumerate(WORDS)],
        "paragraphs": [{"id": n, "start": t["a"], "end": t["b"], "speaker": t["who"]}
                       for n, t in enumerate(TURNS)],
    },
    "starts only": {
        "words": [{"start": w["a"], "text": w["word"]} for w in WORDS],
        "speakers": [{"start": t["a"], "name": t["who"]} for t in TURNS],
    },
    "milliseconds and durations": {
        "words": [{"value": w["word"], "time": int(1000 * w["a"]), "duration": 300} for w in WORDS],
        "paragraphs": [{"speaker": t["who"], "time": int(1000 * t["a"])} for t in TURNS],
    },
    "sentences and voices": {
        "segments": [{"id": n, "start": t["a"], "end": t["b"], "text": f" {t['text']}"}
                     for n, t in enumerate(TURNS)],
        "diarization": [{"start": round(t["a"] - 0.1, 2), "end": t["b"], "speaker": t["who"]}
                        for t in TURNS],
    },
    "sentences of two voices, with words": {
        "segments": [{"start": a["a"], "end": b["b"], "text": f"{a['text']} {b['text']}",
                      "words": [{"word": w["word"], "start": w["a"], "end": w["b"]}
                                for w in WORDS if a["a"] <= w["a"] <= b["b"]]}
                     for a, b in zip(TURNS[::2], TURNS[1::2], strict=True)],
        "diarization": [{"start": t["a"], "end": t["b"], "speaker": t["who"]} for t in TURNS],
    },
    "times without names": {
        "results": [{"alternatives": [{"transcript": t["text"],
                     "timestamps": [[w["word"], w["a"], w["b"]]
                                    for w in WORDS if t["a"] <= w["a"] <= t["b"]]}]}
                    for t in TURNS],
        "speaker_labels": [{"from": w["a"], "to": w["b"], "speaker": w["who"]} for w in WORDS],
    },
    "an object that names the speaker": {
        "words": [{"start": w["a"], "end": w["b"], "punct": w["word"],
                   "word": w["word"].lower().strip(".,?")} for w in WORDS],
        "segments": [{"@type": "Segment", "start": t["a"], "duration": round(t["b"] - t["a"], 2),
                      "speaker": {"@id": t["who"], "gender": "F"}} for t in TURNS],
    },
    "words again, with speakers": {
        "results": [
            *({"alternatives": [{"words": [
                {"startTime": f"{w['a']}s", "word": w["word"]}
                for w in WORDS if t["a"] <= w["a"] <= t["b"]]}]} for t in TURNS),
            {"alternatives": [{"words": [
                {"startTime": f"{w['a']}s", "word": w["word"], "speakerTag": w["who"]}
                for w in WORDS]}]},
        ]
    },
}  # fmt: skip


@pytest.mark.parametrize("shape", TREES)
def test_each_word_has_the_speaker_of_its_time(shape: str) -> None:
    source = read_bytes(json.dumps(TREES[shape]).encode(), name="a.json")
    assert [(turn.speaker, turn.text) for turn in source.turns] == SAID


def test_a_word_between_two_spans_is_of_the_nearer_one() -> None:
    words = [{"start": float(n), "end": n + 0.5, "text": f"word{n}."} for n in range(20)]
    spans = [{"start": 5.0 * n, "end": 5.0 * n + 3, "speaker": "AB"[n % 2]} for n in range(4)]
    source = read_bytes(json.dumps({"w": words, "s": spans}).encode(), name="a.json")
    assert [len(turn.text.split()) for turn in source.turns] == [4, 5, 5, 6]


def test_a_list_without_speakers_stays_as_it_is() -> None:
    tree = TREES["words and paragraphs"]
    alone = {"words": tree["words"], "paragraphs": [{"start": 1.0, "end": 2.0}] * 5}
    source = read_bytes(json.dumps(alone).encode(), name="a.json")
    assert not any(turn.speaker for turn in source.turns)
