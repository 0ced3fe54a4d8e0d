"""Write a model folder: `model.onnx`, `tokenizer.json`, `meta.json` with hashes and scores, and the card."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from quotes.reader.session import FORMAT, digest
from quotes.training.card import card
from quotes.training.config import Config

FILES = ("model.onnx", "tokenizer.json")


def write_meta(folder: Path, config: Config, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Write `meta.json` and `README.md` beside the model's files, and return the metadata."""
    meta = {
        "format": FORMAT,
        "name": config.name,
        "version": config.version,
        "language": config.language,
        "encoder": config.table("encoder").get("package", "a folder"),
        "window": config.table("training").get("window", 254),
        "overlap": 48,
        "decode": config.table("decode"),
        **facts,
        "files": {name: digest(folder / name) for name in FILES},
    }
    (folder / "meta.json").write_text(json.dumps(meta, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "README.md").write_text(card(meta), encoding="utf-8")
    return meta


def copy_tokenizer(encoder: Path, folder: Path) -> None:
    """Copy the base encoder's tokenizer into the model folder."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(encoder / "tokenizer.json", folder / "tokenizer.json")
