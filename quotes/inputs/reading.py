"""Read inputs of any format as one stream of documents."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from quotes.errors import ExtraMissing, InputError, ReaderMissing
from quotes.inputs.document import Document, OnError, printable
from quotes.inputs.files import expand, missing
from quotes.inputs.registry import AUTO, MEGABYTE, MOST_MB, Keys, Read, Source, by_extension, reader_for
from quotes.inputs.streams import peeked, told_if_damaged, unpacked

STDIN = "-"


def _raise(error: InputError, source: str) -> None:
    raise error


@dataclass(frozen=True, slots=True)
class How:
    """How inputs are read: `format` a name of `READERS` or `auto`; `url_for` a URL for documents, with `{id}`, `{name}`
    and `{stem}` for the id and the file's name; `most` the size in bytes up to which one text is read.
    """

    format: str = AUTO
    keys: Keys = field(default_factory=Keys)
    url_for: str | None = None
    most: int = MOST_MB * MEGABYTE
    on_error: OnError = _raise


def read_inputs(
    paths: Sequence[str],
    *,
    format: str = AUTO,
    text_key: str = "text",
    id_key: str = "id",
    url_for: str | None = None,
    max_mb: int = MOST_MB,
    stdin: BinaryIO | None = None,
    on_error: OnError = _raise,
) -> Iterator[Document]:
    """Yield the documents of files, directories and standard input (`-`), in order.

    `on_error` gets each `InputError` with the name of its input; when it returns, the rest goes on. `auto` goes by
    extension, then by how the input begins. A `.json` file given by name may hold lines, one object or a list.
    """
    how = How(format, Keys(text_key, id_key), url_for, max_mb * MEGABYTE, on_error)
    for path in paths:
        if path == STDIN:
            yield from read_stream(stdin or sys.stdin.buffer, STDIN, how)
            continue
        for file in expand(path, format, on_error):
            yield from read_file(file, how)


def read_file(path: str, how: How) -> Iterator[Document]:
    """Yield the documents of one file."""
    try:
        stream = Path(path).open("rb")  # noqa: SIM115 - closed below; only opening may fail as "missing"
    except (OSError, ValueError) as error:
        how.on_error(missing(path, error), path)
        return
    with stream:
        yield from read_stream(stream, path, how)


def read_stream(
    stream: BinaryIO, path: str, how: How, *, first: int = 1, row_groups: tuple[int, ...] | None = None
) -> Iterator[Document]:
    """Yield the documents of an opened stream; `path` names it and, for `auto`, tells its format.

    A stream may be a part of a file: whole lines of JSON Lines of which the first has the number `first`, whole
    records of a WARC file. Of a Parquet file, which must be there whole, `row_groups` (from 0) are read.
    """
    name = printable(path)
    try:
        with told_if_damaged(name):
            read, opened = _prepared(peeked(stream), path, how)
            source = Source(opened, name, how.on_error, how.keys, how.most, first, row_groups)
            for document in read(source):
                yield _with_url(document, how.url_for)
    except InputError as error:
        how.on_error(error, path)
    except ExtraMissing as error:
        how.on_error(ReaderMissing(f"{name}: {error.message}"), path)
    except OSError as error:
        how.on_error(missing(path, error), path)


def _prepared(stream: BinaryIO, path: str, how: How) -> tuple[Read, BinaryIO]:
    """Return what reads a stream, and the stream without compression."""
    from quotes.inputs import guess

    stream = unpacked(peeked(stream))
    known = by_extension(path) if how.format == AUTO else how.format
    known = known or guess.by_magic(stream.peek(8)[:8])
    if known is None:
        return (guess.read_json if path.lower().removesuffix(".gz").endswith(".json") else guess.read), stream
    return reader_for(known).load(), stream


def _with_url(document: Document, pattern: str | None) -> Document:
    if pattern is None:
        return document
    name = Path(document.source or document.id).name
    for field_name, value in (("{id}", document.id), ("{name}", name), ("{stem}", name.partition(".")[0])):
        pattern = pattern.replace(field_name, value)
    return replace(document, meta={**document.meta, "url": pattern})
