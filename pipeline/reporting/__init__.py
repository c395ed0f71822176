"""Who is reported to say, think or do what: cue lexicon and rules over the parse."""

from pipeline.reporting.cues import CuePolarity, Cues, load_cues
from pipeline.reporting.rules import Report, find_reports

__all__ = ["CuePolarity", "Cues", "Report", "find_reports", "load_cues"]
