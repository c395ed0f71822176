"""Attribution: what the speaker reports as said, thought or done by somebody else.

The rules stand in ``pipeline.reporting``; this stage gives them the actors of each unit and
turns what they find into records. What is said in the name of the speaker's own country is the
speaker's own voice and is not reported. Each attribution names its holder (words and, where they
name one, the actor), its cue, and the words that are the content. The stance stage weighs them.

What comes of it (``python -m training measure-attribution``), on the interviews' annotated
sentences with encoder-ensemble, whose heads judge who holds a stance. Presence of an attributed
stance, F1 (precision, recall): .53 (.48, .59) cross-validated by document on dev, the sentences
annotated beside its rows and 96 whole talks of our own (592 sentences in all), the holder right in
.72 and the polarity in .79; .42 without the 56 talks on world politics. Two readers agree with .77
(dev) and .68 (talks). The probability is borne out in cross-validation: shown from .225 on, of
those from .5 on .68 stand in a sentence that reports a stance, from .7 on .83. On test, .26 (.29,
.24), where 8 of 33 were found, the holder right in 5 of 8 and the polarity in 3 of 4. Weighing each
holder by itself gave .31 (.42, .25) without those 56, and on test .28 (.39, .21), the holder right
in 6 of 7. With the rules alone, as for the linear model: .32 (.44, .26) in interviews,
cross-validated on train and dev.

Sentences of the project's own by phenomenon (``tests/reporting/phenomena.txt``), right: metonym
13 of 13, we 12 of 12, they 11 of 12, report 16 of 16, quotation 12 of 12, nested 11 of 12, negated
11 of 12, hypothetical 12 of 12, alignment 15 of 16, feeling 12 of 12, irony 10 of 10, scare quote
10 of 10, presupposition 10 of 10.

The rules alone on PolNeAR's test split (``python -m training measure-polnear``): source, cue and
content overlap, F1 .545 (subject of a reporting verb: .490); exact source, F1 .459 (.478).

Example:
    >>> from pipeline.actors import load_actors
    >>> from pipeline.parse import Parser
    >>> parser = Parser("en_core_web_sm")
    >>> stage = Attributions(parser, load_actors())
    >>> stage.requires, stage.provides
    (('units', 'entities'), ('attributions',))
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.actors import ActorTable
from pipeline.parse import Parser
from pipeline.records import Attribution, Interview
from pipeline.reporting import find_reports, load_cues
from pipeline.stages.reports import ReportReader


class Attributions:
    """Finds reported and described stances of others, one record a holder and cue."""

    name = "attribution"
    requires: tuple[str, ...] = ("units", "entities")
    provides: tuple[str, ...] = ("attributions",)

    def __init__(self, parser: Parser, actors: ActorTable) -> None:
        self.cues = load_cues()
        self.reports = ReportReader(parser, actors)

    def annotate(self, interview: Interview) -> Mapping[str, tuple[Attribution, ...]]:
        """Return the attributions of all units that are judged, in text order."""
        found = self.reports.read(
            interview,
            lambda unit, span, names: find_reports(span, names=names, cues=self.cues),
        )
        return {"attributions": tuple(found)}
