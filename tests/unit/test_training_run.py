"""From a configuration to a model folder that the product can use, and on after a kill."""

from __future__ import annotations

import builtins
import json
from pathlib import Path
from typing import Any

import pytest
from tiny_reader import NETWORK, gold_line, marks, tokenise, write_gold, write_tokenizer

from quotes.errors import ConfigError, DataMissing, ExtraMissing
from quotes.training import train

CONFIG = """
name = "tiny"
version = "0.1"
threads = 1
notes = ["Made by a test."]
[data]
train = ["train.jsonl"]
partly = [{{file = "more.jsonl", every = 2}}]
dev = "dev.jsonl"
[encoder]
folder = "{folder}"
[model]
{network}
[training]
epochs = 2
batch = 2
window = 32
warmup = 2
ema = 0.5
save_every = 1
[gate]
coverage = 0.9
"""


def test_without_torch_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **options: Any) -> Any:
        if name.partition(".")[0] == "torch" or name == "quotes.training.run":
            raise ModuleNotFoundError("No module named 'torch'", name="torch")
        return real(name, *args, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ExtraMissing, match=r'needs torch. Install it with `pip install "quotedesk\[train\]"`'):
        train(tmp_path / "config.toml", out=tmp_path)


class TestWithTorch:
    """Needs the extra `train`."""

    @pytest.fixture(autouse=True)
    def _needs(self) -> None:
        for name in ("torch", "safetensors", "onnx"):
            pytest.importorskip(name, reason=f"needs the extra `train` ({name})")

    @pytest.fixture
    def config(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A tiny encoder, three gold files, and a configuration; texts are split into words without a parse."""
        import torch
        from safetensors.torch import save_file
        from test_training_model import encoder_weights

        from quotes.training import run

        monkeypatch.setattr(
            run, "spacy_parse", lambda: (lambda ts: [tokenise(t) for t in ts], lambda doc: marks(doc.text))
        )
        encoder = tmp_path / "encoder"
        encoder.mkdir()
        save_file(encoder_weights(), str(encoder / "model.safetensors"))
        write_tokenizer(encoder)
        for name in ("train", "more", "dev"):
            write_gold(tmp_path / "data" / f"{name}.jsonl", 3)
        network = "\n".join(f"{k} = {v}" for k, v in NETWORK.items())
        path = tmp_path / "config.toml"
        path.write_text(CONFIG.format(folder=encoder.as_posix(), network=network), encoding="utf-8")
        threads = torch.get_num_threads()
        yield path
        torch.set_num_threads(threads)

    def test_a_model_is_made_that_the_product_can_use(self, config: Path, tmp_path: Path) -> None:
        from quotes.reader import load_reader
        from quotes.training.card import card

        meta = train(config, data=tmp_path / "data", out=tmp_path / "out")
        folder = tmp_path / "out" / "tiny"
        assert json.loads((folder / "meta.json").read_text(encoding="utf-8")) == meta
        assert (folder / "README.md").read_text(encoding="utf-8") == card(meta)
        assert meta["notes"] == ["Made by a test."]
        assert (list(meta["training"]["data"]), meta["training"]["partly"]) == (
            ["train.jsonl", "more.jsonl", "dev.jsonl"],
            ["more.jsonl"],
        )
        assert set(meta["scores"]) == {"fp32", "int8, as shipped"}
        assert [h["epoch"] for h in meta["training"]["history"]] == [0, 1]
        assert 0.5 < meta["cosine"] <= 1.0001
        doc = tokenise(gold_line(0)["text"])
        load_reader(folder).read([doc], [marks(doc.text)])
        lines = (tmp_path / "out" / "train.log").read_text(encoding="utf-8")
        assert "more.jsonl: 2 documents" in lines

    @pytest.mark.slow
    def test_after_a_kill_the_model_is_the_same(
        self, config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from quotes.training import loop

        whole = train(config, data=tmp_path / "data", out=tmp_path / "whole")
        step = loop._step
        calls: list[int] = []

        def dying(state: Any, *rest: Any) -> float:
            calls.append(state.step)
            if len(calls) == 3:
                raise KeyboardInterrupt
            return step(state, *rest)

        monkeypatch.setattr(loop, "_step", dying)
        with pytest.raises(KeyboardInterrupt):
            train(config, data=tmp_path / "data", out=tmp_path / "cut")
        resumed = train(config, data=tmp_path / "data", out=tmp_path / "cut")
        assert calls[:5] == [0, 1, 2, 2, 3]
        assert resumed["files"] == whole["files"]
        assert resumed["scores"] == whole["scores"]
        assert "resumed at step 2" in (tmp_path / "cut" / "train.log").read_text(encoding="utf-8")

    def test_missing_files_are_named(self, config: Path, tmp_path: Path) -> None:
        (tmp_path / "data" / "more.jsonl").unlink()
        with pytest.raises(DataMissing, match=r"more\.jsonl"):
            train(config, data=tmp_path / "data", out=tmp_path / "out")
        (tmp_path / "encoder" / "tokenizer.json").unlink()
        with pytest.raises(DataMissing, match=r"tokenizer\.json"):
            train(config, data=tmp_path / "data", out=tmp_path / "out")

    def test_no_data_folder(self, config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("QUOTES_DATA", raising=False)
        with pytest.raises(ConfigError, match="--data FOLDER"):
            train(config, out=tmp_path / "out")
