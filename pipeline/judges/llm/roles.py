"""Who speaks: a language model is asked for the roles where the turns of a transcript are doubtful.

Only roles change, and the kinds of turns that follow from them; no word does.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import cast, get_args

from pipeline.judges.llm.answer import object_of, one_of
from pipeline.judges.llm.codebook import Request, hash_of, messages_of, prompt_data
from pipeline.judges.llm.judge import Answers
from pipeline.judges.llm.reply import NoAnswerError
from pipeline.notices import notice
from pipeline.records import Interview, Notice, Role
from pipeline.turns.build import change_roles
from pipeline.turns.confidence import DOUBTFUL_BELOW

TURNS, OPENING = 40, 200
"""How many turns are shown, and how many characters of each."""
ROLES: tuple[Role, ...] = get_args(Role)


class RoleReview:
    """Asks for the roles of the speakers; an answer that does not fit changes nothing."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.source = f"llm:{answers.place}#{hash_of(prompt_data('roles.md'), TURNS, OPENING)}"

    def review(self, interview: Interview) -> Interview:
        """Return a doubtful interview with the roles that the model states, and a warning."""
        shown = list(dict.fromkeys(turn.speaker_id for turn in interview.turns[:TURNS]))
        if interview.convention_confidence >= DOUBTFUL_BELOW or len(shown) < 2:
            return interview
        voices = {one: f"S{number}" for number, one in enumerate(shown, start=1)}
        request = self._request(interview, voices)
        try:
            roles = _read(self.answers.ask(request).content, voices)
        except (NoAnswerError, ValueError) as error:
            self.answers.forget(request)
            return _warned(interview, notice("no-roles", source=self.source, problem=str(error)))
        changed = [one for one in interview.speakers if roles.get(one.id, one.role) != one.role]
        if not changed:
            return interview
        said = [{"speaker": one.name or one.id, "role": roles[one.id]} for one in changed]
        new = change_roles(interview, roles)
        return _warned(new, notice("roles", source=self.source, roles=said))

    def _request(self, interview: Interview, voices: Mapping[str, str]) -> Request:
        names = {one.id: one.name or "(no name)" for one in interview.speakers}
        lines = [f"{name}: {names[one]}" for one, name in voices.items()]
        lines += [
            f"{voices[turn.speaker_id]} says: {' '.join(turn.text[:OPENING].split())}"
            for turn in interview.turns[:TURNS]
        ]
        messages = messages_of(prompt_data("roles.md"), lines)
        schema = object_of({name: one_of(ROLES) for name in voices.values()})
        return Request(self.source.rpartition("#")[2], messages, schema)


def _read(content: str, voices: Mapping[str, str]) -> dict[str, Role]:
    """Return the role of each speaker; ValueError where the answer is not as asked."""
    start, end = content.find("{"), content.rfind("}") + 1
    try:
        found = json.loads(content[start:end])
    except (ValueError, RecursionError):
        raise ValueError("the answer is no JSON object") from None
    if not isinstance(found, dict) or set(found) != set(voices.values()):
        raise ValueError("the answer does not have each speaker once")
    given = list(found.values())
    if any(role not in ROLES for role in given) or not {"interviewer", "respondent"} <= set(given):
        raise ValueError(f"expected {', '.join(ROLES)}, and somebody who asks and who answers")
    return {one: cast(Role, found[name]) for one, name in voices.items()}


def _warned(interview: Interview, warning: Notice) -> Interview:
    return interview.model_copy(update={"warnings": (*interview.warnings, warning)})
