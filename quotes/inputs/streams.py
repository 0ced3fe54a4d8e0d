"""Bytes of any origin: whole and bounded, line by line, unpacked from gzip and Zstandard."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from quotes.decoding import decode
from quotes.errors import Damaged, TooLong
from quotes.inputs.registry import MEGABYTE, Source, require

WIDE = (b"\xff\xfe", b"\xfe\xff")
GZIP, ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
PACKED_BYTES = 4096
"""Unpacked at a time: even a file made to burst memory gives no more than about 128 MB for so few."""


def peeked(stream: BinaryIO) -> io.BufferedReader:
    """Return a stream whose beginning can be looked at without being read."""
    if isinstance(stream, io.BufferedReader):
        return stream
    return io.BufferedReader(stream)  # type: ignore[arg-type] # whatever is readable will do


def unpacked(stream: io.BufferedReader) -> io.BufferedReader:
    """Return a stream without its compression, which is told by the first bytes. Raises `ExtraMissing`."""
    head = stream.peek(4)[:4]
    if head.startswith(GZIP):
        return io.BufferedReader(Unpacked(stream, lambda: zlib.decompressobj(wbits=31)), MEGABYTE)
    if head == ZSTD:
        require("zstandard", "zstd", "Reading .zst")
        import zstandard

        return io.BufferedReader(Unpacked(stream, zstandard.ZstdDecompressor().decompressobj), MEGABYTE)
    return stream


class Unpacked(io.RawIOBase):
    """The bytes of one or more packed streams in a row, those before a fault first.

    `fresh` makes what unpacks one of them, as in `zlib`. Raises `EOFError` where the last one is cut short.
    """

    def __init__(self, stream: BinaryIO, fresh: Callable[[], Any]) -> None:
        self.stream, self.fresh = stream, fresh
        self.part: Any = None
        self.waiting = b""

    def readable(self) -> bool:
        """Return true."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer as far as the next packed bytes go; 0 at the end."""
        while not self.waiting:
            ended = self.part is not None and self.part.eof
            packed = (self.part.unused_data.lstrip(b"\0") if ended else b"") or self.stream.read(PACKED_BYTES)
            if not packed:
                if self.part is not None and not ended:
                    raise EOFError("it ends within packed data")
                return 0
            if self.part is None or ended:
                self.part = self.fresh()
            self.waiting = self.part.decompress(packed)
        count = min(len(buffer), len(self.waiting))
        buffer[:count], self.waiting = self.waiting[:count], self.waiting[count:]
        return count


@contextmanager
def told_if_damaged(name: str) -> Iterator[None]:
    """Turn what unpacking raises into `Damaged`, which names the input."""
    try:
        yield
    except (EOFError, zlib.error) as error:
        raise _damaged(name, error) from error
    except Exception as error:
        if type(error).__module__.partition(".")[0] != "zstandard":
            raise
        raise _damaged(name, error) from error


def _damaged(name: str, error: Exception) -> Damaged:
    return Damaged(f"'{name}' is cut short or broken ({error}). What came before is done; get the file again.")


def whole(source: Source, beginning: bytes = b"") -> bytes:
    """Return all bytes of an input, those that have been read already in front. Raises `TooLong`."""
    data = beginning + source.stream.read(max(0, source.most - len(beginning)) + 1)
    if len(data) > source.most:
        raise TooLong(f"'{source.name}' {too_long(source.most)}")
    return data


def too_long(most: int) -> str:
    """Return what is wrong with a text of more bytes than allowed, and the cure."""
    return f"is longer than {most / MEGABYTE:g} MB. Split it, or allow more with --max-mb."


def bounded(stream: BinaryIO, most: int, head: bytes = b"") -> Iterator[bytes | TooLong]:
    """Yield the lines of a stream with their ends; for one of more than `most` bytes, which is not kept, an error.

    `head` is the beginning of the first line, read already.
    """
    while True:
        line = head if head.endswith(b"\n") else head + stream.readline(max(0, most - len(head)) + 1)
        head = b""
        if not line:
            return
        if len(line) > most and not line.endswith(b"\n"):
            while (piece := stream.readline(MEGABYTE)) and not piece.endswith(b"\n"):
                pass
            yield TooLong(f"the line {too_long(most)}")
        else:
            yield line


def wide_lines(source: Source, head: bytes) -> Iterator[str]:
    """Yield the lines of UTF-16 or UTF-32 with a byte order mark; a pipe, which can't go back, is read whole."""
    stream = source.stream
    if not stream.seekable():
        yield from io.StringIO(decode(whole(source, head), name=source.name), newline="\n")
        return
    stream.seek(0)
    encoding = "utf-32" if head[:4] in (b"\xff\xfe\0\0", b"\0\0\xfe\xff") else "utf-16"
    with io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="\n") as wide:
        yield from wide
