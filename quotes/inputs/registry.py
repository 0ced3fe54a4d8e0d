"""The kinds of input: their names, endings, and the module that reads each, imported when one is met."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from quotes.errors import ExtraMissing, InputError
from quotes.inputs.document import Document, OnError

AUTO = "auto"
PACKED = (".gz", ".zst")
MEGABYTE = 1 << 20
MOST_MB = 64


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of a line, or the columns of a table, that hold its text and its id."""

    text: str = "text"
    id: str = "id"


@dataclass(frozen=True, slots=True)
class Source:
    """An opened input. `name` can be printed; `most` is the size in bytes up to which one text is read.

    `first` is the number of the first line of a stream that is a part of a file; `row_groups` picks those of Parquet.
    """

    stream: BinaryIO
    name: str
    on_error: OnError
    keys: Keys = field(default_factory=Keys)
    most: int = MOST_MB * MEGABYTE
    first: int = 1
    row_groups: tuple[int, ...] | None = None


Read = Callable[[Source], Iterator[Document]]
"""Yields documents; what fails goes to `on_error`, or is raised as an `InputError` where nothing more can be read."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A kind of input. `home` is the module with its `read`; `extra` brings `packages`, which it imports."""

    name: str
    endings: tuple[str, ...]
    home: str
    extra: str | None = None
    packages: tuple[str, ...] = ()

    def load(self) -> Read:
        """Return the function that reads. Raises `ExtraMissing`, which names the extra."""
        for package in self.packages:
            require(package, self.extra or "", f"Reading {self.name.upper()}")
        read: Read = import_module(self.home).read
        return read


def require(package: str, extra: str, what: str) -> None:
    """Raise `ExtraMissing` where a package of an extra can't be imported. `what` begins the message."""
    try:
        import_module(package)
    except ImportError as error:
        raise ExtraMissing(
            f"{what} needs the package '{package.partition('.')[0]}'. "
            f"Install it with `pip install 'quotedesk[{extra}]'`."
        ) from error


_ALL = (
    Reader("text", (".txt", ".text", ".md"), "quotes.inputs.plain"),
    Reader("html", (".html", ".htm", ".xhtml"), "quotes.inputs.html"),
    Reader("jsonl", (".jsonl", ".ndjson"), "quotes.inputs.lines"),
    Reader("csv", (".csv", ".tsv"), "quotes.inputs.rows"),
    Reader("parquet", (".parquet", ".pq"), "quotes.inputs.parquet", "parquet", ("pyarrow.parquet",)),
    Reader("warc", (".warc", ".wet"), "quotes.inputs.warc", "warc", ("fastwarc.warc",)),
    Reader("docx", (".docx",), "quotes.inputs.docx", "docx", ("docx",)),
    Reader("pdf", (".pdf",), "quotes.inputs.pdf", "pdf", ("pypdf",)),
    Reader("subtitles", (".srt", ".vtt"), "quotes.inputs.subtitles", "subtitles", ("webvtt",)),
)
READERS: Mapping[str, Reader] = {r.name: r for r in _ALL}


def by_extension(path: str) -> str | None:
    """Return the format that a file's extension stands for, a `.gz` or `.zst` behind it left out, or None."""
    file = Path(path.lower())
    ending = Path(file.stem).suffix if file.suffix in PACKED else file.suffix
    return next((r.name for r in _ALL if ending in r.endings), None)


def endings(format: str) -> list[str]:
    """Return the endings of a format, of all formats for `auto`, sorted."""
    chosen = _ALL if format == AUTO else (READERS[format],)
    return sorted(e for reader in chosen for e in reader.endings)


def reader_for(format: str) -> Reader:
    """Return the reader of a format. Raises `InputError`, which lists all."""
    if format not in READERS:
        raise InputError(f"There is no input format '{format}'. Formats: {', '.join(READERS)}.")
    return READERS[format]
