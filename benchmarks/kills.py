"""Kill a run at random moments with SIGKILL, run the same command again, and compare the bytes.

``python -m benchmarks.kills --kills 50 --interviews 20`` prints a line a kill, and fails if the
outputs differ from those of an undisturbed run, or if more than one interview was done twice.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.samples import write_interviews

SEED = 1729
WORDS = 300


def annotate(folder: Path, out: Path, log: Path, *, model: str) -> None:
    """Run with a cache beside the folder, and log each stage that starts on an interview."""
    import pipeline.annotator
    import pipeline.cache.layers
    from pipeline.config import choose_models, load_settings
    from pipeline.run import Means, run

    apply, build = pipeline.cache.layers.apply, pipeline.annotator.understand

    def note(interview_id: str, stage: str) -> None:
        with log.open("a", encoding="utf8") as stream:
            stream.write(f"{interview_id} {stage}\n")

    def logged_apply(stage: Any, interview: Any) -> Any:
        note(interview.id, stage.name)
        return apply(stage, interview)

    def logged_build(*arguments: Any, interview_id: str, **options: Any) -> Any:
        note(interview_id, "read")
        return build(*arguments, interview_id=interview_id, **options)

    pipeline.cache.layers.apply = logged_apply
    pipeline.annotator.understand = logged_build
    settings = load_settings(choose_models(model))
    run([folder], out=out, settings=settings, means=Means(cache=folder.with_name("cache")))


def start(folder: Path, out: Path, log: Path, *, model: str) -> subprocess.Popen[bytes]:
    """Start a run in a process of its own."""
    arguments = [str(folder), str(out), str(log), model]
    return subprocess.Popen([sys.executable, "-m", "benchmarks.kills", "annotate", *arguments])


def hashes(out: Path) -> dict[str, str]:
    """Return the hash of each output but run.json, which states times."""
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name != "run.json"
    }


def done_twice(logs: Sequence[Path]) -> int:
    """Return how many interviews have a stage that both runs started."""
    counted = Counter(
        line
        for log in logs
        if log.is_file()
        for line in log.read_text(encoding="utf8").splitlines()
    )
    return len({line.split()[0] for line, times in counted.items() if times > 1})


def main() -> None:
    """Kill and compare as often as asked."""
    if sys.argv[1:2] == ["annotate"]:
        folder, out, log = map(Path, sys.argv[2:5])
        annotate(folder, out, log, model=sys.argv[5])
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--interviews", type=int, default=20)
    parser.add_argument("--model", default="small")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        faults = _kill(Path(work), options)
    print(f"{options.kills - faults} of {options.kills} as they should be")
    sys.exit(bool(faults))


def _kill(work: Path, options: argparse.Namespace) -> int:
    talks = work / "talks"
    write_interviews(talks, options.interviews, words=WORDS)
    begun = time.monotonic()  # both runs are called "run", as the page names the run
    start(talks, work / "whole" / "run", work / "whole.log", model=options.model).wait()
    whole, lasts = hashes(work / "whole" / "run"), time.monotonic() - begun
    moments, faults = random.Random(SEED), 0
    for number in range(options.kills):
        shutil.rmtree(work / "cache", ignore_errors=True)
        shutil.rmtree(work / "out", ignore_errors=True)
        logs = work / f"{number}.a", work / f"{number}.b"
        moment = moments.uniform(0.0, lasts)
        killed = start(talks, work / "out" / "run", logs[0], model=options.model)
        time.sleep(moment)
        os.kill(killed.pid, signal.SIGKILL)
        killed.wait()
        code = start(talks, work / "out" / "run", logs[1], model=options.model).wait()
        same, twice = hashes(work / "out" / "run") == whole, done_twice(logs)
        faults += code != 0 or not same or twice > 1
        print(f"{number + 1}: killed after {moment:.2f} s; same bytes: {same}; twice: {twice}",
              flush=True)  # fmt: skip
    return faults


if __name__ == "__main__":
    main()
