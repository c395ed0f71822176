"""A small annotated interview, built by hand, with every case that the writers distinguish."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.records import (
    Attribution,
    Claim,
    Entity,
    Evidence,
    Interview,
    Relation,
    RelationKind,
    Speaker,
    Stance,
    Turn,
    Unit,
)

TURNS = (
    ("t001", "s1", "question", None, ("Why did the summit fail?",)),
    ("t002", "s2", "answer", "x.t001",
     ("NATO kept the peace on this continent.", "Brussels broke its word over the pipeline.",
      "Moscow calls the sanctions a siege.", "Wheat prices rose by a fifth.",
      "Well, let me see.")),
    ("t003", "s3", "statement", None, ("We have ten minutes left.",)),
    ("t004", "s1", "question", None, ("And what now?",)),
    ("t005", "s2", "answer", "x.t004",
     ("=Washington should lift the sanctions.", "They may or may not help, Пётр 🙂.")),
    ("t006", "s2", "aside", None, ("(Laughs.)",)),
)  # fmt: skip
CLAIMS = {
    "t002.u1": ("claim", "value"), "t002.u2": ("claim", "fact"), "t002.u3": ("premise", None),
    "t002.u4": ("premise", None), "t002.u5": ("none", None), "t003.u1": ("none", None),
    "t005.u1": ("claim", "policy"), "t005.u2": ("claim", "fact"),
}  # fmt: skip
STANCES = (
    ("t002.u1", "x.s2", "own", "NATO", "NATO", "favor", False),
    ("t002.u2", "x.s2", "own", "Brussels", "European Union", "against", False),
    ("t002.u3", "x.s2", "own", "the sanctions", None, "neutral", False),
    ("t002.u3", "Russia", "attributed", "the sanctions", None, "against", False),
    ("t005.u1", "x.s2", "own", "Washington", "European Union", "favor", False),
    ("t005.u2", "x.s2", "own", None, None, "against", True),
)


def spans(text: str, **words: str) -> dict[str, int]:
    """Offsets of words in a turn's text: holder="Moscow" gives holder_start and holder_end."""
    found: dict[str, int] = {}
    for name, piece in words.items():
        found[f"{name}_start"] = text.index(piece)
        found[f"{name}_end"] = text.index(piece) + len(piece)
    return found


def _units(name: str, sentences: Sequence[str]) -> Iterator[Unit]:
    start = 0
    for number, text in enumerate(sentences, start=1):
        end = start + len(text)
        yield Unit(id=f"x.{name}.u{number}", turn_id=f"x.{name}", start=start, end=end, text=text)
        start = end + 1


def _claim(unit: str, component: str, kind: str | None) -> Claim:
    components = dict.fromkeys(("claim", "premise", "none"), 0.1) | {component: 0.8}
    kinds = dict.fromkeys(("fact", "policy", "value"), 0.2) | {kind: 0.6}
    return Claim.model_validate({
        "unit_id": f"x.{unit}", "component": component, "kind": kind, "probability": 0.8,
        "probabilities": components, "kind_probabilities": kinds if kind else {},
        "source": "model:claims@test",
    })  # fmt: skip


def _relation(unit: str, parent: str | None, kind: RelationKind, share: float) -> Relation:
    return Relation(
        from_unit=f"x.{unit}", to_unit=f"x.{parent}" if parent else None, kind=kind,
        probability=share, abstained=share < 0.5, source="llm:test",
    )  # fmt: skip


def _stance(
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
    return Stance.model_validate({
        "unit_id": f"x.{unit}", "holder": holder, "voice": voice, "target_text": target_text,
        "target_actor": target_actor, "polarity": polarity, "probability": 0.7,
        "probabilities": {polarity: 0.7, **dict.fromkeys(sorted(rest), share)},
        "abstained": abstained, "evidence": [Evidence(start=0, end=4, text="word")],
        "flags": ("question", "implied") if abstained else (), "source": "model:stance@test",
    })  # fmt: skip


ANSWER = " ".join(TURNS[1][4])
INTERVIEW = Interview(
    id="x", title="A talk on the summit", date="2023-05", sha256="0" * 64, source_format="md",
    convention="labels", convention_confidence=1.0,
    speakers=(
        Speaker(id="x.s1", name="Host", role="interviewer"),
        Speaker(id="x.s2", name="Analyst", role="respondent", country="FR"),
        Speaker(id="x.s3", role="other"),
    ),
    turns=tuple(
        Turn.model_validate({
            "id": f"x.{name}", "speaker_id": f"x.{speaker}", "kind": kind, "answers": answers,
            "text": " ".join(sentences),
        })
        for name, speaker, kind, answers, sentences in TURNS
    ),
    units=tuple(
        unit for name, _, kind, _, said in TURNS if kind != "aside" for unit in _units(name, said)
    ),
    entities=(
        Entity(id="x.e1", turn_id="x.t002", start=0, end=4, text="NATO", label="ORG",
               actors=("NATO",), blocs=("nato", "west-broad"), via="name"),
        Entity(id="x.e2", turn_id="x.t005", start=39, end=43, text="They", label=None, actors=(),
               blocs=(), via="pronoun"),
    ),
    claims=tuple(_claim(unit, *codes) for unit, codes in CLAIMS.items()),
    relations=(
        _relation("t002.u3", "t002.u2", "support", 0.8),
        _relation("t002.u4", "t002.u1", "attack", 0.3),
        _relation("t005.u1", None, "none", 0.9),
        _relation("t005.u2", "t005.u1", "attack", 0.6),
    ),
    attributions=(
        Attribution(
            unit_id="x.t002.u3", holder_text="Moscow", holder_actor="Russia", cue="call",
            source="rule:attribution.test",
            **spans(ANSWER, holder="Moscow", cue="calls", content="the sanctions a siege"),
        ),
    ),
    stances=tuple(_stance(*stance) for stance in STANCES),
)  # fmt: skip


def build(interview_id: str = "x") -> Interview:
    """Return the interview under an id."""
    text = INTERVIEW.model_dump_json()
    for sign in ('"', "."):
        text = text.replace(f'"x{sign}', f'"{interview_id}{sign}')
    return Interview.model_validate_json(text)


def named(interview: Interview, name: str = "President Macron") -> Interview:
    """Return the interview with another name for its respondent."""
    speakers = [
        one.model_copy(update={"name": name}) if one.role == "respondent" else one
        for one in interview.speakers
    ]
    return interview.model_copy(update={"speakers": tuple(speakers)})


def linked(interview: Interview) -> Interview:
    """Return the interview with each of its sentences asked about: what was a guess is none."""
    given = {one.from_unit: one for one in interview.relations or () if not one.abstained}
    relations = tuple(
        given.get(unit.id)
        or Relation(
            from_unit=unit.id, to_unit=None, kind="none", probability=0.9, source="llm:test"
        )
        for unit in interview.units or ()
    )
    return interview.model_copy(update={"relations": relations})


def only_meant(interview: Interview, target: str = "European Union") -> Interview:
    """Return the interview where no word names the target of the first stance on an actor."""
    stances = list(interview.stances or ())
    place = next(i for i, one in enumerate(stances) if one.target_actor == target)
    stances[place] = stances[place].model_copy(update={"target_text": None})
    return interview.model_copy(update={"stances": tuple(stances)})
