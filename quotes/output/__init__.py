"""Output formats: each is a function that takes a stream and returns how to write one record and how to finish."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO

from quotes.output.marked import marked_writer
from quotes.output.structured import csv_writer, json_writer, jsonl_writer
from quotes.output.table import table_writer
from quotes.schema import DocumentRecord

Write = Callable[[DocumentRecord], None]
Close = Callable[[], None]

FORMATS: dict[str, Callable[..., tuple[Write, Close]]] = {
    "jsonl": jsonl_writer,
    "json": json_writer,
    "csv": csv_writer,
    "table": table_writer,
    "text": marked_writer,
}


def make_writer(name: str, stream: IO[str], *, color: bool = False, bom: bool = False) -> tuple[Write, Close]:
    """Return (write, close) for a format of `FORMATS`. `bom` puts a byte order mark before CSV, as Excel wants it."""
    return FORMATS[name](stream, color=color, bom=bom)
