"""Products of bytes: a processor that overflows is asked for exact ones, no other is slowed."""

from pathlib import Path

import numpy as np
import pytest

from pipeline.encoder import runtime
from pipeline.encoder.runtime import onnxruntime


class Options:
    """Session options that remember what was set."""

    def __init__(self) -> None:
        self.entries: dict[str, str] = {}

    def add_session_config_entry(self, key: str, value: str) -> None:
        self.entries[key] = value


@pytest.mark.parametrize(
    ("exact", "entries"), [(True, {}), (False, {"session.x64quantprecision": "1"})]
)
def test_only_a_processor_that_overflows_is_asked(
    monkeypatch: pytest.MonkeyPatch, exact: bool, entries: dict[str, str]
) -> None:
    monkeypatch.setattr(runtime, "has_exact_products", lambda: exact)
    options = Options()
    runtime.ask_for_exact_products(options)
    assert options.entries == entries


@pytest.mark.parametrize(("sum_", "exact"), [(2_072_640, True), (32_767 * 32, False)])
def test_the_sum_tells(monkeypatch: pytest.MonkeyPatch, sum_: int, exact: bool) -> None:
    class Session:
        def __init__(self, path: str, **_: object) -> None:
            assert Path(path) == runtime.PROBE

        def run(self, _: None, feed: dict[str, np.ndarray]) -> list[np.ndarray]:
            assert feed["row"].min() == 255
            return [np.full((1, runtime.COLUMNS), sum_, np.int32)]

    monkeypatch.setattr(onnxruntime, "InferenceSession", Session)
    assert runtime.has_exact_products.__wrapped__() is exact


def test_the_probe_adds_up_where_the_precision_mode_is_on() -> None:
    options = onnxruntime.SessionOptions()
    options.add_session_config_entry("session.x64quantprecision", "1")
    session = onnxruntime.InferenceSession(
        str(runtime.PROBE), options, providers=["CPUExecutionProvider"]
    )
    (sums,) = session.run(None, {"row": np.full((1, runtime.ROWS), 255, np.uint8)})
    assert set(sums.ravel().tolist()) == {runtime.ROWS * 255 * 127}


def test_the_probe_is_what_its_script_writes(tmp_path: Path) -> None:
    pytest.importorskip("onnx", reason="needs the extra training")
    from training.encoder.products import write_probe

    write_probe(tmp_path / "products.onnx")
    assert (tmp_path / "products.onnx").read_bytes() == runtime.PROBE.read_bytes()
