"""UIMA: an XMI file an interview with its type system, as INCEpTION reads them.

The layers are ``webanno.custom.Unit`` and DKPro's sentences, tokens and named entities. Offsets in
XMI are UTF-16 units; cassis converts them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.exports.notation import FIELDS, Given, sentences
from pipeline.exports.source import Source
from pipeline.exports.text import document_of, inert
from pipeline.ingest.xml import parse_xml
from pipeline.records import Interview
from pipeline.tables.lookup import Lookup

if TYPE_CHECKING:
    from cassis import Cas, TypeSystem

TYPE_SYSTEM = "TypeSystem.xml"
UNIT = "webanno.custom.Unit"
FEATURES = ("unit_id", "sha256", *FIELDS, "judged")
_TOKEN = re.compile(r"\w[\w\u0300-\u036f'’-]*|[^\s\w]")


def write(source: Source, path: Path) -> None:
    """Write an XMI file an interview, and the type system, into a folder."""
    types = _type_system()
    types.to_xml(path / TYPE_SYSTEM)
    for interview in source.interviews():
        _cas(interview, types).to_xmi(path / f"{interview.id}.xmi", pretty_print=True)


def _type_system() -> TypeSystem:
    from cassis import load_dkpro_core_typesystem

    types = load_dkpro_core_typesystem()
    unit = types.create_type(UNIT)
    for name in FEATURES:
        types.create_feature(unit, name, "uima.cas.String")
    return types


def _cas(interview: Interview, types: TypeSystem) -> Cas:
    from cassis import Cas

    document, lookup = document_of(interview), Lookup(interview)
    cas = Cas(types, sofa_string=document.text, sofa_mime="text/plain")

    def add(name: str, span: tuple[int, int], **features: str | None) -> None:
        cas.add(types.get_type(name)(begin=span[0], end=span[1], **features))

    for token in _TOKEN.finditer(document.text):
        add("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token", token.span())
    for unit in lookup.units.values():
        add("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence", document.span(unit))
    for one in sentences(lookup):
        ids = {"unit_id": one.unit.id, "sha256": interview.sha256, "judged": one.judged}
        stated = {name: text or None for name, text in one.fields.items()}
        add(UNIT, document.span(one.unit), **ids, **stated)
    for entity in interview.entities or ():
        named = {"value": entity.label or entity.via, "identifier": inert(" ".join(entity.actors))}
        add(
            "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity", document.span(entity), **named
        )
    return cas


def read(path: Path) -> Iterator[Given]:
    """Yield what the units of an XMI file state; a type system beside it is used."""
    from cassis import load_cas_from_xmi, load_typesystem

    beside = path.with_name(TYPE_SYSTEM)
    for file in (path, beside) if beside.is_file() else (path,):
        parse_xml(file.read_bytes(), name=str(file), expected="an export to correct")
    types = load_typesystem(beside) if beside.is_file() else _type_system()
    with path.open("rb") as stream:
        cas = load_cas_from_xmi(stream, typesystem=types, lenient=True)
    if not (units := cas.select(UNIT)):
        raise LookupError(f"no annotation of type {UNIT}")
    for unit in units:
        yield Given(
            f"{path}: unit {unit.unit_id}", {name: unit[name] or "" for name in FIELDS},
            unit.unit_id, sha256=unit.sha256, text=unit.get_covered_text(),
        )  # fmt: skip
