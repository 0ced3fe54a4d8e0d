"""Training: an extra (`pip install "quotedesk[train]"`), never imported by the product itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

__all__ = ["train"]


def train(config: str | Path, *, data: str | Path | None = None, out: str | Path) -> dict[str, Any]:
    """Train the reader that a TOML file describes, and return the new model's metadata.

    `data` is the folder of the corpora (else `$QUOTES_DATA`), `out` gets checkpoints, log and model. Raises
    `ConfigError`, `DataMissing`, `BadGold`, or `ExtraMissing` where PyTorch is not installed.
    """
    from quotes.errors import ExtraMissing

    try:
        from quotes.training.run import run
    except ImportError as error:
        raise ExtraMissing(f'Training needs {error.name}. Install it with `pip install "quotedesk[train]"`.') from error
    return run(Path(config), Path(data) if data else None, Path(out))
