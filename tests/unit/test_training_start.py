"""Starting from a served model: the weights of its int8 file, made floats again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tiny_reader import NETWORK, random_arrays

torch = pytest.importorskip("torch", reason="needs the extra `train` (torch)")
pytest.importorskip("onnx", reason="needs the extra `train` (onnx)")

from quotes.errors import DataMissing, ModelDamaged  # noqa: E402
from quotes.reader.windows import Window, collate  # noqa: E402
from quotes.training.export import export_plain, quantise  # noqa: E402
from quotes.training.model import ReaderNet  # noqa: E402
from quotes.training.start import load_served  # noqa: E402


def net(seed: int, **settings: Any) -> ReaderNet:
    torch.manual_seed(seed)
    return ReaderNet({**NETWORK, **settings}).eval()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an int8 model whose every weight and bias has a value of its own."""
    folder, network = tmp_path_factory.mktemp("served"), net(0)
    for p in network.parameters():
        torch.nn.init.normal_(p)
    arrays = random_arrays([1, 2, 3, 1], [0] * 4, [0] * 4)
    export_plain(network, collate([(arrays, Window(0, 4, (0, 4)))]), folder / "plain.onnx")
    quantise(folder / "plain.onnx", folder / "model.onnx")
    torch.save(network.state_dict(), folder / "weights.pt")
    return folder


def test_every_weight_comes_back_within_its_step(served: Path) -> None:
    network = net(1)
    load_served(network, served)
    wanted = torch.load(served / "weights.pt", weights_only=True)
    for name, value in network.state_dict().items():
        step = wanted[name].abs().max() / 64
        assert (value - wanted[name]).abs().max() <= step, name


@pytest.mark.parametrize("settings", [{"width": 32}, {"layers": 2}, {"hidden": 32}])
def test_a_model_of_another_shape(served: Path, settings: dict[str, int]) -> None:
    with pytest.raises(ModelDamaged, match=r"has no weights for .* Start from a model of this shape"):
        load_served(net(1, **settings), served)


def test_no_model(tmp_path: Path) -> None:
    with pytest.raises(DataMissing, match=r"no .*model\.onnx. Give \(or set encoder\.start to\)"):
        load_served(net(1), tmp_path)
