"""A language model as a judge: the codebook it is given, and the check of what it answers."""

from __future__ import annotations

from pathlib import Path

from pipeline.actors import ActorTable
from pipeline.config import LlmSettings
from pipeline.judges.llm.codebook import codebook_for
from pipeline.judges.llm.judge import Answers, LanguageJudge

__all__ = ["LanguageJudge", "load_judge"]


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
