"""Records to the formats that others use: a stream, a file that appears when it is whole, or a folder."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import IO

from quotes.errors import NotWritten, TextMissing, UsageError
from quotes.exporters.registry import EXPORTERS, Exporter, for_ending
from quotes.output import Write
from quotes.output.target import folder_at, opened, replaced, use_color
from quotes.schema import DocumentRecord

__all__ = ["EXPORTERS", "Exporter", "Write", "exporting", "format_for"]


def format_for(path: str | None, stream: IO[str] | None = None) -> str:
    """Return the format when none was asked for: by the file's name, else a table in a terminal, else jsonl."""
    if path is not None:
        return for_ending(path) or "jsonl"
    stream = stream or sys.stdout
    return "table" if stream is not None and stream.isatty() else "jsonl"


@contextmanager
def exporting(format: str, out: str | None, *, color: bool | None = None, bom: bool = False) -> Iterator[Write]:
    """Give a function that writes one record to `out` (None is standard output) in a format of `EXPORTERS`.

    A stream or file appears under its name only when the block ends well; the files of a folder appear one by one.
    The function raises `TextMissing` for a record that lacks the text where the format needs it, and `NotWritten` where
    the files of a document can't be written; the next record may follow.
    Raises `UsageError` for a format that can't go to standard output, `ExtraMissing`, and `OutputError`.
    """
    exporter = EXPORTERS[format]
    make = exporter.load()
    if exporter.shape == "stream":
        with opened(out) as stream:
            write, close = make(stream, color=use_color(color, stream), bom=bom)
            yield _checked(write, exporter)
            close()
        return
    if out is None:
        raise UsageError(f"The format {format} is a {exporter.shape}. Give its path with --out.")
    with (folder_at if exporter.shape == "folder" else replaced)(out) as path, ExitStack() as stack:
        write, close = make(path, stack)
        yield _checked(write, exporter)
        close()


def _checked(write: Write, exporter: Exporter) -> Write:
    apart = exporter.shape == "folder"

    def checked(record: DocumentRecord) -> None:
        if exporter.needs_text and record.text is None:
            raise TextMissing(
                f"{record.id}: the format {exporter.name} needs the text, and the record does not carry it. "
                "Give the texts with --text, or extract with --with-text."
            )
        try:
            write(record)
        except OSError as error:
            if not apart:
                raise
            raise NotWritten(f"{record.id}: can't be written ({error.strerror}). The others may be.") from error

    return checked
