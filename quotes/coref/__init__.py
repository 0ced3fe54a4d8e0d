"""Who is who: mentions joined into clusters, and ranked candidates for the source of each quotation."""

from __future__ import annotations

from quotes.coref.resolver import Resolution, resolve

__all__ = ["Resolution", "resolve"]
