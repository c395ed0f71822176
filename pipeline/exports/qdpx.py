"""REFI-QDA: a project that MAXQDA, ATLAS.ti, NVivo and QualCoder open.

A zip with ``project.qde`` (XML, namespace ``urn:QDA-XML:project:1.0``) and the interviews as plain
text in UTF-8. Selections are code points from the start of the text. Names of codes are unique, as
QualCoder keeps one of each, and all that was created has a date, as it expects.

A respondent is a case, of the interviews where no other answers, else of their coded sentences.
What is known of an interview is in a case without a name and with one source: so MAXQDA writes
variables of documents, and QualCoder reads them. No variable is of both, as QualCoder requires.

A sentence that backs another, or argues against it, is linked to it, one way.
"""

from __future__ import annotations

import uuid
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.exports.notation import COLOURS, Sentence, sentences
from pipeline.exports.source import Source
from pipeline.exports.text import document_of, inert
from pipeline.records import Interview
from pipeline.runs.folder import ANNOTATED_NAME
from pipeline.tables.arguments import Arguments
from pipeline.tables.identity import Holder, holder_of
from pipeline.tables.lookup import Lookup, position

if TYPE_CHECKING:
    from lxml.builder import ElementMaker
    from lxml.etree import _Element as Element

NAMESPACE = "urn:QDA-XML:project:1.0"
ORIGIN, GREY = "Westward", "9E9E9E"
OLDEST = (1980, 1, 1, 0, 0, 0)  # the first date that a zip can state
OF_INTERVIEWS = ("title", "date", "year", "series", "language", "url", "licence")
OF_RESPONDENTS = ("affiliation", "country", "interviews")
LINKS = {"support": "favor", "attack": "against"}
"""Links have the colours of stances."""
TYPES = {"year": "Integer", "interviews": "Integer"}  # of variables; others are Text
Code = tuple[str, str]
"""A group of codes, and a code of it: ``("own stance", "own: favor")``."""


@dataclass
class _Case:
    """A respondent over all interviews: how many, and the guids of what is theirs."""

    interviews: int = 0
    sources: list[str] = field(default_factory=list)
    selections: list[str] = field(default_factory=list)


def _guid(*parts: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join((NAMESPACE, *parts))))


USER = _guid("user", ORIGIN)


def write(source: Source, path: Path) -> None:
    """Write a project with all interviews as sources."""
    from lxml import etree
    from lxml.builder import ElementMaker

    make = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})
    run = datetime.fromtimestamp((source.run / ANNOTATED_NAME).stat().st_mtime, UTC)
    made = {"creatingUser": USER, "creationDateTime": f"{run:%Y-%m-%dT%H:%M:%SZ}"}
    sources, links, codes = make.Sources(), make.Links(), set[Code]()
    described: list[Element] = []
    people: dict[Holder, _Case] = {}
    with zipfile.ZipFile(path, "w") as archive:
        for interview in source.interviews():
            sources.append(_source(make, interview, made, codes))
            described.append(_interview_case(make, interview))
            _add_people(people, interview, sources[-1])
            links.extend(_links(make, interview, sources[-1]))
            file = f"sources/{_guid('source', interview.id)}.txt"
            _store(archive, file, document_of(interview).text.encode("utf8"))
        groups = groupby(sorted(codes), key=lambda code: code[0])
        book = [make.Codes(*(_group(make, name, list(of)) for name, of in groups))]
        project = make.Project(
            make.Users(make.User(guid=USER, name=ORIGIN)),
            *(make.CodeBook(one) for one in book if len(one)), _variables(make),
            make.Cases(*described, *(_person_case(make, *one) for one in people.items())), sources,
            *([links] if len(links) else []),
            name=inert(source.name), origin=ORIGIN, creatingUserGUID=USER,
            creationDateTime=made["creationDateTime"],
        )  # fmt: skip
        data = etree.tostring(project, xml_declaration=True, encoding="utf-8", pretty_print=True)
        _store(archive, "project.qde", data)


def _store(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, OLDEST), data, zipfile.ZIP_DEFLATED)


def _source(
    make: ElementMaker, interview: Interview, made: dict[str, str], codes: set[Code]
) -> Element:
    """Return an interview with its coded selections, and add the codes used to all codes."""
    document, lookup = document_of(interview), Lookup(interview)
    guid = _guid("source", interview.id)
    described = (interview.title, interview.date, interview.url, interview.licence)
    text = make.TextSource(
        make.Description(inert("; ".join(filter(None, described)))),
        guid=guid, name=interview.id, plainTextPath=f"internal://{guid}.txt", **made,
    )  # fmt: skip
    for one in sentences(lookup):
        found = list(dict.fromkeys(_codes(lookup, one)))
        codes.update(found)
        start, end = map(str, document.span(one.unit))
        selection = make.PlainTextSelection(
            make.Description(one.judged), guid=_guid("selection", one.unit.id), name=one.unit.id,
            startPosition=start, endPosition=end, **made,
        )  # fmt: skip
        for code in found:
            ref = make.CodeRef(targetGUID=_guid("code", *code))
            selection.append(make.Coding(ref, guid=_guid("coding", one.unit.id, *code), **made))
        if found:
            text.append(selection)
    return text


