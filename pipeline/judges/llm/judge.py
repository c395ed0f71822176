"""The language model as a judge of answers: requests in parallel, the ledger, repair, samples."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import asdict, replace
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pipeline.actors import ActorTable
from pipeline.artefacts import sha256_of
from pipeline.config import LlmSettings, is_loopback
from pipeline.judges.llm.answer import Codes, read_answer, tempered, vote
from pipeline.judges.llm.batch_files import AnswerFile, custom_id
from pipeline.judges.llm.budget import Purse
from pipeline.judges.llm.client import Client
from pipeline.judges.llm.codebook import (
    Codebook,
    Dated,
    Passage,
    Request,
    codebook_for,
    passages,
)
from pipeline.judges.llm.ledger import Ledger, key_of
from pipeline.judges.llm.links import settle
from pipeline.judges.llm.reply import NoAnswerError, Reply
from pipeline.notices import notice
from pipeline.records import Notice

GRACE_S = 0.5
"""Seconds in which what is on its way may still arrive, after an interruption."""
Coded = list[Codes | str]
"""The codes of each sentence of an answer, or the reason why it has none."""


class Answers:
    """Where answers come from: a batch file, or the ledger and else the server.

    Raises:
        InputError: the file or the ledger cannot be used.
    """

    def __init__(self, settings: LlmSettings, file: Path | None = None) -> None:
        self.settings = settings
        self.path = file
        self.temperatures = dict[str, float]()
        self.calibration = dict[str, Any]()
        self.purse = Purse(settings)
        self.stopped = threading.Event()
        self.file = AnswerFile(file) if file else None
        self.host = urlsplit(settings.base_url).hostname or ""
        self.place = self.file.place if self.file else f"{settings.model}@{self.host}"

    @cached_property
    def client(self) -> Client:
        """The client; ConfigError where the endpoint or the key cannot be used."""
        return Client(self.settings, stopped=self.stopped)

    @cached_property
    def ledger(self) -> Ledger:
        """The answers of earlier runs, and of this one."""
        return Ledger(Path(self.settings.ledger))

    def key(self, request: Request, n: int) -> str:
        """Return the key of a request in the ledger."""
        one = self.settings
        parameters = one.base_url, one.model, one.temperature, one.max_tokens, one.logprobs
        return key_of(*parameters, request.version, request.messages, request.schema, n)

    def ask(self, request: Request, n: int = 0) -> Reply:
        """Return sample ``n`` of the answer to a request; it is kept before it is used.

        Raises:
            NoAnswerError: there is none.
        """
        if self.file is not None:
            return self.file.reply(custom_id(request, n))
        key = self.key(request, n)
        if (known := self.ledger.get(key)) is not None:
            self.purse.usage.from_ledger += 1
            return known
        held, reply = self.purse.hold(request.messages), None
        try:
            reply = self.client.ask(request)
            self.ledger.put(key, self.place, reply)
        finally:
            self.purse.settle(held, request.messages, reply)
        return reply

    def forget(self, request: Request, n: int = 0) -> None:
        """Forget sample ``n`` of an answer that cannot be used, so that a later run asks again."""
        if self.file is None:
            self.ledger.drop(self.key(request, n))

    def stop(self, jobs: Sequence[Future[Any]]) -> None:
        """Ask no more; what is on its way for some jobs is paid for, and has a moment to arrive."""
        self.stopped.set()
        try:
            wait([job for job in jobs if job.running()], GRACE_S)
        finally:
            if self.file is None:
                self.client.cancel()

    @property
    def cautions(self) -> list[Notice]:
        """A warning where texts are sent to another machine."""
        sent = self.file is None and not is_loopback(self.host)
        return [notice("text-sent", host=self.host)] if sent else []

    def describe(self) -> dict[str, Any]:
        """Return the endpoint, what was asked and paid, for run.json; or the file."""
        if self.path is not None:
            return {"answers": self.path.name, "sha256": sha256_of(self.path)}
        sent = {"endpoint": self.settings.base_url, "text_was_sent": bool(self.cautions)}
        return {**sent, **asdict(self.purse.usage)}


class LanguageJudge:
    """Codes answers with the codebook of one bloc."""

    def __init__(self, settings: LlmSettings, codebook: Codebook, answers: Answers) -> None:
        self.settings = settings
        self.codebook = codebook
        self.answers = answers
        self.source = f"llm:{answers.place}#{codebook.hash}"

    def toward(self, bloc: str, actors: ActorTable) -> LanguageJudge:
        """Return the judge with the codebook of another bloc."""
        return LanguageJudge(self.settings, codebook_for(bloc, actors), self.answers)

    def describe(self) -> dict[str, Any]:
        """Return the judge for run.json: its source, what was asked and paid."""
        fitted = self.answers.calibration
        calibration = {"calibration": fitted} if fitted else {}
        return {"source": self.source, **self.answers.describe(), **calibration}

    def code(
        self, answers: Sequence[Dated], *, told: Callable[[str], None] = lambda step: None
    ) -> list[Coded]:
        """Return the codes of each answer's sentences, in order; tell the progress in words.

        Raises:
            WestwardError: the server cannot be used, or the limit of cost is reached.
        """
        asked = list(passages(answers, most=self.settings.sentences))
        coded: list[Coded] = [[] for _ in answers]
        pool = ThreadPoolExecutor(self.settings.parallel)
        jobs = [pool.submit(self._passage, passage) for passage in asked]
        try:
            try:
                for done, (passage, job) in enumerate(zip(asked, jobs, strict=True), start=1):
                    coded[passage.number] += map(self._calibrated, job.result())
                    cost = self.answers.purse.usage.cost
                    told(f"{done}/{len(jobs)} answers" + (f", {cost:.2f} paid" if cost else ""))
            except Exception:
                pool.shutdown(cancel_futures=True)  # what is on its way is paid for, and kept
                raise
        except (KeyboardInterrupt, SystemExit):
            pool.shutdown(wait=False, cancel_futures=True)
            self.answers.stop(jobs)
            raise
        finally:
            pool.shutdown()
        return coded

    def _calibrated(self, codes: Codes | str) -> Codes | str:
        temperatures = self.answers.temperatures
        return tempered(codes, temperatures) if temperatures and isinstance(codes, Codes) else codes

    def _passage(self, passage: Passage) -> Coded:
        samples = [self._sample(passage, n) for n in range(self.settings.samples)]
        voted = map(_voted, zip(*samples, strict=True)) if len(samples) > 1 else samples[0]
        return _linked(list(voted), passage.first)

    def _sample(self, passage: Passage, n: int) -> Coded:
        """Ask about a passage, and once more about the sentences that have a fault."""
        texts, request = passage.texts, self.codebook.request(passage)
        found, faults = dict[int, Codes](), dict[int, str]()
        try:
            found, faults, content = self._ask(request, texts, n, only=texts)
            if faults:
                repair = self.codebook.repair(request, content, faults, texts)
                better, faults, _ = self._ask(repair, texts, n, only=faults)
                found |= better
                if faults:
                    self.answers.forget(repair, n)
        except NoAnswerError as error:
            faults = faults or dict.fromkeys(texts, str(error))
        return [found[number] if number in found else faults[number] for number in texts]

    def _ask(
        self, request: Request, texts: Mapping[int, str], n: int, *, only: Collection[int]
    ) -> tuple[dict[int, Codes], dict[int, str], str]:
        reply = self.answers.ask(request, n)
        asked = {number: texts[number] for number in only}
        found, faults = read_answer(reply.content, asked, texts)
        for number, codes in found.items():
            given = reply.shares.get(str(number), {})
            fitting = {key: one for key, one in given.items() if one.get(codes.given[key] or "")}
            found[number] = replace(codes, shares=fitting)
        return found, faults, reply.content


def _linked(coded: Coded, first: int) -> Coded:
    """Settle the links of a passage, and count their parents in the whole answer, from 1."""
    usable = {n: codes for n, codes in enumerate(coded, start=1) if isinstance(codes, Codes)}
    links = {n: codes.link for n, codes in usable.items()}
    settled = settle(links, {n: codes.component for n, codes in usable.items()})
    for n, codes in usable.items():
        if (link := settled[n]) and link.parent:
            link = replace(link, parent=first + link.parent)
        coded[n - 1] = replace(codes, link=link)
    return coded


def _voted(given: Sequence[Codes | str]) -> Codes | str:
    usable = [one for one in given if isinstance(one, Codes)]
    return vote(usable) if usable else given[0]


def load_judge(
    settings: LlmSettings, bloc: str, actors: ActorTable, *, answers: Path | None = None
) -> LanguageJudge:
    """Return the judge for a bloc: the server of the settings, or a batch file of answers.

    Raises:
        ConfigError: the endpoint, the key or the bloc cannot be used.
        InputError: the file of answers cannot be used.
    """
    found = Answers(settings, answers)
    if answers is None:
        _ = found.client  # what cannot be used is an error before the run begins
    return LanguageJudge(settings, codebook_for(bloc, actors), found)
