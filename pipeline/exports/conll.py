"""CoNLL 2003: a token a line with its component and entity in BIO tags, a blank line between units.

The columns are token, ``-X-`` (in place of a part of speech), component (in the place of chunks)
and entity.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.exports.docbin import docs_of
from pipeline.exports.source import Source
from pipeline.exports.text import inert

if TYPE_CHECKING:
    from spacy.tokens import Doc

START = "-DOCSTART- -X- O O"
OUTSIDE = "O"


def write(source: Source, path: Path) -> None:
    """Write the units of all interviews into one file."""
    import spacy

    nlp = spacy.blank("en")
    with path.open("w", encoding="utf8", newline="\n") as stream:
        for interview in source.interviews():
            stream.write(f"{START}\n\n")
            for doc in docs_of(interview, nlp):
                stream.writelines(f"{line}\n" for line in _lines(doc))


def _lines(doc: Doc) -> Iterator[str]:
    components = {span.id_: span for span in doc.spans["claims"]}
    for unit in doc.spans["units"]:
        component = components.get(unit.id_)
        begun = False
        for token in unit:
            word = "".join(inert(token.text).split())
            if not word:
                continue
            tag = f"{'I' if begun else 'B'}-{component.label_}" if component else OUTSIDE
            entity = f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else OUTSIDE
            yield f"{word} -X- {tag} {entity}"
            begun = True
        if begun:
            yield ""
