"""JSON, JSON Lines and YAML: the talk is found by contents, under any keys at any depth."""

from __future__ import annotations

import json
from itertools import groupby
from typing import Any

import pytest
import yaml

from pipeline.errors import InputError
from pipeline.ingest import read_bytes
from pipeline.records import Source

SAID = [
    ("Lee", "Why did the harbour close?"),
    ("Kim", "The crane fell into the basin, and nobody had ordered another one."),
    ("Lee", "Who paid for it?"),
    ("Kim", "The city did. It took three long years."),
    ("Lee", "Is there another one by now?"),
    ("Kim", "It is on a ship, and the ship is late."),
]
IDS = {"Lee": "spk_0", "Kim": "spk_1"}
WORDS = [(who, word) for who, text in SAID for word in text.split()]


def _read(tree: Any, keys: dict[str, str] | None = None) -> Source:
    return read_bytes(json.dumps(tree).encode(), name="a.json", keys=keys)


def _rows(who: str, said: str) -> list[dict[str, Any]]:
    return [{who: speaker, said: text} for speaker, text in SAID]


def _stamped(items: list[tuple[str, str]], who: str, said: str) -> list[dict[str, Any]]:
    return [{who: w, said: s, "t": round(0.5 * n, 2)} for n, (w, s) in enumerate(items)]


TREES: dict[str, Any] = {
    "odd keys": _rows("b", "c"),
    "nested": {"d": {"list": [{"node": {"p": {"n": w}, "q": {"v": t}}} for w, t in SAID]}},
    "keys are speakers": [{who: text} for who, text in SAID],
    "pairs": {"x": [[who, text] for who, text in SAID]},
    "rows under a header": [["a", "b"], *([who, text] for who, text in SAID)],
    "lists side by side": {"title": "Ice", "u": [t for _, t in SAID], "v": [w for w, _ in SAID]},
    "columns of a frame": {
        "v": {str(n): who for n, (who, _) in enumerate(SAID)},
        "w": {str(n): text for n, (_, text) in enumerate(SAID)},
    },
    "an object for each id": {f"u{n}": row for n, row in enumerate(_rows("a", "b"))},
    "pages": {"pages": [{"n": n, "rows": _rows("a", "b")[n : n + 2]} for n in (0, 2, 4)]},
    "parts": {"opening": _rows("a", "b")[:2], "rest": _rows("a", "b")[2:]},
    "readings of one talk": {"raw": _rows("a", "b")[:5], "final": _rows("a", "b")},
    "a list of words": {"r": {"items": _stamped(WORDS, "speaker_label", "content")}},
    "sentences": [
        {"n": w, "s": [{"x": s} for s in t.replace(". ", ".|").split("|")]} for w, t in SAID
    ],
    "words": {"all": " ".join(t for _, t in SAID), "words": _stamped(WORDS, "s", "w")},
    "words beside turns": {"words": _stamped(WORDS, "s", "w"), "turns": _rows("s", "text")},
    "summaries": {
        "queries": [{"query": f"What of {n}?", "answer": "The city paid."} for n in range(4)],
        "transcripts": _rows("speaker", "content"),
    },
    "a map of names": {
        "names": {value: key for key, value in IDS.items()},
        "segments": [{"label": IDS[who], "text": text} for who, text in SAID],
    },
    "a list of names": {
        "cast": [{"id": n, "name": who} for n, who in enumerate(IDS)],
        "rows": [{"speaker": list(IDS).index(who), "v": text} for who, text in SAID],
    },
    "pieces with their spaces": [
        {"speaker": who, "elements": [{"v": p} for p in text.replace(" ", "| |").split("|")]}
        for who, text in SAID
    ],
}


@pytest.mark.parametrize("shape", TREES)
def test_turns_are_found_in_any_shape(shape: str) -> None:
    source = _read(TREES[shape])
    said = [(who, " ".join(turn.text for turn in turns))
            for who, turns in groupby(source.turns, lambda turn: turn.speaker)]  # fmt: skip
    assert said == SAID


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("\n".join(json.dumps({"by": {"n": w}, "t": t}) for w, t in SAID), "a.jsonl"),
        ("\n".join(json.dumps({"by": {"n": w}, "t": t}) for w, t in SAID), "a.json"),
        (yaml.safe_dump({"titel": "Ice", "talk": _rows("wer", "was")}), "a.yaml"),
    ],
)
def test_lines_and_yaml_are_read_alike(data: str, name: str) -> None:
    turns = read_bytes(data.encode(), name=name).turns
    assert [(turn.speaker, turn.text) for turn in turns] == SAID


