"""The linear claims model, cross-validated over the folds that the rows themselves name.

Each row of ArgUNSC names a fold in ``cv5``; all speeches of a meeting are in one. For each fold the
model is fitted on the others and judges it, so that every row is judged once, by a model that has
seen nothing of its meeting. Encoders are not cross-validated: a fit takes hours, and theirs would
have to begin before dev chose their settings.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from pipeline.config import Settings
from pipeline.errors import InputError
from pipeline.features.featuriser import Reader
from pipeline.features.rows import Row
from pipeline.learn.asking import ask_claims
from pipeline.learn.designs import DATASET_ARGUNSC, DESIGNS
from pipeline.learn.figures import Evaluation, evaluation_of, score_question
from pipeline.learn.fit_models import fit_claims
from pipeline.learn.gold import read_claim_rows
from pipeline.learn.train import make_reader
from pipeline.stages.claims import ClaimsModel
from pipeline.stages.judgement import ClaimJudgement

CV = "cv5"


class FoldedClaims:
    """A claims judge of several models: each row is judged by the one that did not see its fold.

    It judges the very rows it was made for, in their order.
    """

    def __init__(self, models: dict[int, ClaimsModel], folds: Sequence[int]) -> None:
        self.models = models
        self.folds = folds
        self.source = f"{next(iter(models.values())).source}, {len(models)} folds"

    def judge(self, rows: Sequence[Row], reader: Reader) -> list[ClaimJudgement]:
        """Judge the rows, in order."""
        found: dict[int, ClaimJudgement] = {}
        for fold, model in self.models.items():
            mine = [i for i, other in enumerate(self.folds) if other == fold]
            judged = model.judge([rows[i] for i in mine], reader)
            found.update(zip(mine, judged, strict=True))
        return [found[i] for i in range(len(rows))]


def cross_validate(file: Path, settings: Settings, *, by_doc: bool = False) -> Evaluation:
    """Fit and judge fold by fold; score all rows together.

    Args:
        file: JSON lines as ``train_claims`` reads them, each with its fold in ``cv5``.
        by_doc: also score each document.

    Raises:
        InputError: a row is not as expected, has no fold, or all are in one.
    """
    rows, folds = read_claim_rows([file]), _folds(file)
    argunsc = all(row.dataset == DATASET_ARGUNSC for row in rows)
    name = "claims-argunsc" if argunsc else "claims"
    reader = make_reader(settings)

    def fit(fold: int) -> ClaimsModel:
        others = [row for row, mine in zip(rows, folds, strict=True) if mine != fold]
        return fit_claims(others, DESIGNS[name], reader, name=name)

    judge = FoldedClaims({fold: fit(fold) for fold in sorted(set(folds))}, folds)
    scores = [
        score_question(asked, seed=settings.seed, by_doc=by_doc)
        for asked in ask_claims(judge, rows, reader)
    ]
    return evaluation_of("claims", judge.source, rows, CV, [file.name], settings.seed, scores)


def _folds(file: Path) -> list[int]:
    found: list[int] = []
    for number, line in enumerate(file.read_text(encoding="utf8").split("\n"), start=1):
        if not line.strip():
            continue
        fold = json.loads(line).get(CV)
        if not isinstance(fold, int):
            raise InputError(
                f'{file}:{number}: "{CV}" is {fold!r}; expected the number of the fold'
            )
        found.append(fold)
    if len(set(found)) < 2:
        raise InputError(f"{file}: all rows are in one fold; expected two or more in {CV}")
    return found
