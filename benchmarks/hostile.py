"""Adversarial inputs by the thousand: what fails, the slowest, and the one with the most memory.

    $ python -m benchmarks.hostile [--count 2000] [--seed 0]

Three kinds: files that ask for more than they are worth (``tests/safety/files.py``), texts of one
piece repeated, and own samples and small documents with random damage. Each is read and split into
turns. An input fails if anything but an ``InputError`` comes of it, or it takes over ``TOO_LONG``.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pipeline.config import load_settings
from pipeline.corpus.inputs import understand_bytes
from pipeline.errors import InputError
from pipeline.ingest import FORMATS
from tests.safety import files

TOO_LONG = 150.0  # seconds by the clock: what the guarded process allows, and some
SAMPLES = Path(__file__).resolve().parent.parent / "corpus" / "transcripts"
PIECES = (
    "[", "[0:0", "(", "Name: ", "A. ", "A", "1\n", "\n", " ", "-", "---\n", "*", "**a ", "0:00 ", "a-\n", ">\n",
    "<", "<p>", "<div>", "<b>", "<table><tr><td>", "<!--", "{{", "}}", "[[", "](http", "# a\n", "a: [\n", "\t",
    "_", "`a", "- a\n", "Mr. ", '"a." ', "\u00e9", "\u202e", "\x1b[2J", "&amp;", "A.", ">>> ", "1:00:00 ",
)  # fmt: skip
DAMAGE = (
    b"<",
    b"{",
    b"\\",
    b"\x00",
    b'"',
    b"9" * 9,
    b"\xff",
    b"\r",
    b"&",
    b"PK\x03\x04",
    b"\xe2\x80",
)


def named() -> Iterator[tuple[str, bytes]]:
    """Files made to use up memory or time."""
    cell = files.word_text("Inner words.")
    for depth in (10, 80, 300):
        made, open_made = cell, "<text:p>Inner words.</text:p>"
        for _ in range(depth):
            made = files.word_table([["Ann", "Some words are said."]] * 5 + [["Ben", made]])
            open_made = files.odt_table(
                [["Ann", "Some words are said."]] * 5 + [["Ben", open_made]]
            )
        yield f"nested-{depth}.docx", files.docx(made)
        yield f"nested-{depth}.odt", files.odt(open_made)
    for millions in (3, 5):
        yield (
            f"styles-{millions}.docx",
            files.docx(cell, styles="<w:style/>" * millions * 1_000_000),
        )
    yield "forms.pdf", files.forms_pdf()
    yield "layers.pdf", files.layers_pdf()
    yield "sparse.xlsx", files.sparse_xlsx()
    for depth in (50, 1_500, 20_000):
        yield f"deep-{depth}.eml", files.deep_mail(depth)
    for count in (1_000, 50_000):
        attributes = " ".join(f"a{n}='1'" for n in range(count))
        yield f"attributes-{count}.xml", f"<x><p {attributes}>Ann: Why?</p></x>".encode()
        yield f"attributes-{count}.html", f"<p {attributes}>Ann: Why?</p>".encode()


def repeated() -> Iterator[tuple[str, bytes]]:
    """One piece again and again, in every format that is text."""
    for suffix, form in FORMATS.items():
        for number, piece in enumerate(PIECES if not form.binary else ()):
            text = f"Ann: Why?\n\nBen: {piece * (40_000 // len(piece))}\nend"
            yield f"repeated-{number}{suffix}", text.encode("utf8", "replace")


def damaged(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Documents with bytes cut, doubled and replaced."""
    drawn = random.Random(seed)
    whole = [(path.suffix, path.read_bytes()) for path in sorted(SAMPLES.iterdir())]
    rows = [
        ["Ann", "Why did it rain on that day?"],
        ["Ben", "Because the clouds came, I think."],
    ] * 4
    whole += [(".docx", files.docx(files.word_table(rows))), (".odt", files.odt(files.odt_table(rows))),
              (".xlsx", files.sparse_xlsx(20)), (".pdf", files.forms_pdf(3)), (".eml", files.deep_mail(5))]  # fmt: skip
    for number in range(count):
        suffix, original = drawn.choice(whole)
        data = bytearray(original[:20_000])
        for _ in range(drawn.randint(1, 12)):
            at, cut = drawn.randrange(len(data) + 1), drawn.choice((0, 1, 3, 200))
            data[at : at + cut] = drawn.choice((*DAMAGE, bytes(data[at : at + 50]) * 3))
        yield (
            f"damaged-{number}{drawn.choice((suffix, suffix, drawn.choice([*FORMATS])))}",
            bytes(data),
        )


def _try(name: str, data: bytes) -> tuple[str, float]:
    settings, start = load_settings().segment, time.perf_counter()
    try:
        understand_bytes(data, name=name, interview_id="a", metadata={}, settings=settings)
        ended = "read"
    except InputError:
        ended = "refused"
    except Exception as error:
        ended = f"failed: {type(error).__name__}: {error}"[:200]
    seconds = time.perf_counter() - start
    return (ended if seconds < TOO_LONG else f"failed: {seconds:.0f} s"), seconds


def main() -> None:
    """Try all inputs and print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2_000, help="damaged documents")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", choices=("named", "repeated", "damaged"))
    options = parser.parse_args()
    kinds = {
        "named": named(),
        "repeated": repeated(),
        "damaged": damaged(options.count, options.seed),
    }
    counts: Counter[str] = Counter()
    slowest: list[tuple[float, str]] = []
    for kind, inputs in kinds.items():
        for name, data in inputs if options.only in (None, kind) else ():
            ended, seconds = _try(name, data)
            counts[ended.split(":")[0]] += 1
            slowest = sorted([*slowest, (seconds, f"{name} ({len(data):,} bytes)")])[-5:]
            if ended.startswith("failed"):
                print(f"{name}: {ended}", flush=True)
    print(
        f"inputs: {counts.total():,}; "
        + ", ".join(f"{what}: {n:,}" for what, n in sorted(counts.items()))
    )
    print("slowest: " + "; ".join(f"{name} {seconds:.1f} s" for seconds, name in reversed(slowest)))
    usage = (
        resource.getrusage(who).ru_maxrss // 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print("most memory: {:,} MB here, {:,} MB in a guarded process".format(*usage))


if __name__ == "__main__":
    main()
