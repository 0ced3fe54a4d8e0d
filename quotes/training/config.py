"""The training configuration: one TOML file, checked key by key and value by value."""

from __future__ import annotations

import importlib.util
import os
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotes.errors import ConfigError, DataMissing, ExtraMissing

Test = Callable[[Any], bool]
ENCODER_FILES = ("model.safetensors", "tokenizer.json")


def _whole(low: int, high: int = 10**9) -> Test:
    return lambda v: type(v) is int and low <= v <= high


def _number(low: float, high: float = 1e9) -> Test:
    return lambda v: type(v) in (int, float) and low <= v <= high


def _list_of(test: Test, least: int = 0) -> Test:
    return lambda v: isinstance(v, list) and len(v) >= least and all(map(test, v))


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"\w[\w.-]*", value) is not None


def _is_file(value: Any) -> bool:
    if isinstance(value, dict):
        return set(value) <= {"file", "every"} and _is_text(value.get("file")) and _whole(1)(value.get("every", 1))
    return _is_text(value)


KINDS: dict[str, tuple[Test, str]] = {
    "text": (_is_text, "a text in quotation marks"),
    "name": (_is_name, "a name of letters, digits, dots, hyphens and underscores"),
    "texts": (_list_of(_is_text), "a list of texts"),
    "files": (_list_of(_is_file, 1), 'a list of files, each "name" or {file = "name", every = 10}'),
    "seed": (_whole(0), "a whole number from 0"),
    "count": (_whole(1), "a whole number from 1"),
    "window": (_whole(16, 510), "a whole number from 16 to 510"),
    "rate": (_number(0), "a number from 0"),
    "share": (_number(0, 1), "a number from 0 to 1"),
    "flag": (lambda v: isinstance(v, bool), "true or false"),
    "weights": (lambda v: _list_of(_number(0))(v) and len(v) == 3, "a list of three numbers from 0"),
}
TOP = {"name": "name", "version": "text", "language": "name", "seed": "seed", "threads": "count", "notes": "texts"}
TABLES = {
    "data": {"train": "files", "partly": "files", "dev": "text"},
    "encoder": {"package": "text", "folder": "text", "start": "text"},
    "model": {
        "vocab": "count", "hidden": "count", "layers": "count", "heads": "count", "width": "count", "rank": "count",
        "parse_steps": "seed", "dropout": "share",
    },
    "training": {
        "epochs": "count", "minutes": "rate", "batch": "count", "window": "window", "lr_encoder": "rate",
        "lr_heads": "rate", "warmup": "count", "ema": "share", "bf16": "flag", "drop_parse": "share",
        "weights": "weights", "save_every": "count", "log_every": "count",
    },
    "decode": {
        "cue": "share", "content": "share", "source": "share", "grow": "share", "gap": "seed", "tag_weight": "share",
    },
    "gate": {"coverage": "share"},
}  # fmt: skip
REQUIRED = ("name", "version", "data.train", "data.dev", "encoder")


@dataclass(frozen=True, slots=True)
class Source:
    """A file of training data: each `every`th document is used; `partly` where not every quotation is annotated."""

    file: str
    every: int = 1
    partly: bool = False


@dataclass(frozen=True, slots=True)
class Config:
    """A checked configuration; the tables are those of the file, `notes` are lines for the model card."""

    name: str
    version: str
    language: str
    seed: int
    threads: int
    notes: tuple[str, ...]
    tables: dict[str, dict[str, Any]]

    def table(self, name: str) -> dict[str, Any]:
        """Return one table; empty where the file has none."""
        return self.tables.get(name, {})

    @property
    def sources(self) -> list[Source]:
        """The files to train on, in the order of the file."""
        data = self.table("data")
        given = [(e, False) for e in data["train"]] + [(e, True) for e in data.get("partly", ())]
        return [Source(**(e if isinstance(e, dict) else {"file": e}), partly=partly) for e, partly in given]


def read_config(path: Path) -> Config:
    """Read a configuration. Raises `ConfigError`, which names the file, the key and the cure."""
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"Can't read the training configuration {path} ({error}). Pass a TOML file.") from error
    for key, value in given.items():
        _check_top(path, key, value)
    for wanted in REQUIRED:
        table, _, key = wanted.rpartition(".")
        if key not in (given.get(table, {}) if table else given):
            raise ConfigError(f"{path}: the key '{wanted}' is missing. Copy it from models/en_quotes_sm/config.toml.")
    _check_sizes(path, given)
    tables = {key: given[key] for key in TABLES if key in given}
    return Config(
        name=given["name"],
        version=given["version"],
        language=given.get("language", "en"),
        seed=given.get("seed", 0),
        threads=given.get("threads", 2),
        notes=tuple(given.get("notes", ())),
        tables=tables,
    )


def _check_top(path: Path, key: str, value: Any) -> None:
    if key in TOP:
        _check_value(path, key, TOP[key], value)
    elif key not in TABLES:
        raise ConfigError(f"{path}: unknown key '{key}'. Known: {', '.join(sorted({*TOP, *TABLES}))}.")
    elif not isinstance(value, dict):
        raise ConfigError(f"{path}: '{key}' must be a table ([{key}]).")
    else:
        known = TABLES[key]
        for name, item in value.items():
            if name not in known:
                raise ConfigError(f"{path}: unknown key '{key}.{name}'. Known: {', '.join(sorted(known))}.")
            _check_value(path, f"{key}.{name}", known[name], item)


def _check_value(path: Path, key: str, kind: str, value: Any) -> None:
    test, words = KINDS[kind]
    if not test(value):
        raise ConfigError(f"{path}: '{key}' is {value!r}. Write {words}.")


def _check_sizes(path: Path, given: dict[str, Any]) -> None:
    if not given["encoder"].keys() & {"package", "folder"}:
        raise ConfigError(f"{path}: 'encoder' names no weights. Write encoder.package or encoder.folder.")
    model = given.get("model", {})
    hidden, heads = model.get("hidden", 384), model.get("heads", 12)
    if hidden % heads:
        raise ConfigError(f"{path}: 'model.heads' is {heads}. Write a number that divides model.hidden ({hidden}).")


def data_folder(given: Path | None) -> Path:
    """Return the folder of the corpora: the one given, else `$QUOTES_DATA`."""
    chosen = given or (Path(os.environ["QUOTES_DATA"]) if os.environ.get("QUOTES_DATA") else None)
    if chosen is None:
        raise ConfigError("Where is the training data? Pass --data FOLDER, or set QUOTES_DATA.")
    return chosen


def encoder_folder(table: dict[str, Any]) -> Path:
    """Return the folder of the base encoder's weights. Raises `ExtraMissing` where its package is not installed,
    `DataMissing` where a file of it is not there."""
    folder = Path(table["folder"]) if "folder" in table else _package_folder(table["package"])
    for name in ENCODER_FILES:
        if not (folder / name).is_file():
            raise DataMissing(f"The encoder has no file {folder / name}. Set encoder.folder to a folder that holds it.")
    return folder


def _package_folder(package: str) -> Path:
    try:
        spec = importlib.util.find_spec(package)
    except (ImportError, ValueError):
        spec = None
    if spec is None or spec.origin is None:
        raise ExtraMissing(f"The encoder '{package}' is missing. Install it: pip install \"quotedesk[train]\".")
    return Path(spec.origin).parent / "model"
