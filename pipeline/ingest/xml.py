"""XML: recurring elements are rows of a table with a column of speakers; else paragraphs.

Names of elements and attributes are compared in lower case and without namespaces. For some
dialects a table of XPath says which elements are turns. Without speakers, all text is
read as paragraphs, and HTML in it as HTML.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from copy import deepcopy
from html.entities import html5
from itertools import islice

from lxml import etree

from pipeline.errors import InputError
from pipeline.ingest import html
from pipeline.ingest.columns import INHERITED, NAMES, Table, match_keys, metadata_name, normalise
from pipeline.ingest.content import Content, Line, clean, load_table, mend
from pipeline.ingest.decode import decode
from pipeline.ingest.lines import BLANK, reflow
from pipeline.ingest.markup import BLOCKS, find_blocks
from pipeline.ingest.subtitles import Cue, join_cues
from pipeline.notices import notice
from pipeline.records import Dropped, Notice

MAX_ELEMENTS, MAX_ATTRIBUTES = 1_500_000, 200  # in all, and of one element
_LISTS = load_table("xml_dialects")
_NAMES, _ASIDES = _LISTS["names"], _LISTS["asides"]
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\w{1,10});)(\w{1,32};)?")
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,200}\?>")
_TAG = re.compile(r"</(?:p|div|b|strong|h[1-6]|li)>|<br\b", re.I)
_HUMP = re.compile(r"(?<=[a-zß-ÿ])(?=[A-Z])|[_-]")
_FIELD_WORDS, _FIELD_TIMES = 30, 2  # what is longer, or occurs more often, is no field
_SHARE_OF_WORDS = 0.3  # that turns hold at least
_LABEL_WORDS = 8
_VISITS = 60  # of each element, when it is tried as a part of rows: more than any real depth

_Row = tuple[int, dict[str, str]]
_Group = tuple[Sequence[etree._Element], list[_Row]]
_Found = tuple[tuple[int, int], Table, Sequence[etree._Element]]


def read(data: bytes, *, name: str, keys: Mapping[str, str] | None = None) -> Content:
    """Return the turns of XML whose elements name speakers, else its paragraphs.

    Args:
        data: of the file, in the encoding that it names, else in a detected one.
        name: of the file, for messages.
        keys: the user's: field to the name of an attribute or element.

    Raises:
        InputError: it is no XML, too large, or declares entities; a key is not there.
    """
    root, warnings = parse_xml(data, name=name, expected="a transcript in XML")
    document = _Document(root, name=name)
    content = document.read(keys or {})
    content.warnings[:0] = warnings
    content.metadata = {**document.fields, **content.metadata}
    known = {*content.metadata.values(), *(turn.speaker for turn in content.turns)}
    content.dropped = [one for one in content.dropped if one.text not in known]
    return content


def parse_xml(data: bytes, *, name: str, expected: str) -> tuple[etree._Element, list[Notice]]:
    """Return the root of a document, and warnings; no DTD, no other file, no address is read.

    Entities of HTML (``&nbsp;``) are replaced, and a single ``&`` is kept. A malformed document is
    repaired as far as possible, with a warning.

    Raises:
        InputError: it is no XML, too large, or declares entities.
    """
    if b"<!ENTITY" in data.replace(b"\0", b""):
        raise InputError(
            f"{name}: declares entities of its own; expected {expected}; write their text out and "
            'delete the "<!ENTITY" lines'
        )
    warnings: list[Notice] = []
    try:
        root = etree.fromstring(data, _parser())
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or next(root.iter(etree.Entity), None) is not None:
        text, warnings = decode(data, name=name)
        text = _DECLARATION.sub("", text, count=1)
        data = _AMPERSAND.sub(lambda m: html5.get(m[1], f"&amp;{m[1] or ''}"), text).encode()
        try:
            root = etree.fromstring(data, _parser())
        except etree.XMLSyntaxError as error:
            line = error.lineno or 1
            root = etree.fromstring(data, _parser(recover=True))
            if root is None or not "".join(root.itertext()).strip() or "depth" in str(error.msg):
                raise InputError(
                    f"{name}:{line}: malformed ({error.msg}); expected {expected}; save it again"
                ) from error
            warnings.append(notice("malformed", name, line, problem=error.msg))
    if sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        raise InputError(
            f"{name}: more than {MAX_ELEMENTS:,} elements; expected {expected}; split the file"
        )
    return root, warnings


def _parser(*, recover: bool = False) -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=recover,
                           huge_tree=False, remove_comments=True, remove_pis=True)  # fmt: skip


class _Document:
    """A document with plain names, and the ways to read it."""

    def __init__(self, root: etree._Element, *, name: str) -> None:
        self.root, self.name = root, name
        self.elements = list(root.iter(etree.Element))  # kept, so that each stays one object
        self.people: dict[str, tuple[str, str | None]] = {}  # name and role by id
        self.fields: dict[str, str] = {}
        self._repeated: set[str] = set()  # within one element: paragraphs, or parts of a list
        for element in self.elements:
            attributes = {plain_name(key): clean(value) for key, value in attributes_of(element)}
            element.tag = plain_name(element.tag)
            element.attrib.clear()
            element.attrib.update(attributes)
        for element in self.elements:
            counts = Counter(child.tag for child in element)
            self._repeated |= {tag for tag, n in counts.items() if n > 1} - set(NAMES["speaker"])
        for element in root.iter(*_NAMES["people"]):
            role = element.get("role") or _first(element, "string(.//role)")
            speaks = element.tag == "speaker" and element.get("name") and _text(element)
            if (key := _id(element)) and not speaks and (shown := _shown_name(element)):
                self.people.setdefault(key, (shown, role or None))

    def read(self, keys: Mapping[str, str]) -> Content:
        """Read the document by the rows that name speakers, else as paragraphs."""
        fields = self._find_fields()
        return self._records(keys) or self._prose(fields)

    def _find_fields(self) -> list[etree._Element]:
        """Return short elements that occur once or twice; keep the metadata."""
        leaves = [one for one in self.elements if not len(one) and _text(one)]
        often = Counter(leaf.tag for leaf in leaves)
        longest = max(leaves, key=lambda leaf: len(leaf.text), default=None)
        mixed = {one for one in self.elements if _is_mixed(one)}
        fields = [
            leaf
            for leaf in leaves
            if often[leaf.tag] <= _FIELD_TIMES
            and len(leaf.text.split()) <= _FIELD_WORDS
            and leaf is not longest
            and leaf.getparent() not in mixed
            and not any(e.tag in _NAMES["paragraphs"] for e in (leaf, *leaf.iterancestors()))
        ]
        pairs = [*self.root.attrib.items(), *((leaf.tag, _text(leaf)) for leaf in fields)]
        for tag, text in pairs:
            key = "date" if normalise(tag) in _LISTS["prose"]["dates"] else metadata_name(tag)
            if key and text:
                self.fields.setdefault(key, text)
        return fields

    def _records(self, keys: Mapping[str, str]) -> Content | None:
        """Read elements that recur as the rows of a table; those without speakers are captions."""
        total = len(_text(self.root).split())
        labels = sum(map(_is_labelled, self.elements))
        spoken: list[_Found] = []
        timed: list[_Found] = []
        names: dict[str, None] = {}
        known = [] if keys else self._dialect()
        given = {"speaker": "speaker"} if known else keys
        for elements, rows in known or self._groups():
            names |= dict.fromkeys(key for _, row in rows for key in row)
            words = sum(len(text.split()) for _, row in rows for text in row.values())
            if not (known or 3 <= words / len(rows) <= 1_000):  # a lexicon, or whole transcripts
                continue
            if 2 * labels >= len(rows):  # paragraphs name their speakers; the rows do not
                continue
            with suppress(InputError):  # the user's keys may be those of another table
                table = self._table(rows, given)
                if known or table.words >= _SHARE_OF_WORDS * total:
                    found = ((table.words, -len(elements)), table, elements)
                    spoken += [found] if known or table.voices > 1 else []
                    timed += [found] if table.is_prose and "start" in table.fields else []
        match_keys(names, keys, name=self.name)
        if not spoken and not timed:
            return None
        _, table, elements = max(spoken or timed, key=lambda found: found[0])
        content = table.content()
        columns = {field.title(): column.name for field, column in table.fields.items()}
        for index, turn in enumerate(content.turns):
            label = turn.speaker or ""
            if label in ("Question", "Answer"):  # elements may be called as their speakers are
                label = columns.get(label, label).rsplit(".", 1)[-1].title()
            name, role = self._person(label)
            update = {"speaker": name or None, "role": turn.role or role}
            content.turns[index] = turn.model_copy(update=update)
        cues = [Cue(p.text, p.line, p.start_s, p.end_s) for p in content.paragraphs]
        content.paragraphs = join_cues(cues) if cues else []
        content.dropped += self._left_out(set(elements))
        return content

    def _table(self, rows: Sequence[_Row], keys: Mapping[str, str]) -> Table:
        """Read rows; where one has no element for its words, as others have, all its words are."""
        table = Table(rows, keys=keys, name=self.name)
        who, said = (table.fields[f].key if f in table.fields else "" for f in ("speaker", "text"))
        own = said.rpartition(".")[0] or "text"
        if not who or said in ("", own):
            return table
        bare = [row for _, row in rows if row.get(own) and row.get(who) and not row.get(said)]
        for row in bare:
            pieces = row.pop(own).split("\n\n")
            row[said] = " ".join(piece for piece in pieces if any(map(str.isalpha, piece)))
        return Table(rows, keys=keys, name=self.name) if bare else table

    def _dialect(self) -> list[_Group]:
        """Return the turns of a known dialect, in the order of the points in time they refer to."""
        places = {_id(one): place for place, one in enumerate(self.elements)}
        for dialect in _LISTS["dialects"]:
            if turns := self.root.xpath(dialect["turn"]):
                turns.sort(key=lambda one: places.get(_first(one, dialect["start"]), 0))
                path = dialect["speaker"]
                rows = [(_line(e), self._row(e) | {"speaker": _first(e, path)}) for e in turns]
                return [(turns, rows)]
        return []

    def _groups(self) -> Iterator[_Group]:
        """Yield elements and the rows they make: those of one name, and those side by side.

        Of those side by side, names that come in turns make a row, ``<q>`` with ``<a>`` and an
        empty ``<speaker name="..."/>`` with ``<p>``.
        """
        groups: defaultdict[str, list[etree._Element]] = defaultdict(list)
        for element in self.elements:
            groups[element.tag].append(element)
            if len({child.tag for child in element}) > 1 and not _is_mixed(element):
                groups[f"{element.tag}/"] += element
        visits = _VISITS * len(self.elements)
        for group in groups.values():
            inner = set(group)
            outer = [one for one in group if not inner.intersection(one.iterancestors())]
            visits -= sum(1 for one in outer for _ in one.iter())
            if len(outer) > 1 and visits >= 0 and _id(outer[0]) not in self.people:
                yield outer, self._side_by_side(outer)

    def _side_by_side(self, elements: Sequence[etree._Element]) -> list[_Row]:
        """Group elements into rows with the same order of names.

        A row also has the attributes of the parent, such as a speaker's tier.
        """
        rows: list[_Row] = []
        places: dict[str, int] = {}
        parent, last = None, 0
        for element in elements:
            place = places.setdefault(element.tag, len(places))
            if place <= last or element.getparent() is not parent:
                parent = element.getparent()
                above = {INHERITED + key: value for key, value in parent.attrib.items()}
                rows.append((_line(element), above))
            last = place
            for key, value in self._row(element).items():
                rows[-1][1][element.tag if key == "text" else f"{element.tag}.{key}"] = value
        return rows

    def _row(self, element: etree._Element) -> dict[str, str]:
        """An element as a row: attributes, elements that never repeat, and all other words."""
        rest = deepcopy(element)
        for aside in list(rest.iter(*_ASIDES)):
            if aside is not rest and _ASIDES[aside.tag] not in ("heading", "number"):
                aside.clear(keep_tail=True)
        row: dict[str, str] = {}
        self._fill(row, rest, "")
        if words := _words(rest).removeprefix(":").strip():
            row["text"] = words
        return row

    def _fill(self, row: dict[str, str], element: etree._Element, path: str) -> None:
        """Take the attributes of an element, and its children that never repeat, into a row."""
        for key, value in element.attrib.items():
            if key not in _LISTS["prose"]["layout"]:
                row.setdefault(path + key, value)
        words = self._repeated.union(_NAMES["paragraphs"])
        mixed = _is_mixed(element)
        for child in list(element):
            if child.tag in words or (mixed and child.tag not in NAMES["speaker"]):
                continue
            self._fill(row, child, f"{path}{child.tag}.")
            if not len(child) or _is_mixed(child):
                row.setdefault(f"{path}{child.tag}", _words(child).removeprefix(":").strip())
                child.clear(keep_tail=True)

    def _person(self, label: str) -> tuple[str, str | None]:
        """Return the name and role that ids, ``#a #b``, refer to, or the ids as a name."""
        keys = [part.rsplit("#", 1)[-1] for part in label.split()]
        known = next((self.people[key] for key in (label, *keys) if key in self.people), None)
        if known or "#" not in label:
            return known or (label, None)
        nobody = keys[0].casefold() in _NAMES["nobody"]
        return "" if nobody else _HUMP.sub(" ", keys[0]), None

    def _left_out(self, turns: set[etree._Element]) -> Iterator[Dropped]:
        """Yield all text outside the speech of turns, and why."""
        reasons: dict[etree._Element | None, str] = {None: "outside the speeches"}
        for element in self.elements:
            around = reasons[element.getparent()]
            reasons[element] = "" if element in turns else _ASIDES.get(element.tag, around)
            pieces = (element.text, *(child.tail for child in element))
            text = clean(mend(" ".join(filter(None, pieces))))
            if text and reasons[element] not in ("", "header"):
                yield Dropped(text=text, reason=reasons[element], line=_line(element))

    def _prose(self, fields: Sequence[etree._Element]) -> Content:
        """Read all text except the fields as paragraphs; HTML in an element is the whole text."""
        body = next(iter(self.root.iter("body")), self.root)
        leaves = [one for one in body.iter(etree.Element) if not len(one)]
        longest = max(leaves, key=lambda leaf: len(leaf.text or ""), default=None)
        blocks: list[list[Line]] = []
        dropped: list[Dropped] = []
        marked = longest is not None and bool(_TAG.search(longest.text or ""))
        if longest is not None and (marked or _holds_talk(longest, body)):
            fields = [leaf for leaf in leaves if leaf.tag != longest.tag and _text(leaf)]
            for leaf in (leaf for leaf in leaves if marked and leaf.tag == longest.tag):
                inner, gone = html.read_fragment(leaf.text or "", line=_line(leaf))
                blocks += inner
                dropped += gone
        for leaf in fields:
            what = Dropped(text=_text(leaf), reason=f"field {leaf.tag}", line=_line(leaf))
            dropped.append(what)
            leaf.text = None
        blocks = blocks or find_blocks(_as_html(body))
        return Content([p for line in reflow(blocks) if (p := line.paragraph())], dropped=dropped)


