"""Who is reported to say, think or do what: cue lexicon and rules over the parse."""

from pipeline.reporting.candidates import candidates
from pipeline.reporting.cues import CuePolarity, Cues, load_cues
from pipeline.reporting.report import Report
from pipeline.reporting.rules import find_reports
from pipeline.reporting.stance import PolarityModel, attributed_stances, is_neutral, read_candidate
from pipeline.reporting.weigh import Weights, load_weights

__all__ = [
    "CuePolarity",
    "Cues",
    "PolarityModel",
    "Report",
    "Weights",
    "attributed_stances",
    "candidates",
    "find_reports",
    "is_neutral",
    "load_cues",
    "load_weights",
    "read_candidate",
]
