"""`train`: from a configuration to a model folder. Everything random comes from the seed."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch

from quotes.reader import Reader
from quotes.reader.features import piece_encoder
from quotes.reader.session import digest, open_model
from quotes.reader.windows import collate, cut
from quotes.training import loop
from quotes.training.calibrating import calibrate
from quotes.training.config import Config, data_folder, encoder_folder, read_config
from quotes.training.data import Parsed, examples, load_parsed, spacy_parse
from quotes.training.export import cosine, export_plain, quantise
from quotes.training.gates import gate_lemmas
from quotes.training.keep import halve, hurt
from quotes.training.measure import brief, predict
from quotes.training.model import ReaderNet, load_encoder
from quotes.training.package import copy_tokenizer, write_meta
from quotes.training.start import load_served
from quotes.training.states import give_states
from quotes.training.torch_session import TorchSession

Log = Callable[[str], None]


def run(config_path: Path, data: Path | None, out: Path) -> dict[str, Any]:
    """Train, export, calibrate and measure; resumes from `out/checkpoint.pt`. Returns the model's metadata."""
    config = read_config(config_path)
    torch.set_num_threads(config.threads)
    torch.manual_seed(config.seed)
    out.mkdir(parents=True, exist_ok=True)
    log = file_log(out / "train.log")
    root, encoder, folder = data_folder(data), encoder_folder(config.table("encoder")), out / config.name
    copy_tokenizer(encoder, folder)
    tools, encode = spacy_parse(), _encode(folder)
    parsed, rows = [], []
    for source in config.sources:
        group = load_parsed(root / source.file, out / "cache", *tools, source.every)
        parsed += group
        rows += examples(group, encode, source.partly)
        log(f"{source.file}: {len(group)} documents")
    dev_file = config.table("data")["dev"]
    dev = load_parsed(root / dev_file, out / "cache", *tools)
    settings = {**config.table("training"), "seed": config.seed}
    net = ReaderNet(config.table("model"))
    load_encoder(net, encoder)
    if "start" in config.table("encoder"):
        load_served(net, Path(config.table("encoder")["start"]))
    state = loop.make_state(net, settings)
    if (out / "checkpoint.pt").is_file():
        loop.resume(state, out / "checkpoint.pt")
        log(f"resumed at step {state.step}")
    loop.fit(state, rows, settings, out, lambda n: brief_of(n, config, folder, dev)["all"], log)
    gate = gate_lemmas(
        ((p.doc, *row) for p, row in zip(parsed, rows, strict=True)), config.table("gate").get("coverage", 1)
    )
    hashes = {name: digest(root / name) for name in [*(s.file for s in config.sources), dev_file]}
    return finish(state, config, folder, dev, {"gate": gate, "data": hashes})


def finish(state: loop.State, config: Config, folder: Path, dev: list[Parsed], facts: dict[str, Any]) -> dict[str, Any]:
    """Export the averaged weights, calibrate and measure them on dev, and write the model folder."""
    encode = _encode(folder)
    arrays = examples(dev[:8], encode)
    batch = collate([(a, w) for a, _ in arrays for w in cut(a)][:4])
    plain = folder.parent / "plain.onnx"
    export_plain(state.average, batch, plain)
    kept = hurt(plain)
    quantise(plain, folder / "model.onnx", keep=kept)
    halve(folder / "model.onnx", kept)
    give_states(folder / "model.onnx", len(state.average.encoder.layers))
    meta: dict[str, Any] = {
        "sizes": {"fp32": plain.stat().st_size, "int8": (folder / "model.onnx").stat().st_size},
        "gate": facts["gate"],
        "notes": list(config.notes),
        "training": {
            "settings": config.table("training"),
            "data": facts["data"],
            "partly": [s.file for s in config.sources if s.partly],
            "history": state.history,
        },
    }
    reader = Reader(open_model_of(folder, config, meta))
    exact, rough = (s.run(None, batch.inputs())[0] for s in (TorchSession(state.average), reader.model.session))
    real = np.arange(exact.shape[1]) < batch.lengths[:, None]
    meta["cosine"] = cosine(exact[real], rough[real])
    meta["scores"] = {"fp32": brief_of(state.average, config, folder, dev)}
    meta |= calibrate(reader, dev)
    golds = [p.gold for p in dev]
    reader = Reader(open_model_of(folder, config, meta))
    meta["scores"]["int8, as shipped"] = brief(golds, predict(reader, dev))
    return write_meta(folder, config, meta)


def open_model_of(folder: Path, config: Config, meta: dict[str, Any]) -> Any:
    """Write the metadata as they are so far, and open the model."""
    write_meta(folder, config, meta)
    return open_model(folder)


def brief_of(net: ReaderNet, config: Config, folder: Path, dev: list[Parsed]) -> dict[str, dict[str, float]]:
    """Return the scores of a network on dev without export and without gating."""
    from quotes.reader.session import Model

    meta = {"decode": config.table("decode"), "window": config.table("training").get("window", 254), "overlap": 48}
    reader = Reader(Model(meta, _encode(folder), TorchSession(net)))
    return brief([p.gold for p in dev], predict(reader, dev))


def _encode(folder: Path) -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return piece_encoder(tokenizer)


def file_log(path: Path) -> Log:
    """Return a function that appends a line with the time to a file."""

    def log(line: str) -> None:
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{time.strftime('%H:%M:%S')} {line}\n")

    return log
