"""The documents of a shard, read by the readers of `quotes.inputs`."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, cast

from quotes.batch.cuts import stamp
from quotes.batch.shards import Part, Shard
from quotes.errors import InputError
from quotes.inputs import Document
from quotes.inputs.document import OnError, printable
from quotes.inputs.files import missing
from quotes.inputs.reading import How, read_file, read_stream
from quotes.inputs.registry import MEGABYTE, Keys


def documents(shard: Shard, options: Mapping[str, Any], on_error: OnError) -> Iterator[Document]:
    """Yield the documents of a shard in order; what can't be read goes to `on_error`."""
    keys = Keys(options["text_key"], options["id_key"])
    for part in shard.parts:
        how = How(part.format, keys, options.get("url_for"), options["max_mb"] * MEGABYTE, on_error)
        if part.stamp not in ("?", stamp(part.path)):
            shown = printable(part.path)
            on_error(InputError(f"'{shown}' has changed since it was planned. Give the inputs again."), part.path)
        elif part.end is None and part.row_groups is None:
            yield from read_file(part.path, how)
        else:
            yield from _piece(part, how)


def _piece(part: Part, how: How) -> Iterator[Document]:
    try:
        stream = Path(part.path).open("rb")  # noqa: SIM115 - closed below; only opening may fail as "missing"
    except OSError as error:
        how.on_error(missing(part.path, error), part.path)
        return
    with stream:
        if part.row_groups is not None:
            yield from read_stream(stream, part.path, how, row_groups=part.row_groups)
            return
        end = part.size if part.end is None else part.end
        yield from read_stream(within(stream, part.start, end), part.path, how, first=part.line)


def within(stream: BinaryIO, start: int, end: int) -> io.BufferedReader:
    """Return the bytes from `start` to `end` of a file as a stream of its own, in which one can seek."""
    return io.BufferedReader(_Window(stream, start, end), MEGABYTE)


class _Window(io.RawIOBase):
    def __init__(self, stream: BinaryIO, start: int, end: int) -> None:
        self.stream, self.start, self.size, self.at = stream, start, end - start, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self.at = max(0, offset + (0, self.at, self.size)[whence])
        return self.at

    def readinto(self, buffer: Any) -> int:
        self.stream.seek(self.start + self.at)
        view = memoryview(buffer)[: max(0, self.size - self.at)]
        count = cast(io.BufferedReader, self.stream).readinto(view)
        self.at += count
        return count
