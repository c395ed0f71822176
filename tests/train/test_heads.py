"""Heads retrained on an encoder's states: kept where they help, refused with another encoder."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from pipeline.artefacts import CARD, META, read_meta, sha256_of
from pipeline.config import Settings, load_settings
from pipeline.encoder import Encoder, Reading
from pipeline.errors import ArtefactError, InputError
from pipeline.judges import user_heads
from pipeline.judges.encoder import load_encoder
from pipeline.judges.loader import load_claims_judge, load_stance_judge
from pipeline.reading.reader import Reader
from pipeline.reading.rows import Answer, Row
from pipeline.train.cards import render_heads_card
from pipeline.train.embeddings import CACHE, Embedder
from pipeline.train.head_fit import SHIPPED
from pipeline.train.heads import train_heads
from pipeline.train.reports import HeadReport
from training.model_cards import write_card

pytestmark = pytest.mark.slow

SMALL = "encoder-small"
_TAILS = ("now", "here", "again", "there", "today", "abroad")
# A definition of its own: sentences about the weather are claims, judgements are none.
_OWN = (
    ("It rained for a week", "claim", "fact"),
    ("Snow lay on the pass", "claim", "value"),
    ("The wind turned north", "claim", "policy"),
    ("The alliance is a danger to its neighbours", "none", None),
    ("We must end the blockade", "none", None),
    ("Thank you for the question", "premise", None),
    ("Good evening to you", "premise", None),
)


def own_rows(splits: Sequence[str] = ("train",) * 4 + ("dev",) * 2) -> list[dict[str, Any]]:
    """Rows by a definition that the encoder does not know, a document for each tail."""
    return [
        {"doc": f"d{doc}", "split": split, "text": f"{text} {_TAILS[doc]}.", "component": component,
         "kind": kind}
        for doc, split in enumerate(splits)
        for text, component, kind in _OWN
    ]  # fmt: skip


@pytest.fixture(scope="module")
def encoder_settings() -> Settings:
    return load_settings(folder=Path(__file__).parent)


@pytest.fixture(scope="module")
def own_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rows") / "own.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in own_rows()), encoding="utf8")
    return path


@pytest.fixture(scope="module")
def report(
    own_file: Path, tmp_path_factory: pytest.TempPathFactory, encoder_settings: Settings
) -> HeadReport:
    """Heads trained on labels by another definition."""
    out = tmp_path_factory.mktemp("models")
    return train_heads("claims", [own_file], encoder=SMALL, out=out, settings=encoder_settings)


def folder_of(report: HeadReport) -> Path:
    assert report.folder is not None
    return report.folder


def test_labels_by_another_definition_are_learnt(report: HeadReport) -> None:
    component = next(one for one in report.heads if one.head == "component")
    assert [one.on for one in component.compared] == ["cross-validation", "dev"]
    assert component.decided_on == "dev"
    assert component.helps
    assert component.kept == component.candidate
    dev = component.compared[1].scores
    assert dev[component.kept].macro_f1.value > dev[SHIPPED].macro_f1.value


def test_a_run_judges_with_the_retrained_heads(report: HeadReport, reader: Reader) -> None:
    judge = load_claims_judge(report.name, models=folder_of(report).parent)
    rain = Row("It rained for a week in the north.")
    shipped = load_claims_judge(SMALL).judge([rain], reader)[0]
    (mine,) = judge.judge([rain], reader)
    assert mine.component == "claim"
    assert mine.components != shipped.components
    assert mine.kinds is not None
    assert judge.source.startswith("model:claims-small@")
    assert judge.judge([], reader) == []


def test_retrained_and_shipped_judges_share_a_pass(
    report: HeadReport, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims = load_claims_judge(report.name, models=folder_of(report).parent)
    stance = load_stance_judge(SMALL)
    asked: list[Answer] = []
    read = Encoder.read

    def count(self: Encoder, answers: Sequence[Answer]) -> list[Reading]:
        asked.extend(answers)
        return read(self, answers)

    monkeypatch.setattr(Encoder, "read", count)
    rows = [Row("Nobody asked whether the ferry sails."), Row("NATO did not ask either.")]
    claims.judge(rows, reader)
    stance.judge(rows, reader)
    assert [answer.units for answer in asked] == [(row.text,) for row in rows]


def test_a_head_that_is_not_retrained_stays_as_shipped(
    own_file: Path, tmp_path: Path, encoder_settings: Settings, reader: Reader
) -> None:
    rows = [{**row, "kind": None} for row in own_rows()]
    own_file = tmp_path / "nokind.jsonl"
    own_file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
    found = train_heads(
        "claims", [own_file], encoder=SMALL, out=tmp_path, settings=encoder_settings
    )
    assert found.shipped == ("kind",)
    row = Row("It rained for a week.")
    (mine,) = load_claims_judge(found.name, models=tmp_path).judge([row], reader)
    (shipped,) = load_claims_judge(SMALL).judge([row], reader)
    assert mine.kinds == shipped.kinds


def test_training_again_embeds_nothing_and_gives_the_same_bytes(
    report: HeadReport, own_file: Path, encoder_settings: Settings, tmp_path: Path
) -> None:
    shutil.copytree(folder_of(report).parent / CACHE, tmp_path / CACHE)
    asked: list[int] = []
    again = train_heads(
        "claims", [own_file], encoder=SMALL, out=tmp_path, settings=encoder_settings,
        told=lambda done, total: asked.append(total),
    )  # fmt: skip
    assert set(asked) == {0}
    for file in sorted(folder_of(report).iterdir()):
        assert file.read_bytes() == (folder_of(again) / file.name).read_bytes()


def test_what_does_not_help_is_not_written_but_for_force(
    tmp_path: Path, encoder_settings: Settings
) -> None:
    judge = Embedder(load_encoder(_small()), _small())
    texts = [f"{text} {tail}." for tail in _TAILS[:3] for text, *_ in _OWN]
    shares = judge.embed([Row(text) for text in texts]).probabilities["component"]
    said = [judge.encoder.labels["component"][i] for i in shares.argmax(axis=1)]
    rows = [
        {"doc": f"d{i // len(_OWN)}", "text": text, "component": label}
        for i, (text, label) in enumerate(zip(texts, said, strict=True))
    ]
    rows += [
        {"doc": f"d{i}", "text": text, "component": label}
        for i, (text, label) in enumerate(
            [
                ("Thank you.", "none"),
                ("In 2011 exports fell.", "premise"),
                ("He is wrong.", "claim"),
            ]
        )
    ]
    path = tmp_path / "agreed.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
    told = train_heads("claims", [path], encoder=SMALL, out=tmp_path, settings=encoder_settings)
    assert [one.kept for one in told.heads] == [SHIPPED]
    assert told.folder is None
    assert not (tmp_path / told.name).exists()
    forced = train_heads(
        "claims", [path], encoder=SMALL, out=tmp_path, settings=encoder_settings, force=True
    )
    assert not forced.heads[0].helps
    assert (folder_of(forced) / META).is_file()


def test_one_document_of_dev_has_no_interval_and_decides_nothing(
    tmp_path: Path, encoder_settings: Settings
) -> None:
    path = tmp_path / "own.jsonl"
    rows = own_rows(("train",) * 4 + ("dev",))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
    found = train_heads("claims", [path], encoder=SMALL, out=tmp_path, settings=encoder_settings)
    assert {one.decided_on for one in found.heads} == {"cross-validation"}


def test_heads_of_another_encoder_are_refused(report: HeadReport, tmp_path: Path) -> None:
    shutil.copytree(folder_of(report), tmp_path / report.name)
    meta = json.loads((tmp_path / report.name / META).read_text("utf8"))
    other = {**meta["settings"]["encoder"], "weights": "0" * 64}
    changed = {**meta, "settings": {**meta["settings"], "encoder": other}}
    (tmp_path / report.name / META).write_text(json.dumps(changed), encoding="utf8")
    with pytest.raises(ArtefactError, match=r"other weights or calibration .* train them again"):
        load_claims_judge(report.name, models=tmp_path)


@pytest.mark.parametrize("load", [load_claims_judge, load_stance_judge])
def test_a_model_that_judges_nothing_is_refused(load: Callable[[str], object]) -> None:
    with pytest.raises(ArtefactError, match="no description of retrained heads"):
        load("turns")


def test_two_definitions_of_a_claim_are_not_mixed(
    own_file: Path, tmp_path: Path, encoder_settings: Settings
) -> None:
    other = tmp_path / "un.jsonl"
    row = {"dataset": "argunsc", "doc_id": "m", "text": "It rained.", "label": "none"}
    other.write_text(json.dumps(row) + "\n", encoding="utf8")
    with pytest.raises(InputError, match=r"un\.jsonl: ArgUNSC rows among others"):
        train_heads(
            "claims", [own_file, other], encoder=SMALL, out=tmp_path, settings=encoder_settings
        )


def test_altered_heads_are_refused(report: HeadReport, tmp_path: Path) -> None:
    shutil.copytree(folder_of(report), tmp_path / report.name)
    with (tmp_path / report.name / "weights.npz").open("ab") as stream:
        stream.write(b" ")
    with pytest.raises(ArtefactError, match="altered since it was made"):
        load_claims_judge(report.name, models=tmp_path)


def test_the_description_names_encoder_data_lexicons_and_seed(
    report: HeadReport, own_file: Path, encoder_settings: Settings
) -> None:
    meta = read_meta(folder_of(report) / META)
    assert meta.settings["encoder"] == user_heads.identity_of(_small())
    assert meta.settings["seed"] == encoder_settings.seed
    assert [(use.file, use.sha256) for use in meta.data] == [("own.jsonl", sha256_of(own_file))]
    assert set(meta.lexicons) == {"actors"}
    assert {path.suffix for path in folder_of(report).iterdir()} == {".json", ".npz", ".md"}


def test_the_card_is_generated_from_the_description(report: HeadReport) -> None:
    folder = folder_of(report)
    written = (folder / CARD).read_text("utf8")
    assert written == render_heads_card(read_meta(folder / META))
    write_card(folder)
    assert (folder / CARD).read_text("utf8") == written


def test_kept_embeddings_hold_no_words(report: HeadReport) -> None:
    (kept,) = (folder_of(report).parent / CACHE).rglob("*.npz")
    assert b"rained" not in kept.read_bytes()


def test_a_broken_cache_says_what_to_do(
    own_file: Path, tmp_path: Path, encoder_settings: Settings
) -> None:
    place = Embedder(load_encoder(_small()), _small(), cache=tmp_path).place
    assert place is not None
    place.mkdir(parents=True)
    (place / "half.npz").write_bytes(b"PK")
    with pytest.raises(ArtefactError, match=r"half\.npz: cannot be read .* delete it"):
        train_heads("claims", [own_file], encoder=SMALL, out=tmp_path, settings=encoder_settings)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([{**row, "doc": "one", "split": "train"} for row in own_rows()], 'document "one"'),
        ([row for row in own_rows() if row["component"] != "premise"], "labelled premise"),
        ([{**row, "split": "dev"} for row in own_rows()], 'no row has the split "train"'),
    ],
)
def test_rows_that_cannot_teach_are_refused(
    rows: list[dict[str, Any]], message: str, tmp_path: Path, encoder_settings: Settings
) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
    with pytest.raises(InputError, match=message):
        train_heads("claims", [path], encoder=SMALL, out=tmp_path, settings=encoder_settings)


def test_stance_is_retrained_toward_the_west_alone(
    tmp_path: Path, encoder_settings: Settings, reader: Reader
) -> None:
    says = (
        ("Ask the lighthouse", "favor"), ("Mind the ladder", "against"),
        ("Count the boats", "neutral"), ("Paint the shed", "none"),
    )  # fmt: skip
    rows = [
        {"doc": f"d{doc}", "text": f"{text} {tail}.", "west": west, "target": None}
        for doc, tail in enumerate(_TAILS)
        for text, west in says
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
    found = train_heads("stance", [path], encoder=SMALL, out=tmp_path, settings=encoder_settings)
    assert found.name == "stance-small"
    mine, shipped = load_stance_judge(found.name, models=tmp_path), load_stance_judge(SMALL)
    ask = [Row("Ask the lighthouse now."), Row("Mind the ladder now.")]
    assert [one.label for one in mine.judge(ask, reader)] == ["favor", "against"]
    polar = [Row("I blame Russia.", target=(8, 14))]
    assert mine.polarities(polar, reader).tolist() == shipped.polarities(polar, reader).tolist()
    both = mine.judge(polar, reader.toward("russia")), shipped.judge(polar, reader.toward("russia"))
    assert both[0][0].probabilities == both[1][0].probabilities


def test_rows_without_a_stance_on_the_bloc_are_refused(
    tmp_path: Path, encoder_settings: Settings
) -> None:
    path = tmp_path / "news.jsonl"
    row = {"id": "n1", "text": "I like it.", "label": "favor", "target_start": 7, "target_end": 9}
    path.write_text(json.dumps(row) + "\n", encoding="utf8")
    with pytest.raises(InputError, match='expected rows with "west"'):
        train_heads("stance", [path], encoder=SMALL, out=tmp_path, settings=encoder_settings)


def _small() -> Path:
    return Path(__file__).parents[2] / "models" / SMALL
