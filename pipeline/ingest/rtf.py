"""Rich text, by striprtf, as plain text: its bold and italic are lost."""

from __future__ import annotations

import re

from striprtf.striprtf import rtf_to_text

from pipeline.errors import InputError
from pipeline.ingest import text
from pipeline.ingest.content import Content, clean

_TITLE = re.compile(r"{\\title ([^{}\\]{1,300})}")


def read(data: bytes, *, name: str) -> Content:
    """Return the paragraphs of rich text; cells of a table are separated by tabs.

    Raises:
        InputError: it is no rich text, or damaged.
    """
    source = data.decode("latin-1")
    if not source.lstrip().startswith("{\\rtf"):
        raise _refuse(name, 'does not start with "{\\rtf"')
    try:
        plain = rtf_to_text(source, encoding="cp1252", errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, TypeError, OverflowError, RecursionError) as error:
        raise _refuse(name, f"cannot be read ({error})") from error
    lines = (line.rstrip() for line in plain.split("\n"))
    rows = (line[:-1].replace("|", "\t") if line.endswith("|") else line for line in lines)
    content = text.read("\n".join(rows), name=name)
    if title := _TITLE.search(source[:20_000]):
        content.metadata.setdefault("title", clean(title.group(1)))
    return content


def _refuse(name: str, what: str) -> InputError:
    return InputError(f"{name}: {what}; expected rich text (.rtf); open it and save it again")
