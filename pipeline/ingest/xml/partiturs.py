"""Scores of speech, as EXMARaLDA writes them: a line a speaker along one line of time."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from pipeline.ingest.content import Content
from pipeline.ingest.fields import seconds
from pipeline.ingest.xml.parse import attribute, find_first, id_of, line_of, tag_of, words_of
from pipeline.ingest.xml.people import find_people, name_turns
from pipeline.ingest.xml.walk import Spoken, Voice
from pipeline.records import Dropped

_ROOT = "basic-transcription"
_SPEECH = "t"  # the type of the tiers that hold what is said


def find_root(root: etree._Element) -> etree._Element | None:
    """The document, where it is a basic transcription."""
    return root if tag_of(root) == _ROOT else None


def read(root: etree._Element, *, name: str) -> Content:
    """Read the events in the order of time; what one speaker says until another does is a turn.

    Args:
        root: of the document.
        name: of the file, for messages.
    """
    points = {known: n for n, tli in enumerate(root.iter("{*}tli")) if (known := id_of(tli))}
    times = {
        known: seconds(tli.get("time")) for tli in root.iter("{*}tli") if (known := id_of(tli))
    }
    events: list[tuple[int, int, Spoken]] = []
    dropped: list[Dropped] = []
    for row, tier in enumerate(root.iter("{*}tier")):
        kind, speaker = attribute(tier, "type"), attribute(tier, "speaker")
        if kind != _SPEECH:
            if text := words_of(tier):
                reason = f"tier of {attribute(tier, 'category') or 'annotation'}"
                dropped.append(Dropped(text=text, reason=reason, line=line_of(tier)))
            continue
        for event in tier.iter("{*}event"):
            start, end = event.get("start") or "", event.get("end") or ""
            voice = Voice(key=speaker, start_s=times.get(start), end_s=times.get(end))
            said = Spoken(voice, line_of(event), [["".join(event.itertext())]])
            events.append((points.get(start, len(points)), row, said))
    turns, warnings = name_turns(_in_turns(events), find_people(root), name=name)
    title = find_first(root, "transcription-name")
    metadata = {"title": words_of(title)} if title is not None and words_of(title) else {}
    return Content([], metadata, warnings, turns, dropped)


def _in_turns(events: list[tuple[int, int, Spoken]]) -> list[Spoken]:
    turns: list[Spoken] = []
    for _, _, said in sorted(events, key=lambda event: event[:2]):
        if turns and turns[-1].voice.key == said.voice.key:
            turns[-1].paragraphs[-1] += said.paragraphs[-1]
            turns[-1].voice = replace(turns[-1].voice, end_s=said.voice.end_s)
        else:
            turns.append(said)
    return [turn for turn in turns if turn.text]
