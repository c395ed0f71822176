"""The office beside a name in running text, or in a line of a list: "NAME, director of ..."."""

from __future__ import annotations

import re

from pipeline.turns.vocabulary import AROUND_OFFICES, OFFICES

_OFFICE = re.compile(rf"\b(?:{'|'.join(sorted(OFFICES))})s?\b", re.I)
_BETWEEN = r"(?: ?\([^()]{0,40}\))?"
# where an office that stands behind a name is over
_AFTER = re.compile(
    r"(?<!\bU\.[KNS])\.(?=\s|$)|[;:?!](?=\s|$)|"
    r",? (?:who|whom|which|whose|says?|said|tells?|told|spoke|speaks|talks?|talked|joins?|joined|"
    r"recalls?|recalled|describes?|described|reflects?|reflected|remembers?|remembered|recounts?|"
    r"recounted|discuss(?:es|ed)|explains?|explained|argues?|argued|answers?|answered|is|was|"
    r"will|has|had|about (?:what|why|how|whether)|sat down|to discuss|to talk)\b|"
    r",? (?:and|with|by) (?=[A-Z])|,? and (?:also|later|now|then)\b|"
    r"[\"“”()]|$"
)
_SPEAKS = re.compile(r",? (?:says?|said|speaks?|spoke|talks?|tells?|explains?|argues?) ")
_IS = re.compile(
    r"^,? (?:is|was|serves? as|served as|has (?:been|served as)|(?:currently |now )works? as|"
    r"works? as|worked as|has worked as)(?: currently| now| also)? "
)
_DOES = re.compile(
    r"^(?:, who (?:\w+ )?| )(?P<does>(?:works?|worked|serves?|served|teach(?:es)?|taught|"
    r"leads?|led|heads?|headed|runs?|ran|directs?|directed|covers?|covered|edits?)\b)"
)
_WHO_IS = re.compile(r"^, who (?:is|was|has been|serves as|served as)(?: currently| now)? ")
_OF = re.compile(
    r"^(?: [A-Z][\w'’-]+){0,2},? (?i:of)(?: the)? (?:(?:[A-Z][\w'’.-]+|of|the|and) ?){0,7}"
    r"[A-Z][\w'’.-]+"
)
_SHORT_STATE = re.compile(r"U\.[KNS]\.")
_SENTENCE_END = re.compile(r"[.?!…][\"'”’)\]]*$|[^\s.][?!] ")
_LEAD = re.compile(r"^(?:and |now |the |a |an |our |my |his |her |their |then |today )+", re.I)
# members and others who are spoken to, not introduced
_ADDRESS = re.compile(
    r"^(?:(?:who|where|when|whose|as|but)\b|"
    r"(?:distinguished |honou?rable )?(?:members|colleagues|friends)\b)",
    re.I,
)
_TAIL = re.compile(
    r"(?:[\s,–-]+\d[\d./-]*|,? (?:of|at|in|on|by|for|and|with|the|now|most recently)|"
    r" ?[(\[][^()\[\]]*[^()\[\]\d][)\]]|[:,–—-])+$"
)
# a day behind an office, or the next part of a title
_NEXT = re.compile(r",? \d{1,2} [A-Z][a-z]{2,8} \d{4}\b| [/|] ")
_MOST_WORDS, _LINE_WORDS, _RUN, _NEAR = 25, 30, 10, 5
_OF_OFFICE = frozenset(("of", "for", "in", "at", "to", "on", "emeritus", "emerita", "designate"))


def is_listed(text: str) -> bool:
    """The text is short, and no sentence."""
    return len(text.split()) <= _LINE_WORDS and not _SENTENCE_END.search(text)


def office_around(before: str, after: str) -> str | None:
    """The office that stands behind a name or in front of it in a printed sentence."""
    return office_behind(after, item=False, spoken=False) or office_ahead(before, after)


def says_office(text: str) -> bool:
    """A line of a list that says an office, and is no sentence."""
    return bool(text.strip()) and is_listed(text) and _OFFICE.search(text) is not None


def office_behind(after: str, *, item: bool, spoken: bool) -> str | None:
    """The office behind a name: in apposition, or as what the person is or does."""
    after = re.sub(rf"^{_BETWEEN}", "", after)
    if item and (mark := re.match(r"\s*[,–—|:-]?\s+(?=[^\W\d_])", after)):
        rest = after[mark.end() :]
        return tidy(_SPEAKS.split(rest)[0]) if says_office(rest) else None
    if (does := _DOES.match(after)) is not None:
        return tidy(_clip(after[does.start("does") :]))
    for pattern in (_WHO_IS, _IS):
        if (found := pattern.match(after)) is not None:
            return _held(_clip(after[found.end() :]), within=_RUN)
    if after.startswith(", "):
        return _held(_clip(after[2:]), within=_NEAR if spoken else _RUN)
    return None


def _clip(text: str) -> str:
    """The words up to where the office is over."""
    end = next(_AFTER.finditer(text)).start()
    return " ".join(text[:end].split()[:_MOST_WORDS])


def _held(text: str, *, within: int) -> str | None:
    """The text without its articles if it names an office in its first words."""
    found = _OFFICE.search(text)
    if found is None or len(text[: found.end()].split()) > within or _ADDRESS.search(text):
        return None
    return tidy(_LEAD.sub("", text))


def office_ahead(before: str, after: str) -> str | None:
    """The office in front of a name: "the Defence Secretary, NAME", "historian NAME"."""
    words = before.rstrip(" ,").split()
    run: list[str] = []
    for word in reversed(words[-_RUN:]):
        plain = word.strip("\"“”'‘’()[]*_").lower()
        ends = word[-1] in ".;:?!,–—" and not _SHORT_STATE.fullmatch(word)
        if plain in AROUND_OFFICES or ends or word.startswith(("(", "“", '"')):
            break
        run.insert(0, word)
    apart = before.rstrip().endswith(",")
    text = _LEAD.sub("", said := _own(" ".join(run)))
    if apart and text == said:  # "Senators North, NAME" is a list
        return None
    if not _ends_in_office(text):
        return None
    behind = _OF.match(after)
    return tidy(f"{text}{behind.group().rstrip()}" if behind else text)


def _ends_in_office(text: str) -> bool:
    """The last words are an office, with at most its body or field behind it: "head of studies"."""
    offices = list(_OFFICE.finditer(text))
    behind = text[offices[-1].end() :].split() if offices else []
    named = all(not word[0].islower() for word in behind) or behind[0] in _OF_OFFICE
    return bool(offices) and len(behind) < _NEAR and named


def _own(run: str) -> str:
    """The part of the words before a name that says an office, without what the sentence is about.

    "discuss it with The Paper's editor NAME", "press conference of Federal Chancellor NAME".
    """
    for cut in (" of ", " the ", " The ", " a ", " an "):
        head, mark, tail = run.rpartition(cut)
        if mark and _OFFICE.search(tail) and not (cut == " of " and _OFFICE.search(head)):
            run = f"{mark.strip()} {tail}" if cut != " of " else tail
    return run


def tidy(text: str) -> str | None:
    """The words of an office without a date, a mark or a loose word at its end."""
    text = _TAIL.sub("", _NEXT.split(text.strip(" ,*_/"))[0])
    return text or None
