"""The page as text: whole without its script, inert whatever a transcript says, the same again."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from typing import Any

import pytest

from pipeline.notices import HARDLY_OTHERS, SELDOM_NAMED, notice
from pipeline.records import Failed, Interview, Notice
from pipeline.tables.frames import build_frames
from tests.built import build, named, only_meant
from tests.report.conftest import Made

HOSTILE = "</script><img src=x onerror=alert(1)><b>"


def codes(page: str) -> list[Any]:
    found = re.findall(r'<script type="application/json" class="codes">(.*?)</script>', page)
    return [json.loads(one) for one in found]


def hostile() -> Interview:
    """The interview with markup in a name, in a title, and in what is said."""
    text = build().model_dump_json()
    for word in ("NATO", "Russia", "A talk on the summit", "Analyst"):
        text = text.replace(f'"{word}"', json.dumps(HOSTILE))
    text = text.replace("Wheat prices rose by a fifth.", HOSTILE[:29])
    return Interview.model_validate_json(text)


def test_a_transcript_with_markup_is_inert(make: Made) -> None:
    page = make([hostile()])["report.html"]
    assert "<img" not in page
    assert html.escape(HOSTILE, quote=False).replace('"', "&#34;") in page
    assert page.count("<script") == 2
    assert HOSTILE in codes(page)[0]["strings"]


@pytest.mark.parametrize("tag", ["style", "script"])
def test_only_the_page_s_own_style_and_script_are_allowed(tag: str, make: Made) -> None:
    page = make([build()])["report.html"]
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    (own,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(own.encode()).digest()).decode()
    assert f"{tag}-src &#39;sha256-{digest}&#39;" in policy
    assert policy.startswith("default-src &#39;none&#39;")
    assert " style=" not in page


def test_it_has_all_text_without_its_script(make: Made) -> None:
    text = re.sub(r"<script.*?</script>|<[^>]+>", "", make([build()])["report.html"], flags=re.S)
    assert [unit.text for unit in build().units or () if unit.text not in html.unescape(text)] == []


def test_nothing_is_loaded(make: Made) -> None:
    assert not re.search(r"(?:src|href)=\"(?:https?:|//)|url\(http", make([build()])["report.html"])


def test_two_runs_make_the_same_bytes(make: Made) -> None:
    talks = [named(build(f"t{i}"), f"Dr. No{'o' * i}") for i in range(3)]
    assert make(talks, figures=True) == make(talks, figures=True)


def test_many_interviews_get_a_page_each(make: Made) -> None:
    pages = make([build(f"t{i:02}") for i in range(21)])
    assert len(pages) == 21 + 1 + 1
    assert "kept the peace" in pages["report/t07.html"]
    assert "kept the peace" not in pages["report.html"]
    assert len(codes(pages["report.html"])[0]) == 21


def test_an_overview_of_too_many_sentences_finds_none(
    make: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.report.page.MOST_INDEXED", 2_000)
    monkeypatch.setattr("pipeline.report.page.MOST_ON_A_PAGE", 1)
    said = "more interviews than this page can search"
    for talks in (2, 9):
        page = make([build(f"t{i}") for i in range(talks)])["report.html"]
        shown = said in " ".join(page.split())
        assert (shown, len(codes(page))) == ((True, 0) if talks == 9 else (False, 1))
        assert "report/t1.html" in page


def test_it_is_small(make: Made) -> None:
    page = make([build(f"t{i:02}") for i in range(20)])["report.html"]
    units = 20 * len(build().units or ())
    assert len(page) < 120_000 + 1_200 * units


def test_a_judge_without_probabilities(make: Made) -> None:
    interview = build()
    claims = [
        c.model_copy(update={"probability": None, "probabilities": {}})
        for c in interview.claims or ()
    ]
    stances = [
        s.model_copy(update={"probability": None, "probabilities": {}})
        for s in interview.stances or ()
    ]
    page = make([interview.model_copy(update={"claims": tuple(claims), "stances": tuple(stances)})])
    assert codes(page["report.html"])[0]["units"][0][5] == -1


def test_targets_that_are_only_meant_are_counted_beside(make: Made) -> None:
    page = make([only_meant(build())])["report.html"]
    assert "2 more stances are on a target that is only meant; targets.inferred = include" in page
    (talk,) = codes(page)
    words = talk["strings"]
    on = [words[one[2]] for unit in talk["units"] for one in unit[7] if not one[0]]
    assert (on.count("European Union"), on.count("European Union (only meant)")) == (1, 1)
    assert '<a href="#target=European%20Union&amp;voice=own">1</a>' in page


def test_a_failed_unit_is_counted_apart(make: Made) -> None:
    failed = (Failed(unit_id="x.t002.u4", reason="no answer", source="model:test"),)
    interview = build().model_copy(update={"failed": failed})
    page = make([interview])["report.html"]
    assert "no usable answer for 1 sentence." in page
    assert '<p class="u failed" id="x.t002.u4">' in page


def test_a_failed_unit_of_no_respondent_is_in_no_count_of_failures(make: Made) -> None:
    failed = (Failed(unit_id="x.t003.u1", reason="no answer", source="model:test"),)
    interview = build().model_copy(update={"failed": failed})
    assert "no usable answer" not in make([interview])["report.html"]
    assert build_frames([interview], duplicates="include")["interviews"].failed_units[0] == 0


def test_holders_are_counted_without_a_link_to_stances(make: Made) -> None:
    def siding(side: str, interview: Interview) -> Interview:
        taken = (one.model_copy(update={"polarity": side}) for one in interview.stances or ())
        return interview.model_copy(update={"stances": tuple(taken)})

    page = make([*(siding("favor", build(one)) for one in "xz"), siding("against", build("y"))])
    (row,) = re.findall(
        r'id="-contested".*?(<tr><th scope="row">.*?</tr>)', page["report.html"], re.S
    )
    assert "".join(row.split()).endswith("<td>2</td><td>1</td></tr>")


def test_another_language_is_shown_and_not_judged(make: Made) -> None:
    layers = dict.fromkeys(("units", "entities", "claims", "attributions", "stances", "relations"))
    foreign = build().model_copy(update={**layers, "language": "fr"})
    page = make([foreign])["report.html"]
    assert "not judged: fr" in page
    assert "kept the peace" in page


def test_no_respondent_and_no_interview(make: Made) -> None:
    speakers = [one.model_copy(update={"role": "other"}) for one in build().speakers]
    page = make([build().model_copy(update={"speakers": tuple(speakers)})])["report.html"]
    assert "No stance of a respondent was found" in page
    assert "0 interviews" in make([])["report.html"]


@pytest.mark.parametrize(
    "warning",
    [
        notice(SELDOM_NAMED, bloc="west-broad", rate=0.0, own=5),
        notice(HARDLY_OTHERS, bloc="west-broad", member="NATO", rate=0.0, own=5),
    ],
    ids=lambda warning: warning.code,
)
def test_talks_hardly_about_the_bloc_are_named_first(warning: Notice, make: Made) -> None:
    page = make([build().model_copy(update={"warnings": (warning,)})])["report.html"]
    assert page.index("1 of 1 interviews hardly name west-broad") < page.index("What is claimed")
    assert "hardly about it" in page


def test_figures_are_svg_and_png(make: Made) -> None:
    talks = [build(f"t{i}").model_copy(update={"date": f"202{i}-01"}) for i in range(3)]
    files = make([named(talk) for talk in talks], figures=True)
    for name in ("net-by-respondent", "targets", "over-time"):
        assert "<svg" in files[f"figures/{name}.svg"]
        assert "<dc:date>" not in files[f"figures/{name}.svg"]
        assert files[f"figures/{name}.png"].startswith("\x89PNG")
