"""The page in a real browser, from disk and without a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.exports.quotations import Wanted, find_quotations
from tests.built import build, linked, named, only_meant
from tests.compared import compared_run
from tests.report.conftest import Made
from tests.report.test_page import hostile

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}: apt-get install chromium"
    ),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's chromium."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def opened(browser: Any, make: Made, tmp_path: Path) -> Iterator[Any]:
    """Open the page of some interviews; its console must stay silent."""
    contexts: list[Any] = []
    faults: list[str] = []

    def open_page(*interviews: Any, name: str = "report.html", **options: Any) -> Any:
        for file, text in make(interviews).items():
            (tmp_path / file).parent.mkdir(exist_ok=True)
            (tmp_path / file).write_text(text, encoding="utf8")
        contexts.append(browser.new_context(offline=True, **options))
        page = contexts[-1].new_page()
        page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda dialog: faults.append(dialog.message))
        page.goto((tmp_path / name).as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


def shown(page: Any) -> list[str]:
    """Ids of the sentences of respondents that are shown."""
    visible = page.locator(".answer .u:visible, .statement .u:visible")
    return [str(one.get_attribute("id")) for one in visible.all()]


def follow(page: Any, link: Any) -> None:
    """Follow a number of the page to its sentences; the page moves the focus when it shows them."""
    link.click()
    page.wait_for_selector("#\\-status:focus")


def test_a_number_leads_to_its_sentences(opened: Any) -> None:
    page = opened(build("x"), named(build("y")))
    row = page.locator("section[aria-labelledby='-stances'] tr", has_text="NATO").first
    follow(page, row.locator("td a").first)
    assert shown(page) == ["x.t002.u1", "y.t002.u1"]
    assert "2 stances in 2 sentences of 2 interviews" in page.inner_text("#\\-status")


def test_every_link_of_the_overview_finds_as_many_as_it_says(opened: Any) -> None:
    page = opened(linked(build("x")), named(build("y")))
    told = page.evaluate(
        """[...document.querySelectorAll("td a, .big a")].map(link => {
            history.replaceState(null, "", link.hash);
            dispatchEvent(new HashChangeEvent("hashchange"));
            const said = document.getElementById("-status").textContent.split(" ")[0];
            return [link.hash, link.textContent, said];
        })"""
    )
    counts = [one for one in told if one[1].isdigit()]
    assert len(counts) > 40
    assert [one for one in counts if one[1] != one[2]] == []


def test_search_and_filters(opened: Any) -> None:
    page = opened(build("x"), named(build("y")))
    page.fill("input[name=q]", "wheat")
    assert shown(page) == ["x.t002.u4", "y.t002.u4"]
    page.select_option("select[name=interview]", "y")
    assert shown(page) == ["y.t002.u4"]
    page.click("#\\-all")
    page.select_option("select[name=voice]", "attributed")
    assert shown(page) == ["x.t002.u3", "y.t002.u3"]
    page.fill("input[name=min]", "90")
    assert shown(page) == []


def test_with_the_keyboard_alone(opened: Any) -> None:
    page = opened(build())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the sentences"
    page.focus("#\\-all")
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "m":
            break
    assert "NATO" in page.inner_text(".detail")
    page.keyboard.press("ArrowDown")
    assert "European Union" in page.inner_text(".detail")
    page.keyboard.press("Tab")  # to its reasons
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    copied = page.wait_for_selector(".detail button[data-copied]").get_attribute("data-copied")
    assert copied.startswith("Analyst (x.s2) · FR: “Brussels broke its word")
    assert copied.endswith("(A talk on the summit, 2023-05, x.t002.u2)")
    page.keyboard.press("Escape")
    assert page.locator(".detail").count() == 0


def test_a_guess_that_was_not_decided_is_folded(opened: Any) -> None:
    page = opened(build())
    page.locator("[id='x.t005.u2'] .m").click()
    guess = page.locator(".detail details:not(.correct)")
    assert "against" not in page.inner_text(".detail")
    guess.locator("summary").click()
    assert "against .70" in guess.inner_text()


def test_a_number_of_many_interviews_leads_to_its_sentences(opened: Any) -> None:
    page = opened(*(build(f"t{i:02}") for i in range(21)))
    row = page.locator("section[aria-labelledby='-interviews'] tr", has_text="t07")
    row.locator("td a").first.click()
    page.wait_for_selector(".talk:visible")
    assert "/sentences/1.html#interview=t07" in page.url
    assert shown(page) == [f"t07.t002.u{i}" for i in (1, 2)] + [f"t07.t005.u{i}" for i in (1, 2)]
    page.locator("a:visible", has_text="in its place").first.click()
    assert "/report/t07.html#t07.t002" in page.url


def test_every_number_of_many_interviews_leads_to_as_many(
    opened: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.report.page.MOST_ON_A_PAGE", 3)
    monkeypatch.setattr("pipeline.report.page.MOST_BYTES", 90_000)
    page = opened(*(named(build(f"t{i}"), f"Dr. No{'o' * i}") for i in range(9)))
    overview = page.url
    links = page.evaluate(
        "[...document.querySelectorAll('td a, .big a')].map(one => [one.hash, one.textContent])"
    )
    wanted = {hash: int(n) for hash, n in links if n.isdigit() and "group=" not in hash}
    assert any(n > 5 for n in wanted.values())
    for hash, n in list(wanted.items())[::6]:
        page.goto(overview)
        page.locator(f"td a[href='{hash}'], .big a[href='{hash}']").first.click()
        page.wait_for_selector(".talk:visible")
        addresses = [one.get_attribute("href") for one in page.locator("#\\-pages a").all()]
        found = 0
        for address in [None, *addresses]:
            if address:
                page.goto(page.url.rpartition("/")[0] + "/" + address)
                page.reload()
            found += int(page.inner_text("#\\-status").split(" ")[0])
        assert (hash, found) == (hash, n)


def active(page: Any) -> str:
    """The id of the sentence whose mark has the focus."""
    return str(page.evaluate("document.activeElement.closest('.u')?.id"))


def test_a_claim_opens_to_its_reasons_and_a_link_jumps_to_the_sentence(opened: Any) -> None:
    page = opened(linked(build()))
    reasons = page.locator("[id='x.t002.u2'] + .arg")
    link = reasons.locator("a", has_text="Moscow calls")
    assert not link.is_visible()
    reasons.locator("summary").click()
    for _ in range(2):  # the second time the address does not change
        link.click()
        page.wait_for_selector("[id='x.t002.u3'].open")
        assert active(page) == "x.t002.u3"
        page.keyboard.press("Escape")
    page.locator("[id='x.t002.u3'] + .arg a").click()
    page.wait_for_selector("[id='x.t002.u2'].open")


def test_only_the_open_sentence_s_links_are_in_the_order_of_tab(opened: Any) -> None:
    page = opened(linked(build()))
    ends = page.locator(".arg a, .arg summary")
    assert {one.get_attribute("tabindex") for one in ends.all()} == {"-1"}
    page.focus("[id='x.t002.u3'] .m")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("[id='x.t002.u2'].open")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("[id='x.t002.u2'] + .arg a").is_visible()


def test_a_jump_shows_a_sentence_that_the_filter_hides(opened: Any) -> None:
    page = opened(linked(build()))
    page.select_option("select[name=argument]", "reason")
    assert shown(page) == ["x.t002.u3"]
    assert page.locator(".arg:visible").count() == 1
    page.locator("[id='x.t002.u3'] + .arg a").click()
    page.wait_for_selector("[id='x.t002.u2'].open")
    assert "x.t002.u2" in shown(page)


def test_a_claim_of_a_list_leads_to_its_sentence(opened: Any) -> None:
    page = opened(*(linked(build(f"t{i:02}")) for i in range(21)))
    page.locator("th.claimed a").first.click()
    page.wait_for_selector("[id='t00.t002.u2'].open")


def test_markup_in_a_transcript_does_nothing(opened: Any) -> None:
    page = opened(hostile())
    assert page.locator("img").count() == 0
    assert "onerror" in page.inner_text("[id='x.t002']")


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1400)])
def test_no_serious_barrier(scheme: str, width: int, opened: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    size = {"width": width, "height": 900}
    page = opened(linked(build("x")), named(build("y")), color_scheme=scheme, viewport=size)
    page.locator("[id='x.t005.u1'] + .arg summary").click()
    page.locator("[id='x.t005.u2'] .m").click()
    found = axe.Axe().run(page).response["violations"]
    grave = [one["id"] for one in found if one["impact"] in ("serious", "critical")]
    assert grave == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_long_table_says_how_many_rows_are_below_and_opens(opened: Any) -> None:
    page = opened(*(named(build(f"t{n:02}"), f"Mrs. Do{'e' * n}") for n in range(20)))
    button = page.locator("section[aria-labelledby='-speakers'] .more")
    box = page.locator("section[aria-labelledby='-speakers'] .tall")
    rows = box.locator("tbody tr")
    edge = box.bounding_box()["y"] + box.bounding_box()["height"]
    below = [one for one in rows.all() if one.bounding_box()["y"] > edge]
    hidden = int(button.inner_text().split(" of ")[0])
    assert hidden - len(below) in (0, 1)  # the row at the edge is seen in part
    assert button.inner_text().endswith("of 20 rows are below: show all")
    button.press("Enter")
    last = rows.last.bounding_box()
    assert last["y"] + last["height"] <= box.bounding_box()["y"] + box.bounding_box()["height"] + 1
    assert button.get_attribute("aria-expanded") == "true"
    assert button.inner_text() == "Show fewer rows"


def test_a_short_table_has_no_button(opened: Any) -> None:
    assert opened(build()).locator(".more").count() == 0


def in_two_years() -> list[Any]:
    return [build(f"t{i}").model_copy(update={"date": f"202{i % 2}-05"}) for i in range(4)]


def test_the_reader_chooses_what_groups_are_by(opened: Any) -> None:
    page = opened(*in_two_years())
    assert page.locator(".compared:visible").count() == 1
    page.select_option("#\\-by select", label="quarter (2)")
    (table,) = page.locator(".compared:visible").all()
    assert "2021-Q2" in table.inner_text()
    follow(page, table.locator("td a").first)
    assert "group quarter: 2020-Q2" in page.inner_text("#\\-status")
    assert shown(page) == ["t0.t002.u1", "t0.t005.u1", "t2.t002.u1", "t2.t005.u1"]


def test_without_script_every_comparison_is_there(opened: Any) -> None:
    page = opened(*in_two_years(), java_script_enabled=False)
    assert page.locator(".compared:visible").count() == 3


def test_the_page_quotes_what_the_command_quotes(opened: Any, tmp_path: Path) -> None:
    interviews = [named(build("x"), "Ana Lima"), only_meant(build("y"))]
    page = opened(*interviews)
    found = find_quotations(compared_run(tmp_path / "run", interviews), Wanted(), n=5)
    page.get_by_role("button", name="Quotations").click()
    shown = page.locator("#\\-quotations strong").all_inner_texts()
    assert shown == [one.unit.text for one in found]
    page.select_option("select[name=stance]", "against")
    page.get_by_role("button", name="Quotations").click()
    assert page.locator("#\\-quotations strong").all_inner_texts() == [
        "Brussels broke its word over the pipeline."
    ]
    assert "NATO kept the peace" in page.inner_text("#\\-quotations blockquote")
