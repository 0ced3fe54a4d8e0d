"""Read inputs of any format as one stream of documents."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import TextIOWrapper
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from quotes.decoding import SAMPLE, decode, refuse_binary
from quotes.errors import InputError
from quotes.inputs.document import Document, OnError, printable
from quotes.inputs.files import Format, by_extension, expand, missing
from quotes.inputs.html import decode_page, read_page
from quotes.inputs.lines import Keys, parse, read_lines, to_document
from quotes.inputs.sniff import sniff

STDIN = "-"
_WIDE = (b"\xff\xfe", b"\xfe\xff")


def _raise(error: InputError, source: str) -> None:
    raise error


def read_inputs(
    paths: Sequence[str],
    *,
    format: Format = "auto",
    text_key: str = "text",
    id_key: str = "id",
    stdin: BinaryIO | None = None,
    on_error: OnError = _raise,
) -> Iterator[Document]:
    """Yield the documents of files, directories and standard input (`-`), in order.

    `on_error` gets each `InputError` with the name of its input; when it returns, the rest goes on. `auto` goes by
    extension, then by how the text begins. A `.json` file given by name may hold lines, one object or a list.
    """
    keys = Keys(text_key, id_key)
    for path in paths:
        if path == STDIN:
            yield from _read(stdin or sys.stdin.buffer, STDIN, format, keys, on_error)
            continue
        for file in expand(path, format, on_error):
            yield from _read_file(file, format, keys, on_error)


def _read_file(path: str, format: Format, keys: Keys, on_error: OnError) -> Iterator[Document]:
    try:
        stream = Path(path).open("rb")  # noqa: SIM115 - closed below; only opening may fail as "missing"
    except (OSError, ValueError) as error:
        on_error(missing(path, error), path)
        return
    with stream:
        yield from _read(stream, path, format, keys, on_error)


def _read(stream: BinaryIO, source: str, format: Format, keys: Keys, on_error: OnError) -> Iterator[Document]:
    name = printable(source)
    try:
        known = by_extension(source) if format == "auto" else format
        if known is None and source.lower().endswith(".json"):
            yield from _read_json(stream.read(), name, keys, on_error)
        elif known == "jsonl":
            yield from _stream_lines(stream, b"", name, keys, on_error)
        else:
            yield from _read_whole(stream, known, name, keys, on_error)
    except InputError as error:
        on_error(error, source)
    except OSError as error:
        on_error(missing(source, error), source)


def _read_whole(stream: BinaryIO, known: str | None, name: str, keys: Keys, on_error: OnError) -> Iterator[Document]:
    beginning = b"" if known else _first_line(stream)
    if known is None and not beginning.startswith(_WIDE) and b"\0" not in beginning:
        known = sniff(decode(beginning, name=name))
    if known == "jsonl":
        yield from _stream_lines(stream, beginning, name, keys, on_error)
        return
    data = beginning + stream.read()
    page = decode_page(data, name=name) if known == "html" else decode(data, name=name)
    known = known or sniff(page)
    if known == "html":
        yield read_page(page, id=name, source=name)
    elif known == "jsonl":
        yield from read_lines(page.split("\n"), source=name, keys=keys, on_error=on_error)
    else:
        yield Document(name, page, {}, name)


def _first_line(stream: BinaryIO) -> bytes:
    """Read up to the end of the first line that is not blank."""
    taken = b""
    while line := stream.readline():
        taken += line
        if line.strip(b"\xef\xbb\xbf \t\r\n"):
            break
    return taken


def _stream_lines(stream: BinaryIO, beginning: bytes, name: str, keys: Keys, on_error: OnError) -> Iterator[Document]:
    head = beginning or stream.readline(SAMPLE)
    if head.startswith(_WIDE):
        yield from read_lines(_wide_lines(stream, head, name), source=name, keys=keys, on_error=on_error)
        return
    refuse_binary(head, name=name)  # a file that is no text at all is one error, not one a line
    first = head if head.endswith(b"\n") else head + stream.readline()
    lines = chain(first.splitlines(keepends=True) if beginning else [first], stream)
    yield from read_lines(lines, source=name, keys=keys, on_error=on_error)


def _wide_lines(stream: BinaryIO, head: bytes, name: str) -> Iterator[str]:
    """Yield the lines of UTF-16 or UTF-32 with a byte order mark; a pipe, which can't go back, is read whole."""
    if not stream.seekable():
        yield from decode(head + stream.read(), name=name).split("\n")
        return
    stream.seek(0)
    encoding = "utf-32" if head[:4] in (b"\xff\xfe\0\0", b"\0\0\xfe\xff") else "utf-16"
    with TextIOWrapper(stream, encoding=encoding, errors="replace", newline="\n") as wide:
        yield from wide


def _read_json(data: bytes, name: str, keys: Keys, on_error: OnError) -> Iterator[Document]:
    text = decode(data, name=name)
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        yield from read_lines(text.split("\n"), source=name, keys=keys, on_error=on_error)
        return
    value = parse(text, name)
    if not isinstance(value, list):
        yield replace(to_document(value, where=name, id=name, keys=keys), source=name)
        return
    for number, item in enumerate(value, 1):
        try:
            document = to_document(item, where=f"{name}, item {number}", id=f"{name}:{number}", keys=keys)
        except InputError as error:
            on_error(error, name)
        else:
            yield replace(document, source=name)
