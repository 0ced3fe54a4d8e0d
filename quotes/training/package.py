"""Write a model folder: `model.onnx`, `tokenizer.json`, `meta.json` with hashes and scores, and the card.

`python -m quotes.training.package CONFIG FOLDER` writes the notes of a configuration into a model, and its card anew.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from quotes.reader.session import FILES, FORMAT, check_files, digest, read_meta
from quotes.training.card import card
from quotes.training.config import Config, read_config


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
        "files": {name: digest(folder / name) for name in FILES["reader"]},
    }
    write_folder(folder, meta, card(meta))
    return meta


def refresh(folder: Path, config: Config, spread: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Write what a configuration says of a trained model into it: notes, partly annotated data; and the card.

    `spread` gives scores on other corpora: {name: {type: {score: value}}}. Raises `ModelDamaged` where the files of the
    model are not those of its metadata, so that no hash is ever made to fit.
    """
    meta = read_meta(folder)
    check_files(folder, meta)
    meta["notes"] = list(config.notes)
    meta.setdefault("training", {})["partly"] = [s.file for s in config.sources if s.partly]
    if spread is not None:
        meta["spread"] = dict(spread)
    write_folder(folder, meta, card(meta))
    return meta


def write_folder(folder: Path, meta: Mapping[str, Any], words: str | None = None) -> None:
    """Write `meta.json`, and the card where it changes too, into a model folder."""
    (folder / "meta.json").write_text(json.dumps(meta, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if words is not None:
        (folder / "README.md").write_text(words, encoding="utf-8")


def copy_tokenizer(encoder: Path, folder: Path) -> None:
    """Copy the base encoder's tokenizer into the model folder."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(encoder / "tokenizer.json", folder / "tokenizer.json")


@click.command(help=__doc__)
@click.argument("config", type=click.Path(path_type=Path))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--spread", type=click.Path(exists=True, path_type=Path), help="JSON: {corpus: {type: {score: value}}}.")
def main(config: Path, folder: Path, spread: Path | None) -> None:
    """Refresh a model folder from its configuration."""
    refresh(folder, read_config(config), json.loads(spread.read_text(encoding="utf-8")) if spread else None)


if __name__ == "__main__":
    main()
