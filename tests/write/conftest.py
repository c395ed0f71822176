"""A small annotated interview, built by hand, that shows every case the writers must keep apart."""

from __future__ import annotations

import pytest

from pipeline.records import (
    Attribution,
    Claim,
    Entity,
    Evidence,
    Interview,
    Speaker,
    Stance,
    Turn,
    Unit,
)

TURNS = (
    ("t001", "s1", "question", None, ("Why did the summit fail?",)),
    (
        "t002",
        "s2",
        "answer",
        "t001",
        (
            "NATO kept the peace on this continent.",
            "Brussels broke its word over the pipeline.",
            "Moscow calls the sanctions a siege.",
            "Wheat prices rose by a fifth.",
            "Well, let me see.",
        ),
    ),
    ("t003", "s3", "statement", None, ("We have ten minutes left.",)),
    ("t004", "s1", "question", None, ("And what now?",)),
    (
        "t005",
        "s2",
        "answer",
        "t004",
        ("=Washington should lift the sanctions.", "They may or may not help, Пётр 🙂."),
    ),
    ("t006", "s2", "aside", None, ("(Laughs.)",)),
)
CLAIMS = {
    "t002.u1": ("claim", "value"),
    "t002.u2": ("claim", "fact"),
    "t002.u3": ("premise", None),
    "t002.u4": ("premise", None),
    "t002.u5": ("none", None),
    "t003.u1": ("none", None),
    "t005.u1": ("claim", "policy"),
    "t005.u2": ("claim", "fact"),
}
KINDS = {"fact", "value", "policy"}
STANCES = (
    ("t002.u1", "x.s2", "own", "NATO", "NATO", "favor", False),
    ("t002.u2", "x.s2", "own", "Brussels", "European Union", "against", False),
    ("t002.u3", "x.s2", "own", "the sanctions", None, "neutral", False),
    ("t002.u3", "Russia", "attributed", "the sanctions", None, "against", False),
    ("t005.u1", "x.s2", "own", "Washington", "European Union", "favor", False),
    ("t005.u2", "x.s2", "own", None, None, "against", True),
)


def build(interview_id: str = "x") -> Interview:
    """Return the interview under an id."""
    turns, units = [], []
    for name, speaker, kind, answers, sentences in TURNS:
        turn_id = f"{interview_id}.{name}"
        text = " ".join(sentences)
        turns.append(
            Turn(
                id=turn_id,
                speaker_id=f"{interview_id}.{speaker}",
                kind=kind,  # type: ignore[arg-type]
                answers=answers and f"{interview_id}.{answers}",
                text=text,
            )
        )
        start = 0
        for number, sentence in enumerate(sentences if kind != "aside" else (), start=1):
            units.append(
                Unit(
                    id=f"{turn_id}.u{number}",
                    turn_id=turn_id,
                    start=start,
                    end=start + len(sentence),
                    text=sentence,
                )
            )
            start += len(sentence) + 1
    return Interview(
        id=interview_id,
        title="A talk on the summit",
        date="2023-05",
        sha256="0" * 64,
        source_format="md",
        convention="labels",
        convention_confidence=1.0,
        speakers=(
            Speaker(id=f"{interview_id}.s1", name="Host", role="interviewer"),
            Speaker(id=f"{interview_id}.s2", name="Analyst", role="respondent", country="XX"),
            Speaker(id=f"{interview_id}.s3", role="other"),
        ),
        turns=tuple(turns),
        units=tuple(units),
        entities=(
            _entity(interview_id, turns[1].text, "NATO", ("NATO",)),
            Entity(
                id=f"{interview_id}.e2",
                turn_id=f"{interview_id}.t005",
                start=39,
                end=43,
                text="They",
                label=None,
                actors=(),
                blocs=(),
                via="pronoun",
            ),
        ),
        claims=tuple(_claim(f"{interview_id}.{unit}", *codes) for unit, codes in CLAIMS.items()),
        attributions=(
            Attribution(
                unit_id=f"{interview_id}.t002.u3",
                holder_text="Moscow",
                holder_actor="Russia",
                **spans(
                    turns[1].text, holder="Moscow", cue="calls", content="the sanctions a siege"
                ),
                cue="call",
                source="rule:attribution.test",
            ),
        ),
        stances=tuple(_stance(interview_id, *stance) for stance in STANCES),
    )


def named(interview: Interview, name: str = "President Macron") -> Interview:
    """Return the interview with another name for its respondent."""
    speakers = [
        one.model_copy(update={"name": name}) if one.role == "respondent" else one
        for one in interview.speakers
    ]
    return interview.model_copy(update={"speakers": tuple(speakers)})


def spans(text: str, **words: str) -> dict[str, int]:
    """Offsets of words in a turn's text: holder="Moscow" gives holder_start and holder_end."""
    found: dict[str, int] = {}
    for name, piece in words.items():
        found[f"{name}_start"] = text.index(piece)
        found[f"{name}_end"] = text.index(piece) + len(piece)
    return found


def _entity(interview_id: str, text: str, words: str, actors: tuple[str, ...]) -> Entity:
    start = text.index(words)
    return Entity(
        id=f"{interview_id}.e1",
        turn_id=f"{interview_id}.t002",
        start=start,
        end=start + len(words),
        text=words,
        label="ORG",
        actors=actors,
        blocs=("nato", "west-broad"),
        via="name",
    )


def _claim(unit_id: str, component: str, kind: str | None) -> Claim:
    rest = {"claim", "premise", "none"} - {component}
    return Claim(
        unit_id=unit_id,
        component=component,  # type: ignore[arg-type]
        kind=kind,  # type: ignore[arg-type]
        probability=0.8,
        probabilities={component: 0.8, **dict.fromkeys(sorted(rest), 0.1)},
        kind_probabilities={kind: 0.6, **dict.fromkeys(sorted(KINDS - {kind}), 0.2)}
        if kind
        else {},
        source="model:claims@test",
    )


def _stance(
    interview_id: str,
    unit: str,
    holder: str,
    voice: str,
    target_text: str | None,
    target_actor: str | None,
    polarity: str,
    abstained: bool,
) -> Stance:
    rest = {"favor", "against", "neutral", *(("none",) if voice == "own" else ())} - {polarity}
    share = round(0.3 / len(rest), 4)
    return Stance(
        unit_id=f"{interview_id}.{unit}",
        holder=holder.replace("x.", f"{interview_id}."),
        voice=voice,  # type: ignore[arg-type]
        target_text=target_text,
        target_actor=target_actor,
        polarity=polarity,  # type: ignore[arg-type]
        probability=0.7,
        probabilities={polarity: 0.7, **dict.fromkeys(sorted(rest), share)},
        abstained=abstained,
        evidence=(Evidence(start=0, end=4, text="word"),),
        flags=("question", "implied") if abstained else (),
        source="model:stance@test",
    )


@pytest.fixture
def interview() -> Interview:
    """The interview under the id ``x``."""
    return build()
