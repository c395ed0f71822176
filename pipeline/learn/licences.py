"""Where training data come from, and under which licence, for the model cards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Licence(NamedTuple):
    """The licence of a data set, and whom to name."""

    licence: str
    attribution: str


_INTERVIEWS = Licence(
    "as the texts: CC BY 4.0, public domain, CC0 1.0, MIT",
    "annotated for Westward; texts from kremlin.ru (CC BY 4.0), whitehouse.gov (public domain), "
    "audreyt/transcript (CC0 1.0) and ArgUNSC (MIT)",
)
LICENCES: Mapping[str, Licence] = {
    "westward-interviews": _INTERVIEWS,
    "westward-interviews-west": _INTERVIEWS,
    "westward-written": Licence("MIT", "written and labelled for Westward; synthetic"),
    "argunsc": Licence(
        "MIT",
        "Poiaganova and Stede, ArgUNSC: speeches in the UN Security Council on Ukraine, 2014-2018",
    ),
    "newsmtsc": Licence(
        "MIT (repository; the data's own readme names none)",
        "Hamborg and Donnay (2021), NewsMTSC, EACL",
    ),
    "umuc_unscon": Licence(
        "CC BY-SA", "UNSCon: verbal conflicts in the UN Security Council; changed: sentences"
    ),
    "ibm_claim_stance": Licence("CC BY-SA 3.0", "Bar-Haim et al. (2017), IBM Claim Stance, EACL"),
}
UNKNOWN = Licence("not stated", "the user's own rows")


def licence_of(dataset: str) -> Licence:
    """Return the licence of a data set by the name its rows give."""
    return LICENCES.get(dataset, UNKNOWN)
