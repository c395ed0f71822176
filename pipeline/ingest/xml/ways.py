"""The ways to read XML of no known kind: which elements may be turns, and who speaks in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from pipeline.ingest.content import clean
from pipeline.ingest.fields import NAMES, normalise, seconds
from pipeline.ingest.xml.parse import attribute, tag_of, words_of
from pipeline.ingest.xml.people import references, shown_name
from pipeline.ingest.xml.walk import LABEL, Voice

# names of fields that say who speaks only on an element that is called after speech
_VAGUE = ("name", "person", "label", "channel", "author", "sender", "from", "username", "user",
          "party", "narrator", "actor", "character", "role", "speakerrole")  # fmt: skip
_CLEAR = tuple(name for name in NAMES["speaker"] if name not in _VAGUE)
_SPEECH = frozenset((*NAMES["text"], "u", "speaker", "msg", "post", "contribution", "talk",
                     "intervention", "dialog", "part"))  # fmt: skip
_ASKS, _ANSWERS = "interviewer", "respondent"
_ROLES = {
    **dict.fromkeys(("interviewer", "moderator", "host"), _ASKS),
    **dict.fromkeys(("interviewee", "respondent", "guest"), _ANSWERS),
}
_ASIDES = frozenset(("note", "comment", "vocal", "kinesic", "incident", "event", "pause", "gap",
                     "stage", "noise", "pb", "annotation", "sound"))  # fmt: skip
_FIELDS = frozenset((*NAMES["start"], *NAMES["end"], "role", "speakerrole", "id", "duration",
                     "confidence"))  # fmt: skip
_PARAGRAPHS = frozenset(("p", "para", "paragraph", "seg", "s"))
_HEADS = frozenset(("meta", "metadata", "head", "header", "info"))
_MAX_NAME_WORDS = 9


@dataclass
class Marks:
    """One way to read the document: who speaks in which elements, and what is none of the words."""

    voices: dict[etree._Element, Voice] = field(default_factory=dict)
    asides: dict[etree._Element, str] = field(default_factory=dict)

    def voice(self, element: etree._Element) -> Voice | None:
        """Who speaks in the element, where it is a turn."""
        return self.voices.get(element)

    def aside(self, element: etree._Element) -> str | None:
        """Why the element is no speech."""
        tag = normalise(tag_of(element))
        return self.asides.get(element) or (tag if tag in _ASIDES else None)

    def is_label(self, element: etree._Element) -> bool:
        """No element is: who speaks is in ``voices``."""
        return False


class _Index:
    """Where in the document each name of an element or an attribute stands; its head left out."""

    def __init__(self, elements: Sequence[etree._Element]) -> None:
        heads = [element for element in elements if tag_of(element) in _HEADS]
        within = {inner for head in heads for inner in head.iter(etree.Element)}
        self.tags: dict[str, list[etree._Element]] = {}
        self.attributes: dict[str, list[tuple[etree._Element, str]]] = {}
        for element in elements:
            if element in within:
                continue
            self.tags.setdefault(normalise(tag_of(element)), []).append(element)
            for key, value in element.attrib.items():
                if text := clean(value):
                    known = self.attributes.setdefault(normalise(etree.QName(key).localname), [])
                    known.append((element, text))


def find_ways(elements: Sequence[etree._Element], keys: Mapping[str, str]) -> Iterator[Marks]:
    """Yield the ways to read the document that its names allow, the likelier first.

    An attribute or a child may say who speaks, ``<turn speaker="A">``; or questions and answers
    are elements; or the elements are called after those who speak, ``<interviewer>``.

    Args:
        elements: all of the document, in order.
        keys: the user's: field to the name of an attribute or element; they win.
    """
    index = _Index(elements)
    ways: list[Marks] = []
    if "speaker" in keys:
        ways += _named(index, normalise(keys["speaker"]), vague=False)
    else:
        ways += [way for name in _CLEAR for way in _named(index, name, vague=False)]
        ways += [_questions(index), _parts(index)]
        ways += [way for name in _VAGUE for way in _named(index, name, vague=True)]
    for way in ways:
        if way.voices:
            _take_words(way, keys.get("text"))
            yield way


def _named(index: _Index, name: str, *, vague: bool) -> Iterator[Marks]:
    """Turns whose speaker an attribute of this name gives, then those for which a child does."""

    def fits(element: etree._Element) -> bool:
        return not vague or normalise(tag_of(element)) in _SPEECH

    given = [(element, text) for element, text in index.attributes.get(name, ()) if fits(element)]
    yield Marks({element: _voice(element, text) for element, text in given})
    labels: dict[etree._Element, list[etree._Element]] = {}
    for child in index.tags.get(name, ()):
        parent = child.getparent()
        short = 0 < len(_label(child).split()) <= _MAX_NAME_WORDS
        if short and parent is not None and fits(parent):
            labels.setdefault(parent, []).append(child)
    marks = Marks(asides={child: LABEL for children in labels.values() for child in children})
    for parent, children in labels.items():
        if len(children) == 1:
            marks.voices[parent] = _voice(parent, _label(children[0]))
        else:
            _follow(parent, marks)
    yield marks


def _follow(parent: etree._Element, marks: Marks) -> None:
    """Names and words stand side by side: who was named last speaks."""
    speaker = ""
    for child in parent:
        if child in marks.asides:
            speaker = _label(child)
        elif speaker:
            marks.voices[child] = _voice(child, speaker)


def _questions(index: _Index) -> Marks:
    """Elements that hold questions, and others that hold answers; not a quotation or a link."""
    marks = Marks()
    mixed: dict[etree._Element | None, bool] = {None: False}
    found: set[str] = set()
    for part, role in (("question", _ASKS), ("answer", _ANSWERS)):
        for element in (one for name in NAMES[part] for one in index.tags.get(name, ())):
            parent = element.getparent()
            if parent not in mixed:
                mixed[parent] = _is_mixed(parent)
            if not mixed[parent] and words_of(element):
                found.add(part)
                marks.voices[element] = replace(_voice(element, part.title()), role=role)
    return marks if len(found) > 1 else Marks()


def _parts(index: _Index) -> Marks:
    """Elements called after the part of who speaks in them; a list of people has none twice."""
    marks = Marks()
    for part, role in _ROLES.items():
        for element in index.tags.get(part, ()):
            if words_of(element):
                marks.voices[element] = replace(_voice(element, part.title()), role=role)
    voices = [voice.key for voice in marks.voices.values()]
    return marks if len(voices) > len(set(voices)) > 1 else Marks()


def _label(child: etree._Element) -> str:
    """The name in an element, or the id of somebody listed elsewhere."""
    said = shown_name(child) or words_of(child) or attribute(child, "ref", "who", "id") or ""
    return said.rstrip(":： ")


def _voice(element: etree._Element, speaker: str) -> Voice:
    values = {
        normalise(tag_of(child)): clean(child.text or "")
        for child in reversed(element)
        if not len(child)
    }
    values.update((normalise(etree.QName(k).localname), v) for k, v in element.attrib.items())
    start, end = (
        next((at for name in NAMES[part] if (at := seconds(values.get(name))) is not None), None)
        for part in ("start", "end")
    )
    tag = normalise(tag_of(element))
    called = {"question": _ASKS, "answer": _ANSWERS}.get(tag) or _ROLES.get(tag)
    role = values.get("role") or values.get("speakerrole") or called
    key = " ".join(references(speaker)) or speaker
    return Voice(key=key, label=key, role=role or None, start_s=start, end_s=end)


def _take_words(marks: Marks, text: str | None) -> None:
    """Where children of a turn are fields, leave those out that hold no words of it.

    Where the words are in an attribute, they become the element's.
    """
    names = (normalise(text),) if text else NAMES["text"]
    for element in marks.voices:
        if not len(element) and not (element.text or "").strip():
            element.text = attribute(element, *names)
        children = [(child, normalise(tag_of(child))) for child in element]
        wordy = {name for child, name in children if words_of(child)}
        said = next((name for name in names if name in wordy), None)
        said = None if _is_mixed(element) else said
        for child, name in children:
            if child in marks.voices or child in marks.asides:
                continue
            if name in _FIELDS and name != said and not len(child):
                marks.asides[child] = f"field {tag_of(child)}"
            elif said and name != said and name not in _PARAGRAPHS:
                marks.asides[child] = f"beside the words ({tag_of(child)})"


def _is_mixed(element: etree._Element) -> bool:
    """The element holds text of its own beside its children."""
    pieces = (element.text, *(child.tail for child in element))
    return any(piece and piece.strip() for piece in pieces)
