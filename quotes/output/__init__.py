"""Where output goes and how it looks in a terminal. Formats are looked up in `quotes.exporters`."""

from __future__ import annotations

from collections.abc import Callable

from quotes.schema import DocumentRecord

Write = Callable[[DocumentRecord], None]
Close = Callable[[], None]
