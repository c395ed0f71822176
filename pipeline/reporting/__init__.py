"""Who is reported to say, think or do what: cue lexicon and rules over the parse."""

from pipeline.reporting.antecedents import antecedent, is_third_person
from pipeline.reporting.candidates import candidates
from pipeline.reporting.cues import CuePolarity, Cues, load_cues
from pipeline.reporting.described import described_reports
from pipeline.reporting.heard import Hearing, HolderModel
from pipeline.reporting.report import Report
from pipeline.reporting.rules import find_reports
from pipeline.reporting.stance import (
    PolarityModel,
    attributed_stances,
    is_neutral,
    read_candidate,
    voices_by_unit,
)
from pipeline.reporting.weigh import Weights, load_weights

__all__ = [
    "CuePolarity",
    "Cues",
    "Hearing",
    "HolderModel",
    "PolarityModel",
    "Report",
    "Weights",
    "antecedent",
    "attributed_stances",
    "candidates",
    "described_reports",
    "find_reports",
    "is_neutral",
    "is_third_person",
    "load_cues",
    "load_weights",
    "read_candidate",
    "voices_by_unit",
]