def attributes_of(element: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield names and values of an element's first attributes.

    lxml finds each by going through all before it, so that all of them take quadratic time.
    """
    for key in islice(element.keys(), MAX_ATTRIBUTES):
        yield key, element.get(key, "")


def plain_name(name: str) -> str:
    """Return a name in lower case, without its namespace or prefix."""
    plain = name.rsplit("}", 1)[-1].rsplit(":", 1)[-1].lower()
    return plain if plain[:1].isalpha() else f"x{plain}"


def _line(element: etree._Element) -> int:
    return max(1, element.sourceline or 1)


def _id(element: etree._Element) -> str:
    return element.get("id") or element.get("eid") or element.get("time_slot_id") or ""


def _text(element: etree._Element) -> str:
    return clean(mend(" ".join(element.itertext())))


def _first(element: etree._Element, path: str) -> str:
    found = element.xpath(path)
    first = (found[0] if found else "") if isinstance(found, list) else found
    return _text(first) if isinstance(first, etree._Element) else clean(str(first))


def _is_mixed(element: etree._Element) -> bool:
    """The element holds text of its own beside its children."""
    pieces = (element.text, *(child.tail for child in element))
    return len(pieces) > 1 and any(piece and piece.strip() for piece in pieces)


def _is_labelled(element: etree._Element) -> bool:
    """A paragraph opens with a few words in bold type, as with a speaker's name."""
    if element.tag not in ("p", "para") or not len(element) or (element.text or "").strip():
        return False
    first = element[0]
    bold = _NAMES["html"].get(first.tag) in ("b", "strong")
    return (
        bold and 0 < len(_text(first).split()) <= _LABEL_WORDS and bool((first.tail or "").strip())
    )


def _shown_name(element: etree._Element) -> str:
    """The name that an entry of a list of people gives, in an attribute or inside."""
    if said := next((element.get(key) for key in _NAMES["shown"] if element.get(key)), None):
        return str(said)
    called = [e for tag in _NAMES["called"] for e in element.iter(tag) if e is not element]
    inner = called[0] if called else element
    parts = [_text(part) for kind in ("given", "between", "family")
             for part in inner.iter(*_NAMES[kind])]  # fmt: skip
    return " ".join(parts) or ("" if len(element) and not called else _text(inner))


def _words(element: etree._Element) -> str:
    """Return the words of an element, which is renamed; blocks are separate paragraphs."""
    blocks = find_blocks(_as_html(element))
    return "\n\n".join(" ".join(line.plain() for line in block) for block in blocks)


def _as_html(root: etree._Element) -> etree._Element:
    """Rename elements for the reader of HTML: those among text are inline, others blocks."""
    root.tag = "pre" if _is_verbatim(root) else "div"
    for element in root.iter(etree.Element):
        inline = element.tag in _NAMES["paragraphs"] or _is_mixed(element)
        for child in element:
            if _is_verbatim(child):
                child.tag = "pre"
            elif child.tag in _NAMES["html"]:
                child.tag = _NAMES["html"][child.tag]
            elif child.tag not in BLOCKS:
                child.tag = "span" if inline else "div"
    return root


def _holds_talk(leaf: etree._Element, body: etree._Element) -> bool:
    """The text of one element is most of a document's, in lines or paragraphs."""
    return _is_verbatim(leaf) and 2 * len(leaf.text or "") > len("".join(body.itertext()))


def _is_verbatim(element: etree._Element) -> bool:
    """The element holds text alone, in many lines or with a blank line between paragraphs."""
    text = element.text or ""
    lines = text.count("\n")
    wordy = lines > 3 and len(text.split()) > 3 * lines
    return not len(element) and (wordy or bool(BLANK.search(text.strip())))
