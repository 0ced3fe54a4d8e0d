"""Matrices that int8 hurts: multiplied in floats, kept as 16-bit floats in the file, which ONNX Runtime widens once."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

import numpy as np

HURT = ("/down/", "/out/")
"""Parts of the names of these products: their inputs (after GELU, after attention) have a few values far above the
rest, so that one scale for all of them rounds the others away."""


def hurt(plain: Path) -> list[str]:
    """Return the names of the encoder's products that int8 hurts, of a plain ONNX file."""
    import onnx

    nodes = onnx.load(str(plain)).graph.node
    return [n.name for n in nodes if n.op_type == "MatMul" and "layers" in n.name and any(h in n.name for h in HURT)]


def halve(path: Path, names: Collection[str]) -> None:
    """Store the matrices of the named products as 16-bit floats, in place."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    model = onnx.load(str(path))
    graph: Any = model.graph
    stored = {i.name: i for i in graph.initializer}
    for node in [n for n in graph.node if n.name in names and n.input[1] in stored]:
        name = node.input[1]
        half = numpy_helper.to_array(stored[name]).astype(np.float16)
        graph.initializer.remove(stored[name])
        graph.initializer.append(numpy_helper.from_array(half, f"{name}_half"))
        cast = helper.make_node("Cast", [f"{name}_half"], [name], to=TensorProto.FLOAT, name=f"{node.name}_wide")
        graph.node.insert(list(graph.node).index(node), cast)
    onnx.save(model, str(path))
