"""Rules over the dependency parse: who, in a sentence, is said to say, think or do what.

Six rules, each with its cues in ``lexicons/attribution.toml``:

* ``reporting-verb``: an actor or a holder noun is the subject of a reporting verb ("Beijing
  portrays the sanctions as ...").
* ``place``: nobody in particular says it, but where it is said tells who ("In Beijing they say").
* ``reporting-noun``: whose a reporting noun is ("the Russian claim that", "anger in Tehran at").
* ``viewpoint``: "according to", "in the eyes of", "for Moscow it is".
* ``state``: a state of mind ("Tehran is hostile to", "the Poles are grateful for").
* ``alignment``: an actor is the subject of a verb of siding with or acting against ("China and
  Russia stand together against the alliance"); the content is what the verb acts on.

The first and second person never hold a reported stance; a third-person pronoun does where it was
resolved to an actor. Reports nest: each holder has its own content. A report that is denied or
only supposed says so in its flags. The scheme of source, cue and content follows
Pareti (2012), "A database of attribution relations", LREC.

Example:
    >>> from pipeline.parse import load_spacy
    >>> doc = load_spacy("en_core_web_sm")("Beijing condemns the sanctions.")
    >>> [(doc[r.holder[0]:r.holder[1]].text, r.cue) for r in find_reports(doc[:], names={0})]
    [('Beijing', 'condemn')]
"""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Span as Tokens

from pipeline.reporting.cues import Cues, load_cues
from pipeline.reporting.holders import Cast
from pipeline.reporting.nouns import noun_reports, viewpoint_reports
from pipeline.reporting.report import Report, within
from pipeline.reporting.verbs import misread_reports, state_reports, verb_reports


def find_reports(
    sentence: Tokens, *, names: Collection[int], cues: Cues | None = None
) -> list[Report]:
    """Return the reports of one parsed sentence, in order of their cue.

    Args:
        sentence: a span of a parsed Doc.
        names: indices of the tokens of the Doc that belong to a mention of an actor.
        cues: the cue lexicon; the shipped one if not given.
    """
    cast = Cast(names=names, cues=cues or load_cues())
    found: dict[tuple[int, int], Report] = {}
    for token in sentence:
        for report in (
            *verb_reports(token, sentence, cast),
            *misread_reports(token, sentence, cast),
            *state_reports(token, sentence, cast),
            *noun_reports(token, sentence, cast),
            *viewpoint_reports(token, sentence, cast),
        ):
            kept = within(report, sentence)
            if kept is not None:
                found.setdefault((kept.holder[0], kept.cue_token), kept)
    return sorted(found.values(), key=lambda report: (report.cue_token, report.holder))
