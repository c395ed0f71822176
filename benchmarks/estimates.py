"""Whether the intervals of ``tables/estimates.csv`` hold: a simulation, and the sample interviews.

``python -m benchmarks.estimates RUN`` writes ``benchmarks/estimates.md``; RUN is the folder that
``westward run corpus/ --model small -o RUN`` wrote.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.coding.estimates import estimate_rows
from pipeline.coding.inference import Estimate, Judged, estimate_share
from pipeline.coding.judgements import read_lookups
from pipeline.records import Label
from pipeline.tables.counts import net_interval
from pipeline.tables.lookup import position

REPORT = Path(__file__).with_name("estimates.md")
GOLD = Path(__file__).parent.parent / "corpus" / "gold" / "labels.jsonl"
LABELS = ("favor", "against", "neutral", "none")
PREVALENCE = np.array([0.10, 0.20, 0.25, 0.45])
JUDGE = np.array(
    [
        [0.80, 0.03, 0.12, 0.05],
        [0.10, 0.50, 0.30, 0.10],
        [0.06, 0.06, 0.78, 0.10],
        [0.02, 0.03, 0.08, 0.87],
    ]
)  # rows: the truth, columns: the judge's answer; the recall of against is .5
UNITS, INTERVIEWS, CODED, DRAWS = 5000, 40, 300, 1000
SPREADS = {"alike": 0.0, "differ": 0.3, "differ much": 0.6}
SAMPLE = 40
Numbers = NDArray[np.int_]


@dataclass
class Tally:
    """How often intervals contain the truth, and how wide they are."""

    truth: float
    covered: Counter[str] = field(default_factory=Counter)
    widths: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    n: int = 0

    def add(
        self, name: str, found: Estimate | tuple[float, float] | None, truth: float | None = None
    ) -> None:
        """Count one interval; one that could not be given does not contain the truth."""
        low, high = (found.low, found.high) if isinstance(found, Estimate) else found or (2.0, 2.0)
        self.covered[name] += low <= (self.truth if truth is None else truth) <= high
        self.widths[name].append(high - low)

    def coverage(self, name: str) -> str:
        """Share of the draws whose interval contains the truth."""
        return f"{self.covered[name] / self.n:.1%}"

    def width(self, name: str) -> str:
        """Mean width of the interval."""
        return f"{np.mean(self.widths[name]):.3f}"


def parts(labels: Numbers, estimand: str) -> NDArray[np.float64]:
    """Return numerator and denominator by unit."""
    against = (labels == 1).astype(float)
    top = against if estimand == "share_against" else (labels == 0) - against
    return np.column_stack([top, labels < 3])


def simulate(spread: float, *, draws: int = DRAWS, seed: int = 1) -> dict[str, Tally]:
    """Judge units of interviews with random prevalences, code a sample, and estimate."""
    random = np.random.default_rng(seed)
    shares = _prevalences(random, spread, 400_000).mean(axis=0)
    about = shares[:3].sum()
    tallies = {
        "share_against": Tally(shares[1] / about),
        "net": Tally((shares[0] - shares[1]) / about),
    }
    for _ in range(draws):
        prevalence = _prevalences(random, spread, INTERVIEWS)
        sizes = random.multinomial(UNITS, random.dirichlet(np.full(INTERVIEWS, 8)))
        interviews = np.repeat(np.arange(INTERVIEWS), sizes)
        truth = _drawn(random, prevalence[interviews])
        judged = _drawn(random, JUDGE[truth])
        coded = random.choice(UNITS, CODED, replace=False)
        for estimand, tally in tallies.items():
            _score(tally, estimand, truth, judged, interviews, coded)
    return tallies


def _prevalences(random: np.random.Generator, spread: float, n: int) -> NDArray[np.float64]:
    shares = PREVALENCE * np.exp(random.normal(0, spread, (n, len(LABELS))))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))


def _drawn(random: np.random.Generator, shares: NDArray[np.float64]) -> Numbers:
    found: Numbers = (random.random(len(shares))[:, None] > np.cumsum(shares, 1)[:, :-1]).sum(1)
    return found


def _score(
    tally: Tally,
    estimand: str,
    truth: Numbers,
    judged: Numbers,
    interviews: Numbers,
    coded: Numbers,
) -> None:
    predicted, labels = parts(judged, estimand), parts(truth, estimand)
    least = -1.0 if estimand == "net" else 0.0
    sample = Judged(
        predicted,
        interviews,
        coded,
        labels[coded],
        np.ones(len(coded)),
        np.zeros(len(coded), dtype=int),
    )
    everything = np.arange(len(truth))
    raw = Judged(
        predicted,
        interviews,
        everything,
        predicted,
        np.ones(len(truth)),
        np.zeros(len(truth), dtype=int),
    )
    tally.n += 1
    found = estimate_share(sample, least=least)
    tally.add("estimate", found)
    tally.add("estimate, these units", found, float(labels[:, 0].sum() / labels[:, 1].sum()))
    tally.add("coded alone", estimate_share(sample, least=least, powered=False))
    tally.add("raw", estimate_share(raw, least=least, powered=False))


def read_gold(path: Path = GOLD) -> list[Label]:
    """Return the gold labels of the sample interviews."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf8").splitlines()]
    known = Label.model_fields
    return [
        Label(**{k: v for k, v in row.items() if k in known}, source="human:gold") for row in rows
    ]


