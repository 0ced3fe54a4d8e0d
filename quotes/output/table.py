"""A table for the terminal: one line per quotation, fitted to the width."""

from __future__ import annotations

import shutil
from typing import IO

from quotes.output import Close, Write
from quotes.output.cells import GAP, fit, paint
from quotes.schema import DocumentRecord, QuoteRecord

NARROWEST = 50
FIXED = 21
"""Cells of the columns number, type and confidence, and of the spaces between all columns."""


def table_writer(stream: IO[str], *, color: bool = False, bom: bool = False) -> tuple[Write, Close]:
    """A heading per document and a line per quotation: number, type, speaker, confidence, content."""
    total = max(NARROWEST, shutil.get_terminal_size((100, 24)).columns)
    name = max(16, total // 4)

    def write(record: DocumentRecord) -> None:
        quotes, speakers = len(record.quotes), len({q.speaker_id for q in record.quotes} - {None})
        head = f"{record.id}: {counted(quotes, 'quote')}, {counted(speakers, 'speaker')}"
        stream.write(paint(fit(head, total).rstrip(), "1", color) + "\n")
        for number, q in enumerate(record.quotes, 1):
            who = paint(fit(speaker_of(q), name), "32" if q.speaker else "33", color)
            content = fit(GAP.join(s.text for s in q.content), total - name - FIXED).rstrip()
            stream.write(f"{number:>3} {q.type:<8} {who} {q.confidence:.2f}  {content}\n")
        stream.flush()

    return write, lambda: None


def counted(number: int, thing: str) -> str:
    """Return e.g. `1 quote`, `2,000 quotes`."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def speaker_of(quote: QuoteRecord) -> str:
    """Return the speaker's name, or `unknown` with the reason."""
    return quote.speaker or f"unknown ({(quote.reason or 'no_source').replace('_', ' ')})"
