"""Who talks with whom, by an introduction: the names of speakers whom no label names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.turns.appositions import office_around
from pipeline.turns.vocabulary import OFFICES, TITLES, words

_PARTICLE = r"(?: (?:de|la|van|der|von|bin|al|el|da|dos))*"
_NAME = rf"(?:[A-Z][\w’'-]+|[A-Z]\.){_PARTICLE}(?: [A-Z][\w’'.-]*){{1,3}}"
_TALKS = (
    r"(?:(?:recently|just|also|then) )?(?:speaks?|spoke|talks?|talked|sat down|sits down|chatted|"
    r"corresponded|met)(?: \w+){0,4}? (?:with|to)"
)
_ASKED = r"(?:(?:recently|just) )?(?:interviews|interviewed|asked|asks)"
_TALK = (
    r"(?:interview|conversation|discussion|exchange|talk|q ?& ?a|dialogue)"
    r"(?:(?: \w+){0,2}? (?:with|of)| [–—-])"
)
_HELD = r"(?:(?:remarks|statement|speech|press conference|doorstep|address) by|interview of)"
_BEGUN = re.compile(rf"\b(?:{_TALKS}|{_ASKED}|{_TALK}|{_HELD}) (?:the )?", re.I)
_CONVERSED = re.compile(rf"\b{_TALK} (?:the )?$", re.I)
_CALLED = re.compile(_NAME)
_ASKER = re.compile(rf"(?P<name>{_NAME}),? (?:{_TALKS}|{_ASKED})\b")
_SIGNED = re.compile(rf"^(?:by )?(?P<name>(?-i:{_NAME}))$", re.I)
# "NAME, our Pacific editor": one of those who print the talk
_OURS = re.compile(
    r",? (?:who is )?our (?:own )?(?:[\w-]+ ){0,3}(?:columnist|contributor|correspondent|editor|"
    r"reporter|writer)\b",
    re.I,
)
_NO_NAMES = words(
    "university institute center centre council review journal magazine ministry college school "
    "committee foundation times post news house press agency quarterly administration "
    "government the of"
)
_REACH, _HEAD = 90, 40


def find_partners(texts: Sequence[str]) -> dict[str, str]:
    """Return ``interviewer`` and ``interviewee`` as far as an introduction names them.

    The one asked is named behind "spoke with", "a conversation with" and the like, with an office
    beside the name, or with the name again elsewhere: "a conversation with Old Friends" names
    nobody. Else it is the only person whose office is told, but for who signs the text and "our
    editor". Who asks is named before "spoke with".

    Args:
        texts: what stands around the talk, in order.
    """
    head = list(texts[:_HEAD])
    everything = "\n".join(head)
    for named in (_has_office, _recurs):
        for text in head:
            for begun in _BEGUN.finditer(text):
                for name in _names(text, begun.end()):
                    if named(text, name, everything):
                        return {**_asker(text, begun.start()), "interviewee": _plain(name.group())}
    told = {
        _plain(name.group())
        for text in head
        for name in _CALLED.finditer(text)
        if _is_person(text, name)
        and _has_office(text, name, everything)
        and not _OURS.match(text, name.end())
    }
    signed = {_plain(found["name"]) for text in head if (found := _SIGNED.match(text))}
    asked = told if len(told) == 1 else told - signed
    return {"interviewee": asked.pop()} if len(asked) == 1 else {}


def _names(text: str, start: int) -> Iterator[re.Match[str]]:
    """The names near behind a place, in its sentence."""
    reach = re.split(r"[;?!](?=\s)|(?<![A-Z])(?<!Dr)\.(?=\s)", text[start : start + _REACH])[0]
    for name in _CALLED.finditer(text, start, start + len(reach)):
        if _is_person(text, name):
            yield name


def _is_person(text: str, name: re.Match[str]) -> bool:
    """At least two words are left without titles, none of an office or a body, and not "of" it."""
    said = [word.casefold() for word in _plain(name.group()).split()]
    other = OFFICES | _NO_NAMES
    return len(said) > 1 and other.isdisjoint(said) and not text[: name.start()].endswith("of ")


def _plain(name: str) -> str:
    said = name.split()
    while said and TITLES.intersection(said[0].casefold().strip(".").split("-")):
        said.pop(0)
    return " ".join(said).removesuffix("’s").removesuffix("'s")


def _has_office(text: str, name: re.Match[str], everything: str) -> bool:
    before, after = text[: name.start()], text[name.end() :]
    titled = name.group().split()[0].casefold().strip(".") in OFFICES
    return titled or office_around(before, after) is not None


def _recurs(text: str, name: re.Match[str], everything: str) -> bool:
    """The name stands right behind "conversation with", and elsewhere too."""
    begun = _CONVERSED.search(text[: name.start()])
    return everything.count(_plain(name.group())) > 1 and begun is not None


def _asker(text: str, begun: int) -> dict[str, str]:
    """Who is named right before the words that begin the talk."""
    asker = next((one for one in _ASKER.finditer(text) if one.start() < begun <= one.end()), None)
    return {} if asker is None else {"interviewer": _plain(asker.group("name"))}
