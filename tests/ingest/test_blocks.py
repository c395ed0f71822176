"""Pages as an editorial system exports them, and text set out in a page."""

from __future__ import annotations

import json

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.turns import build_interview

TALK = (
    ("HOST", "Why was the pier closed?"),
    ("ENGINEER", "It had rained, and the piles stood in clay."),
    ("HOST", "Who knew of it?"),
    ("ENGINEER", "Everybody who walked on it."),
)


def _page(kind: str) -> str:
    blocks = [{kind: "paragraph", "html": f"<strong>{who}:</strong> {said}"} for who, said in TALK]
    video = {kind: "video", "caption": "The pier from the air", "credit": "Own archive"}
    more = {kind: "related", "items": [{"title": "The lamp is lit", "url": "/lamp"}]}
    page = {"headline": "The pier", "body": [video, *blocks, {kind: "rule"}, more]}
    return json.dumps(page, indent=1)


def test_the_paragraphs_of_a_page_in_json_are_read_as_the_page() -> None:
    for kind in ("type", "component"):
        source = read_bytes(_page(kind).encode(), name="a.json")
        assert [p.text for p in source.paragraphs] == [f"{who}: {said}" for who, said in TALK]
        assert [p.bold[0][0] for p in source.paragraphs] == [0, 0, 0, 0]
        lines = _page(kind).split("\n")
        said = zip(source.paragraphs, TALK, strict=True)
        assert all(words in lines[p.line - 1] for p, (_, words) in said)
        assert [one.text for one in source.dropped] == ["The pier from the air"]


def test_turns_in_json_with_a_type_are_no_page() -> None:
    turns = [{"type": "text", "speaker": who, "text": said} for who, said in TALK]
    source = read_bytes(json.dumps(turns).encode(), name="a.json")
    assert [(turn.speaker, turn.text) for turn in source.turns] == list(TALK)


def test_text_that_a_page_sets_out_keeps_its_lines() -> None:
    hearing = (
        "<html><body><pre>\n                THE STATE OF THE PIER\n\n"
        "    The Chairman. Thank you both. We will now begin a round of five minutes, and I\n"
        "intend to keep it short. Is the pier safe?\n"
        "    Dr. Lamp. It is not, Mr. Chairman, and it has not been since the ice came and took\n"
        "the outer piles with it.\n"
        "    The Chairman. Since when have you known?\n"
        "    Dr. Lamp. Since the morning after, sir.\n</pre></body></html>"
    )
    source = read_bytes(hearing.encode(), name="a.htm")
    assert [(p.line, p.text[:13]) for p in source.paragraphs][1:] == [
        (4, "The Chairman."), (6, "Dr. Lamp. It "), (8, "The Chairman."), (9, "Dr. Lamp. Sin")
    ]  # fmt: skip
    interview = build_interview(source, interview_id="k", settings=load_settings().segment)
    assert [(s.name, s.role) for s in interview.speakers] == [
        ("The Chairman", "interviewer"), ("Dr. Lamp", "respondent")
    ]  # fmt: skip
