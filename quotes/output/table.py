"""A table for the terminal: one line per quotation, fitted to the width."""

from __future__ import annotations

import shutil
import unicodedata
from typing import IO, TYPE_CHECKING

from quotes.schema import DocumentRecord

if TYPE_CHECKING:
    from quotes.output import Close, Write

NARROWEST = 60


def width_of(text: str) -> int:
    """Return the number of terminal cells of a text (wide characters take two, combining marks none)."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def fit(text: str, width: int) -> str:
    """Return a text on one line in exactly `width` cells, cut with an ellipsis or filled with spaces."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if width_of(line) > width:
        while line and width_of(line) > width - 1:
            line = line[:-1]
        line += "…"
    return line + " " * (width - width_of(line))


def table_writer(stream: IO[str], *, color: bool = False) -> tuple[Write, Close]:
    """A heading per document and a line per quotation: number, type, speaker, confidence, content."""
    total = max(NARROWEST, shutil.get_terminal_size((100, 24)).columns)
    name = max(16, total // 4)
    rest = total - name - 21

    def write(record: DocumentRecord) -> None:
        head = f"{record.id}: {len(record.quotes)} quotes, {len(record.speakers)} speakers"
        stream.write(_paint(fit(head, total).rstrip(), "1", color) + "\n")
        for number, q in enumerate(record.quotes, 1):
            speaker = q.speaker or f"unknown ({(q.reason or 'no_source').replace('_', ' ')})"
            content = " […] ".join(s.text for s in q.content)
            who = _paint(fit(speaker, name), "32" if q.speaker else "33", color)
            stream.write(f"{number:>3} {q.type:<8} {who} {q.confidence:.2f}  {fit(content, rest).rstrip()}\n")
        stream.flush()

    return write, lambda: None


def _paint(text: str, code: str, color: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if color else text
