"""CSV, a document a row: any of the usual delimiters, quoted fields with line breaks, a bad row reported alone."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from quotes.decoding import SAMPLE, decode, refuse_binary
from quotes.errors import BadLine, InputError, TooLong
from quotes.inputs.document import Document, printable
from quotes.inputs.lines import to_document
from quotes.inputs.registry import Keys, Source
from quotes.inputs.streams import WIDE, bounded, too_long, wide_lines

DELIMITERS = ",;\t|"


def read(source: Source) -> Iterator[Document]:
    """Yield a document per row. The first row names the columns; short other columns become `meta`."""
    csv.field_size_limit(source.most)
    lines = _lines(source)
    begun: list[str] = []
    for line in lines:
        begun.append(line.lstrip("\ufeff"))
        if line.strip("\ufeff\0 \t\r\n"):
            break
    if not begun:
        return
    # a quoted name of a column may hold a line break, so the header is read by the same reader as the rows
    reader = csv.reader(chain(begun, lines), delimiter=delimiter(begun[-1], source.keys), strict=True)
    names: list[str] | None = None
    while True:
        start = reader.line_num + 1
        where = f"{source.name}, line {start}"
        try:
            row = next(reader, None)
            if row is None:
                return
            if names is None and not any(n.strip() for n in row):
                continue
            if names is None:
                names = _header(row, where, source.keys)
            elif row:
                yield _document(row, names, where, start, source)
        except csv.Error as error:
            source.on_error(_told(error, where, source.most), source.name)
            if names is None:
                return
        except InputError as error:
            source.on_error(error, source.name)
            if names is None:
                return


def delimiter(head: str, keys: Keys) -> str:
    """Return the delimiter of a header line: one that sets the column of the text apart, else the most frequent."""
    split = {d: next(csv.reader([head], delimiter=d), []) for d in DELIMITERS}
    with_text = [d for d, names in split.items() if keys.text in (n.strip() for n in names)]
    return max(with_text or DELIMITERS, key=lambda d: len(split[d]))


def _lines(source: Source) -> Iterator[str]:
    """Yield decoded lines, each by its own bytes: tables that were pasted together mix encodings."""
    head = source.stream.readline(SAMPLE)
    if head.startswith(WIDE):
        yield from wide_lines(source, head)
        return
    refuse_binary(head, name=source.name)
    raw: Iterable[bytes | TooLong] = bounded(source.stream, source.most, head)
    for number, line in enumerate(raw, 1):
        where = f"{source.name}, line {number}"
        if isinstance(line, TooLong):
            source.on_error(TooLong(f"{where}: {line.message}"), source.name)
            yield "\n"
            continue
        try:
            yield decode(line, name=where).replace("\0", "\ufffd")
        except InputError as error:
            source.on_error(BadLine(error.message), source.name)
            yield "\n"


def _header(row: list[str], where: str, keys: Keys) -> list[str]:
    names = [name.strip() for name in row]
    if keys.text not in names:
        there = printable(", ".join(f"'{n}'" for n in names[:20]))
        raise BadLine(f"{where}: no column '{keys.text}'. Columns: {there}. Name the right one with --text-key.")
    return names


def _document(row: list[str], names: list[str], where: str, line: int, source: Source) -> Document:
    if len(row) > len(names):
        raise BadLine(
            f"{where}: {len(row)} fields under {len(names)} columns. Put the field with the delimiter in quotes."
        )
    values = {name: value for name, value in zip(names, row, strict=False) if value or name == source.keys.text}
    if source.keys.text not in values:
        raise BadLine(
            f"{where}: {len(row)} of {len(names)} fields, and none for '{source.keys.text}'. Complete the row."
        )
    document = to_document(values, where=where, id=f"{source.name}:{line}", keys=source.keys)
    return replace(document, source=source.name, line=line)


def _told(error: csv.Error, where: str, most: int) -> InputError:
    if "field larger" in str(error):
        return TooLong(f"{where}: a field {too_long(most)}")
    if "unexpected end" in str(error):
        return BadLine(f"{where}: a quoted field that begins here is never closed. Close it; the rows above are done.")
    return BadLine(f"{where}: not valid CSV ({error}). Double each quotation mark inside a quoted field.")
