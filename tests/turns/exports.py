"""Structured writings of a dialogue: tables, captions, and the exports of services."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from collections.abc import Callable, Iterator, Sequence

import openpyxl
import yaml

from tests.turns.dialogue import ANSWERER, ASKER, Turns

Line = tuple[bool, str, float, float]
_RATE = 0.4  # seconds for a word


def timed(turns: Turns) -> Iterator[Line]:
    """Yield who speaks, a whole turn's text, and its times."""
    at = 1.0
    for asks, paragraphs in turns:
        text = "\n\n".join(paragraphs)
        end = round(at + _RATE * len(text.split()), 2)
        yield asks, text, at, end
        at = round(end + 0.4, 2)


def sentences(turns: Turns) -> Iterator[Line]:
    """Yield pieces of at most six words with their times."""
    for asks, text, start, end in timed(turns):
        words = text.split()
        step = (end - start) / len(words)
        for i in range(0, len(words), 6):
            piece = " ".join(words[i : i + 6])
            yield asks, piece, round(start + i * step, 3), round(start + (i + 6) * step, 3)


def _name(asks: bool) -> str:
    return ASKER if asks else ANSWERER


def _id(asks: bool) -> str:
    return "SPEAKER_00" if asks else "SPEAKER_01"


def json_turns(turns: Turns) -> bytes:
    rows = [{"speaker": _name(a), "text": t, "start": s, "end": e} for a, t, s, e in timed(turns)]
    return json.dumps(rows, indent=1).encode()


def json_interview(turns: Turns) -> bytes:
    rows = [{"speaker_id": f"s{2 - a}", "paragraphs": list(p)} for a, p in turns]
    people = [{"id": "s1", "name": ASKER, "role": "interviewer"},
              {"id": "s2", "name": ANSWERER, "role": "respondent"}]  # fmt: skip
    return json.dumps({"title": "A strait", "speakers": people, "turns": rows}).encode()


def json_qa(turns: Turns) -> bytes:
    pairs = [{"question": "\n\n".join(turns[i][1]), "answer": "\n\n".join(turns[i + 1][1])}
             for i in range(0, len(turns), 2)]  # fmt: skip
    return json.dumps({"meta": {"title": "A strait"}, "interview": pairs}).encode()


def json_by_name(turns: Turns) -> bytes:
    return json.dumps([{_name(a): "\n\n".join(p)} for a, p in turns]).encode()


def json_pairs(turns: Turns) -> bytes:
    return json.dumps([[_name(a), "\n\n".join(p)] for a, p in turns]).encode()


def json_strings(turns: Turns) -> bytes:
    return json.dumps({"transcript": [f"{_name(a)}: {' '.join(p)}" for a, p in turns]}).encode()


def json_text(turns: Turns) -> bytes:
    text = "\n\n".join(f"{_name(a)}: {' '.join(p)}" for a, p in turns)
    return json.dumps({"id": 4, "text": text}).encode()


def json_messages(turns: Turns) -> bytes:
    rows = [{"role": "interviewer" if a else "guest", "content": " ".join(p)} for a, p in turns]
    return json.dumps({"messages": rows}).encode()


def whisperx(turns: Turns) -> bytes:
    segments = [
        {"start": s, "end": e, "text": f" {t}", "speaker": _id(a),
         "words": [{"word": w, "speaker": _id(a), "score": 0.9} for w in t.split()]}
        for a, t, s, e in sentences(turns)
    ]  # fmt: skip
    words = [word for segment in segments for word in segment["words"]]  # type: ignore[attr-defined]
    return json.dumps({"segments": segments, "word_segments": words, "language": "en"}).encode()


def assembly(turns: Turns) -> bytes:
    utterances = [
        {"speaker": "A" if a else "B", "text": t, "start": int(s * 1000), "end": int(e * 1000),
         "confidence": 0.9, "words": [{"text": w, "speaker": "A"} for w in t.split()]}
        for a, t, s, e in timed(turns)
    ]  # fmt: skip
    text = " ".join(str(u["text"]) for u in utterances)
    words = [w for u in utterances for w in u["words"]]  # type: ignore[attr-defined]
    return json.dumps({"id": "x", "text": text, "words": words, "utterances": utterances}).encode()


