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
from pipeline.coding.inference import Judged, estimate
from pipeline.coding.judgements import read_lookups
from pipeline.records import Label
from pipeline.tables.lookup import position
from pipeline.tables.net import NET, SHARE, SIDES, Measured, Said, Sides, measure

REPORT = Path(__file__).with_name("estimates.md")
GOLD = Path(__file__).parent.parent / "corpus" / "gold" / "labels.jsonl"
LABELS = ("favor", "against", "neutral", "none")
JUDGE = np.array(
    [
        [0.80, 0.03, 0.12, 0.05],
        [0.10, 0.50, 0.30, 0.10],
        [0.06, 0.06, 0.78, 0.10],
        [0.02, 0.03, 0.08, 0.87],
    ]
)  # rows: the truth, columns: the judge's answer; the recall of against is .5
UNITS, INTERVIEWS, CODED, DRAWS = 5000, 40, 300, 1000
SCORES = {**{f"share_{side}": SHARE[side] for side in SIDES}, "net": NET}


@dataclass(frozen=True)
class Setting:
    """What is simulated: how interviews differ, how frequent the labels are, how many are coded."""

    spread: float = 0.0
    prevalence: tuple[float, ...] = (0.10, 0.20, 0.25, 0.45)
    coded: int = CODED


SETTINGS = {
    "alike": Setting(),
    "differ": Setting(0.3),
    "differ much": Setting(0.6),
    "favor is rare": Setting(0.3, (0.02, 0.20, 0.33, 0.45)),
    "100 coded": Setting(0.3, coded=100),
}
SAMPLE = 40
Numbers = NDArray[np.int_]


@dataclass
class Tally:
    """How often intervals contain the truth, how wide they are, and how far shares miss 1."""

    truth: float
    covered: Counter[str] = field(default_factory=Counter)
    widths: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    n: int = 0
    off: float = 0.0

    def add(
        self, name: str, found: Measured | tuple[float, float] | None, truth: float | None = None
    ) -> None:
        """Count one interval; one that could not be given does not contain the truth."""
        low, high = (found.low, found.high) if isinstance(found, Measured) else found or (2.0, 2.0)
        self.covered[name] += low <= (self.truth if truth is None else truth) <= high
        self.widths[name].append(high - low)

    def coverage(self, name: str) -> str:
        """Share of the draws whose interval contains the truth."""
        return f"{self.covered[name] / self.n:.1%}"

    def width(self, name: str) -> str:
        """Mean width of the interval."""
        return f"{np.mean(self.widths[name]):.3f}"


def parts(labels: Numbers) -> NDArray[np.float64]:
    """Return the sides taken in each unit, ``(n_units, 3)``; none where it is not about the bloc."""
    return np.asarray(np.eye(len(LABELS))[labels][:, : len(SIDES)])


def simulate(setting: Setting, *, draws: int = DRAWS, seed: int = 1) -> dict[str, Tally]:
    """Judge units of interviews with random prevalences, code a sample, and estimate."""
    random = np.random.default_rng(seed)
    shares = _prevalences(random, setting, 400_000).mean(axis=0)[: len(SIDES)]
    shares /= shares.sum()
    scores = {name: np.array([by[side] for side in SIDES]) for name, by in SCORES.items()}
    tallies = {name: Tally(float(shares @ score)) for name, score in scores.items()}
    for _ in range(draws):
        prevalence = _prevalences(random, setting, INTERVIEWS)
        sizes = random.multinomial(UNITS, random.dirichlet(np.full(INTERVIEWS, 8)))
        interviews = np.repeat(np.arange(INTERVIEWS), sizes)
        truth = _drawn(random, prevalence[interviews])
        judged = _drawn(random, JUDGE[truth])
        coded = random.choice(UNITS, setting.coded, replace=False)
        _score(tallies, scores, parts(truth), parts(judged), interviews, coded)
    return tallies


def _prevalences(random: np.random.Generator, setting: Setting, n: int) -> NDArray[np.float64]:
    drawn = np.exp(random.normal(0, setting.spread, (n, len(LABELS))))
    shares = np.array(setting.prevalence) * drawn
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))


