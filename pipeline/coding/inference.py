"""Prediction-powered estimates of shares: every unit judged, a probability sample of them coded.

Prediction-powered inference with power tuning (Angelopoulos, Bates, Fannjiang, Jordan and Zrnic
2023, Science 382; PPI++: Angelopoulos, Duchi and Zrnic 2023), which design-based supervised
learning (Egami, Hinck, Stewart and Wei 2023, NeurIPS) and the difference estimator of surveys
equal for shares: the mean of the judge's answers over all units, corrected by their weighted mean
error on the sample. All shares of a whole are estimated at once, with one power, that of the least
sum of their variances, so that they add up to 1; what falls below 0 is put right by projection onto
the simplex (Duchi, Shalev-Shwartz, Singer and Chandra 2008, ICML). The variance is a jackknife over
clusters, which repeats every step but the projection without each of them (CR3: MacKinnon, Nielsen
and Webb 2023, J. Econometrics 232); the ends of the interval are those of ``pipeline.tables.net``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.judges.heads import Floats
from pipeline.tables.net import Measured, effective_clusters, interval, jackknife_variance

Ints = NDArray[np.int_]


@dataclass(frozen=True)
class Estimate:
    """Scores of a whole with their intervals; power 0: the judge's answers did not narrow them."""

    scores: tuple[Measured, ...]
    power: float


@dataclass(frozen=True)
class Judged:
    """A population whose units are all judged, and some of them coded.

    Attributes:
        predicted: ``(n_units, n_parts)``: what the judge adds to each part of the whole.
        clusters: ``(n_units,)``: within which answers are alike.
        coded: ``(n_coded,)``: places of the coded units.
        labels: ``(n_coded, n_parts)``: what a person adds.
        weights: ``(n_coded,)``: 1 / probability of being drawn, up to a factor.
        strata: ``(n_coded,)``: that the sample was drawn in.
    """

    predicted: Floats
    clusters: Ints
    coded: Ints
    labels: Floats
    weights: Floats
    strata: Ints


def estimate(
    judged: Judged, scores: Sequence[Sequence[float] | Floats], *, powered: bool = True
) -> Estimate | None:
    """Return scores with their intervals, or None where they cannot be estimated.

    Args:
        judged: the population and its sample.
        scores: of each part, ``(n_scores, n_parts)``: a score is their mean over the whole, as the
            share of a part is with 1 for it and 0 for the others.
        powered: without, the coded sample alone is used.
    """
    sums = _Sums(judged)
    shares, power = sums.shares(
        sums.strata.sum(0), sums.squares.sum(0), sums.totals.sum(0), powered
    )
    drawn = sums.without_each(powered)
    _, sizes = np.unique(judged.clusters[judged.coded], return_counts=True)
    if len(sizes) < 2 or not (np.isfinite(shares).all() and np.isfinite(drawn).all()):
        return None
    counted = judged.clusters[judged.coded[judged.labels.sum(axis=1) > 0]]
    base = len(np.unique(counted))
    whole = project(shares)
    found = []
    for score in np.array(scores):
        variance = jackknife_variance(float(shares @ score), drawn @ score)
        value, least = float(whole @ score), float(score.min())
        found.append(interval(value, variance, effective_clusters(sizes), base=base, least=least))
    return Estimate(tuple(found), float(power))


def project(shares: Floats) -> Floats:
    """Return the nearest shares that are 0 or more and add up to 1, for some that add up to 1."""
    order = np.sort(shares)[::-1]
    excess = (np.cumsum(order) - 1) / np.arange(1, len(order) + 1)
    nearest: Floats = np.maximum(shares - excess[np.flatnonzero(order > excess)[-1]], 0.0)
    return nearest


class _Sums:
    """Sums by cluster: weighted sums of the sample by stratum, its squares, population totals.

    The columns are 1, the coded parts, and the predicted parts.
    """

    def __init__(self, judged: Judged) -> None:
        _, clusters = np.unique(judged.clusters, return_inverse=True)
        names, strata = np.unique(judged.strata, return_inverse=True)
        n_clusters, own = clusters.max() + 1, clusters[judged.coded]
        self.parts = judged.labels.shape[1]
        ones = np.ones((len(own), 1))
        rows = np.hstack([ones, judged.labels, judged.predicted[judged.coded]])
        weighted = rows * judged.weights[:, None]
        width = rows.shape[1]
        self.strata = np.zeros((n_clusters, len(names), width))
        np.add.at(self.strata, (own, strata), weighted)
        self.squares = np.zeros((n_clusters, width, width))
        np.add.at(self.squares, own, weighted[:, :, None] * weighted[:, None, :])
        self.totals = np.zeros((n_clusters, 1 + self.parts))
        everything = np.hstack([np.ones((len(clusters), 1)), judged.predicted])
        np.add.at(self.totals, clusters, everything)
        self.sampled = len(own) / len(clusters)

    def without_each(self, powered: bool) -> Floats:
        """Return the shares without each cluster; strata keep their weight where any is left."""
        whole = self.strata.sum(0)
        left = whole - self.strata
        kept = left[..., :1]
        scale = np.divide(whole[:, :1], kept, out=np.ones_like(kept), where=kept > 1e-9)
        squares = self.squares.sum(0) - self.squares
        return self.shares(left * scale, squares, self.totals.sum(0) - self.totals, powered)[0]

    def shares(
        self, strata: Floats, squares: Floats, totals: Floats, powered: bool
    ) -> tuple[Floats, Floats]:
        """Return the shares and the power given to the predictions, for sums of any first axes."""
        with np.errstate(divide="ignore", invalid="ignore"):
            sums = strata.sum(-2)
            mean = sums[..., 1:] / sums[..., :1]
            coded, predicted = mean[..., : self.parts], mean[..., self.parts :]
            known = totals[..., 1:] / totals[..., :1]
            power = (
                self._power(coded, predicted, squares) if powered else np.zeros(coded.shape[:-1])
            )
            parts = coded + power[..., None] * (known - predicted)
            whole = parts.sum(-1, keepdims=True)
            return parts / np.where(whole > 0, whole, np.nan), power

    def _power(self, coded: Floats, predicted: Floats, squares: Floats) -> Floats:
        """The power with the least sum of variances of the linearised shares, 0 to 1."""
        shares = coded / coded.sum(-1, keepdims=True)
        linear = np.eye(self.parts) - shares[..., None]  # of the parts, by share
        nought = np.zeros_like(linear)
        own = self._rows(linear @ coded[..., None], linear, nought)
        judge = self._rows(linear @ predicted[..., None], nought, linear)
        shared = np.einsum("...ki,...ij,...kj->...", own, squares, judge)
        spread = np.einsum("...ki,...ij,...kj->...", judge, squares, judge)
        best = np.divide(shared, spread, out=np.zeros_like(shared), where=spread > 1e-12)
        power: Floats = np.clip(np.nan_to_num(best) / (1 + self.sampled), 0.0, 1.0)
        return power

    @staticmethod
    def _rows(mean: Floats, *parts: Floats) -> Floats:
        return np.concatenate([-mean, *parts], axis=-1)
