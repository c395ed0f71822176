"""The plots are well-formed pictures in which every question, and every point, has its place."""

from __future__ import annotations

from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest

from training.plots import draw_reliability, draw_risk

SVG = "{http://www.w3.org/2000/svg}"


def question(risk: float) -> dict[str, Any]:
    return {
        "rows": 60,
        "calibration_error": 0.031,
        "reliability": [[0.55, 0.5, 20], [0.95, 1 - risk, 40]],
        "risk_by_coverage": [[0.5, 0.0], [1.0, risk]],
    }


QUESTIONS = {"component": question(0.2), "kind": question(0.21), "stance": question(0.4)}


def elements(picture: str, name: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(picture).iter(SVG + name))


def words(picture: str) -> str:
    return " | ".join(element.text or "" for element in elements(picture, "text"))


@pytest.mark.parametrize("draw", [draw_risk, draw_reliability])
def test_each_question_is_named_and_drawn(draw: Any) -> None:
    picture = draw(QUESTIONS)
    assert all(name in words(picture) for name in QUESTIONS)
    assert len(elements(picture, "polyline")) == len(QUESTIONS)


@pytest.mark.parametrize("draw", [draw_risk, draw_reliability])
def test_all_is_inside_the_picture(draw: Any) -> None:
    picture = draw(QUESTIONS)
    root = ElementTree.fromstring(picture)
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for text in elements(picture, "text"):
        assert 0 <= float(text.attrib["x"]) <= width
        assert 0 <= float(text.attrib["y"]) <= height


def test_names_at_the_ends_of_lines_do_not_overlap() -> None:
    picture = draw_risk(QUESTIONS)
    ends = sorted(
        float(text.attrib["y"])
        for text in elements(picture, "text")
        if (text.text or "").split()[0] in QUESTIONS
    )
    assert min(b - a for a, b in pairwise(ends)) >= 16


def test_a_dot_on_the_diagonal_is_calibrated() -> None:
    (dot, _) = elements(draw_reliability({"one": question(0.05)}), "circle")
    (frame, *_) = [
        e
        for e in elements(draw_reliability({"one": question(0.05)}), "line")
        if "stroke-dasharray" in e.attrib
    ]
    left, bottom = float(frame.attrib["x1"]), float(frame.attrib["y1"])
    across, up = float(dot.attrib["cx"]) - left, bottom - float(dot.attrib["cy"])
    assert up / across == pytest.approx(0.5 / 0.55, abs=0.01)


def test_a_name_cannot_break_the_picture() -> None:
    assert "a<b" in words(draw_risk({"a<b": question(0.1)}))