@pytest.mark.parametrize(
    "tree",
    [
        {"title": "Ice", "transcript": "\n".join(f"{who}: {text}" for who, text in SAID)},
        {"lines": [f"{who}: {text}" for who, text in SAID]},
        {"body": "".join(f"<p><strong>{who}:</strong> {text}</p>" for who, text in SAID)},
        {"blocks": [{"type": "paragraph", "html": f"<p><b>{w}:</b> {t}</p>"} for w, t in SAID]},
        {"captions": [{"text": f"{w}: {t}", "start": 9.5 * n, "duration": 9}
                      for n, (w, t) in enumerate(SAID)]},
    ],
)  # fmt: skip
def test_texts_with_labels_become_paragraphs(tree: Any) -> None:
    source = _read(tree)
    assert [paragraph.text for paragraph in source.paragraphs] == [f"{w}: {t}" for w, t in SAID]


def test_the_top_tells_metadata_and_people_their_roles() -> None:
    tree = {
        "meta": {"title": "Ice", "date": "2020-03-01", "guests": ["Kim Roe", "Lee Hale"]},
        "speakers": [{"id": "A", "name": "Lee Hale", "role": "host"}, {"id": "B", "name": "Kim"}],
        "utterances": [{"speaker": "AB"[n % 2], "text": text} for n, (_, text) in enumerate(SAID)],
    }
    source = _read(tree)
    assert source.metadata["title"] == "Ice"
    assert source.metadata["interviewee"] == "Kim Roe, Lee Hale"
    assert [(t.speaker, t.role) for t in source.turns[:2]] == [("Lee Hale", "host"), ("Kim", None)]


def test_lines_and_times_of_a_file_are_kept() -> None:
    rows = [{"speaker": w, "text": f"“{t}”", "start": 1000 * n} for n, (w, t) in enumerate(SAID)]
    source = read_bytes(json.dumps(rows, indent=1).encode(), name="a.json")
    assert [turn.line for turn in source.turns] == [4, 9, 14, 19, 24, 29]


def test_yaml_times_and_numbers_stay_as_written() -> None:
    text = "- speaker: 007\n  at: 1:02\n  text: Why now?\n- speaker: yes\n  text: 2024-01-02\n"
    first, second = read_bytes(text.encode(), name="a.yaml").turns
    assert (first.speaker, first.start_s, first.text) == ("007", 62.0, "Why now?")
    assert (second.speaker, second.start_s, second.text) == ("yes", None, "2024-01-02")


def test_keys_that_the_user_names_win_and_unknown_ones_are_listed() -> None:
    tree = {"talk": [{"speaker": "x", "text": t, "who": w, "said": "Hm?"} for w, t in SAID]}
    turns = _read(tree, {"speaker": "who", "text": "said"}).turns
    assert [(turn.speaker, turn.text) for turn in turns[:2]] == [("Lee", "Hm?"), ("Kim", "Hm?")]
    with pytest.raises(InputError, match=r'"nix" for text; expected one of .*speaker, text, who'):
        _read(tree, {"text": "nix"})


def test_deep_or_hopeless_trees_are_refused() -> None:
    with pytest.raises(InputError, match="nested"):
        read_bytes(b'{"a":' * 2_000 + b"1" + b"}" * 2_000, name="a.json")
    with pytest.raises(InputError, match="no turns found"):
        _read({"a": 1})


TWICE = {
    "a.json": '[{"speaker": "Lee", "text": "Why?"},\n{"speaker": "Kim", "text": "It rained.", "text": "It froze."}]',
    "a.jsonl": '{"speaker": "Lee", "text": "Why?"}\n{"speaker": "Kim", "text": "It rained.", "text": "It froze."}\n',
    "a.yaml": "- {speaker: Lee, text: Why?}\n- {speaker: Kim, text: It rained., text: It froze.}\n",
}


@pytest.mark.parametrize("name", TWICE)
def test_a_turn_with_two_texts_of_one_key_is_refused_with_its_line(name: str) -> None:
    with pytest.raises(InputError, match=rf'{name}:2: no .*"text" twice'):
        read_bytes(TWICE[name].encode(), name=name)


@pytest.mark.parametrize("name", TWICE)
def test_a_key_that_is_twice_with_one_value_loses_nothing(name: str) -> None:
    data = TWICE[name].replace("froze", "rained").encode()
    assert [turn.text for turn in read_bytes(data, name=name).turns] == ["Why?", "It rained."]
