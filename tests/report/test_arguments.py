"""Arguments on the page: links of sentences, shares and lists; nothing where nothing is linked."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from pipeline.records import Interview
from pipeline.report.arguments import PARTS, opening, shares_of
from pipeline.tables.frames import build_frames
from pipeline.tables.lookup import Lookup
from pipeline.tables.reasons import claimed_in
from tests.built import build, linked, named
from tests.report.conftest import Made
from tests.report.test_page import HOSTILE, codes, hostile

HOSTILE_CLAIM = HOSTILE[:29] + "<b>" * 4 + "."  # as long as the sentence that it replaces


def text_of(page: str) -> str:
    plain = re.sub(r"<script.*?</script>|<style>.*?</style>|<[^>]+>", "", page, flags=re.S)
    return " ".join(html.unescape(plain).split())


def unlinked() -> Interview:
    return build().model_copy(update={"relations": None})


def test_a_sentence_says_what_it_backs_and_a_claim_what_it_has(make: Made) -> None:
    text = text_of(make([linked(build())])["report.html"])
    assert "→ a reason for “Brussels broke its word over the pipeline.” .80" in text
    assert "1 reason reason: “Moscow calls the sanctions a siege.” .80" in text
    assert "⊣ against “=Washington should lift the sanctions.” .60" in text
    assert "1 objection objection: “They may or may not help, Пётр 🙂.” .60" in text


def test_a_guess_is_not_shown(make: Made) -> None:
    assert "against “NATO kept" not in text_of(make([build()])["report.html"])


def test_a_link_that_a_person_made_names_who(make: Made) -> None:
    talk = linked(build())
    by = tuple(
        one.model_copy(update={"source": "human:anna", "probability": None})
        for one in talk.relations or ()
    )
    page = make([talk.model_copy(update={"relations": by})])["report.html"]
    assert "a reason for “Brussels broke its word over the pipeline.” by anna" in text_of(page)


def test_a_page_without_relations_has_nothing_of_it(make: Made) -> None:
    page = make([unlinked()])["report.html"]
    own = re.sub(r"<(script|style)>.*?</\1>", "", page, flags=re.S)
    assert not re.search("argument|objection|reason|class=.arg", own, re.IGNORECASE)
    assert "parts" not in codes(page)[0]


def test_the_first_shares_are_those_of_the_table() -> None:
    talks = [linked(build("x")), linked(named(build("y"))), build("z")]
    table = build_frames(talks, duplicates="include")["reasons"]
    shares = shares_of([one for talk in talks for one in claimed_in(Lookup(talk))])
    assert shares.total["claims_left_out"] == table.claims_left_out[0] == 2
    shown = {row["who"].id: row["claims_with_reason"] for row in shares.speakers}
    speakers = table[table.level == "speaker"]
    assert shown == dict(zip(speakers.holder_id, speakers.claims_with_reason, strict=True))


def test_the_section_says_how_many_claims_have_a_reason_and_which_are_left_out(make: Made) -> None:
    text = text_of(make([linked(build("x")), named(build("y"))])["report.html"])
    assert "1 of 6 claims have a reason: .17; 2 have an objection." in text
    assert "2 claims are left out of the shares" in text


def test_the_claims_most_argued_for_come_first(make: Made) -> None:
    talk = linked(build())
    more = {"to_unit": "x.t002.u2", "kind": "support"}
    relations = tuple(
        one.model_copy(update=more if one.from_unit in ("x.t002.u1", "x.t002.u4") else {})
        for one in talk.relations or ()
    )
    section = make([talk.model_copy(update={"relations": relations}), linked(build("y"))])
    found = re.findall(
        r'<th scope="row" class="claimed"><a href="#([^"]+)">', section["report.html"]
    )
    assert found == ["x.t002.u2", "y.t002.u2", "x.t005.u1", "y.t005.u1"]


def test_with_a_page_an_interview_a_claim_leads_to_its_page(make: Made) -> None:
    pages = make([linked(build(f"t{i:02}")) for i in range(21)])
    assert 'href="report/t00.html#t00.t002.u2"' in pages["report.html"]
    assert "a reason for" in text_of(pages["report/t20.html"])


def test_what_a_sentence_is_in_arguments_is_in_its_codes(make: Made) -> None:
    (codes_of,) = codes(make([linked(build())])["report.html"])
    units = [row[0] for row in codes_of["units"]]
    parts: dict[str, list[str]] = {
        unit: [name for place, name in enumerate(PARTS) if bits >> place & 1]
        for unit, bits in zip(units, codes_of["parts"], strict=True)
    }
    assert parts[".t002.u1"] == ["bare"]
    assert parts[".t002.u2"] == ["reasoned"]
    assert parts[".t002.u3"] == ["reason"]
    assert parts[".t005.u1"] == ["bare", "objected"]
    assert parts[".t005.u2"] == ["bare", "objection"]


def test_markup_in_a_linked_sentence_is_inert(make: Made) -> None:
    text = json.dumps(linked(hostile()).model_dump(mode="json"), ensure_ascii=False)
    said: Any = json.loads(
        text.replace("Brussels broke its word over the pipeline.", HOSTILE_CLAIM)
    )
    page = make([Interview.model_validate(said)])["report.html"]
    assert "<img" not in page
    assert page.count("<script") == 2
    assert f"a reason for “{HOSTILE_CLAIM}”" in text_of(page)


def test_a_long_sentence_is_named_by_its_first_words() -> None:
    assert opening("one  two\nthree", 9) == "one two …"


def test_links_of_some_sentences_give_a_list_and_no_share(make: Made) -> None:
    (only, *_) = build().relations or ()
    page = make([build().model_copy(update={"relations": (only,)})])["report.html"]
    text = text_of(page)
    assert "4 claims are left out of the shares" in text
    assert "have a reason:" not in text
    assert "By respondent" not in text
    assert re.findall(r'class="claimed"><a href="#([^"]+)">', page) == ["x.t002.u2"]