def deepgram(turns: Turns) -> bytes:
    paragraphs = [
        {"speaker": 1 - a, "start": s, "end": e, "sentences": [{"text": t}]}
        for a, t, s, e in timed(turns)
    ]
    words = [{"word": w.lower(), "punctuated_word": w, "speaker": 1 - a}
             for a, t, _, _ in timed(turns) for w in t.split()]  # fmt: skip
    text = " ".join(t for _, t, _, _ in timed(turns))
    channel = {
        "alternatives": [
            {
                "transcript": text,
                "words": words,
                "paragraphs": {"transcript": text, "paragraphs": paragraphs},
            }
        ]
    }
    return json.dumps({"metadata": {"duration": 9}, "results": {"channels": [channel]}}).encode()


def rev(turns: Turns) -> bytes:
    monologues = []
    for a, t, s, e in timed(turns):
        elements: list[dict[str, object]] = []
        for word in t.split():
            elements += [{"type": "text", "value": word, "ts": s, "end_ts": e},
                         {"type": "punct", "value": " "}]  # fmt: skip
        monologues.append({"speaker": 1 - a, "elements": elements})
    people = [{"id": 0, "name": ASKER}, {"id": 1, "name": ANSWERER}]
    return json.dumps({"monologues": monologues, "speakers": people}).encode()


def aws(turns: Turns) -> bytes:
    items = [{"type": "pronunciation", "speaker_label": f"spk_{1 - a}",
              "alternatives": [{"content": w, "confidence": "0.9"}]}
             for a, t, _, _ in timed(turns) for w in t.split()]  # fmt: skip
    text = " ".join(t for _, t, _, _ in timed(turns))
    return json.dumps({"jobName": "x", "results": {"transcripts": [{"transcript": text}],
                                                   "items": items}}).encode()  # fmt: skip


def podcast(turns: Turns) -> bytes:
    segments = [{"speaker": _name(a), "startTime": s, "endTime": e, "body": t}
                for a, t, s, e in sentences(turns)]  # fmt: skip
    return json.dumps({"version": "1.0.0", "segments": segments}).encode()


def jsonl(turns: Turns) -> bytes:
    rows = [{"who": _name(a), "utterance": t, "time": s} for a, t, s, _ in timed(turns)]
    return "\n".join(map(json.dumps, rows)).encode()


def jsonl_sentences(turns: Turns) -> bytes:
    rows = [{"name": _name(a), "sentence": t} for a, t, _, _ in sentences(turns)]
    return "\n".join(map(json.dumps, rows)).encode()


def yaml_turns(turns: Turns) -> bytes:
    rows = [{"speaker": _name(a), "text": t, "start": "0:01:02"} for a, t, _, _ in timed(turns)]
    return yaml.safe_dump({"title": "A strait", "date": "2024-04-02", "turns": rows}).encode()


def yaml_by_name(turns: Turns) -> bytes:
    return yaml.safe_dump([{_name(a): " ".join(p)} for a, p in turns], sort_keys=False).encode()


def _csv(rows: Sequence[Sequence[object]], delimiter: str = ",") -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue().encode()


def csv_turns(turns: Turns) -> bytes:
    rows = [[_name(a), t] for a, t, _, _ in timed(turns)]
    return _csv([["Speaker", "Text"], *rows])


def csv_times(turns: Turns) -> bytes:
    rows = [[f"00:{int(s) // 60:02}:{int(s) % 60:02}", _name(a), t] for a, t, s, _ in timed(turns)]
    return _csv([["Timestamp", "Participant", "Utterance"], *rows], ";")


def csv_no_header(turns: Turns) -> bytes:
    return _csv([[_name(a), " ".join(p)] for a, p in turns])


def csv_sparse(turns: Turns) -> bytes:
    rows = [[_name(a) if not n else "", text] for a, p in turns for n, text in enumerate(p)]
    return _csv([["Name", "Statement"], *rows])


def csv_qa(turns: Turns) -> bytes:
    rows = [["\n\n".join(turns[i][1]), "\n\n".join(turns[i + 1][1])]
            for i in range(0, len(turns), 2)]  # fmt: skip
    return _csv([["Question", "Answer"], *rows])


def csv_labels(turns: Turns) -> bytes:
    return _csv([["line"], *[[f"{_name(a)}: {' '.join(p)}"] for a, p in turns]])


