"""Prediction-powered estimates of shares: every unit judged, a probability sample of them coded.

Prediction-powered inference with power tuning (Angelopoulos, Bates, Fannjiang, Jordan and Zrnic
2023, Science 382; PPI++: Angelopoulos, Duchi and Zrnic 2023), which design-based supervised
learning (Egami, Hinck, Stewart and Wei 2023, NeurIPS) and the difference estimator of surveys
equal for shares: the mean of the judge's answers over all units, corrected by their weighted mean
error on the sample. The variance is a jackknife over clusters, which repeats every step without
each of them (CR3: MacKinnon, Nielsen and Webb 2023, J. Econometrics 232), with the t quantile.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from pipeline.judges.heads import Floats

Ints = NDArray[np.int_]
LEVEL = 0.95
_A, _B, _FA, _FB = 1, 2, 3, 4  # columns of the moments: 1, coded and predicted parts of the ratio


@dataclass(frozen=True)
class Estimate:
    """A share with its 95 % interval; power 0: the judge's answers did not narrow it."""

    value: float
    low: float
    high: float
    power: float


@dataclass(frozen=True)
class Judged:
    """A population whose units are all judged, and some of them coded.

    Attributes:
        predicted: ``(n_units, 2)``: the judge's numerator and denominator of the share.
        clusters: ``(n_units,)``: within which answers are alike.
        coded: ``(n_coded,)``: places of the coded units.
        labels: ``(n_coded, 2)``: a person's numerator and denominator.
        weights: ``(n_coded,)``: 1 / probability of being drawn, up to a factor.
        strata: ``(n_coded,)``: that the sample was drawn in.
    """

    predicted: Floats
    clusters: Ints
    coded: Ints
    labels: Floats
    weights: Floats
    strata: Ints


def estimate_share(judged: Judged, *, least: float = 0.0, powered: bool = True) -> Estimate | None:
    """Return a ratio of totals with its interval, or None where it cannot be estimated.

    The interval is Wilson's with the sample size that the variance amounts to, so that it is not
    symmetric near the ends of the scale.

    Args:
        judged: the population and its sample.
        least: the least value the ratio can have, -1 for a net position; the most is 1.
        powered: without, the coded sample alone is used.
    """
    sums = _Sums(judged)
    value, power = sums.ratio(sums.strata.sum(0), sums.squares.sum(0), sums.totals.sum(0), powered)
    drawn, _ = sums.without_each(powered)
    count = len(drawn)
    _, sizes = np.unique(judged.clusters[judged.coded], return_counts=True)
    coded = sizes.sum() ** 2 / np.square(sizes).sum()  # clusters, were they of one size (Kish)
    if len(sizes) < 2 or not np.isfinite([value, *drawn]).all():
        return None
    variance = (count - 1) / count * float(np.square(drawn - value).sum())
    if variance <= 0:
        return None
    quantile = float(stdtrit(coded - 1, (1 + LEVEL) / 2))
    low, high = _wilson((float(value) - least) / (1 - least), variance / (1 - least) ** 2, quantile)
    ends = [least + (1 - least) * end for end in (low, high)]
    return Estimate(float(np.clip(value, least, 1)), ends[0], ends[1], float(power))


class _Sums:
    """Sums by cluster: weighted sums of the sample by stratum, its squares, population totals."""

    def __init__(self, judged: Judged) -> None:
        _, clusters = np.unique(judged.clusters, return_inverse=True)
        names, strata = np.unique(judged.strata, return_inverse=True)
        n_clusters, own = clusters.max() + 1, clusters[judged.coded]
        ones = np.ones((len(own), 1))
        rows = np.hstack([ones, judged.labels, judged.predicted[judged.coded]])
        weighted = rows * judged.weights[:, None]
        self.strata = np.zeros((n_clusters, len(names), 5))
        np.add.at(self.strata, (own, strata), weighted)
        self.squares = np.zeros((n_clusters, 5, 5))
        np.add.at(self.squares, own, weighted[:, :, None] * weighted[:, None, :])
        self.totals = np.zeros((n_clusters, 3))
        everything = np.hstack([np.ones((len(clusters), 1)), judged.predicted])
        np.add.at(self.totals, clusters, everything)
        self.share = len(own) / len(clusters)

    def without_each(self, powered: bool) -> tuple[Floats, Floats]:
        """Return the ratio without each cluster; strata keep their weight where any is left."""
        whole = self.strata.sum(0)
        left = whole - self.strata
        kept = left[..., :1]
        scale = np.divide(whole[:, :1], kept, out=np.ones_like(kept), where=kept > 1e-9)
        squares = self.squares.sum(0) - self.squares
        return self.ratio(left * scale, squares, self.totals.sum(0) - self.totals, powered)

    def ratio(
        self, strata: Floats, squares: Floats, totals: Floats, powered: bool
    ) -> tuple[Floats, Floats]:
        """Return the ratio and the power given to the predictions, for sums of any first axes."""
        with np.errstate(divide="ignore", invalid="ignore"):
            sums = strata.sum(-2)
            mean = sums / sums[..., :1]
            known = totals[..., 1:] / totals[..., :1]
            first = mean[..., _A] / mean[..., _B]
            power = self._power(mean, squares, first) if powered else np.zeros_like(first)
            top, bottom = (
                mean[..., own] + power * (known[..., judge - _FA] - mean[..., judge])
                for own, judge in ((_A, _FA), (_B, _FB))
            )
            return top / np.where(bottom > 0, bottom, np.nan), power

    def _power(self, mean: Floats, squares: Floats, ratio: Floats) -> Floats:
        """The power with the least variance of the linearised ratio, 0 to 1."""
        zero, one = np.zeros_like(ratio), np.ones_like(ratio)
        own = np.stack([ratio * mean[..., _B] - mean[..., _A], one, -ratio, zero, zero], -1)
        judge = np.stack([ratio * mean[..., _FB] - mean[..., _FA], zero, zero, one, -ratio], -1)
        shared = np.einsum("...i,...ij,...j->...", own, squares, judge)
        spread = np.einsum("...i,...ij,...j->...", judge, squares, judge)
        best = np.divide(shared, spread, out=np.zeros_like(ratio), where=spread > 1e-12)
        power: Floats = np.clip(np.nan_to_num(best) / (1 + self.share), 0.0, 1.0)
        return power


def _wilson(share: float, variance: float, quantile: float) -> tuple[float, float]:
    """Return Wilson's interval of a share from 0 to 1 with a known variance."""
    if not 0 < share < 1:
        half = quantile * variance**0.5
        return max(0.0, min(1.0, share - half)), max(0.0, min(1.0, share + half))
    count = share * (1 - share) / variance
    square = quantile**2
    middle = (share + square / (2 * count)) / (1 + square / count)
    half = quantile * (variance + square / (4 * count**2)) ** 0.5 / (1 + square / count)
    return max(0.0, middle - half), min(1.0, middle + half)
