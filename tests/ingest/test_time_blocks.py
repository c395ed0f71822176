"""Blocks of speech below the times of a recording."""

from __future__ import annotations

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Source
from pipeline.turns import build_interview

BLOCKS = (
    "Hello, I'm Anna North. Welcome to another edition of Harbour Now. There is a pier here that "
    "nobody has swept since the winter.",
    "Joining me to say why is the warden of the pier, who has the broom at home.",
    "Warden, let us start with the broom. Whose is it? It is mine. I bought it in the spring, when "
    "the old one had gone out with the ice.",
    "And I have the receipt, as the town has for the crane.",
    "So who sweeps the pier? Nobody does. I asked the keeper, and he has a lamp to mind.",
    "He told me that the lamp comes first, and that a pier is swept by the sea.",
    "Is that how your neighbours see it? They see it from the other side, where there is no pier.",
    "You mentioned a crane. Will it ever stand again? It may stand, but it will lift nothing.",
    "We have had two cranes, and the second one was sold for the price of the first.",
)


def _read(*blocks: str) -> Source:
    times = [f"00:0{n}:10:22 - 00:0{n}:33:04" for n in range(len(blocks))]
    text = "\n\n".join(f"{time}\n\n{said}" for time, said in zip(times, blocks, strict=True))
    return read_bytes(f"A Pier and a Broom\n\n{text}\n".encode(), name="a.txt")


def test_what_follows_a_question_stands_apart_and_the_times_are_none_of_the_speech() -> None:
    source = _read(*BLOCKS)
    texts = [one.text for one in source.paragraphs]
    assert len(texts) == 1 + len(BLOCKS) + 4
    assert "Is that how your neighbours see it?" in texts
    assert {(one.start_s, one.end_s) for one in source.paragraphs[1:3]} == {(10, 33), (70, 93)}
    assert sum(piece.reason == "time" for piece in source.dropped) == len(BLOCKS)


def test_a_host_who_welcomes_and_the_questions_within_blocks_are_heard() -> None:
    interview = build_interview(_read(*BLOCKS), interview_id="k", settings=load_settings().segment)
    roles = {speaker.id: speaker.role[0] for speaker in interview.speakers}
    assert "".join(roles[turn.speaker_id] for turn in interview.turns) == "ir" * 4
    assert interview.turns[0].text.startswith("Hello, I'm Anna North.")
    assert interview.turns[0].text.endswith("Whose is it?")


def test_blocks_with_labels_are_kept_as_they_are() -> None:
    named = [f"ANNA: {said}" for said in BLOCKS]
    assert len(_read(*named).paragraphs) == 1 + 2 * len(BLOCKS)
