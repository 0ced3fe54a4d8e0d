"""Export: the network to ONNX, then dynamic int8 quantisation per channel (per tensor ruins this encoder)."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from quotes.reader.windows import Batch
from quotes.training.model import ReaderNet

OUTPUTS = ("tags", "to_cue", "to_source")
AXES = {
    "ids": {0: "b", 1: "t"},
    "mask": {0: "b", 1: "t"},
    "feats": {0: "b", 1: "t"},
    "words": {0: "b", 1: "w"},
    "head": {0: "b", 1: "w"},
    "codes": {0: "b", 1: "w", 2: "w"},
    "lengths": {0: "b"},
    "tags": {0: "b", 1: "w"},
    "to_cue": {0: "b", 1: "w", 2: "w1"},
    "to_source": {0: "b", 1: "w", 2: "w1"},
}


def export_plain(net: ReaderNet, example: Batch, path: Path) -> None:
    """Write the fp32 ONNX file; batch, pieces and words are free dimensions."""
    write_onnx(net, {k: torch.from_numpy(v) for k, v in example.inputs().items()}, OUTPUTS, AXES, path)


def write_onnx(
    net: torch.nn.Module, inputs: Mapping[str, Any], outputs: Sequence[str], axes: Mapping[str, Any], path: Path
) -> None:
    """Write a network as an fp32 ONNX file; `inputs` are an example, `axes` name the free dimensions."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            net.eval(),
            tuple(inputs.values()),
            str(path),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes=dict(axes),
            opset_version=17,
            dynamo=False,
        )


def quantise(plain: Path, path: Path, keep: Sequence[str] = ()) -> None:
    """Write the int8 file. `keep` names nodes that stay fp32."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        str(plain),
        str(path),
        per_channel=True,
        reduce_range=False,
        weight_type=QuantType.QInt8,
        nodes_to_exclude=list(keep),
    )


def cosine(a: Any, b: Any) -> float:
    """Return the mean cosine of the rows of two arrays of equal shape."""
    rows, others = a.reshape(-1, a.shape[-1]), b.reshape(-1, b.shape[-1])
    norms = np.linalg.norm(rows, axis=-1) * np.linalg.norm(others, axis=-1)
    return float(((rows * others).sum(-1) / np.maximum(norms, 1e-9)).mean())
