"""What a turn does: question, answer, statement or aside."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.records import Role, TurnKind
from pipeline.turns.questions import asks
from pipeline.turns.segments import Segment
from pipeline.turns.speakers import Key
from pipeline.turns.voices import Voice

_COURTESY = re.compile(
    r"^(?:well,? |yes,? |and |ok(?:ay)?,? )*(?:many )?(?:thanks?\b|thank you|good (?:morning|day|"
    r"afternoon|evening|night)|hello|hi\b|welcome|you are welcome|you[’']re welcome|pleasure|"
    r"my pleasure|it[’']s (?:great|good|a pleasure)|goodbye|bye\b|all the best)|"
    r"\b(?:thank you|thanks)(?: (?:very|so) much)?(?: indeed)?[.!]?$",
    re.I,
)
_HEARD = (
    r"(?:right|sure|ok|okay|yes|yeah|yep|yup|no|nope|true|exactly|absolutely|indeed|certainly|correct"
    r"|of course|i see|i understand|i hear you|understood|got it|fair enough|all right|alright|wow"
    r"|interesting|fascinating|very interesting|good|great|very good|go on|please go on|go ahead"
    r"|please|please continue|carry on|continue|that[’']s (?:right|true|correct|fair)"
    r"|m+[- ]?h+m*|m+[- ]?m+|hm+|mhm+|m{2,}|u+h+[- ]?h+u+h+|a+h+|o+h+)"
)
_INTERJECTION = re.compile(rf"\W*{_HEARD}(?:[\s,.;!…–—-]+{_HEARD}){{0,4}}[\s.!…–—-]*", re.I)
_BROKEN_OFF = re.compile(r"(?:--|–|—|…|\.\.\.)$")
_PUNCTUATED = re.compile(r"[.?!…]|--|–|—")
_FEW_WORDS = 15
_FEW_UNMARKED = 6


def find_kinds(
    segments: Sequence[Segment], voices: Sequence[Voice], roles: Mapping[Key, Role]
) -> list[TurnKind]:
    """Return the kind of each turn.

    An interviewer's turn is a question if it asks, or if somebody answers it: a challenge needs
    no question mark. Not so the moderator's who leaves the questions to others. A respondent
    answers the latest question; before the first one, a turn is a statement. Greetings, thanks,
    giving the floor, words that only show that the interviewer listens ("Right.", "Go on."), and
    words that are broken off and ask nothing are asides.
    """
    asking = {voice.key: voice.asking for voice in voices}
    most = max((asking[key] for key in asking if roles[key] == "interviewer"), default=0.0)
    kinds: list[TurnKind] = []
    for index, segment in enumerate(segments):
        role = roles[segment.key]
        text = segment.text
        short = len(text.split()) <= _FEW_WORDS
        if role == "interviewer":
            following = segments[index + 1] if index + 1 < len(segments) else None
            answered = following is not None and roles[following.key] == "respondent"
            moderates = asking[segment.key] < 0.5 * most
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
    if _INTERJECTION.fullmatch(text.strip()):
        return "aside"
    if asks(text):
        return "question"
    if answered and not _PUNCTUATED.search(text) and len(text.split()) > _FEW_UNMARKED:
        return "question"  # captions without punctuation: "good evening is nato a threat to you"
    if moderates or (short and (_COURTESY.search(text) or _BROKEN_OFF.search(text))):
        return "aside"
    return "question" if answered else "statement"
