"""The network in small: shapes, padding, pointers by hand, the encoder's weights from a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tiny_reader import NETWORK, random_arrays

torch = pytest.importorskip("torch", reason="needs the extra `train` (torch)")
safetensors = pytest.importorskip("safetensors.torch", reason="needs the extra `train` (safetensors)")

from quotes.errors import ConfigError  # noqa: E402
from quotes.reader.windows import Window, collate  # noqa: E402
from quotes.training.model import TAGS, ParseStep, Pointer, ReaderNet, load_encoder  # noqa: E402
from quotes.training.torch_session import TorchSession  # noqa: E402


def net(**settings: Any) -> ReaderNet:
    torch.manual_seed(0)
    return ReaderNet({**NETWORK, **settings}).eval()


def batch(*lengths: int) -> Any:
    rows = [random_arrays([1 + i % 3 for i in range(n)], [0] * n, [0] * n) for n in lengths]
    return collate([(a, Window(0, len(a), (0, len(a)))) for a in rows])


def encoder_weights(hidden: int = 16, layers: int = 1, vocab: int = 1000) -> dict[str, Any]:
    """Return the weights of a small BERT under Hugging Face names, each tensor with values of its own."""
    shapes = {
        "embeddings.word_embeddings.weight": (vocab, hidden),
        "embeddings.position_embeddings.weight": (512, hidden),
        "embeddings.token_type_embeddings.weight": (2, hidden),
        "embeddings.LayerNorm.weight": (hidden,),
        "embeddings.LayerNorm.bias": (hidden,),
    }
    for i in range(layers):
        parts = {
            **{f"attention.self.{x}": (hidden, hidden) for x in ("query", "key", "value")},
            "attention.output.dense": (hidden, hidden),
            "attention.output.LayerNorm": (hidden,),
            "intermediate.dense": (4 * hidden, hidden),
            "output.dense": (hidden, 4 * hidden),
            "output.LayerNorm": (hidden,),
        }
        for name, shape in parts.items():
            shapes[f"encoder.layer.{i}.{name}.weight"] = shape
            shapes[f"encoder.layer.{i}.{name}.bias"] = shape[:1]
    torch.manual_seed(1)
    return {name: torch.randn(shape) * 0.1 for name, shape in shapes.items()}


def test_outputs_have_a_row_for_each_word() -> None:
    tags, to_cue, to_source = TorchSession(net()).run(None, batch(7, 4).inputs())
    assert tags.shape == (2, 7, len(TAGS))
    assert to_cue.shape == to_source.shape == (2, 7, 8)
    assert tags.dtype == np.float32


def test_padding_changes_nothing() -> None:
    session = TorchSession(net())
    alone, beside = session.run(None, batch(4).inputs()), session.run(None, batch(4, 9).inputs())
    for a, b in zip(alone, beside, strict=True):
        assert np.allclose(a[0, :4, :4], b[0, :4, :4], atol=1e-5)
    assert np.allclose(alone[1][0, :, -1], beside[1][0, :4, -1], atol=1e-5)


def test_no_pointer_goes_to_padding() -> None:
    _, to_cue, to_source = TorchSession(net()).run(None, batch(4, 9).inputs())
    assert (to_cue[0, :4, 4:9] < -1000).all()
    assert (to_source[0, :4, 4:9] < -1000).all()
    assert (to_cue[0, :4, -1] > -1000).all()


def test_features_of_the_parse_and_heads_are_read() -> None:
    torch.manual_seed(0)
    network = net()
    for p in network.early.parameters():
        torch.nn.init.normal_(p)
    inputs = batch(6).inputs()
    before = TorchSession(network).run(None, inputs)[0]
    inputs["feats"][:, :, 4] = 3
    assert not np.allclose(before, TorchSession(network).run(None, inputs)[0])
    inputs = batch(6).inputs()
    inputs["head"][:] = 0
    assert not np.allclose(before, TorchSession(network).run(None, inputs)[0])


def test_a_step_along_the_parse_reads_the_head_only() -> None:
    torch.manual_seed(0)
    step = ParseStep(8, 0.0).eval()
    x = torch.randn(1, 4, 8)
    head = torch.tensor([[1, 1, 3, 3]])
    other = x.clone()
    other[0, 3] += 1
    changed = (step(x, head) != step(other, head)).any(-1)[0].tolist()
    assert changed == [False, False, True, True]


def test_pointer_scores_by_hand() -> None:
    pointer = Pointer(2, 2, 0.0).eval()
    with torch.no_grad():
        for layer in (pointer.ask, pointer.answer):
            layer.weight.copy_(torch.eye(2))
            layer.bias.zero_()
        pointer.none.weight.copy_(torch.tensor([[1.0, 1.0]]))
        pointer.none.bias.fill_(0.5)
        pointer.code.weight[2] = 10.0
        pointer.away.weight[1] = 100.0
    x = torch.tensor([[[1.0, 0.0], [0.0, 2.0]]])
    scores = pointer(x, torch.tensor([[[0, 2], [0, 0]]]), torch.ones(1, 2))
    one, two = torch.nn.functional.gelu(torch.tensor([1.0, 2.0])).tolist()
    wanted = torch.tensor([[[one, 110.0, 1.5], [0.0, 2 * two, 2.5]]])
    assert torch.allclose(scores, wanted, atol=1e-5)


@pytest.mark.parametrize("prefix", ["", "bert."])
def test_the_encoder_gets_the_weights_of_the_file(tmp_path: Path, prefix: str) -> None:
    given = encoder_weights(layers=2)
    safetensors.save_file({prefix + k: v for k, v in given.items()}, str(tmp_path / "model.safetensors"))
    network = net(layers=2)
    load_encoder(network, tmp_path)
    assert torch.equal(network.encoder.pieces.weight, given["embeddings.word_embeddings.weight"])
    assert torch.equal(network.encoder.layers[1].up.bias, given["encoder.layer.1.intermediate.dense.bias"])
    assert torch.equal(network.encoder.layers[0].value.weight, given["encoder.layer.0.attention.self.value.weight"])
    assert torch.equal(network.encoder.kind, given["embeddings.token_type_embeddings.weight"][0])


@pytest.mark.parametrize("settings", [{"hidden": 32}, {"layers": 2}, {"vocab": 999}])
def test_an_encoder_of_another_size(tmp_path: Path, settings: dict[str, int]) -> None:
    safetensors.save_file(encoder_weights(), str(tmp_path / "model.safetensors"))
    with pytest.raises(ConfigError, match=r"model\.safetensors don't fit \[model\].*Set vocab, hidden and layers"):
        load_encoder(net(**settings), tmp_path)


def test_an_encoder_that_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"x" * 100)
    with pytest.raises(ConfigError, match="don't fit"):
        load_encoder(net(), tmp_path)
