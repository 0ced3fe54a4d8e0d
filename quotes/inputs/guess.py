"""Inputs whose name does not tell what they are: by their first bytes, by how the text begins, and `.json`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from quotes.decoding import decode
from quotes.errors import InputError
from quotes.inputs.document import Document
from quotes.inputs.html import decode_page, read_page
from quotes.inputs.lines import from_stream, parse, read_lines, to_document
from quotes.inputs.registry import Source
from quotes.inputs.sniff import sniff
from quotes.inputs.streams import WIDE, whole

_MAGIC = ((b"%PDF-", "pdf"), (b"PAR1", "parquet"), (b"WARC/", "warc"), (b"WEBVTT", "subtitles"))


def by_magic(head: bytes) -> str | None:
    """Return the format that the first bytes of a file stand for, or None."""
    head = head.removeprefix(b"\xef\xbb\xbf")
    return next((name for magic, name in _MAGIC if head.startswith(magic)), None)


def read(source: Source) -> Iterator[Document]:
    """Yield the documents of a text, a page or JSON Lines, whichever it is."""
    beginning, known = _first_line(source), None
    if not beginning.startswith(WIDE) and b"\0" not in beginning:
        known = sniff(decode(beginning, name=source.name))
    if known == "jsonl":
        yield from from_stream(source, beginning)
        return
    data = whole(source, beginning)
    page = decode_page(data, name=source.name) if known == "html" else decode(data, name=source.name)
    known = known or sniff(page)
    if known == "html":
        yield read_page(page, id=source.name, source=source.name)
    elif known == "jsonl":
        yield from _lines(page, source)
    else:
        yield Document(source.name, page, {}, source.name)


def read_json(source: Source) -> Iterator[Document]:
    """Yield the documents of a `.json` file, which may hold lines, one object or a list."""
    text = decode(whole(source), name=source.name)
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        yield from _lines(text, source)
        return
    value = parse(text, source.name)
    if not isinstance(value, list):
        document = to_document(value, where=source.name, id=source.name, keys=source.keys)
        yield replace(document, source=source.name)
        return
    for number, item in enumerate(value, 1):
        where, id = f"{source.name}, item {number}", f"{source.name}:{number}"
        try:
            document = to_document(item, where=where, id=id, keys=source.keys)
        except InputError as error:
            source.on_error(error, source.name)
        else:
            yield replace(document, source=source.name)


def _lines(text: str, source: Source) -> Iterator[Document]:
    return read_lines(text.split("\n"), source=source.name, keys=source.keys, on_error=source.on_error)


def _first_line(source: Source) -> bytes:
    """Read up to the end of the first line that is not blank."""
    taken = b""
    while len(taken) <= source.most and (line := source.stream.readline(source.most + 1)):
        taken += line
        if line.strip(b"\xef\xbb\xbf \t\r\n"):
            break
    return taken
