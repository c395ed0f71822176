"""The house rules that a machine can check: imports flow one way, heavy packages stay home."""

from __future__ import annotations

import ast
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from pipeline.cache.keys import _NOT_READ

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "pipeline"
ORDER = (
    "errors",
    "records",
    "notices",
    "config",
    "lexicons",
    "stage",
    "artefacts",
    "parse",
    "actors",
    "runs",
    "ingest",
    "turns",
    "references",
    "reading",
    "encoder",
    "targets",
    "judges",
    "attribution",
    "stages",
    "cache",
    "labels",
    "tables",
    "report",
    "corpus",
    "annotator",
    "coding",
    "exports",
    "workers",
    "tally",
    "run",
    "evaluate",
    "train",
    "batch_judging",
    "cli",
    "westward",
)
"""All rooms, from the bottom up: each imports only what is before it."""
HOMES = {
    "matplotlib": ("report/",),
    "httpx": ("judges/",),
    "duckdb": ("tables/", "exports/", "cli/"),
    "torch": (),
    "onnxruntime": ("encoder/runtime.py",),
    "pandas": ("tables/frames.py", "westward/", "exports/", "coding/", "report/"),
    "sklearn": ("evaluate/", "train/"),
    "spacy": (
        "parse",
        "judges/",
        "stages/",
        "reading/",
        "attribution/",
        "references/",
        "actors/",
        "exports/",
        "westward/",
    ),
    "typer": ("cli",),
}
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))


def imports_of(path: Path) -> list[str]:
    """Dotted names of all modules that a file imports, wherever in the file."""
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def files_of(name: str) -> set[Path]:
    """The files of the package that the import of a dotted name runs."""
    parts = name.split(".")[1:] if name.split(".")[0] == "pipeline" else []
    places = [PACKAGE.joinpath(*parts[: i + 1]) for i in range(len(parts))]
    return {one for at in places for one in (at.with_suffix(".py"), at / "__init__.py")} & {
        *MODULES
    }


def room(path: Path) -> str:
    """The top-level module or package of a file in ``pipeline/``."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_flow_one_way(path: Path) -> None:
    if room(path) == "__init__":
        return
    allowed = {"__version__", *ORDER[: ORDER.index(room(path)) + 1]}
    for name in imports_of(path):
        parts = name.split(".")
        if parts[0] == "pipeline" and len(parts) > 1:
            assert parts[1] in allowed, f"{path.name} imports {name}, from a later room"


def dotted(path: Path) -> str:
    """The name by which a file is imported."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(path: Path, modules: set[str]) -> set[str]:
    """The modules that a file imports, wherever in the file: those that have the names."""
    found = set()
    for name in imports_of(path):
        place = f"pipeline.{name}" if name.startswith("westward.") else name
        while place and place not in modules:
            place = place.rpartition(".")[0]
        found.add(place)
    return found - {"", dotted(path)}


def test_no_modules_import_each_other_in_a_circle() -> None:
    rooms = ("pipeline", "training", "benchmarks")
    files = {dotted(path): path for room in rooms for path in (ROOT / room).rglob("*.py")}
    imports = {name: imported(path, set(files)) for name, path in files.items()}
    assert imports["training.left_out"] >= {"training.turns", "benchmarks.documents"}
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        pytest.fail(" <- ".join(error.args[1]))


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_heavy_packages_stay_in_their_rooms(path: Path) -> None:
    place = path.relative_to(PACKAGE).as_posix()
    for name in imports_of(path):
        homes = HOMES.get(name.split(".")[0])
        assert homes is None or place.startswith(homes), f"{place} imports {name}"


def test_the_package_does_without_what_fits_and_measures_it() -> None:
    for path in MODULES:
        roots = {name.split(".")[0] for name in imports_of(path)}
        assert not roots & {"training", "benchmarks", "tests"}, path


def test_a_run_does_without_pandas_and_what_draws_and_queries() -> None:
    code = "import sys, pipeline.run; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "pipeline.tables.writer" in done.stdout.split()
    assert not {"pandas", "matplotlib", "duckdb"} & set(done.stdout.split())


def test_only_the_command_line_prints_or_exits() -> None:
    for path in MODULES:
        if room(path) == "cli":
            continue
        calls = {
            node.func.id
            for node in ast.walk(ast.parse(path.read_text(encoding="utf8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not calls & {"print", "exit", "quit"}, path


def test_a_stage_depends_on_no_room_that_its_version_leaves_out() -> None:
    """Else a change there would bring back old results from the cache."""
    reached: set[Path] = set()
    waiting = [path for path in MODULES if room(path) in ("stages", "judges", "turns", "ingest")]
    while waiting:
        path = waiting.pop()
        reached.add(path)
        waiting += {found for name in imports_of(path) for found in files_of(name)} - reached
    places = {path.relative_to(PACKAGE).as_posix() for path in reached if room(path) in _NOT_READ}
    assert places == set()


def test_rooms_have_no_junk_drawers() -> None:
    names = {path.stem for path in MODULES}
    assert not names & {"utils", "helpers", "common", "misc"}
