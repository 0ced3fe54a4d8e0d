"""One text to be read, with where it came from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from quotes.errors import InputError

OnError = Callable[[InputError, str], None]
"""Called with what went wrong and the name of the input; the run goes on when it returns."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text as given. `source` is the path, or `-`; `line` the line or row of a table, from 1."""

    id: str
    text: str
    meta: dict[str, str] = field(default_factory=dict)
    source: str = ""
    line: int | None = None


def printable(name: str) -> str:
    """Return a name without lone surrogates (a path whose bytes are not UTF-8), so that it can be written out."""
    return name.encode("utf-8", "surrogateescape" if _escaped(name) else "replace").decode("utf-8", "replace")


def _escaped(name: str) -> bool:
    return all(not 0xD800 <= ord(c) <= 0xDFFF or 0xDC80 <= ord(c) <= 0xDCFF for c in name)
