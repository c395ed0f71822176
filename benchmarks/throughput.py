"""Measure words a second, by stage and beside the bare networks, and what a run needs.

``python -m benchmarks.throughput`` writes ``benchmarks/throughput.md``. Each row is a process of
its own on one processor, with the models loaded before the clock starts. ``--only speed`` makes it
short, ``--sizes 10,1000 --beside 1000 --lengths 10000,300000`` hours; on a busy machine no figure
counts.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.samples import write_interviews

REPORT = Path(__file__).with_name("throughput.md")
MODELS = ("small", "standard")
SIZES = (1, 10, 100)
LENGTHS = (10_000, 30_000)
PARTS = ("speed", "workers", "increment", "length")
BARE = 10
"""Interviews on which the bare networks are measured."""
Figures = dict[str, Any]


def measure(folder: Path, out: Path, *, model: str, cache: Path | None, bare: bool) -> Figures:
    """Run on a folder with loaded models; return seconds of the processor, and peak memory."""
    from pipeline.config import choose_models, load_settings
    from pipeline.run import Means, build_annotator, run

    settings = load_settings(choose_models(model))
    annotator = build_annotator(settings)
    _warm_up(annotator)
    wall, start = time.perf_counter(), time.process_time()
    run([folder], out=out, settings=settings, means=Means(cache=cache))
    found = {"seconds": time.process_time() - start, "wall": time.perf_counter() - wall}
    stated = json.loads((out / "run.json").read_text(encoding="utf8"))["seconds"]
    found["stages"] = stated["stages"]
    found["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found | (_bare(out, model) if bare else {})


def _warm_up(annotator: Any) -> None:
    """Annotate a short talk, so that what is loaded at first use is loaded."""
    from pipeline.corpus.inputs import Transcript

    talk = b"HOST: Does the alliance hold?\n\nGUEST: Yes. Moscow says that NATO keeps us safe.\n"
    annotator.work(Transcript("warm", content=talk))


def _bare(out: Path, model: str) -> Figures:
    """Return words a second of nlp.pipe on the turns, and of the encoder on the answers."""
    from itertools import islice

    from pipeline.artefacts import find_model
    from pipeline.judges.encoder import load_encoder
    from pipeline.parse import load_spacy
    from pipeline.reading.rows import judged_rows
    from pipeline.runs.jsonl import read_interviews

    some = list(islice(read_interviews(out / "annotated.jsonl"), BARE))
    texts = [turn.text for one in some for turn in one.turns]
    words = sum(len(text.split()) for text in texts)
    nlp = load_spacy("en_core_web_sm")
    encoder = load_encoder(find_model(f"encoder-{model}")).encoder
    answers = list({row.place[0]: None for one in some for _, row in judged_rows(one)})
    return {
        "nlp_pipe": words / _seconds(lambda: list(nlp.pipe(texts))),
        "encoder": words / _seconds(lambda: encoder.read(answers)),
    }


def _seconds(act: Any) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


def in_process(folder: Path, out: Path, **options: Any) -> Figures:
    """Measure in a process of its own, on one processor."""
    asked = json.dumps({"folder": str(folder), "out": str(out), **options})
    return json.loads(_python("measure", asked).splitlines()[-1])


def _python(*arguments: str, processors: Sequence[int] = (0,)) -> str:
    command = [sys.executable, "-m", "benchmarks.throughput", *arguments]
    allowed = sorted(os.sched_getaffinity(0))
    return subprocess.run(
        command,
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        preexec_fn=lambda: os.sched_setaffinity(0, {allowed[one] for one in processors}),
    ).stdout


def speed_rows(sizes: Sequence[int], models: Sequence[str], work: Path) -> Iterator[str]:
    """Yield the lines on speed and memory by number of interviews."""
    yield from (
        "## Speed and memory by number of interviews",
        "",
        "Words a second of one processor, end to end with all tables; then of bare `nlp.pipe` on "
        "the same turns and of the bare encoder on the same answers, in the same process; "
        "milliseconds a thousand words by stage.",
        "",
        "| model | interviews | words | words/s | nlp.pipe | encoder | share of nlp.pipe | peak MB "
        "| read | segment | entities | claims | attribution | stance | rows | rest |",
        "|" + "---|" * 16,
    )
    for model in models:
        for size in sizes:
            folder = work / f"talks-{size}"
            words = _write(folder, size)
            found = in_process(folder, work / "out", model=model, cache=None, bare=True)
            yield _speed_row(model, size, words, found)


def _speed_row(model: str, size: int, words: int, found: Mapping[str, Any]) -> str:
    speed = words / found["seconds"]
    stages = found["stages"]
    names = ("read", "segment", "entities", "claims", "attribution", "stance", "rows")
    spent = [stages.get(name, 0.0) for name in names]
    each = [1e6 * one / words for one in (*spent, found["wall"] - sum(spent))]
    cells = [model, size, words, round(speed), round(found["nlp_pipe"]), round(found["encoder"]),
             f"{speed / found['nlp_pipe']:.3f}", round(found["peak_mb"]),
             *(f"{one:.1f}" for one in each)]  # fmt: skip
    return "| " + " | ".join(map(str, cells)) + " |"


def worker_rows(size: int, models: Sequence[str], work: Path) -> Iterator[str]:
    """Yield the lines on two workers against one."""
    yield from ("## Two workers", "", f"Wall seconds of the command for {size} interviews, start "
                "included and without it (that of one interview).", "",
                "| model | one worker | two workers | ratio | ratio without start |",
                "|---|---|---|---|---|")  # fmt: skip
    _write(work / f"talks-{size}", size)
    _write(work / "talks-1", 1)
    for model in models:
        times = {
            (workers, number): _command(work / f"talks-{number}", work / "out", model, workers)
            for workers in (1, 2)
            for number in (1, size)
        }
        one, two = times[1, size], times[2, size]
        without = (one - times[1, 1]) / max(0.01, two - times[2, 1])
        yield f"| {model} | {one:.1f} | {two:.1f} | {one / two:.2f} | {without:.2f} |"


def _command(folder: Path, out: Path, model: str, workers: int) -> float:
    start = time.perf_counter()
    arguments = [str(folder), "-o", str(out), "--model", model, "--no-cache"]
    _python("command", *arguments, "--workers", str(workers), processors=range(workers))
    return time.perf_counter() - start


def increment_rows(size: int, models: Sequence[str], work: Path) -> Iterator[str]:
    """Yield the lines on one more interview after many."""
    yield from ("## One more interview", "", "Seconds of the processor, with loaded models.", "",
                "| model | interviews | first run | one more | share |", "|---|---|---|---|---|")  # fmt: skip
    for model in models:
        folder, cache = work / f"more-{model}", str(work / f"cache-{model}")
        options = {"model": model, "cache": cache, "bare": False}
        write_interviews(folder, size)
        first = in_process(folder, work / "out", **options)["seconds"]
        write_interviews(folder, 1, first=size)
        more = in_process(folder, work / "out", **options)["seconds"]
        yield f"| {model} | {size} | {first:.1f} | {more:.1f} | {more / first:.4f} |"


def length_rows(lengths: Sequence[int], models: Sequence[str], work: Path) -> Iterator[str]:
    """Yield the lines on one transcript of many words."""
    yield from ("## One long transcript", "", "| model | words | seconds | words/s | peak MB |",
                "|---|---|---|---|---|")  # fmt: skip
    for model in models:
        for length in lengths:
            folder = work / f"long-{length}"
            words = _write(folder, 1, words=length)
            found = in_process(folder, work / "out", model=model, cache=None, bare=False)
            seconds = found["seconds"]
            cells = model, words, f"{seconds:.1f}", round(words / seconds), round(found["peak_mb"])
            yield "| " + " | ".join(map(str, cells)) + " |"


def _write(folder: Path, number: int, **options: int) -> int:
    """Write interviews into a folder unless they are there; return the words."""
    counted = folder.with_suffix(".words")
    if not counted.is_file():
        counted.parent.mkdir(parents=True, exist_ok=True)
        counted.write_text(str(write_interviews(folder, number, **options)))
    return int(counted.read_text())


def main() -> None:
    """Measure what is asked for, and write the page."""
    if sys.argv[1:2] == ["measure"]:
        asked = json.loads(sys.argv[2])
        cache = Path(asked["cache"]) if asked["cache"] else None
        places = {"folder": Path(asked["folder"]), "out": Path(asked["out"]), "cache": cache}
        print(json.dumps(measure(**{**asked, **places})))
        return
    if sys.argv[1:2] == ["command"]:
        from pipeline.cli import main as westward

        westward(["run", *sys.argv[2:]])
        return
    options = _options()
    with tempfile.TemporaryDirectory() as work:
        place = Path(work)
        rows = {
            "speed": lambda: speed_rows(options.sizes, options.models, place),
            "workers": lambda: worker_rows(options.beside, options.models, place),
            "increment": lambda: increment_rows(options.beside, options.models, place),
            "length": lambda: length_rows(options.lengths, options.models, place),
        }
        lines = ["# Speed and memory", "", "Made by `python -m benchmarks.throughput`, on "
                 "interviews of 1,500 words recombined from the samples in `corpus/`."]  # fmt: skip
        for part in options.only:
            lines.append("")
            for line in rows[part]():
                lines.append(line)
                print(line, flush=True)
    options.report.write_text("\n".join(lines) + "\n", encoding="utf8")


def _options() -> argparse.Namespace:
    def numbers(text: str) -> list[int]:
        return [int(one) for one in text.split(",")]

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=numbers, default=list(SIZES))
    parser.add_argument("--beside", type=int, default=BARE, help="for workers and increment")
    parser.add_argument("--lengths", type=numbers, default=list(LENGTHS))
    parser.add_argument("--models", type=lambda text: text.split(","), default=list(MODELS))
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--report", type=Path, default=REPORT)
    return parser.parse_args()


if __name__ == "__main__":
    main()
