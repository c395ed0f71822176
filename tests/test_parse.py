"""Parsing: curly apostrophes are read as straight ones, and the words stay as written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from pipeline.artefacts import CHECKOUT
from pipeline.errors import ArtefactError
from pipeline.parse import Parser, load_spacy, straighten
from pipeline.reading.syntax import SyntaxReader
from pipeline.records import Interview, Speaker, Turn

MODEL = "en_core_web_sm"
PARSER = Parser(MODEL)
CURLY = [
    "We don’t trust NATO.",
    "They can’t and won’t leave; it isn’t “their” war.",
    "Brussels’ plan is Warsaw’s problem, ‘so to speak’.",
    "It’s late. I’d say we’re done, he said. „Wer weiß“, said the envoy.",
]


def turn_doc(text: str) -> Doc:
    interview = Interview(
        id="k",
        title="A talk",
        sha256="0" * 64,
        source_format="txt",
        convention="labels",
        convention_confidence=1.0,
        speakers=(Speaker(id="s", role="respondent"),),
        turns=(Turn(id="k.t1", speaker_id="s", kind="answer", text=text),),
    )
    return PARSER.docs(interview)["k.t1"]


def test_a_long_text_is_parsed_in_pieces_and_is_one_doc() -> None:
    text = "We don’t trust NATO. They do.\n" * 800
    doc, few = turn_doc(text), turn_doc(text[:300])
    assert doc.text == text
    assert len(list(doc.sents)) == 80 * len(list(few.sents))
    assert parse_of(doc)[: len(few)] == parse_of(few)


def loose_doc(text: str) -> Doc:
    return next(iter(PARSER.parse([text])))


def parse_of(doc: Doc) -> list[tuple[object, ...]]:
    return [
        (t.idx, len(t), t.dep_, t.head.i, t.tag_, t.pos_, t.lemma_, t.ent_iob_, t.ent_type_)
        for t in doc
    ]


@pytest.mark.parametrize("read", [turn_doc, loose_doc])
@pytest.mark.parametrize("text", CURLY)
def test_curly_marks_are_parsed_as_straight_ones(read, text: str) -> None:
    curly, straight = read(text), read(straighten(text))
    assert parse_of(curly) == parse_of(straight)
    assert [s.start_char for s in curly.sents] == [s.start_char for s in straight.sents]


@pytest.mark.parametrize("read", [turn_doc, loose_doc])
def test_a_negation_is_found_in_both_spellings(read) -> None:
    for text in ("We don’t trust NATO.", "We don't trust NATO."):
        verb = next(token for token in read(text) if token.lemma_ == "trust")
        assert any(child.dep_ == "neg" for child in verb.children)


@pytest.mark.parametrize("read", [turn_doc, loose_doc])
@given(text=st.text(alphabet=st.sampled_from("don’t ‘“”'\"„ʼsNATO.\n é\u0301😀…"), max_size=40))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_words_and_offsets_are_those_of_the_text(read, text: str) -> None:
    doc = read(text)
    assert doc.text == text
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in doc)


def test_a_stored_spacy_model_is_verified(tmp_path: Path) -> None:
    shutil.copytree(CHECKOUT / MODEL, tmp_path / MODEL)
    (tmp_path / MODEL / "tagger" / "cfg").write_text("{}", encoding="utf8")
    with pytest.raises(ArtefactError, match=r"tagger.cfg: altered since it was made"):
        load_spacy(MODEL, models=tmp_path)


def test_a_spacy_model_of_the_users_is_loaded_by_its_path(tmp_path: Path) -> None:
    spacy.blank("en", meta={"name": "mine"}).to_disk(tmp_path / "mine")
    assert load_spacy(str(tmp_path / "mine")).meta["name"] == "mine"


@pytest.mark.parametrize("name", ["no_such_model", "numpy", "./no/such/path"])
def test_what_is_no_spacy_model_is_refused(name: str) -> None:
    with pytest.raises(ArtefactError, match=r"expected the name of a folder in models/"):
        load_spacy(name)


def test_tokens_of_a_unit_have_straight_apostrophes() -> None:
    tokens = SyntaxReader(PARSER).read(["We don’t know."])[0]
    assert [token.lower for token in tokens] == ["we", "do", "n't", "know", "."]
