"""``westward code`` on a pseudo-terminal and without one, and the commands around it."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from pathlib import Path

import pytest

from pipeline.labels.files import append_labels, labels_folder, read_labels
from tests.cli.conftest import Command
from tests.coding.runs import label, talk, write_run

CODE = "from pipeline.cli import main; main()"
SECONDS_TO_START = 60.0
MAX_WAIT = 0.2  # between a key and the next prompt


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return write_run(tmp_path / "run", [talk("a", ["favor", "none", "against", "none"] * 3)])


class Terminal:
    """Westward on a pseudo-terminal."""

    def __init__(self, *words: str, cwd: Path, columns: int = 200) -> None:
        import pty

        self.shown = ""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(cwd)
            environment = {**os.environ, "TERM": "dumb", "COLUMNS": str(columns)}
            os.execve(sys.executable, [sys.executable, "-c", CODE, *words], environment)

    def until(self, words: str, *, seconds: float = SECONDS_TO_START) -> float:
        """Read until the terminal shows words; return how long that took."""
        import select

        start, self.shown = time.perf_counter(), ""
        while words not in self.shown:
            left = start + seconds - time.perf_counter()
            assert left > 0, f"no {words!r} in {self.shown!r}"
            if select.select([self.fd], [], [], left)[0]:
                try:
                    self.shown += os.read(self.fd, 65536).decode("utf8", "replace")
                except OSError:
                    raise AssertionError(f"ended without {words!r}: {self.shown!r}") from None
        return time.perf_counter() - start

    def press(self, key: str, words: str) -> float:
        """Press a key, and return how long the terminal took to show words."""
        os.write(self.fd, key.encode())
        return self.until(words)

    def end(self) -> int:
        """Wait for the end; return the exit code."""
        code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        os.close(self.fd)
        return code


ON_A_TERMINAL = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal")


@pytest.mark.slow
@ON_A_TERMINAL
def test_sentences_are_coded_on_a_terminal_without_waiting(run: Path) -> None:
    terminal = Terminal("code", "run", "--coder", "anna", "--n", "3", cwd=run.parent)
    terminal.until("What does it do?")
    waits = [
        terminal.press("c", "A claim of what?"),
        terminal.press("u", "What does it do?"),
        terminal.press("c", "A claim of what?"),
        terminal.press("f", "own stance toward west-broad?"),
        terminal.press("-", "Toward what?"),
        terminal.press("1", "stance of somebody else?"),
    ]
    terminal.press("t", "holder:")
    waits += [
        terminal.press("Moscow\n", "stance is reported of Moscow?"),
        terminal.press("+", "stance of somebody else?"),
        terminal.press("\n", "2 of 3"),
    ]
    waits += [terminal.press("s", "What does it do?"), terminal.press("q", "1 of 3 coded")]
    assert terminal.end() == 0
    (one,) = read_labels(labels_folder(run) / "anna.jsonl")
    assert (one.component, one.kind, one.west, one.target) == ("claim", "fact", "against", "NATO")
    assert [report.holder for report in one.attributed or ()] == ["Moscow"]
    assert min(waits) < MAX_WAIT  # others use the machine too


@pytest.mark.slow
@ON_A_TERMINAL
def test_eighty_columns_show_who_speaks_where_and_what_is_said_around_it(tmp_path: Path) -> None:
    guest = {"name": "A minister", "affiliation": "Ministry of Fish", "country": "NO"}
    interview = talk("a", ["favor"] * 5, per_turn=5, title="Of fish", date="2025-03-04")
    host, other = interview.speakers
    speakers = (host, other.model_copy(update=guest))
    write_run(tmp_path / "run", [interview.model_copy(update={"speakers": speakers})])
    terminal = Terminal("code", "run", "--coder", "anna", "--n", "5", cwd=tmp_path, columns=80)
    terminal.until("? help")
    seen = [terminal.shown]
    for _ in range(4):
        terminal.press("s", "? help")
        seen.append(terminal.shown)
    third = max(seen, key=lambda one: one.count("NATO keeps"))  # the others have less around them
    shown = " ".join(third.split())
    assert "Of fish, 2025-03-04" in shown
    assert "A minister · Ministry of Fish · NO: NATO keeps case 0." in shown
    assert re.findall(r"case (\d)\.", shown) == ["0", "1", "2", "3", "4"]
    assert max(map(len, "".join(seen).splitlines())) <= 80
    terminal.press("q", "0 of 5 coded")
    assert terminal.end() == 0


@pytest.mark.slow
@ON_A_TERMINAL
def test_a_wrong_key_says_which_keys_there_are(run: Path) -> None:
    terminal = Terminal("code", "run", "--coder", "anna", "--n", "2", cwd=run.parent)
    terminal.until("? help")
    terminal.press("x", '"x" is no answer; expected c claim, p premise, n none')
    terminal.press("\x1b[A", "this key is no answer")  # an arrow: once
    terminal.press("n", "own stance toward west-broad?")
    assert "no answer" not in terminal.shown
    terminal.press("n", "stance of somebody else?")
    terminal.press("n", "2 of 2")
    terminal.press("q", "1 of 2 coded")
    assert terminal.end() == 0


def test_without_a_terminal_a_line_is_a_key(westward: Command, run: Path) -> None:
    done = westward("code", "run", "--coder", "anna", "--n", "2", stdin=b"n\nx\nn\n\np\nn\nn\n")
    assert done.returncode == 0, done.stderr
    assert "run.labels/anna.jsonl: 2 of 2 coded" in done.stdout
    assert "next: westward estimate run" in done.stdout
    assert '"x" is no answer; expected + favor, - against, 0 neutral, n none' in done.stdout
    assert "favor" not in done.stdout.split("own stance")[0]
    assert [one.component for one in read_labels(labels_folder(run) / "anna.jsonl")] == [
        "none",
        "premise",
    ]


def test_estimates_follow_the_coded_sentences(westward: Command, run: Path) -> None:
    done = westward("estimate", "run")
    assert "not corrected: raw" in done.stderr
    interview = talk("a", ["favor", "none", "against", "none"] * 3)
    drawn = {"weight": 1.0, "stratum": "all (12 units)"}
    truth = ["favor", "none", "none", "none"] * 3
    labels = [label(interview, n, west=side, **drawn) for n, side in enumerate(truth)]
    append_labels(labels_folder(run) / "anna.jsonl", labels)
    done = westward("estimate", "run", "--json")
    (row,) = [
        one for one in json.loads(done.stdout)
        if (one["level"], one["voice"], one["estimand"]) == ("all", "own", "share_about")
    ]  # fmt: skip
    assert (row["method"], row["corrected"], row["n_coded"]) == ("ppi", 0.25, 12)
    assert "not corrected" not in westward("estimate", "run").stderr


def test_gold_and_agree_read_each_other(westward: Command, run: Path, tmp_path: Path) -> None:
    done = westward("gold", "run", "-o", "labels.jsonl")
    assert done.returncode == 0, done.stderr
    assert "labels.jsonl: 12 labels" in done.stdout
    labels = (tmp_path / "labels.jsonl").read_text("utf8").replace('"favor"', '"neutral"')
    (tmp_path / "other.jsonl").write_text(labels, encoding="utf8")
    done = westward("agree", "run", "other.jsonl", "-o", "differences.csv")
    assert done.returncode == 0, done.stderr
    assert "favor > neutral" in done.stdout
    assert "an interval over fewer than 5 interviews" in done.stderr
    assert (tmp_path / "differences.csv").read_text("utf8").count("own stance") == 3
    shown = json.loads(westward("agree", "run", "other.jsonl", "--json").stdout)
    own = next(one for one in shown if one["question"] == "own stance")
    assert own["figures"]["percent"][0] == 0.75
    done = westward("gold", "run", "-o", "x.jsonl", "--source", "llm:")
    assert done.returncode == 2
    assert 'starts with "llm:"' in done.stderr


def test_eighty_columns_show_each_question_and_its_interval(
    westward: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    talks = [talk(name, sides) for name, sides in (("a", ["favor", "none"]), ("b", ["none"] * 4))]
    write_run(tmp_path / "run", talks)
    assert westward("gold", "run", "-o", "one.jsonl").returncode == 0
    labels = (tmp_path / "one.jsonl").read_text("utf8").replace('"favor"', '"neutral"')
    (tmp_path / "other.jsonl").write_text(labels, encoding="utf8")
    lines = westward("agree", "run", "other.jsonl").stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert [line.split() for line in lines[2:4]] == [
        ["reports", "a", "reported"],
        ["measure", "component", "kind", "own", "stance", "stance", "stance"],
    ]
    place = next(n for n, line in enumerate(lines) if line.split()[:1] == ["equal"])
    assert lines[place].split() == ["equal", "1.00", "1.00", ".83", "1.00", "1.00"]
    assert lines[place + 1].split() == [*["1.00–1.00"] * 2, ".50–1.00", *["1.00–1.00"] * 2]
