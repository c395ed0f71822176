"""The description and the card of a model of several files."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.artefacts import CARD, META, read_file, sha256_of
from training.cards import describe, write_section


def test_each_file_has_its_hash_and_its_section_and_others_are_kept(tmp_path: Path) -> None:
    folder = tmp_path / "turns"
    for name in ("one.json", "two.json", "one.json"):
        describe(folder, name, f"{name}\n".encode(), {"task": name})
    stored = json.loads((folder / META).read_bytes())
    assert stored["parts"] == {one: {"task": one} for one in ("one.json", "two.json")}
    assert stored["files"]["two.json"] == sha256_of(folder / "two.json")
    assert read_file(folder, "one.json") == b"one.json\n"


def test_a_section_of_the_card_is_replaced_and_the_others_are_kept(tmp_path: Path) -> None:
    for title, text in (("Turns", "Old."), ("Roles", "Fine."), ("Turns", "New.")):
        write_section(tmp_path, title, text)
    assert (tmp_path / CARD).read_text() == (
        f"# Model `{tmp_path.name}`\n\n## Roles\n\nFine.\n\n## Turns\n\nNew.\n"
    )
