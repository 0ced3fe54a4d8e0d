"""Start from a model that is served: read the weights of its int8 ONNX file back into the network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch

from quotes.errors import DataMissing, ModelDamaged


def load_served(net: torch.nn.Module, folder: Path) -> None:
    """Copy the weights of `folder/model.onnx` (written by `export`) into the network, made floats again.

    Raises `ModelDamaged` where the file holds another network, `DataMissing` where there is none.
    """
    import onnx
    from onnx import numpy_helper

    if not (folder / "model.onnx").is_file():
        raise DataMissing(
            f"There is no {folder / 'model.onnx'}. Give (or set encoder.start to) the folder of a trained model."
        )
    graph = onnx.load(str(folder / "model.onnx")).graph
    arrays = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    found = {**_plain(arrays), **_matrices(graph, arrays)}
    state = net.state_dict()
    missing = [name for name, value in state.items() if found.get(name, np.zeros(0)).shape != tuple(value.shape)]
    if missing:
        raise ModelDamaged(
            f"{folder / 'model.onnx'} has no weights for {missing[0]}. Start from a model of this shape."
        )
    with torch.no_grad():
        for name, value in state.items():
            value.copy_(torch.from_numpy(found[name].astype(np.float32)))


def _plain(arrays: dict[str, Any]) -> dict[str, Any]:
    """Return what is stored under its own name, tables of embeddings made floats again."""
    found = {}
    for name, value in arrays.items():
        if name.endswith("_quantized"):
            bare = name.removesuffix("_quantized")
            found[bare] = _floats(value, arrays[f"{bare}_scale"], arrays[f"{bare}_zero_point"])
        else:
            found[name] = value
    return found


def _matrices(graph: Any, arrays: dict[str, Any]) -> dict[str, Any]:
    """Return the matrices of the linear layers, each under the name of the bias that is added to its product."""
    after: dict[str, list[Any]] = {}
    for node in graph.node:
        for name in node.input:
            after.setdefault(name, []).append(node)
    found = {}
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            bare = node.input[1].removesuffix("_quantized")
            matrix = _floats(arrays[node.input[1]], arrays[f"{bare}_scale"], arrays[f"{bare}_zero_point"])
        elif node.op_type == "MatMul" and f"{node.input[1]}_half" in arrays:
            matrix = arrays[f"{node.input[1]}_half"]
        else:
            continue
        found[_bias(node, after, arrays).removesuffix("bias") + "weight"] = matrix.T
    return found


def _bias(node: Any, after: dict[str, list[Any]], arrays: dict[str, Any]) -> str:
    while node.op_type != "Add":
        node = after[node.output[0]][0]
    return next(name for name in node.input if name in arrays)


def _floats(value: Any, scale: Any, zero: Any) -> Any:
    return (value.astype(np.float32) - zero.astype(np.float32)) * scale
