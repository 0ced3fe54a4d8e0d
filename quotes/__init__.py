"""quotedesk: who said what, in any article, and can we trust it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quotes.pipeline import extract, load
    from quotes.schema import DocumentRecord, QuoteRecord

__version__ = "0.1.0"
__all__ = ["DocumentRecord", "QuoteRecord", "__version__", "extract", "load"]

_HOMES = {
    "load": "quotes.pipeline",
    "extract": "quotes.pipeline",
    "QuoteRecord": "quotes.schema",
    "DocumentRecord": "quotes.schema",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'quotes' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
