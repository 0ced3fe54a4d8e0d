"""Which matrices stay floats, and that a file with their halves multiplies as before."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

onnx = pytest.importorskip("onnx", reason="needs the extra train")

from onnx import TensorProto, helper, numpy_helper  # noqa: E402

from quotes.reader.session import open_session  # noqa: E402
from quotes.training.keep import halve, hurt  # noqa: E402

NAMES = ("/encoder/layers.0/down/MatMul", "/encoder/layers.0/up/MatMul", "/tags/out/MatMul")
WEIGHTS = np.linspace(-1, 1, 16, dtype=np.float32).reshape(4, 4)


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A chain of three products, each with a matrix of its own."""
    wires = ["x", "a", "b", "y"]
    nodes = [helper.make_node("MatMul", [wires[i], f"w{i}"], [wires[i + 1]], name=name) for i, name in enumerate(NAMES)]
    graph = helper.make_graph(
        nodes,
        "chain",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 4])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 4])],
        [numpy_helper.from_array(WEIGHTS + i, f"w{i}") for i in range(3)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.save(model, str(tmp_path / "model.onnx"))
    return tmp_path / "model.onnx"


def test_only_products_of_the_encoder_with_outliers_are_hurt(plain: Path) -> None:
    assert hurt(plain) == [NAMES[0]]


def test_halved_matrices_are_16_bit_and_multiply_as_before(plain: Path) -> None:
    inputs = {"x": np.array([[1, 2, 3, 4]], np.float32)}
    (before,) = open_session(plain).run(None, inputs)
    halve(plain, hurt(plain))
    kinds = {i.name: i.data_type for i in onnx.load(str(plain)).graph.initializer}
    assert kinds == {"w0_half": TensorProto.FLOAT16, "w1": TensorProto.FLOAT, "w2": TensorProto.FLOAT}
    (after,) = open_session(plain).run(None, inputs)
    assert after == pytest.approx(before, rel=1e-3)
