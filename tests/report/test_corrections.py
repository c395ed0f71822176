"""A sentence corrected on the page, by keyboard; and what becomes of it everywhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from pipeline.runs.folder import read_manifest
from tests.built import build
from tests.cli.conftest import Command, westward  # noqa: F401
from tests.coding.runs import talk
from tests.exports.conftest import write_run
from tests.labels.hand import code
from tests.report.test_browser import CHROMIUM, browser, opened  # noqa: F401
from tests.report.test_page import hostile

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}"),
]
SIDES = ["favor"] * 4 + ["against"] * 3 + ["neutral"] * 3 + ["none"] * 2
SENTENCE = "a.t1.u0"


@pytest.fixture
def run(tmp_path: Path, westward: Command) -> Path:  # noqa: F811
    """A run with tables, page, figures, and a coded sample; the judge alone has made them."""
    interview = talk("a", SIDES)
    folder = write_run(tmp_path / "talks", interview, tables=True)
    code(folder, interview, SIDES, leave_out=1, coder="ben")
    assert westward("estimate", folder).returncode == 0
    assert westward("report", folder).returncode == 0
    return folder


@pytest.fixture
def page(browser: Any, run: Path) -> Iterator[Any]:  # noqa: F811
    """The page of the run; its console must stay silent."""
    context = browser.new_context(offline=True, viewport={"width": 1400, "height": 900})
    opened_page, faults = context.new_page(), []
    opened_page.on("console", lambda message: faults.append(message.text))
    opened_page.on("pageerror", lambda error: faults.append(str(error)))
    opened_page.goto((run / "report.html").as_uri())
    yield opened_page
    context.close()
    assert faults == []


def tab_to(page: Any, found: str, *, key: str = "Tab") -> None:
    """Press Tab until the element with the focus is the one; fail after a round of the page."""
    for _ in range(200):
        if page.evaluate(f"(e => {found})(document.activeElement)"):
            return
        page.keyboard.press(key)
    pytest.fail(f"no element with {found} in the order of Tab")


def correct(page: Any, folder: Path) -> Path:
    """Correct the first sentence by keyboard and save the file; return it."""
    tab_to(page, "e.className === 'm'")
    assert SENTENCE in page.evaluate("document.activeElement.href")
    tab_to(page, "e.tagName === 'SUMMARY' && e.parentElement.className === 'correct'")
    page.keyboard.press("Enter")
    tab_to(page, "e.name === 'component'")
    page.keyboard.type("prem")
    tab_to(page, "e.name === 'west'")
    page.keyboard.type("ag")
    tab_to(page, "e.name === 'note'")
    page.keyboard.type("ironic")
    page.keyboard.press("Enter")
    assert page.inner_text("#\\-unsaved") == "1 correction not saved"
    tab_to(page, "e.name === 'coder'")
    page.keyboard.type("anna")
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    assert page.inner_text("#\\-unsaved") == "1 correction, saved as a file"
    return file


def outputs(run: Path) -> dict[str, bytes]:
    """The files of a run."""
    return {str(p.relative_to(run)): p.read_bytes() for p in run.rglob("*") if p.is_file()}


def test_a_correction_shows_everywhere_and_is_undone(
    page: Any,
    run: Path,
    westward: Command,  # noqa: F811
) -> None:
    before = outputs(run)
    file = correct(page, run.parent)
    done = westward("import", run, file)
    assert "units changed: 1; kept beside the run in talks.labels/anna.jsonl" in done.stdout
    after = outputs(run)
    changed = {name for name, data in after.items() if data != before.get(name)}
    assert changed >= {
        "report.html", "tables/stances.csv", "tables/claims.csv", "tables/units.csv",
        "tables/reading.csv", "tables/holders.csv", "tables/targets.csv",
        "figures/net-by-respondent.svg", "figures/targets.svg", "methods.md", "run.json",
    }  # fmt: skip
    assert not changed & {"annotated.jsonl", "tables/estimates.csv"}
    assert "anna" in after["figures/targets.svg"].decode()
    assert "anna" in after["figures/net-by-respondent.svg"].decode()

    shown = westward("show", run, "--no-pager", "--width", "100").stdout
    assert "− against NATO, by anna" in shown
    assert "note by anna: ironic" in shown
    asked = "select polarity, stance_source, note from stances join units using (unit_id) where "
    query = westward("query", run, f"{asked} unit_id = '{SENTENCE}'", "--csv").stdout
    assert query.splitlines()[1] == "against,human:anna,anna: ironic"
    book = run.parent / "talks.xlsx"
    assert westward("export", run, "--to", "xlsx", "-o", book).returncode == 0
    (row,) = (row for row in load_workbook(book)["units"].values if row[1] == SENTENCE)
    assert row[5:8] == ("premise", None, "against")
    assert row[-1] == "premise by anna, stance against by anna"

    page.reload()
    assert "by anna" in page.inner_text(f"[id='{SENTENCE}']")
    assert page.inner_text("#\\-unsaved") == ""  # it is on the page now

    estimates = westward("estimate", run, "--json").stdout
    assert outputs(run)["tables/estimates.csv"] == before["tables/estimates.csv"]
    undone = westward("import", run, "--undo").stdout
    assert f"units taken back: 1; of {file.name} by anna, imported " in undone
    assert f"{SENTENCE}  component premise, west against" in undone
    assert {n: d for n, d in outputs(run).items() if n != "run.json"} == {
        n: d for n, d in before.items() if n != "run.json"
    }
    assert westward("estimate", run, "--json").stdout == estimates
    assert read_manifest(run)["labels"]["by"] == {"ben": 11}


def edit(page: Any, unit_id: str, **values: str) -> None:
    """Correct a sentence by mouse."""
    page.locator(f"[id='{unit_id}'] .m").click()
    panel = page.locator(".detail .correct")
    if panel.get_attribute("open") is None:
        panel.locator("summary").click()
    for name, value in values.items():
        field = panel.locator(f"[name={name}]")
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    panel.locator("button[type=submit]").click()


def saved(page: Any) -> list[dict[str, Any]]:
    """The labels of the file that the page saves."""
    page.fill("input[name=coder]", "anna")
    with page.expect_download() as waiting:
        page.click("#\\-save button")
    return [json.loads(line) for line in Path(waiting.value.path()).read_text("utf8").splitlines()]


def test_only_what_was_changed_is_a_label(opened: Any) -> None:  # noqa: F811
    page = opened(build())
    edit(page, "x.t002.u3", reported0="favor")
    edit(page, "x.t002.u2", target="over the pipeline", note="not Brussels")
    edit(page, "x.t002.u4", component="claim", kind="policy", west="against", target="Germany")
    edit(page, "x.t002.u5", component="none")
    assert page.inner_text(".detail .told") == "No code is changed."
    first, second, third = saved(page)
    given = {"doc", "unit_id", "sha256", "text", "coded_at", "source"}
    assert first["attributed"] == [{"holder": "Russia", "stance": "favor"}]
    assert first.keys() - given == {"attributed"}
    assert (second["west"], second["target"]) == ("against", "over the pipeline")
    assert second.keys() - given == {"west", "target", "note"}
    assert (third["component"], third["kind"]) == ("claim", "policy")
    assert (third["west"], third["implicit_target"]) == ("against", "Germany")
    assert {one["source"] for one in (first, second, third)} == {"human:anna"}


def test_a_reported_stance_is_removed(opened: Any) -> None:  # noqa: F811
    page = opened(build())
    edit(page, "x.t002.u3", reported0="remove")
    assert saved(page)[0]["attributed"] == []


def test_changes_stay_and_are_withdrawn_one_by_one(opened: Any) -> None:  # noqa: F811
    page = opened(build())
    for name in ("x.t002.u1", "x.t002.u2"):
        edit(page, name, west="neutral")
    page.reload()
    assert page.inner_text("#\\-unsaved") == "2 corrections not saved"
    page.locator("#\\-corrected summary").click()
    page.locator("#\\-changes button").first.press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").endswith("x.t002.u2")
    assert page.locator("[id='x.t002.u1'] .unsaved").count() == 0
    page.locator("[id='x.t002.u2'] .m").click()
    page.locator(".correct button", has_text="Withdraw").click()
    assert page.inner_text("#\\-unsaved") == ""
    assert page.locator(".correct [name=west]").input_value() == "against"


def test_without_storage_they_are_kept_for_the_page(opened: Any) -> None:  # noqa: F811
    page = opened(build())
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw 1 }})")
    page.reload()
    edit(page, "x.t002.u1", west="neutral")
    assert page.inner_text("#\\-unsaved") == "1 correction not saved"
    assert saved(page)[0]["west"] == "neutral"


def test_the_pages_of_many_interviews_share_them(opened: Any) -> None:  # noqa: F811
    page = opened(*(build(f"t{i:02}") for i in range(21)))
    overview = page.url
    for name in ("t03", "t07"):
        page.goto(overview.replace("report.html", f"report/{name}.html"))
        edit(page, f"{name}.t002.u1", west="against")
    page.goto(overview)
    assert page.inner_text("#\\-unsaved") == "2 corrections not saved"
    assert [one["unit_id"] for one in saved(page)] == ["t03.t002.u1", "t07.t002.u1"]
    page.locator("#\\-corrected summary").click()
    page.locator("#\\-changes a").last.click()
    page.wait_for_selector("[id='t07.t002.u1'] .unsaved")


def test_markup_in_names_and_corrections_does_nothing(opened: Any) -> None:  # noqa: F811
    page = opened(hostile())
    edit(page, "x.t002.u3", target="<img src=x onerror=alert(1)>", west="favor", reported0="favor")
    page.reload()
    page.locator("#\\-corrected summary").click()
    assert page.locator("img, .unsaved *, #\\-changes b").count() == 0
    assert "onerror" in page.inner_text("#\\-changes")


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1400)])
def test_no_serious_barrier(scheme: str, width: int, opened: Any) -> None:  # noqa: F811
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    size = {"width": width, "height": 900}
    page = opened(build(), color_scheme=scheme, viewport=size)
    edit(page, "x.t002.u3", reported0="favor")
    page.locator("#\\-corrected summary").click()
    found = axe.Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
