"""A run by a language model without a server: its price beforehand, and batch files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.actors import load_actors
from pipeline.annotator import Annotator
from pipeline.config import Settings
from pipeline.corpus.inputs import Inputs, Transcript, find_inputs
from pipeline.errors import InputError, WestwardError
from pipeline.evaluate.annotations import read_claim_rows
from pipeline.evaluate.passages import asked_about
from pipeline.evaluate.relations import is_passages, read_annotated
from pipeline.judges.llm.batch_files import batch_lines
from pipeline.judges.llm.budget import TOKENS_A_SENTENCE, tokens_of
from pipeline.judges.llm.codebook import Dated, codebook_for, passages
from pipeline.judges.llm.judge import Answers
from pipeline.parse import Parser
from pipeline.reading.rows import judged_rows
from pipeline.records import Interview
from pipeline.run import RunResult, run
from pipeline.runs.folder import ANNOTATED_NAME
from pipeline.runs.jsonl import read_interviews
from pipeline.stages.segment import Segment
from pipeline.tally import Progress

JUDGED_LAYERS = ("claims", "stances", "relations", "failed")


@dataclass
class Estimate:
    """What a run would ask and pay, tokens and price estimated."""

    requests: int = 0
    known: int = 0  # in the ledger
    sentences: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    price: float = 0.0
    failed: int = 0  # transcripts that cannot be read


def estimate_run(
    names: Sequence[str | Path], *, index: Path | None, settings: Settings, models: Path | None
) -> Estimate:
    """Read transcripts and return what judging them would cost; nothing is sent.

    Tokens are estimated: one for three characters, ``TOKENS_A_SENTENCE`` for each sentence's codes.

    Raises:
        WestwardError: there is no transcript, or the ledger cannot be used.
    """
    source, found = Answers(settings.llm), Estimate()
    codebook = codebook_for(settings.bloc.name, load_actors(settings.actors.path))
    parser = Parser(settings.parse.model, models=models, max_chars=settings.segment.max_turn_chars)
    annotator = Annotator([Segment(parser)], settings=settings)
    for transcript in find_inputs(names, index=index).transcripts:
        try:
            answers = _answers(annotator.annotate(transcript))
        except WestwardError:
            found.failed += 1
            continue
        for passage in passages(answers, most=settings.llm.sentences):
            request = codebook.request(passage)
            for n in range(settings.llm.samples):
                known = source.ledger.get(source.key(request, n)) is not None
                found.requests += 1
                found.known += known
                if not known:
                    found.sentences += len(passage.texts)
                    found.tokens_in += tokens_of(*(one["content"] for one in request.messages))
    found.tokens_out = TOKENS_A_SENTENCE * found.sentences
    found.price = source.purse.price(found.tokens_in, found.tokens_out)
    return found


def export_requests(source: Path, settings: Settings) -> Iterator[str]:
    """Yield the lines of a batch file about a run, or about a file of annotated rows or passages.

    Raises:
        InputError: it is neither.
    """
    codebook = codebook_for(settings.bloc.name, load_actors(settings.actors.path))
    if source.is_dir():
        found = read_interviews(source / ANNOTATED_NAME)
        answers = [pair for interview in found for pair in _answers(interview)]
    elif is_passages(source):
        answers = asked_about(read_annotated(source, split=None))
    else:
        rows = [row.row for row in read_claim_rows([source])]
        answers = list(dict.fromkeys((row.place[0], row.date) for row in rows))
    return batch_lines(settings.llm, codebook, answers)


def import_answers(
    source: Path, answers: Path, *, out: Path, settings: Settings, progress: Progress | None = None
) -> RunResult:
    """Judge the interviews of a run by a file of answers, and write a run's folder.

    Raises:
        InputError: the run or the answers cannot be read, or the folder cannot be written.
    """
    found = [
        Transcript(one.id, interview=one.model_copy(update=dict.fromkeys(JUDGED_LAYERS)))
        for one in read_interviews(source / ANNOTATED_NAME)
    ]
    if not found:
        raise InputError(f"{source}: has no interview; expected the folder of a run")
    given = Inputs(tuple(found))
    return run([], out=out, settings=settings, progress=progress, interviews=given, answers=answers)


def _answers(interview: Interview) -> list[Dated]:
    """The answers of an interview that are judged, with its date; none in another language."""
    if interview.units is None:
        return []
    places = (row.place[0] for _, row in judged_rows(interview))
    return [(answer, interview.date) for answer in dict.fromkeys(places)]
