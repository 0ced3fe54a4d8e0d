"""Let an exported reader give out the states of a middle layer, which `quotes.reader.likeness` carries further."""

from __future__ import annotations

from pathlib import Path
from typing import Any

NAME = "states"


def middle(layers: int) -> int:
    """Return the layer, from 0, whose states are given out: 2 of 6."""
    return (layers - 1) // 2


def give_states(path: Path, layers: int) -> None:
    """Add the output `states` [windows, pieces, hidden] to an ONNX file of a reader, in place; nothing else changes."""
    import onnx
    from onnx import TensorProto, helper

    model = onnx.load(str(path))
    graph: Any = model.graph
    if any(o.name == NAME for o in graph.output):
        return
    name = f"/encoder/layers.{middle(layers)}/norm2/LayerNormalization"
    node = next(n for n in graph.node if n.name.startswith(name))
    graph.node.append(helper.make_node("Identity", [node.output[0]], [NAME], name=NAME))
    graph.output.append(helper.make_tensor_value_info(NAME, TensorProto.FLOAT, ["b", "t", "hidden"]))
    onnx.save(model, str(path))
