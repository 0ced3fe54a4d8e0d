"""Where a large file can be cut: JSON Lines at line ends, Parquet between row groups, WARC between records."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from quotes.batch.shards import Part
from quotes.inputs.registry import by_extension

BLOCK = 1 << 20
GZIP = b"\x1f\x8b\x08"
_RECORD = re.compile(rb"\r\n\r\n(?=WARC/1\.\d\r\n[\w-]+:)")


def stamp(path: str) -> str:
    """Return size and time of change of a file; `?` where it can't be looked at."""
    try:
        found = Path(path).stat()
    except (OSError, ValueError):
        return "?"
    return f"{found.st_size}-{found.st_mtime_ns}"


def cut(path: str, format: str, most: int) -> list[Part]:
    """Return the parts of a file, each of about `most` bytes where it can be cut, else the whole file as one.

    `format` `auto` goes by the file's name. A file that can't be read stays whole: its reader says what is wrong.
    """
    known = (by_extension(path) or "auto") if format == "auto" else format
    try:
        size = Path(path).stat().st_size
    except (OSError, ValueError):
        return [Part(path, format, 0, "?")]
    whole = Part(path, format, size, stamp(path))
    if size <= most or not Path(path).is_file():
        return [whole]
    ending = Path(path).suffix.lower()
    try:
        if known == "jsonl" and ending not in (".gz", ".zst"):
            return list(_by_lines(whole, most)) or [whole]
        if known == "warc" and ending != ".zst":
            return list(_by_records(whole, most, packed=ending == ".gz")) or [whole]
        if known == "parquet":
            return list(_by_row_groups(whole, most)) or [whole]
    except (OSError, ImportError, ValueError):
        return [whole]
    return [whole]


def _piece(whole: Part, format: str, start: int, end: int, line: int = 1) -> Part:
    return Part(whole.path, format, end - start, whole.stamp, start, end, line)


def _by_lines(whole: Part, most: int) -> Iterator[Part]:
    with Path(whole.path).open("rb") as stream:
        if stream.read(2) in (b"\xff\xfe", b"\xfe\xff"):  # UTF-16: its line ends are not found by bytes
            return
        start, line = 0, 1
        while start < whole.size:
            end = _line_end(stream, min(whole.size, start + most), whole.size)
            yield _piece(whole, "jsonl", start, end, line)
            line += _count_lines(stream, start, end)
            start = end


def _line_end(stream: BinaryIO, at: int, size: int) -> int:
    """Return the offset behind the first line end from `at` on, or the size of the file."""
    stream.seek(at)
    while block := stream.read(BLOCK):
        found = block.find(b"\n")
        if found >= 0:
            return at + found + 1
        at += len(block)
    return size


def _count_lines(stream: BinaryIO, start: int, end: int) -> int:
    stream.seek(start)
    count = 0
    while start < end and (block := stream.read(min(BLOCK, end - start))):
        count += block.count(b"\n")
        start += len(block)
    return count


def _by_records(whole: Part, most: int, *, packed: bool) -> Iterator[Part]:
    with Path(whole.path).open("rb") as stream:
        start = 0
        while start < whole.size:
            end = whole.size
            if start + most < whole.size:
                end = _next_record(stream, start + most, whole.size, packed=packed)
            yield _piece(whole, "warc", start, end)
            start = end


def _next_record(stream: BinaryIO, at: int, size: int, *, packed: bool) -> int:
    """Return where the first WARC record from `at` on begins, or the size of the file."""
    overlap = 4096
    while at < size:
        stream.seek(at)
        block = stream.read(BLOCK + overlap)
        for offset in _members(block) if packed else (m.end() for m in _RECORD.finditer(block)):
            return at + offset
        at += BLOCK
    return size


def _members(block: bytes) -> Iterator[int]:
    """Yield the offsets at which a gzip member with a WARC record begins."""
    at = block.find(GZIP)
    while at >= 0:
        try:
            if zlib.decompressobj(wbits=31).decompress(block[at : at + 2048], 64).startswith(b"WARC/1."):
                yield at
        except zlib.error:
            pass
        at = block.find(GZIP, at + 1)


def _by_row_groups(whole: Part, most: int) -> Iterator[Part]:
    from pyarrow import parquet  # type: ignore[import-untyped,unused-ignore]

    with parquet.ParquetFile(whole.path) as file:
        sizes = [file.metadata.row_group(i).total_byte_size for i in range(file.metadata.num_row_groups)]
    numbers: list[int] = []
    share = whole.size / max(1, sum(sizes))
    taken = 0.0
    for number, size in enumerate(sizes):
        if numbers and taken + size * share > most:
            yield _groups(whole, numbers, taken)
            numbers, taken = [], 0.0
        numbers.append(number)
        taken += size * share
    if numbers:
        yield _groups(whole, numbers, taken)


def _groups(whole: Part, numbers: list[int], size: float) -> Part:
    return Part(whole.path, "parquet", round(size), whole.stamp, row_groups=tuple(numbers))
