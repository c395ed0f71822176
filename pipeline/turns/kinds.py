"""The kind of a turn: question, answer, statement or aside."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.records import Role, TurnKind
from pipeline.turns.questions import asks
from pipeline.turns.segments import Segment
from pipeline.turns.speakers import Key
from pipeline.turns.vocabulary import read_lists

_COURTESY = re.compile(
    r"^(?:well,? |yes,? |and |ok(?:ay)?,? )*(?:many )?(?:thanks?\b|thank you|good (?:morning|day|"
    r"afternoon|evening|night)|hello|hi\b|welcome|(?:you are|you[’']re) welcome|(?:my )?pleasure|"
    r"it[’']s (?:great|good|a pleasure)|goodbye|bye\b|all the best)|"
    r"\b(?:thank you|thanks)(?: (?:very|so) much)?(?: indeed)?[.!]?$",
    re.I,
)
_LISTENING: frozenset[str] = read_lists("kinds")["listening"]
_FEW_WORDS, _FEW_HEARD, _FEW_UNMARKED = 15, 5, 6


def find_kinds(segments: Sequence[Segment], roles: Mapping[Key, Role]) -> list[TurnKind]:
    """Return the kind of each turn.

    An interviewer's turn is a question if it asks, or if it is answered: a challenge needs no
    question mark. Not so that of a moderator who leaves the questions to others. A respondent
    answers the latest question; before the first one, a turn is a statement. Greetings, thanks,
    giving the floor, words that only show that the interviewer listens ("Right.", "Go on."), and
    interrupted words that ask nothing are asides.
    """
    asked: dict[Key, list[bool]] = {}
    for segment in segments:
        asked.setdefault(segment.key, []).append(asks(segment.text))
    share = {key: sum(own) / len(own) for key, own in asked.items()}
    most = max((share[key] for key in share if roles[key] == "interviewer"), default=0.0)
    kinds: list[TurnKind] = []
    for index, segment in enumerate(segments):
        role, text = roles[segment.key], segment.text
        short = len(text.split()) <= _FEW_WORDS
        if role == "interviewer":
            answered = any(roles[s.key] == "respondent" for s in segments[index + 1 : index + 2])
            moderates = share[segment.key] < 0.5 * most
            kinds.append(
                _interviewer_kind(text, answered=answered, moderates=moderates, short=short)
            )
        elif role == "respondent":
            open_question = bool(kinds) and kinds[-1] in ("question", "answer")
            if short and _COURTESY.search(text) and not open_question:
                kinds.append("aside")
            else:
                kinds.append("answer" if "question" in kinds else "statement")
        else:
            kinds.append("aside" if short else "statement")
    return kinds


def _interviewer_kind(text: str, *, answered: bool, moderates: bool, short: bool) -> TurnKind:
    plain = text.lower().replace("’", "'").replace("-", " ")
    words = [word.strip(" .,;!…–—") for word in plain.split()]
    if len(words) <= _FEW_HEARD and _LISTENING.issuperset(words):
        return "aside"
    if asks(text):
        return "question"
    if answered and not set(".?!…–—").intersection(text) and len(words) > _FEW_UNMARKED:
        return "question"  # captions without punctuation: "good evening is the pact a threat"
    broken_off = text.endswith(("--", "–", "—", "…", "..."))
    if moderates or (short and (_COURTESY.search(text) or broken_off)):
        return "aside"
    return "question" if answered else "statement"
