"""Export: ONNX gives what the network gives, at any size; int8 is close and small."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tiny_reader import NETWORK, random_arrays

torch = pytest.importorskip("torch", reason="needs the extra `train` (torch)")
pytest.importorskip("onnx", reason="needs the extra `train` (onnx)")

from quotes.reader.windows import Window, collate  # noqa: E402
from quotes.training.export import cosine, export_plain, quantise  # noqa: E402
from quotes.training.model import ReaderNet  # noqa: E402
from quotes.training.torch_session import TorchSession  # noqa: E402


def batch(*lengths: int) -> Any:
    rows = [random_arrays([1 + i % 3 for i in range(n)], [i // 4 for i in range(n)], [0] * n) for n in lengths]
    return collate([(a, Window(0, len(a), (0, len(a)))) for a in rows])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[ReaderNet, Path]:
    torch.manual_seed(0)
    net, folder = ReaderNet(NETWORK).eval(), tmp_path_factory.mktemp("model")
    export_plain(net, batch(5, 3), folder / "plain.onnx")
    quantise(folder / "plain.onnx", folder / "model.onnx")
    return net, folder


def session(path: Path) -> Any:
    import onnxruntime

    return onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])


@pytest.mark.parametrize("lengths", [(5, 3), (1,), (40,), (7, 2, 19)])
def test_onnx_gives_what_the_network_gives(made: tuple[ReaderNet, Path], lengths: tuple[int, ...]) -> None:
    net, folder = made
    inputs = batch(*lengths).inputs()
    pairs = zip(TorchSession(net).run(None, inputs), session(folder / "plain.onnx").run(None, inputs), strict=True)
    for ours, theirs in pairs:
        assert ours.shape == theirs.shape
        assert np.allclose(ours, theirs, atol=1e-3)


def test_int8_is_close_and_smaller(made: tuple[ReaderNet, Path]) -> None:
    net, folder = made
    inputs = batch(9).inputs()
    exact, rough = TorchSession(net).run(None, inputs)[0], session(folder / "model.onnx").run(None, inputs)[0]
    assert cosine(exact, rough) > 0.9  # a network of 16 numbers a word loses more than a real one
    assert (folder / "model.onnx").stat().st_size < (folder / "plain.onnx").stat().st_size


def test_cosine() -> None:
    a = np.array([[[1.0, 0.0], [0.0, 2.0]]])
    assert cosine(a, a) == pytest.approx(1)
    assert cosine(a, np.array([[[0.0, 3.0], [0.0, 5.0]]])) == pytest.approx(0.5)
    assert cosine(a, np.zeros_like(a)) == 0
