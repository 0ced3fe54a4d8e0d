"""Where models and data files are: `$QUOTES_MODELS`, the wheel, the checkout, or a path."""

from __future__ import annotations

import os
from importlib import resources
from pathlib import Path

from quotes.errors import ModelNotFound

PACKAGE = Path(__file__).resolve().parent
DEFAULT_MODEL = "en_quotes_sm"


def data_text(name: str) -> str:
    """Return the text of a data file of the package, e.g. `cues.en.json`."""
    return resources.files("quotes").joinpath("data", name).read_text(encoding="utf-8")


def model_folders() -> list[Path]:
    """Return the folders in which models are looked for, first match first."""
    env = os.environ.get("QUOTES_MODELS")
    return [*([Path(env)] if env else []), PACKAGE / "_models", PACKAGE.parent / "models"]


def installed_models() -> list[str]:
    """Return the names of the models that can be found, sorted."""
    return sorted({m.parent.name for f in model_folders() if f.is_dir() for m in f.glob("*/meta.json")})


def find_model(name: str = DEFAULT_MODEL) -> Path:
    """Return the folder of a model given by name or path. Raises `ModelNotFound`, which lists what there is."""
    for folder in [*(f / name for f in model_folders()), Path(name)]:
        if (folder / "meta.json").is_file():
            return folder
    found = ", ".join(installed_models()) or "none"
    raise ModelNotFound(f"Can't find the model '{name}'. Models found: {found}. Pass a path, or set QUOTES_MODELS.")
