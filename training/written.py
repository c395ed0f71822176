"""Answers written and labelled for fitting: our own words, in `written/*.tsv`, a genre a file.

Nobody said them; language models wrote them. Each sentence was labelled by its writer and, unseen,
by a second reader: kappa .72 for component, .70 for kind, .88 for stance, .90 for whether a stance
of others is reported. A third reader, who did not know whose label was which, decided where they
differed.

`talks.tsv` differs: it holds 184 whole talks, written to be read as the world publishes them, with
no label in mind, and labelled once, by readers who had not written them; only they are in the
natural mix of labels, and half of them are about other parts of the world. People who were
invented for them are called by words for places. 96 more such talks, in `written_dev`, are
fitted on by no encoder: they tell how talks are read that nobody has seen. The last 56 of them are
of leaders, ministers and scholars on world politics.

A document opens with `# id | role of the speaker`, a question with `Q:`, and each sentence of its
answer is a line of six fields parted by tabs (in whole talks, `¶` parts paragraphs): component
(C, P, N), kind of claim (F, V, O; else -), stance toward the West (+, -, 0; n: not about it), its
target (words of the sentence, or IMPLICIT:WHO; else -), what others are said to hold
(HOLDER:+;HOLDER:-; else -), and the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import InputError
from training.finetune.rows import Record

FOLDER = Path(__file__).with_name("written")
DEV_FOLDER = Path(__file__).with_name("written_dev")
_COMPONENTS = {"C": "claim", "P": "premise", "N": "none"}
_KINDS = {"F": "fact", "V": "value", "O": "policy", "-": None}
_STANCES = {"+": "favor", "-": "against", "0": "neutral", "n": "none"}
_MEANT = "IMPLICIT:"
_TALKS = "talks:"
_TALKS_FILE = "talks.tsv"
PARAGRAPH = "¶"
Talk = list[tuple[str, bool]]


def is_of_talk(record: Record) -> bool:
    """Tell whether a written sentence is of a whole talk, in the natural mix of labels."""
    return str(record["id"]).startswith(_TALKS)


def written_files(folder: Path = FOLDER) -> list[Path]:
    """The files of written answers, in their order."""
    return sorted(folder.glob("*.tsv"))


def read_written(folder: Path = FOLDER, *, split: str = "train") -> list[Record]:
    """All written sentences as records in the shape of interviews.jsonl, all of one split.

    Raises:
        InputError: a line does not follow the form; says which, and what was expected.
    """
    return [
        record | {"split": split} for path in written_files(folder) for record in _read_file(path)
    ]


def read_talks(folder: Path = FOLDER) -> list[Talk]:
    """The whole talks of the folder, each as its paragraphs in order and whether they ask."""
    talks: list[Talk] = []
    said: list[str] = []

    def end_paragraph() -> None:
        if said:
            talks[-1].append((" ".join(said), False))
            said.clear()

    for line in (folder / _TALKS_FILE).read_text(encoding="utf-8").splitlines():
        if line.startswith(("# ", "Q:", PARAGRAPH)):
            end_paragraph()
        if line.startswith("# "):
            talks.append([])
        elif line.startswith("Q:"):
            talks[-1] += [(text, True) for text in _asked(line)]
        elif line.strip() and not line.startswith(PARAGRAPH):
            said.append(line.split("\t")[-1].strip())
    end_paragraph()
    return talks


def _asked(line: str) -> list[str]:
    """The paragraphs of a question's line; none of "Q: -"."""
    asked = line.removeprefix("Q:").strip().removeprefix("-").split(PARAGRAPH)
    return [text for part in asked if (text := part.strip())]


def _read_file(path: Path) -> Iterator[Record]:
    answer: list[Record] = []
    doc = speaker = question = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip() in ("", PARAGRAPH):
            continue
        if line.startswith(("# ", "Q:")):
            yield from _with_neighbours(answer)
            answer = []
            if line.startswith("Q:"):
                question = " ".join(_asked(line))
            else:
                doc, _, speaker = (part.strip() for part in line[2:].partition("|"))
                question = ""
            continue
        try:
            record = _read_line(line)
        except ValueError as error:
            raise InputError(f"{path}:{number}: {error}; see the head of written.py") from None
        record |= {"id": f"{path.stem}:{number:04d}", "doc": doc}
        answer.append(record | {"speaker": speaker, "question": question})
    yield from _with_neighbours(answer)


def _with_neighbours(answer: list[Record]) -> Iterator[Record]:
    said = ["", *(record["text"] for record in answer), ""]
    for place, record in enumerate(answer, start=1):
        yield record | {"context_before": said[place - 1], "context_after": said[place + 1]}


def _read_line(line: str) -> Record:
    fields = [field.strip() for field in line.split("\t")]
    if len(fields) != 6:
        raise ValueError(f"found {len(fields)} fields, expected 6 parted by tabs")
    component, kind, west, target, attributed, text = fields
    for name, code, codes in (
        ("component", component, _COMPONENTS),
        ("kind", kind, _KINDS),
        ("stance", west, _STANCES),
    ):
        if code not in codes:
            raise ValueError(f"found {name} {code!r}, expected one of {', '.join(codes)}")
    if (component == "C") != (kind != "-"):
        raise ValueError(f"found kind {kind!r} with component {component}; a claim has one")
    meant = target.removeprefix(_MEANT) if target.startswith(_MEANT) else None
    named = None if meant or target == "-" else target
    if (west == "n") != (target == "-") or (named and named not in text):
        raise ValueError(f"found target {target!r}, expected words of the sentence")
    return {
        "text": text,
        "component": _COMPONENTS[component],
        "kind": _KINDS[kind],
        "west": _STANCES[west],
        "target": named,
        "implicit_target": meant,
        "attributed": [] if attributed == "-" else [_read_holder(h) for h in attributed.split(";")],
    }


def _read_holder(held: str) -> Record:
    holder, _, sign = held.rpartition(":")
    if not holder.strip() or sign.strip() not in ("+", "-", "0"):
        raise ValueError(f"found attributed {held!r}, expected HOLDER:+, HOLDER:- or HOLDER:0")
    return {"holder": holder.strip(), "stance": _STANCES[sign.strip()]}
