"""The encoder: verified files, shapes, and numbers that do not depend on what else is read."""

import json
import platform
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from pipeline.encoder import Encoder, network
from pipeline.encoder.runtime import onnxruntime
from pipeline.errors import ArtefactError
from pipeline.reading.rows import Answer

pytestmark = pytest.mark.slow

SMALL = Path(__file__).parents[2] / "models" / "encoder-small"
ANSWERS = [
    Answer("Who is to blame?", ("I remember it.", "NATO broke its promise.", "It did.")),
    Answer("", ("Grain prices rose by a fifth, and the capital had not expected that.",)),
    Answer("", ("Yes.", "")),
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(SMALL)


def test_probabilities_sum_to_one_for_every_head(encoder: Encoder) -> None:
    vectors = encoder.read(ANSWERS)[0].vectors
    for head, shares in encoder.judge(vectors).items():
        assert shares.shape == (3, len(encoder.labels[head]))
        np.testing.assert_allclose(shares.sum(axis=1), 1, atol=1e-5)


def test_every_unit_has_a_vector_of_the_published_width(encoder: Encoder) -> None:
    read = encoder.read(ANSWERS)
    assert [one.vectors.shape for one in read] == [(n, encoder.width) for n in (3, 1, 2)]


def test_no_answer_is_no_reading(encoder: Encoder) -> None:
    assert encoder.read([]) == []


def test_an_answer_is_read_the_same_in_any_company(encoder: Encoder) -> None:
    together = encoder.read(ANSWERS)
    for answer, reading in zip(ANSWERS, together, strict=True):
        (alone,) = encoder.read([answer])
        assert alone.vectors.tobytes() == reading.vectors.tobytes()


def test_a_span_is_the_mean_of_its_tokens(encoder: Encoder) -> None:
    unit = encoder.read(ANSWERS)[0].units[1]
    states = unit.states[:1].astype(np.float32)
    np.testing.assert_allclose(encoder.span_vector(unit, (0, 4)), states.mean(axis=0))


def test_a_span_that_is_only_meant_has_a_vector_of_its_own(encoder: Encoder) -> None:
    unit = encoder.read(ANSWERS)[0].units[2]
    meant = encoder.span_vector(unit, None)
    assert meant.shape == (encoder.width,)
    assert (encoder.span_vector(unit, (90, 95)) == meant).all()


def test_a_span_head_answers_for_each_span(encoder: Encoder) -> None:
    reading = encoder.read(ANSWERS)[0]
    spans = np.stack([encoder.span_vector(reading.units[1], span) for span in ((0, 4), None)])
    shares = encoder.judge_spans("polarity", reading.vectors[[1, 1]], spans)
    assert shares.shape == (2, 3)
    assert not np.allclose(shares[0], shares[1])


def test_an_altered_file_is_refused(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "m")
    with (tmp_path / "m" / "tokenizer.json").open("a") as stream:
        stream.write(" ")
    with pytest.raises(ArtefactError, match=r"tokenizer\.json: altered"):
        Encoder(tmp_path / "m")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    meta = json.loads((SMALL / "meta.json").read_text())
    (tmp_path / "meta.json").write_text(json.dumps(meta))
    with pytest.raises(ArtefactError, match="cannot be read"):
        Encoder(tmp_path)


def test_the_network_is_loaded_for_exact_products(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[onnxruntime.SessionOptions] = []
    loaded: list[onnxruntime.SessionOptions] = []
    load = onnxruntime.InferenceSession

    def spy(network: bytes, options: onnxruntime.SessionOptions, **more: object) -> object:
        loaded.append(options)
        return load(network, options, **more)

    monkeypatch.setattr(network, "ask_for_exact_products", asked.append)
    monkeypatch.setattr(onnxruntime, "InferenceSession", spy)
    Encoder(SMALL)
    assert len(asked) == 1
    assert asked == loaded


EMULATOR = shutil.which("qemu-x86_64") if platform.machine() == "x86_64" else None
JUDGE = """
import json, sys
from pathlib import Path
from pipeline.encoder import Encoder
from pipeline.reading.rows import Answer
encoder = Encoder(Path(sys.argv[1]))
(reading,) = encoder.read([Answer(*json.loads(sys.argv[2]))])
found = encoder.judge(reading.vectors)
print(json.dumps({head: values.tolist() for head, values in found.items()}))
"""


@pytest.mark.skipif(EMULATOR is None, reason="needs x86-64 and qemu-x86_64 (Debian: qemu-user)")
@pytest.mark.parametrize(("size", "near"), [("small", 0.002), ("standard", 0.05)])
def test_a_processor_without_vnni_gives_the_same_answers(size: str, near: float) -> None:
    assert EMULATOR is not None
    folder, answer = SMALL.with_name(f"encoder-{size}"), ANSWERS[0]
    told = json.dumps([answer.question, answer.units])
    command = [EMULATOR, "-cpu", "Haswell", sys.executable, "-c", JUDGE, str(folder), told]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    emulated = json.loads(done.stdout)
    encoder = Encoder(folder)
    (reading,) = encoder.read([answer])
    for head, shares in encoder.judge(reading.vectors).items():
        np.testing.assert_allclose(emulated[head], shares, atol=near)


def test_any_count_of_threads_gives_the_same_bytes() -> None:
    one, three = (Encoder(SMALL, threads=threads).read(ANSWERS) for threads in (1, 3))
    for first, second in zip(one, three, strict=True):
        assert first.vectors.tobytes() == second.vectors.tobytes()
