"""What people's labels decide of a sentence, in words, beside what the judge said."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.labels.decisions import QUESTIONS
from pipeline.labels.files import coder_of
from pipeline.records import Claim, Decision, Relation, Stance

SAY = {"favor": "in favor of", "against": "against", "neutral": "neutral on"}
LEFT_OUT = (
    "a link to no claim or premise of the answer, or one that closes a circle of people's links"
)
LINK = {"support": "a reason for", "attack": "against", "none": "linked to nothing"}
LINK_SIGNS = {"support": "→", "attack": "⊣"}


def people(decision: Decision) -> str:
    """Return the names of those whose labels count."""
    return ", ".join(map(coder_of, decision.by))


def asked(questions: Iterable[str]) -> str:
    """Return the names of questions for a reader."""
    return ", ".join(QUESTIONS[name] for name in questions)


def replaced(decision: Decision) -> str:
    """Return what the judge said where people's labels replace it; empty where it said nothing."""
    said = [_claim(decision.claim)] if decision.claim is not None else []
    said += map(_stance, decision.stances)
    return "; ".join([*said, *([_link(decision.relation)] if decision.relation else [])])


def _claim(claim: Claim) -> str:
    words = f"{claim.component}, {claim.kind}" if claim.kind else claim.component
    return f"{words}{_sure(claim)}"


def _stance(stance: Stance) -> str:
    holder = f"{stance.holder}: " if stance.voice == "attributed" else ""
    target = stance.target_text or f"{stance.target_actor or 'the bloc'} (only meant)"
    return f"{holder}{SAY[stance.polarity]} {target}{_sure(stance)}"


def _link(one: Relation) -> str:
    return " ".join(filter(None, (LINK[one.kind], one.to_unit))) + _sure(one)


def _sure(one: Claim | Stance | Relation) -> str:
    chance = "" if one.probability is None else f" {one.probability:.2f}".replace(" 0.", " .")
    return f"{chance}{', not decided' if one.abstained else ''}"
