"""Every pattern of the package takes time linear in its text: each is tried on texts made for it."""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from re import _constants as kinds  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import pipeline
from tests.seconds import least_seconds

pytestmark = pytest.mark.slow

LENGTH, SECONDS = 8_000, 0.15  # a linear pattern takes some milliseconds, a quadratic one seconds
MANY = 15  # repeats from here on are pumped
REPEATS = (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT)
TRIED = "aA0 .,:(-'\n" + "".join(map(chr, range(32, 127))) + "\té’–"
WHOLE = ("pipeline.ingest.frames", "pipeline.ingest.header")  # patterns of tables, for whole lines
_BY_PLACE = ("match", "fullmatch")


def _found(value: Any, name: str, depth: int = 0) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, re.Pattern):
        yield name, value
    elif depth < 4 and isinstance(value, dict):
        for key, one in list(value.items()):
            yield from _found(one, f"{name}[{str(key)[:20]}]", depth + 1)
    elif depth < 4 and isinstance(value, list | tuple | set | frozenset):
        for number, one in enumerate(value):
            yield from _found(one, f"{name}[{number}]", depth + 1)


@cache
def patterns() -> dict[str, tuple[re.Pattern[str], frozenset[str]]]:
    """The patterns of all modules by name, and the methods that they are used by."""
    found: dict[str, tuple[re.Pattern[str], frozenset[str]]] = {}
    for module in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
        if module.name.endswith("__main__"):
            continue
        source = importlib.import_module(module.name)
        text = Path(source.__file__ or "").read_text("utf8")
        for variable, value in vars(source).items():
            used = re.findall(rf"\b{re.escape(variable)}\.(\w+)\(", text)
            methods = frozenset(used) & {
                *_BY_PLACE,
                "search",
                "sub",
                "split",
                "finditer",
                "findall",
            }
            if module.name in WHOLE and not isinstance(value, re.Pattern):
                methods = frozenset({"fullmatch"})
            for name, pattern in _found(value, f"{module.name}.{variable}"):
                if isinstance(pattern.pattern, str):
                    found[name] = (pattern, methods)
    return found


def _example(tree: Any, flags: int, choice: int) -> str:
    """A text that a parsed pattern matches, one of several by the choice."""
    text = ""
    for kind, value in tree:
        if kind is kinds.LITERAL:
            text += chr(value)
        elif kind in (kinds.ANY, kinds.GROUPREF):
            text += "a"
        elif kind is kinds.NOT_LITERAL:
            text += "a" if value != ord("a") else "b"
        elif kind is kinds.IN:
            fitting = [one for one in TRIED if _one_of(one, value, flags)]
            text += fitting[min(choice, len(fitting) - 1)] if fitting else ""
        elif kind is kinds.BRANCH:
            text += _example(value[1][min(choice, len(value[1]) - 1)], flags, choice)
        elif kind is kinds.SUBPATTERN:
            text += _example(value[3], flags, choice)
        elif kind in REPEATS:
            least, most, inner = value
            text += _example(inner, flags, choice) * max(least, int(most > 0 and choice % 2 == 0))
        elif kind is kinds.ATOMIC_GROUP:
            text += _example(value, flags, choice)
    return text


def _one_of(character: str, items: Any, flags: int) -> bool:
    both = (ord(character), ord(character.swapcase()[0])) if flags & re.I else (ord(character),)
    fits, wanted = False, True
    for kind, value in items:
        if kind is kinds.NEGATE:
            wanted = False
        elif kind is kinds.LITERAL:
            fits |= value in both
        elif kind is kinds.RANGE:
            fits |= any(value[0] <= one <= value[1] for one in both)
        elif kind is kinds.CATEGORY:
            name = str(value)
            is_kind = character.isspace() if "SPACE" in name else character.isdigit() if "DIGIT" in name \
                else character.isalnum() or character == "_"  # fmt: skip
            fits |= is_kind != ("NOT" in name)
    return fits == wanted


def _pumps(tree: Any, flags: int, before: str = "") -> Iterator[tuple[str, str]]:
    """What comes before each long repeat of a pattern, and what it repeats."""
    for kind, value in tree:
        inner: list[Any] = []
        if kind in REPEATS:
            inner = [value[2]]
            if value[1] >= MANY:
                yield from ((before, _example(value[2], flags, choice)) for choice in range(3))
        elif kind is kinds.SUBPATTERN:
            inner = [value[3]]
        elif kind is kinds.BRANCH:
            inner = value[1]
        elif kind in (kinds.ASSERT, kinds.ASSERT_NOT):
            inner = [value[1]]
        elif kind is kinds.ATOMIC_GROUP:
            inner = [value]
        for one in inner:
            yield from _pumps(one, flags, before)
        before += _example([(kind, value)], flags, 0)


def _texts(pattern: re.Pattern[str]) -> set[str]:
    tree = _parser.parse(pattern.pattern, pattern.flags)
    bodies = {("", one) for choice in range(3) if (one := _example(tree, pattern.flags, choice))}
    bodies |= {("", one[:-1]) for _, one in bodies if len(one) > 1}
    bodies |= {("", one) for one in "aA .1(\n-"}
    for before, body in _pumps(tree, pattern.flags):
        bodies |= {(before, body), ("", body), ("", before + body)} if body else set()
    return {f"{before}{body * (LENGTH // len(body))}\0" for before, body in bodies}


def _use(pattern: re.Pattern[str], text: str, methods: frozenset[str]) -> None:
    start = time.process_time()
    if methods and methods <= set(_BY_PLACE):
        for method in methods:
            getattr(pattern, method)(text)
    else:
        for _ in pattern.finditer(text):
            if time.process_time() - start > 4 * SECONDS:
                break


@pytest.mark.parametrize("room", sorted({m.name for m in pkgutil.iter_modules(pipeline.__path__)}))
def test_patterns_are_linear(room: str) -> None:
    for name, (pattern, methods) in patterns().items():
        if name.split(".")[1] != room:
            continue
        for text in _texts(pattern):
            least = least_seconds(
                lambda p=pattern, t=text, m=methods: _use(p, t, m), enough=SECONDS
            )
            assert least < SECONDS, f"{name}: {least:.2f} s on {text[:40]!r}"


def test_a_quadratic_pattern_is_found() -> None:
    pattern = re.compile(r"\s*[a-z]+:$")
    methods = frozenset({"search"})
    slowest = max(
        least_seconds(lambda t=text: _use(pattern, t, methods), runs=1) for text in _texts(pattern)
    )
    assert slowest > SECONDS, sys.version
    assert len(patterns()) > 150
