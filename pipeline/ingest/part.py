"""What is set right in the paragraphs of any format: numbers within them, turns run together."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.ingest.inner_labels import split_inner_chevrons, split_inner_labels
from pipeline.ingest.numbered_pages import join_numbered_pages
from pipeline.ingest.paragraph_numbers import strip_paragraph_numbers
from pipeline.ingest.run_in import split_run_in
from pipeline.ingest.time_blocks import part_time_blocks
from pipeline.records import Dropped, Paragraph


def part_paragraphs(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Dropped]]:
    """Part paragraphs in which several speak, and take out what numbers them.

    Returns:
        The paragraphs, and what was taken out of them.
    """
    plain, numbers = strip_paragraph_numbers(paragraphs)
    split, labels = split_inner_labels(split_inner_chevrons(plain))
    blocks, times = part_time_blocks(split_run_in(join_numbered_pages(split)))
    return blocks, [*numbers, *labels, *times]
