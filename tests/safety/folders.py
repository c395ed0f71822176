"""Folders of others by the thousand: runs, corpora and caches with random damage.

    $ python -m tests.safety.folders [--count 1000] [--seed 0]

Each is used as a user would. One fails if anything but a ``WestwardError`` comes of it, it takes
over ``TOO_LONG``, it needs over ``TOO_MUCH``, or a file outside of its folder is changed.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import resource
import shutil
import sqlite3
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing, redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from typing import Any

from pipeline.annotator import Annotator
from pipeline.cache.store import FILE, Entry, Store, count_results
from pipeline.cli import main as westward
from pipeline.config import load_settings
from pipeline.corpus.check import check_corpus
from pipeline.corpus.inputs import find_inputs
from pipeline.errors import WestwardError
from pipeline.workers.order import annotate_here
from tests.exports.conftest import ODD, talk, write_run
from tests.workers.light import Sentences, write_talks

TOO_LONG = 5.0  # seconds by the clock
TOO_MUCH = 1_000_000  # kilobytes more than before
ODD_VALUES: tuple[Any, ...] = (
    None, True, -1, 0, 2**70, 1.5, float("nan"), float("inf"), "", "..", "../../mine", "/etc/passwd",
    "a\x00b", "\x1b[2J", "\udc80", "x" * 300, "x" * 100_000, [], {}, [[]] * 50, [None], {"": None},
    {"a": {"b": 1}}, "t.t2", "t", "2024-13-45", "west-broad", "=cmd|' /C calc'!A0", "é" * 90,
)  # fmt: skip
PIECES = (
    b"\x00",
    b'"',
    b"\xff\xfe",
    b"[" * 5_000,
    b"9" * 400,
    b"\n",
    b",",
    b"\x1b[2J",
    b"{",
    b"\r",
)
COMMANDS = (
    ("show", "{run}"), ("show", "{run}", "t"), ("query", "{run}", "SELECT * FROM stances"),
    ("query", "{run}", "SELECT count(*) FROM units"), ("quotes", "{run}"), ("report", "{run}"),
    ("compare", "{run}", "{run}"), ("agree", "{run}"), ("estimate", "{run}"),
    *(("export", "{run}", "--to", name) for name in ("brat", "docx", "xmi", "qdpx", "xlsx", "conll",
      "label-studio", "dna", "parquet", "sqlite", "dta", "docbin")),
)  # fmt: skip


def damage_json(value: Any, dice: random.Random) -> Any:
    """Return a value of JSON with one part of it replaced, removed or repeated."""
    if isinstance(value, dict) and value and dice.random() < 0.9:
        key = dice.choice(sorted(value))
        act = dice.random()
        if act < 0.15:
            return {name: one for name, one in value.items() if name != key}
        if act < 0.2:
            return {**value, str(dice.choice(ODD_VALUES))[:200]: value[key]}
        return {**value, key: damage_json(value[key], dice)}
    if isinstance(value, list) and value and dice.random() < 0.9:
        place = dice.randrange(len(value))
        return [*value[:place], damage_json(value[place], dice), *value[place + 1 :]]
    return dice.choice(ODD_VALUES)


def damage_bytes(data: bytes, dice: random.Random) -> bytes:
    """Return bytes that are cut, or have others put in or in the place of some."""
    place = dice.randrange(len(data) + 1)
    act = dice.random()
    if act < 0.2:
        return data[:place]
    if act < 0.6:
        return data[:place] + dice.choice(PIECES) + data[place:]
    return data[:place] + dice.randbytes(dice.randrange(1, 40)) + data[place + 20 :]


def damage_file(path: Path, dice: random.Random) -> None:
    """Damage a file, or put something else in its place."""
    data, act = path.read_bytes(), dice.random()
    if act < 0.75 and path.suffix in (".json", ".jsonl"):
        lines = (data.splitlines() if path.suffix == ".jsonl" else [data]) or [b"{}"]
        place = dice.randrange(len(lines))
        changed: Any = {}
        with suppress(ValueError):  # it is damaged already
            changed = json.loads(lines[place])
        for _ in range(dice.randrange(1, 3)):
            changed = damage_json(changed, dice)
        lines[place] = json.dumps(changed).encode()
        path.write_bytes(b"\n".join(lines) + b"\n")
    elif act < 0.92:
        path.write_bytes(damage_bytes(data, dice))
    else:
        path.unlink()
        kinds: tuple[Callable[[], object], ...] = (
            path.mkdir, lambda: path.symlink_to(path.name), lambda: path.symlink_to("/etc/passwd"),
            lambda: os.mkfifo(path), lambda: None, lambda: path.symlink_to("/dev/zero"),
        )  # fmt: skip
        dice.choice(kinds)()


def a_run(folder: Path, dice: random.Random) -> Callable[[], object]:
    """Damage a run; return a command that reads or updates it."""
    run = write_run(folder / "run", talk(ODD), tables=True)
    files = [path for path in sorted(run.rglob("*")) if path.is_file()]
    for _ in range(dice.randrange(1, 3)):
        chosen = dice.choice([run / "run.json", run / "annotated.jsonl", *files])
        if chosen.is_file() and not chosen.is_symlink():
            damage_file(chosen, dice)
    words = [one.format(run=run) for one in dice.choice(COMMANDS)]
    return lambda: command(folder, words)


def command(folder: Path, words: list[str]) -> None:
    """Call the command line; only what it does not expect is raised."""
    words += ["--no-pager"] if words[0] == "show" else []
    words += ["-o", str(folder / "out")] if words[0] in ("export", "compare") else []
    with (
        suppress(SystemExit),
        redirect_stdout(io.TextIOWrapper(io.BytesIO())),
        redirect_stderr(io.TextIOWrapper(io.BytesIO())),
    ):
        westward(words)


def a_corpus(folder: Path, dice: random.Random) -> Callable[[], object]:
    """Damage the index of a corpus; return its check and the search for its transcripts."""
    corpus = folder / "corpus"
    corpus.mkdir()
    talks = write_talks(corpus, "plan", "vote")
    rows = [
        {"id": one.id, "path": f"{one.id}.txt", "title": "A talk", "date": "2024-02", "wave": "2"}
        for one in talks
    ]
    kind = dice.choice(["jsonl", "csv"])
    index = corpus / f"index.{kind}"
    if kind == "jsonl":
        index.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf8")
    else:
        lines = [",".join(rows[0]), *(",".join(row.values()) for row in rows)]
        index.write_text("\n".join(lines) + "\n", encoding="utf8")
    damage_file(index, dice)

    def use() -> None:
        with suppress(WestwardError):
            find_inputs([corpus])
        with suppress(WestwardError):
            check_corpus(corpus, settings=load_settings().segment)

    return use


def a_cache(folder: Path, dice: random.Random) -> Callable[[], object]:
    """Damage a cache, as bytes or by SQL; return a run with it."""
    cache = folder / "cache"
    talks = write_talks(folder, "plan", "vote")
    annotator = Annotator([Sentences()], settings=load_settings())
    with Store(cache) as store:
        expected = [one.line for one in annotate_here(talks, annotator, store)]
    path = cache / FILE
    if dice.random() < 0.5:
        damage_file(path, dice)
    else:
        column = dice.choice(["key", "stage", "signature", "data"])
        value = dice.choice(["NULL", "''", "x'00'", "1", "zeroblob(90000000)", "randomblob(50)",
                             "'k'", "(SELECT data FROM results LIMIT 1)"])  # fmt: skip
        script = dice.choice([
            f"UPDATE OR IGNORE results SET {column} = {value}",
            f"ALTER TABLE results ADD COLUMN more DEFAULT {value}",
            "ALTER TABLE results RENAME TO kept; CREATE VIEW results AS WITH RECURSIVE n(i) AS "
            "(SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i key, i stage, i signature, i data "
            "FROM n",
            "CREATE TRIGGER t BEFORE INSERT ON results BEGIN SELECT zeroblob(900000000); END",
            "PRAGMA writable_schema = ON; UPDATE sqlite_master SET rootpage = 1",
            "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = 'CREATE TABLE results (a)'",
        ])  # fmt: skip
        with closing(sqlite3.connect(path)) as file, suppress(sqlite3.Error):
            file.executescript(script)

    def use() -> None:
        count_results(cache)
        with Store(cache) as store:
            found = [one.line for one in annotate_here(talks, annotator, store)]
            store.put(Entry("k", "read", b"{}"))
        if found != expected:
            raise AssertionError("another result than without the cache")

    return use


KINDS = {"run": a_run, "corpus": a_corpus, "cache": a_cache}


def tried(kind: str, count: int, *, seed: int = 0) -> Iterator[tuple[int, str | None, float]]:
    """Yield the number of each try, what failed in it, and how long it took, in seconds."""
    for number in range(count):
        dice, fault = random.Random(f"{kind} {seed} {number}"), None
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "theirs"
            folder.mkdir()
            (Path(name) / "mine").write_text("mine")
            use = KINDS[kind](folder, dice)
            begun = time.monotonic()
            try:
                use()
            except Exception:
                fault = traceback.format_exc()
            lasted = time.monotonic() - begun
            if lasted > TOO_LONG:
                fault = f"took {lasted:.1f} s"
            if sorted(os.listdir(name)) != ["mine", "theirs"]:
                fault = f"wrote outside: {os.listdir(name)}"
            shutil.rmtree(folder, ignore_errors=True)
        yield number, fault, lasted


def main() -> None:
    """Try as many of each kind as asked, and print what failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kinds", nargs="*", default=[*KINDS])
    options = parser.parse_args()
    for kind in options.kinds:  # what is loaded at first is of the program
        list(tried(kind, 20, seed=-1))
    failed = 0
    for kind in options.kinds:
        longest = 0.0
        for number, fault, lasted in tried(kind, options.count, seed=options.seed):
            longest = max(longest, lasted)
            if fault:
                failed += 1
                print(f"{kind} {number}: {fault}", flush=True)
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(
            f"{kind}: {options.count} tried, longest {longest:.1f} s, {held // 1000} MB", flush=True
        )
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
