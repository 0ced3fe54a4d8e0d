"""The training configuration: one TOML file, checked key by key."""

from __future__ import annotations

import importlib.util
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotes.errors import ConfigError, ExtraMissing

TABLES = {
    "data": {"train", "dev"},
    "encoder": {"package", "folder"},
    "model": {"vocab", "hidden", "layers", "heads", "width", "rank", "parse_steps", "dropout"},
    "training": {
        "epochs", "minutes", "batch", "window", "lr_encoder", "lr_heads", "warmup", "ema", "bf16", "drop_parse",
        "weights", "save_every", "log_every",
    },
    "decode": {"cue", "content", "source", "grow", "gap", "tag_weight"},
    "gate": {"coverage"},
}  # fmt: skip
TOP = {"name", "version", "language", "seed", "threads"}
REQUIRED = ("name", "version", "data", "encoder")


@dataclass(frozen=True, slots=True)
class Config:
    """A checked configuration; the tables are those of the file."""

    name: str
    version: str
    language: str
    seed: int
    threads: int
    tables: dict[str, dict[str, Any]]

    def table(self, name: str) -> dict[str, Any]:
        """Return one table; empty where the file has none."""
        return self.tables.get(name, {})


def read_config(path: Path) -> Config:
    """Read a configuration. Raises `ConfigError`, which names the file and the key."""
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"Can't read the training configuration {path} ({error}). Pass a TOML file.") from error
    missing = [key for key in REQUIRED if key not in given]
    if missing:
        raise ConfigError(f"{path}: the key '{missing[0]}' is missing. Copy it from models/en_quotes_sm/config.toml.")
    for key, value in given.items():
        if key not in TOP and key not in TABLES:
            raise ConfigError(f"{path}: unknown key '{key}'. Known: {', '.join(sorted({*TOP, *TABLES}))}.")
        if key in TABLES:
            _check_table(path, key, value)
    tables = {key: given[key] for key in TABLES if key in given}
    return Config(
        given["name"],
        given["version"],
        given.get("language", "en"),
        given.get("seed", 0),
        given.get("threads", 2),
        tables,
    )


def _check_table(path: Path, name: str, table: Any) -> None:
    if not isinstance(table, dict):
        raise ConfigError(f"{path}: '{name}' must be a table ([{name}]).")
    for key in table:
        if key not in TABLES[name]:
            raise ConfigError(f"{path}: unknown key '{name}.{key}'. Known: {', '.join(sorted(TABLES[name]))}.")


def data_folder(given: Path | None) -> Path:
    """Return the folder of the corpora: the one given, else `$QUOTES_DATA`."""
    chosen = given or (Path(os.environ["QUOTES_DATA"]) if os.environ.get("QUOTES_DATA") else None)
    if chosen is None:
        raise ConfigError("Where is the training data? Pass --data FOLDER, or set QUOTES_DATA.")
    return chosen


def encoder_folder(table: dict[str, Any]) -> Path:
    """Return the folder of the base encoder's weights. Raises `ExtraMissing` where its package is not installed."""
    if "folder" in table:
        return Path(table["folder"])
    spec = importlib.util.find_spec(table["package"])
    if spec is None or spec.origin is None:
        raise ExtraMissing(
            f"The encoder '{table['package']}' is missing. Install it: pip install \"quotedesk[train]\"."
        )
    return Path(spec.origin).parent / "model"
