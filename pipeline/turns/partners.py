"""Who talks with whom, by an introduction: the names of speakers whom no label names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from pipeline.turns.appositions import office_around
from pipeline.turns.presented import NAME, find_presented
from pipeline.turns.vocabulary import OFFICES, TITLES, words

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
_CALLED = re.compile(NAME)
_ASKER = re.compile(rf"(?P<name>{NAME}),? (?:{_TALKS}|{_ASKED})\b")
_SIGNED = re.compile(
    rf"^(?:by:? )?(?P<name>(?-i:{NAME}))(?: in (?-i:[A-Z])[\w ]+)?$|^by:? (?P<by>(?-i:{NAME}))\b",
    re.I,
)
# "NAME talks to the “Harbour Post” about ...", "NAME has given an interview to ..."
_TOLD = re.compile(
    rf"(?P<name>{NAME}),? (?:(?:talks|speaks|spoke|talked) (?:to|with) (?:the )?[“‘\"']|"
    r"(?:has |have )?(?:given|gave|gives|granted) (?:an? |this )?(?:[\w-]+ ){0,2}interview\b)"
)
_PRESS = re.compile(
    r"\b(?:correspondent|reporter|columnist|journalist|editor|interviewer|anchor|presenter)s?\b",
    re.I,
)
# "NAME, our Pacific editor": one of those who print the talk
_OURS = re.compile(
    r",? (?:who is )?our (?:own )?(?:[\w-]+ ){0,3}(?:columnist|contributor|correspondent|editor|"
    r"reporter|writer)\b",
    re.I,
)
_NO_NAMES = words(
    "university institute center centre council review journal magazine ministry college school "
    "committee foundation times post news house press agency quarterly administration "
    "government the of endowment association union bank programme program studies "
    "commission rifles regiment brigade army navy forces authority board company group party "
    "affairs politics parliament court department service fund organisation organization force"
)
_OF = re.compile(r"\bof (?:the )?$")
_COURTESY = frozenset(("Mr", "Mrs", "Ms", "Dr", "Prof", "Sir", "Dame"))
_LONGEST = 4
_STYLED = TITLES | OFFICES | {"ex", "presidency", "h.e", "h"}
_REACH, _HEAD, _BESIDE = 90, 40, 30


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
        and not _PRESS.search(text[max(0, name.start() - _BESIDE) : name.start()])
    }
    signed = {
        _plain(found["name"] or found["by"]) for text in head if (found := _SIGNED.match(text))
    }
    talked = {_plain(found["name"]) for text in head if (found := _TOLD.search(text))} - signed
    if len(talked) == 1:
        return {"interviewee": talked.pop()}
    presented = {
        _plain(name)
        for name in find_presented(head, signed=frozenset(signed))
        if _NO_NAMES.isdisjoint(name.casefold().split())
    }
    full = {name for name in presented if 1 < len(name.split()) <= _LONGEST}
    for asked in (told - signed, full - signed):
        if len(asked) == 1:
            return {"interviewee": asked.pop()}
    return {}


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
    of_it = _OF.search(text[: name.start()])
    return 1 < len(said) <= _LONGEST and other.isdisjoint(said) and of_it is None


def _plain(name: str) -> str:
    said = re.split(r"(?<=['’]s)\s", name)[0].split()
    addressed = [at for at, word in enumerate(said) if word.strip(".") in _COURTESY]
    said = said[addressed[-1] + 1 :] if addressed else said
    while said and _STYLED.intersection(said[0].casefold().strip(".").split("-")):
        said.pop(0)
    return " ".join(said).removesuffix("’s").removesuffix("'s")


def _has_office(text: str, name: re.Match[str], everything: str) -> bool:
    before, after = text[: name.start()], text[name.end() :]
    led = takewhile(_STYLED.__contains__, (w.casefold().strip(".") for w in name.group().split()))
    return not OFFICES.isdisjoint(led) or office_around(before, after) is not None


def _recurs(text: str, name: re.Match[str], everything: str) -> bool:
    """The name stands right behind "conversation with", and elsewhere too."""
    begun = _CONVERSED.search(text[: name.start()])
    return everything.count(_plain(name.group())) > 1 and begun is not None


def _asker(text: str, begun: int) -> dict[str, str]:
    """Who is named right before the words that begin the talk."""
    asker = next((one for one in _ASKER.finditer(text) if one.start() < begun <= one.end()), None)
    return {} if asker is None else {"interviewer": _plain(asker.group("name"))}