def _drawn(random: np.random.Generator, shares: NDArray[np.float64]) -> Numbers:
    found: Numbers = (random.random(len(shares))[:, None] > np.cumsum(shares, 1)[:, :-1]).sum(1)
    return found


def _score(
    tallies: Mapping[str, Tally],
    scores: Mapping[str, NDArray[np.float64]],
    truth: NDArray[np.float64],
    judged: NDArray[np.float64],
    interviews: Numbers,
    coded: Numbers,
) -> None:
    def sampled(places: Numbers, labels: NDArray[np.float64]) -> Judged:
        ones, one_stratum = np.ones(len(places)), np.zeros(len(places), dtype=int)
        return Judged(judged, interviews, places, labels[places], ones, one_stratum)

    every, wanted = np.arange(len(truth)), list(scores.values())
    drawn = truth.sum(0) / truth.sum()
    found = {
        "estimate": estimate(sampled(coded, truth), wanted),
        "coded alone": estimate(sampled(coded, truth), wanted, powered=False),
        "raw": estimate(sampled(every, judged), wanted, powered=False),
    }
    best = found["estimate"]
    added = sum(one.value for one in best.scores[: len(SIDES)]) if best else 0.0
    for number, (name, score) in enumerate(scores.items()):
        tally = tallies[name]
        tally.n += 1
        tally.off = max(tally.off, abs(added - 1))
        for what, one in found.items():
            tally.add(what, one.scores[number] if one else None)
        if best:
            tally.add("estimate, these units", best.scores[number], float(drawn @ score))


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
    tallies = {f"share_{side}": Tally(counts[side] / about) for side in SIDES}
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


def shown(run: Path) -> tuple[float, tuple[float, float]]:
    """Return the net position of the run's own stances, with its interval about sampling alone."""
    said = [
        Said(lookup.interview.id, unit.turn_id, position(own))
        for lookup in read_lookups(run)
        for unit in lookup.coded_units()
        for own in lookup.own(unit)
    ]
    found, net = measure(said), Sides.of(one.position for one in said).net
    none = float("nan")
    return none if net is None else net, (found.low, found.high) if found else (none, none)


def render(
    simulated: Mapping[str, Mapping[str, Tally]], sampled: Mapping[str, Tally], run: Path
) -> Iterator[str]:
    """Yield the lines of the page."""
    tallies = [one for found in simulated.values() for one in found.values()]
    yield from (
        "# Whether the intervals of estimates hold", "",
        "Made by `python -m benchmarks.estimates RUN`.", "", "## Simulation", "",
        f"{UNITS:,} sentences in {INTERVIEWS} interviews, {CODED} of them coded at random, {tallies[0].n:,} draws. The judge finds half",
        "of what is *against*. Interviews are alike, or differ (a normal of that standard deviation on the logarithm of",
        "each share). The interval is about interviews like these; *these sentences* is the share in the 5,000 drawn.",
        f"In all {sum(one.n for one in tallies) // len(SCORES):,} draws the three shares are from 0 to 1, and add up to 1 within {max(one.off for one in tallies):.4f}, the rounding.", "",
        "| interviews | favor, against, neutral, none | share | truth | estimate contains it | of these sentences | coded alone | raw | width | width, coded alone |",
        "|---|---|---|---|---|---|---|---|---|---|",
    )  # fmt: skip
    for name, found in simulated.items():
        setting = SETTINGS[name]
        labels = ", ".join(f"{share:.2f}" for share in setting.prevalence)
        for estimand, one in found.items():
            cells = map(one.coverage, ("estimate", "estimate, these units", "coded alone", "raw"))
            widths = map(one.width, ("estimate", "coded alone"))
            yield f"| {name} ({setting.spread}) | {labels} | {estimand} | {one.truth:.3f} | {' | '.join(cells)} | {' | '.join(widths)} |"
    net, (low, high) = shown(run)
    yield from (
        "", "## The sample interviews", "",
        f"The five interviews of `corpus/`, judged by the small encoder; {SAMPLE} of the 386 gold sentences drawn {DRAWS:,} times.",
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
    simulated = {name: simulate(one, draws=given.draws) for name, one in SETTINGS.items()}
    lines = render(simulated, samples(given.run, draws=given.draws), given.run)
    REPORT.write_text("\n".join(lines) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