def tsv(turns: Turns) -> bytes:
    rows = [[n, _name(a), " ".join(p)] for n, (a, p) in enumerate(turns)]
    return _csv([["no", "speaker", "text"], *rows], "\t")


def xlsx(turns: Turns) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Title", "A strait and its readers"])
    sheet.append([])
    sheet.append(["#", "Start", "Speaker", "Role", "Transcript"])
    for n, (a, t, s, _) in enumerate(timed(turns)):
        sheet.append([n, s, _name(a), "Interviewer" if a else "Interviewee", t])
    book.create_sheet("Notes").append(["checked"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _clock(seconds: float, point: str) -> str:
    whole = int(seconds)
    ms = round((seconds - whole) * 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{point}{ms:03}"


def _cues(turns: Turns, say: Callable[[bool, str, bool], str], *, point: str) -> str:
    cues = []
    previous: bool | None = None
    for number, (a, t, s, e) in enumerate(sentences(turns), start=1):
        words = say(a, t, previous is not a)
        cues.append(f"{number}\n{_clock(s, point)} --> {_clock(e, point)}\n{words}\n")
        previous = a
    return "\n".join(cues)


def srt_names(turns: Turns) -> bytes:
    return _cues(turns, lambda a, t, new: f"{_name(a)}: {t}" if new else t, point=",").encode()


def srt_caps(turns: Turns) -> bytes:
    def say(a: bool, t: str, new: bool) -> str:
        return "\n".join(textwrap.wrap(f"{_name(a).upper()}: {t}" if new else t, 20))

    return _cues(turns, say, point=",").encode()


def srt_chevrons(turns: Turns) -> bytes:
    return _cues(turns, lambda _, t, new: f">> {t}" if new else t, point=",").encode()


def srt_dashes(turns: Turns) -> bytes:
    return _cues(turns, lambda _, t, new: f"- {t}" if new else t, point=",").encode()


def srt_chevron_names(turns: Turns) -> bytes:
    return _cues(
        turns, lambda a, t, new: f">> {_name(a).upper()}: {t}" if new else t, point=","
    ).encode()


def vtt_voices(turns: Turns) -> bytes:
    return (
        "WEBVTT\n\n" + _cues(turns, lambda a, t, _: f"<v {_name(a)}>{t}</v>", point=".")
    ).encode()


def vtt_names(turns: Turns) -> bytes:
    head = "WEBVTT\nKind: captions\nLanguage: en\n\nNOTE made by hand\n\n"
    return (head + _cues(turns, lambda a, t, n: f"{_name(a)}: {t}" if n else t, point=".")).encode()


def vtt_rolling(turns: Turns) -> bytes:
    """As YouTube writes them: each line is shown, then shown again above the next."""
    cues, previous, shown = ["WEBVTT\n"], "", None
    for a, t, s, e in sentences(turns):
        said = f">> {t}" if shown is not a else t
        shown = a
        tagged = said.replace(" ", f"<{_clock(s, '.')}><c> ", 1) + "</c>"
        head = f"{_clock(s, '.')} --> {_clock(e - 0.01, '.')} align:start position:0%"
        cues.append(f"{head}\n{previous or ' '}\n{tagged}\n")
        cues.append(f"{_clock(e - 0.01, '.')} --> {_clock(e, '.')} align:start\n{said}\n \n")
        previous = said
    return "\n".join(cues).encode()


EXPORTS: dict[str, tuple[Callable[[Turns], bytes], str]] = {
    function.__name__: (function, suffix)
    for suffix, functions in {
        ".json": (json_turns, json_interview, json_qa, json_by_name, json_pairs, json_strings,
                  json_text, json_messages, whisperx, assembly, deepgram, rev, aws, podcast),
        ".jsonl": (jsonl, jsonl_sentences),
        ".yaml": (yaml_turns, yaml_by_name),
        ".csv": (csv_turns, csv_times, csv_no_header, csv_sparse, csv_qa, csv_labels),
        ".tsv": (tsv,),
        ".xlsx": (xlsx,),
        ".srt": (srt_names, srt_caps, srt_chevrons, srt_dashes, srt_chevron_names),
        ".vtt": (vtt_voices, vtt_names, vtt_rolling),
    }.items()
    for function in functions
}  # fmt: skip
