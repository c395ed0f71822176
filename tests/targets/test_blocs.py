"""Another definition of the West: which units a model trained on one can answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.actors import load_actors
from pipeline.judges.encoder import EncodedStance, SharedEncoder
from pipeline.parse import Parser
from pipeline.reading.reader import Reader
from pipeline.reading.rows import Row
from pipeline.targets.blocs import is_western, read_west
from tests.judges.test_encoder import WordNetwork

OWN = """\
[[bloc]]
name = "west-mine"
description = "The West without Hungary, with Ukraine."
includes = ["west-core"]
without = ["Hungary"]
members = [{ actors = ["Ukraine"], from = "2022-02-24" }]

[[membership]]
bloc = "west-broad"
actors = ["Ukraine"]
from = "2022-02-24"
"""


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser("en_core_web_sm")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("own") / "mine.toml"
    path.write_text(OWN, encoding="utf8")
    return path


@pytest.mark.parametrize(
    ("bloc", "western"),
    [("west-core", True), ("west-broad", True), ("west-allied", True), ("west-mine", True),
     ("nato", False), ("eu", False), ("russia", False)],
)  # fmt: skip
def test_a_bloc_is_a_west_where_the_west_belongs_to_it(
    bloc: str, western: bool, parser: Parser, own: Path
) -> None:
    assert is_western(Reader(parser, load_actors(own), bloc=bloc)) is western


@pytest.mark.parametrize(
    ("text", "bloc", "date", "reading"),
    [
        ("I blame NATO.", "west-core", None, "trained"),
        ("I blame Turkey.", "west-core", None, "none"),
        ("I blame Turkey.", "west-broad", None, "trained"),
        ("Turkey blames NATO.", "west-core", None, "trained"),
        ("I blame them.", "west-core", None, "trained"),
        ("Russia blames them.", "west-core", None, "trained"),
        ("Turkey and Russia blame them.", "west-core", None, "none"),
        ("I blame Finland.", "west-broad", "1990", "trained"),  # named, and no Western mention then
        ("I blame Hungary.", "west-mine", None, "none"),
        ("I blame Ukraine.", "west-mine", "2023", "wider"),
        ("I blame Ukraine.", "west-mine", "2021", "trained"),
        ("I blame Ukraine.", "west-broad", "2023", "wider"),
        ("I blame Japan.", "west-allied", None, "wider"),
        ("I blame Japan and France.", "west-allied", None, "trained"),
        ("I blame Russia.", "russia", None, "named"),
        ("I blame NATO.", "russia", None, "none"),
        ("I blame them.", "russia", None, "none"),
    ],
)
def test_how_a_unit_is_read(
    text: str, bloc: str, date: str | None, reading: str, parser: Parser, own: Path
) -> None:
    reader = Reader(parser, load_actors(own), bloc=bloc)
    assert read_west([Row(text, date=date)], reader) == [reading]


@pytest.mark.parametrize(
    ("text", "bloc", "label", "target"),
    [
        ("I blame Turkey.", "west-broad", "against", (8, 14)),
        ("I blame Turkey.", "west-core", "none", None),
        ("I blame them.", "west-core", "against", None),
        ("I blame Japan.", "west-broad", "against", None),  # what the head says, of whom is meant
        ("I blame Japan.", "west-allied", "against", (8, 13)),
        ("I thank Japan.", "west-broad", "none", None),
        ("I thank Japan.", "west-allied", "favor", (8, 13)),
    ],
)
def test_the_same_unit_under_several_wests(
    text: str, bloc: str, label: str, target: tuple[int, int] | None, parser: Parser
) -> None:
    judge = EncodedStance(SharedEncoder(WordNetwork()))  # type: ignore[arg-type]
    (judged,) = judge.judge([Row(text)], Reader(parser, load_actors(), bloc=bloc))
    assert (judged.label, judged.target) == (label, target)
    assert sum(judged.probabilities.values()) == pytest.approx(1.0, abs=1e-3)


def test_a_reader_toward_another_bloc_shares_what_was_parsed(parser: Parser) -> None:
    reader = Reader(parser, load_actors(), bloc="west-broad")
    other = reader.toward("russia")
    assert other.syntax is reader.syntax
    assert (reader.bloc, reader.mentions.bloc) == ("west-broad", "west-broad")
    assert (other.bloc, other.mentions.bloc) == ("russia", "russia")
