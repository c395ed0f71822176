"""A sentence corrected on the page, by keyboard; and what becomes of it everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.runs.folder import read_manifest
from tests.cli.conftest import Command, westward  # noqa: F401
from tests.coding.runs import talk
from tests.exports.conftest import write_run
from tests.labels.hand import code
from tests.report.test_browser import CHROMIUM, browser, opened  # noqa: F401

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
    assert westward("export", run, "--to", "docx", "-o", run.parent / "word").returncode == 0
    westward("export", run, "--to", "dna", "-o", run.parent / "dna.csv")

    page.reload()
    assert "by anna" in page.inner_text(f"[id='{SENTENCE}']")
    assert page.inner_text("#\\-unsaved") == ""  # it is on the page now

    estimates = westward("estimate", run, "--json").stdout
    assert outputs(run)["tables/estimates.csv"] == before["tables/estimates.csv"]
    undone = westward("import", run, "--undo").stdout
    assert f"taken back: 1 units of {file.name} by anna" in undone
    assert f"{SENTENCE}  component premise, west against" in undone
    assert {n: d for n, d in outputs(run).items() if n != "run.json"} == {
        n: d for n, d in before.items() if n != "run.json"
    }
    assert westward("estimate", run, "--json").stdout == estimates
    assert read_manifest(run)["labels"]["by"] == {"ben": 11}
