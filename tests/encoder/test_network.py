"""The encoder: verified files, shapes, and numbers that do not depend on the company a pair keeps."""

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
from pipeline.encoder.templates import frame_plain, frame_target
from pipeline.errors import ArtefactError

SMALL = Path(__file__).parents[2] / "models" / "encoder-small"
PAIRS = [
    frame_plain("NATO broke its promise.", question="Who is to blame?", before="I remember it."),
    frame_target("NATO broke its promise.", "NATO", start=0, end=4),
    frame_plain("Grain prices rose by a fifth, and nobody in the capital had expected that."),
    frame_plain(""),
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(SMALL)


def test_probabilities_sum_to_one_for_every_head(encoder: Encoder) -> None:
    for head, shares in encoder.predict(PAIRS).items():
        assert shares.shape == (len(PAIRS), len(encoder.labels[head]))
        assert shares.dtype == np.float32
        np.testing.assert_allclose(shares.sum(axis=1), 1, atol=1e-5)


def test_states_have_the_published_width(encoder: Encoder) -> None:
    assert encoder.encode(PAIRS).shape == (len(PAIRS), encoder.width)


def test_nothing_in_gives_empty_arrays(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.width)


def test_a_pair_is_judged_the_same_in_any_company(encoder: Encoder) -> None:
    together = encoder.predict(PAIRS)
    for i, pair in enumerate(PAIRS):
        for head, shares in encoder.predict([pair]).items():
            assert (shares[0] == together[head][i]).all()


def test_an_altered_file_is_refused(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "m")
    with (tmp_path / "m" / "tokenizer.json").open("a") as stream:
        stream.write(" ")
    with pytest.raises(ArtefactError, match=r"tokenizer\.json: sha256"):
        Encoder(tmp_path / "m")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    meta = json.loads((SMALL / "meta.json").read_text())
    (tmp_path / "meta.json").write_text(json.dumps(meta))
    with pytest.raises(ArtefactError, match="not found"):
        Encoder(tmp_path)


def test_the_speaker_is_not_among_the_words_it_reads() -> None:
    first, second = frame_plain("We hold.", question="Does NATO hold?", before="Good evening.")
    assert (first, second) == ("Does NATO hold? | Good evening.", "We hold.")


def test_the_network_is_loaded_for_exact_products(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[onnxruntime.SessionOptions] = []
    loaded: list[onnxruntime.SessionOptions] = []
    load = onnxruntime.InferenceSession

    def spy(path: str, options: onnxruntime.SessionOptions, **more: object) -> object:
        loaded.append(options)
        return load(path, options, **more)

    monkeypatch.setattr(network, "ask_for_exact_products", asked.append)
    monkeypatch.setattr(onnxruntime, "InferenceSession", spy)
    Encoder(SMALL)
    assert len(asked) == 1
    assert asked == loaded


EMULATOR = shutil.which("qemu-x86_64") if platform.machine() == "x86_64" else None
JUDGE = """
import json, sys
from pathlib import Path
from pipeline.encoder import Encoder, network
found = Encoder(Path(sys.argv[1])).predict(json.loads(sys.argv[2]))
print(json.dumps({head: values.tolist() for head, values in found.items()}))
"""


@pytest.mark.skipif(EMULATOR is None, reason="needs x86-64 and qemu-x86_64 (Debian: qemu-user)")
@pytest.mark.parametrize(("size", "near"), [("small", 0.002), ("standard", 0.05)])
def test_a_processor_without_vnni_gives_the_same_answers(size: str, near: float) -> None:
    assert EMULATOR is not None
    folder, pairs = SMALL.with_name(f"encoder-{size}"), PAIRS[:1]
    asked = [sys.executable, "-c", JUDGE, str(folder), json.dumps(pairs)]
    command = [EMULATOR, "-cpu", "Haswell", *asked]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    emulated = json.loads(done.stdout)
    for head, shares in Encoder(folder).predict(pairs).items():
        np.testing.assert_allclose(emulated[head], shares, atol=near)


def test_any_count_of_threads_gives_the_same_bytes() -> None:
    one, three = (Encoder(SMALL, threads=threads).judge(PAIRS) for threads in (1, 3))
    assert one.states.tobytes() == three.states.tobytes()
    for head, shares in one.probabilities.items():
        assert shares.tobytes() == three.probabilities[head].tobytes()
