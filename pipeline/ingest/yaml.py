"""The one loader of YAML that others have written: a document is no larger than its text says.

An alias stands for all that its anchor holds: nine lines of nine aliases each are 400 million
values. So a text is measured by its events, before any value is built.
"""

from __future__ import annotations

from typing import Any

import yaml

MAX_ALIASES, MAX_DEPTH = 20, 200
_MAX_GROWTH, _FEW = 5, 10_000  # times the text; characters that may come of aliases anyway


class YAMLLimitError(yaml.YAMLError):
    """A document has too many aliases, or is too deep."""


class _Unique:
    """Refuses a mapping with two values of one key, of which PyYAML drops the first."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Any:
        """Build a mapping."""
        values: dict[str, object] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else key
            said = value.value if isinstance(value, yaml.ScalarNode) else value
            if values.setdefault(name, said) != said:
                raise yaml.constructor.ConstructorError(
                    None, None, f'"{name}" twice in one mapping', key.start_mark
                )
        return super().construct_mapping(node, deep=deep)  # type: ignore[misc]


class _Values(_Unique, yaml.CSafeLoader):
    """Numbers and dates are values."""


class _Texts(_Unique, yaml.CBaseLoader):
    """Numbers and dates are as they are written."""


def load_documents(text: str, *, as_written: bool = False) -> list[Any]:
    """Return the documents of a text.

    Args:
        text: in YAML.
        as_written: numbers and dates are texts.

    Raises:
        yaml.YAMLError: it is malformed, nested too deeply, or has too many aliases or a key twice.
    """
    _measure(text)
    loader = _Texts if as_written else _Values
    return list(yaml.load_all(text, Loader=loader))  # nosec B506: both build plain values only


def _measure(text: str) -> None:
    sizes: dict[str | None, int] = {}  # of what each anchor holds, in characters
    opened: list[tuple[str | None, int]] = []
    total = aliases = 0  # the size of all so far
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        anchor = getattr(event, "anchor", None)
        if isinstance(event, yaml.AliasEvent):
            aliases += 1
            total += 1 + sizes.get(event.anchor, 0)
        elif isinstance(event, yaml.ScalarEvent):
            total += 1 + len(event.value)
            sizes |= {anchor: 1 + len(event.value)} if anchor else {}
        elif isinstance(event, yaml.CollectionStartEvent):
            total += 1
            opened.append((anchor, total))
        elif isinstance(event, yaml.CollectionEndEvent):
            name, start = opened.pop()
            sizes |= {name: total - start + 1} if name else {}
        if aliases > MAX_ALIASES or (aliases and total > _MAX_GROWTH * len(text) + _FEW):
            raise YAMLLimitError(f"{aliases:,} aliases or more; expected at most {MAX_ALIASES}")
        if len(opened) > MAX_DEPTH:
            raise YAMLLimitError(f"nested deeper than {MAX_DEPTH}")
