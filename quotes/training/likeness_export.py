"""Where the network of `training.likeness` starts from, and the model folder that it ends in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from quotes.reader import Reader
from quotes.reader.session import FORMAT, digest, read_meta
from quotes.training.export import quantise, write_onnx
from quotes.training.likeness import RANK, LikenessNet
from quotes.training.model import ReaderNet
from quotes.training.package import write_folder
from quotes.training.start import load_served
from quotes.training.states import middle

NAME, VERSION = "en_antecedents_sm", "1.1.0"
WEIGHT = 0.5
"""How much likeness counts beside the score of the ranker; of 0, .25, .5, .7 and 1, chosen on dev."""
AXES = {
    "states": {0: "b", 1: "t"},
    "words": {0: "b", 1: "w"},
    "ask": {0: "b", 1: "w"},
    "answer": {0: "b", 1: "w"},
}


def start(folder: Path) -> LikenessNet:
    """Return a network whose layers are those of the served reader in `folder`, above the one that gives states."""
    reader = ReaderNet({})
    load_served(reader, folder)
    above = list(reader.encoder.layers)[middle(len(reader.encoder.layers)) + 1 :]
    net = LikenessNet(layers=len(above))
    for own, theirs in zip(net.layers, above, strict=True):
        own.load_state_dict(theirs.state_dict())
    return net


def attach(reader: Path, name: str = NAME) -> None:
    """Write into the metadata of a reader that it is served with the network of this name."""
    write_folder(reader, {**json.loads((reader / "meta.json").read_text(encoding="utf-8")), "likeness": name})


def write(
    net: LikenessNet, reader: Reader, folder: Path, files: Sequence[Path], before: Path | None = None
) -> dict[str, Any]:
    """Write `model.onnx` (int8), `meta.json` and the card, and return the metadata; `files` are those trained on,
    `before` the folder of the network that training went on from."""
    earlier = read_meta(before) if before else None
    folder.mkdir(parents=True, exist_ok=True)
    export(net, folder / "model.onnx")
    meta = {
        "format": FORMAT,
        "kind": "antecedents",
        "name": NAME,
        "version": VERSION,
        "language": reader.model.meta["language"],
        "reader": reader.model.meta["files"]["model.onnx"],
        "reads": reader.version,
        "layers": len(net.layers),
        "rank": RANK,
        "weight": WEIGHT,
        **({"from": f"{earlier['name']} {earlier['version']}"} if earlier else {}),
        "data": {f"{path.parent.name}/{path.name}": digest(path) for path in files},
        "files": {"model.onnx": digest(folder / "model.onnx")},
    }
    write_folder(folder, meta, card(meta))
    return meta


def export(net: LikenessNet, path: Path) -> None:
    """Write the int8 ONNX file; windows, pieces and words are free dimensions."""
    plain = path.with_suffix(".fp32")
    example = {"states": torch.zeros(1, 6, net.ask[0].in_features), "words": torch.tensor([[1, 3, 4]])}
    write_onnx(net, example, ("ask", "answer"), AXES, plain)
    quantise(plain, path)
    plain.unlink()


def card(meta: dict[str, Any]) -> str:
    """Return the card as Markdown."""
    data = "\n".join(f"* {name} (SHA-256 {value[:16]}...)" for name, value in meta["data"].items())
    earlier = meta.get("from")
    went_on = f" Its weights are the mean of those of {earlier} and of what training made of them." if earlier else ""
    return (
        f"# {meta['name']} {meta['version']}\n\n"
        f"Tells how alike a pronoun (or a description) and a mention are where they stand: {meta['layers']} encoder "
        f"layers on the states of the middle layer of {meta['reads']}, two vectors of {meta['rank']} numbers per word. "
        f"Written by `python -m quotes.training.likeness` from `meta.json`; do not edit.\n\n"
        f"It learned what the features of the antecedent ranker (`quotes/data/antecedents.en.json`) leave open; its "
        f"likeness is added to the ranker's scores with a weight of {meta['weight']}."
        f"{went_on}\n\n"
        f"## Trained on\n\n{data}\n\n"
        f"Figures are in the CHANGELOG under *Scores*.\n"
    )
