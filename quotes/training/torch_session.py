"""A network that answers like an ONNX Runtime session, so that training measures with the code that serves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch

from quotes.training.model import ReaderNet


class TorchSession:
    """Wraps a network; `run` takes and gives numpy arrays."""

    def __init__(self, net: ReaderNet) -> None:
        self.net = net

    def run(self, _names: Any, inputs: Mapping[str, Any]) -> list[Any]:
        """Return the outputs for the named inputs, in fp32."""
        self.net.eval()
        with torch.inference_mode():
            return [x.float().numpy() for x in self.net(**{k: torch.from_numpy(v) for k, v in inputs.items()})]
