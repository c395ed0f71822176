"""``Name (Group). – text``: a full stop and a dash, as parliaments print who takes the floor."""

from __future__ import annotations

import re

from pipeline.turns.conventions.separated import Separated

# "Chair. – ", "MINISTER.- ", "NAME, Member of the Commission. – "; no colon stands in the label
PERIOD_DASH_LABEL = re.compile(r"^(?P<label>[^–—:?!;]{2,110}?)(?:\s?\.\s?[–—]|\.-)\s+(?=\S)")

PERIOD_DASH = Separated(
    "period-dash",
    "Name (Group). – text or Name, office. – text, as in parliaments",
    PERIOD_DASH_LABEL,
    prior=1.0,
)