def samples(run: Path, *, draws: int = DRAWS, seed: int = 1) -> dict[str, Tally]:
    """Draw coded sentences from the gold of the sample interviews, and estimate from each draw."""
    gold, random = read_gold(), np.random.default_rng(seed)
    counts = Counter(label.west for label in gold)
    about = len(gold) - counts["none"]
    tallies = {f"share_{side}": Tally(counts[side] / about) for side in LABELS[:3]}
    tallies["share_about"] = Tally(about / len(gold))
    tallies["net"] = Tally((counts["favor"] - counts["against"]) / about)
    design = {"weight": len(gold) / SAMPLE, "stratum": f"all ({len(gold)} units)"}
    lookups = list(read_lookups(run))
    for _ in range(draws):
        chosen = random.choice(len(gold), SAMPLE, replace=False)
        rows = estimate_rows(lookups, [gold[i].model_copy(update=design) for i in chosen])
        for row in rows[:5]:
            tally = tallies[str(row["estimand"])]
            tally.n += 1
            given = row["low"] is not None
            tally.covered["given"] += given
            if given:
                tally.add("estimate", (float(row["low"] or 0), float(row["high"] or 0)))
    return tallies


def shown(run: Path) -> tuple[float, tuple[float, float] | None]:
    """Return the net position of the run's own stances, with the interval over turns alone."""
    said = [
        (unit.turn_id, position(own))
        for lookup in read_lookups(run)
        for unit in lookup.coded_units()
        if (own := lookup.own_stance(unit)) is not None
    ]
    counts = Counter(side for _, side in said)
    return (counts["favor"] - counts["against"]) / len(said), net_interval(
        said, seed=0, key=["all"]
    )


def render(
    simulated: Mapping[str, Mapping[str, Tally]], sampled: Mapping[str, Tally], run: Path
) -> Iterator[str]:
    """Yield the lines of the page."""
    draws = next(iter(simulated["alike"].values())).n
    yield from (
        "# Whether the intervals of estimates hold", "",
        "Made by `python -m benchmarks.estimates RUN`.", "", "## Simulation", "",
        f"{UNITS:,} sentences in {INTERVIEWS} interviews, {CODED} of them coded at random, {draws:,} draws. True shares of",
        f"favor, against, neutral, not about: {', '.join(f'{p:.2f}' for p in PREVALENCE)}. The judge finds half of what is *against*.",
        "Interviews are alike, or differ (a normal of that standard deviation on the logarithm of each share).",
        "The interval is about interviews like these; *these sentences* is the share in the 5,000 drawn.", "",
        "| interviews | share | truth | estimate contains it | of these sentences | coded alone | raw | width | width, coded alone |",
        "|---|---|---|---|---|---|---|---|---|",
    )  # fmt: skip
    for name, tallies in simulated.items():
        for estimand, one in tallies.items():
            cells = map(one.coverage, ("estimate", "estimate, these units", "coded alone", "raw"))
            widths = map(one.width, ("estimate", "coded alone"))
            yield f"| {name} ({SPREADS[name]}) | {estimand} | {one.truth:.3f} | {' | '.join(cells)} | {' | '.join(widths)} |"
    net, interval = shown(run)
    low, high = interval or (float("nan"), float("nan"))
    yield from (
        "", "## The sample interviews", "",
        f"The five interviews of `corpus/`, judged by the small encoder; {SAMPLE} of the 386 gold sentences drawn {draws:,} times.",
        f"The truth is gold's. The judge's own net is {net:.3f}, its interval over turns alone {low:.3f} to {high:.3f}.", "",
        "| share | truth | an estimate is given | contains it, of those | width |", "|---|---|---|---|---|",
    )  # fmt: skip
    for estimand, one in sampled.items():
        given = one.covered["given"]
        inside = one.covered["estimate"] / max(given, 1)
        yield f"| {estimand} | {one.truth:.3f} | {given / one.n:.1%} | {inside:.1%} | {one.width('estimate')} |"


def main() -> None:
    """Write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--draws", type=int, default=DRAWS)
    given = parser.parse_args()
    simulated = {name: simulate(spread, draws=given.draws) for name, spread in SPREADS.items()}
    lines = render(simulated, samples(given.run, draws=given.draws), given.run)
    REPORT.write_text("\n".join(lines) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
