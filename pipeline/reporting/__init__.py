"""Who is reported to say, think or do what: cue lexicon and rules over the parse."""

from pipeline.reporting.cues import CuePolarity, Cues, load_cues
from pipeline.reporting.rules import Report, find_reports
from pipeline.reporting.stance import attributed_stances

__all__ = ["CuePolarity", "Cues", "Report", "attributed_stances", "find_reports", "load_cues"]
