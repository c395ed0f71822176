"""Who is reported to say, think or do what: cue lexicon and rules over the parse."""

from pipeline.reporting.candidates import candidates
from pipeline.reporting.cues import CuePolarity, Cues, load_cues
from pipeline.reporting.described import described_reports
from pipeline.reporting.report import Report
from pipeline.reporting.rules import find_reports
from pipeline.reporting.stance import (
    HolderModel,
    PolarityModel,
    attributed_stances,
    is_neutral,
    read_candidate,
)
from pipeline.reporting.weigh import Hearing, Weights, load_weights

__all__ = [
    "CuePolarity",
    "Cues",
    "Hearing",
    "HolderModel",
    "PolarityModel",
    "Report",
    "Weights",
    "attributed_stances",
    "candidates",
    "described_reports",
    "find_reports",
    "is_neutral",
    "load_cues",
    "load_weights",
    "read_candidate",
]
