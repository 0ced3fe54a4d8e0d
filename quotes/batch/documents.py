"""The documents of a shard, read by the readers of `quotes.inputs`."""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterator, Mapping
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


def documents(
    shard: Shard,
    options: Mapping[str, Any],
    on_error: OnError,
    *,
    unread: Collection[tuple[int, int]] = (),
    reads: Callable[[int], None] = lambda part: None,
) -> Iterator[Document]:
    """Yield the documents of a shard in order; what can't be read goes to `on_error`, and the next part follows.

    `reads` is called with the number of each part (from 0) before it is read. `unread` are places that kill whoever
    reads them, as (part, documents before it in the shard): there the rest of the part is left out.
    """
    place = 0
    for number, part in enumerate(shard.parts):
        reads(number)
        found, shown = _of_part(part, options, on_error), printable(part.path)
        while True:
            if (number, place) in unread:
                words = "reading on kills the worker each time; the rest of it is left out. Look at this input"
                on_error(InputError(f"'{shown}': {words}."), part.path)
                break
            try:
                document = next(found, None)
            except Exception as error:  # noqa: BLE001 - a bug of a reader costs the rest of its file, not the shard
                words = f"reading it raised {type(error).__name__}: {error}. The rest of it is left out"
                on_error(InputError(f"'{shown}': {words}."), part.path)
                break
            if document is None:
                break
            yield document
            place += 1


def _of_part(part: Part, options: Mapping[str, Any], on_error: OnError) -> Iterator[Document]:
    keys = Keys(options["text_key"], options["id_key"])
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