def _links(make: ElementMaker, interview: Interview, source: Element) -> Iterator[Element]:
    """Yield the decided links between sentences that are selections of a source."""
    guids = {one.get("name"): one.get("guid") for one in source.iterfind("{*}PlainTextSelection")}
    for one in Arguments(Lookup(interview)).links:
        ends = guids.get(one.from_unit), guids.get(one.to_unit)
        if all(ends):
            yield make.Link(
                guid=_guid("link", one.from_unit), name=one.kind, direction="OneWay",
                color=f"#{COLOURS[LINKS[one.kind]]}", originGUID=ends[0], targetGUID=ends[1],
            )  # fmt: skip


def _variables(make: ElementMaker) -> Element:
    return make.Variables(
        *(
            make.Variable(guid=_guid("variable", name), name=name, typeOfVariable=_type(name))
            for name in (*OF_INTERVIEWS, *OF_RESPONDENTS)
        )
    )


def _type(variable: str) -> str:
    return TYPES.get(variable, "Text")


def _values(make: ElementMaker, given: Iterable[tuple[str, object]]) -> Iterator[Element]:
    """Yield the values of variables; nothing for what is unknown."""
    for name, value in given:
        if value:
            ref = make.VariableRef(targetGUID=_guid("variable", name))
            yield make.VariableValue(ref, make(f"{_type(name)}Value", inert(str(value))))


def _interview_case(make: ElementMaker, interview: Interview) -> Element:
    year = (interview.date or "")[:4]
    known = {**interview.model_dump(include=set(OF_INTERVIEWS)), "year": year}
    values = _values(make, ((name, known[name]) for name in OF_INTERVIEWS))
    source = make.SourceRef(targetGUID=_guid("source", interview.id))
    return make.Case(*values, source, guid=_guid("interview", interview.id))


def _add_people(people: dict[Holder, _Case], interview: Interview, source: Element) -> None:
    """Add an interview to the cases of its respondents."""
    lookup = Lookup(interview)
    answering = {holder_of(one) for one in interview.speakers if one.role == "respondent"}
    for who in sorted(answering):
        case = people.setdefault(who, _Case())
        case.interviews += 1
        if len(answering) == 1:
            case.sources.append(_guid("source", interview.id))
    for selection in source.iterfind("{*}PlainTextSelection") if len(answering) > 1 else ():
        who = holder_of(lookup.speaker_of(lookup.units[selection.get("name")]))
        if who in answering:
            people[who].selections.append(selection.get("guid"))


def _person_case(make: ElementMaker, who: Holder, case: _Case) -> Element:
    known = {"affiliation": who.affiliation, "country": who.country, "interviews": case.interviews}
    return make.Case(
        *_values(make, known.items()),
        *(make.SourceRef(targetGUID=one) for one in case.sources),
        *(make.SelectionRef(targetGUID=one) for one in case.selections),
        guid=_guid("respondent", who.id), name=inert(who.shown),
    )  # fmt: skip


def _codes(lookup: Lookup, one: Sentence) -> Iterator[Code]:
    """Yield the codes of a unit: component, kind, stances, their targets and holders."""
    claim = lookup.claims.get(one.unit.id)
    if claim is not None and claim.abstained:
        yield "component", "component not decided"
    elif claim is not None and claim.component != "none":
        yield "component", claim.component
        if claim.kind:
            yield "kind of claim", claim.kind
    for stance in lookup.own(one.unit):
        target = stance.target_actor or stance.target_text or "only meant"
        yield "own stance", f"own: {position(stance)}"
        yield "target", inert(f"target: {target}")
    for stance in lookup.attributed(one.unit):
        yield "reported stance", inert(f"{lookup.holder_name(stance)}: {position(stance)}")


def _group(make: ElementMaker, name: str, codes: list[Code]) -> Element:
    """Return a group of codes; it codes nothing itself."""
    group = make.Code(guid=_guid("code", name), name=name, isCodable="false", color=f"#{GREY}")
    for code in codes:
        colour = COLOURS.get(code[1].rpartition(" ")[2], GREY)
        group.append(
            make.Code(guid=_guid("code", *code), name=code[1], isCodable="true", color=f"#{colour}")
        )
    return group
