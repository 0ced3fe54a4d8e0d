"""JSON Lines to documents, one line at a time; a bad line is reported and the rest goes on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from typing import Any

from quotes.decoding import SAMPLE, decode, refuse_binary
from quotes.errors import BadLine, InputError, TooLong
from quotes.inputs.document import Document, OnError, printable
from quotes.inputs.registry import Keys, Source
from quotes.inputs.streams import WIDE, bounded, wide_lines

LONGEST_META = 500


def read(source: Source) -> Iterator[Document]:
    """Yield the documents of a stream of JSON Lines."""
    yield from from_stream(source, b"")


def from_stream(source: Source, beginning: bytes) -> Iterator[Document]:
    """Yield the documents of JSON Lines of which `beginning` has been read already: whole lines, or nothing."""
    head = beginning or source.stream.readline(SAMPLE)
    if head.startswith(WIDE):
        yield from _numbered(wide_lines(source, head), source)
        return
    refuse_binary(head, name=source.name)  # a file that is no text at all is one error, not one a line
    rest = bounded(source.stream, source.most, b"" if beginning else head)
    yield from _numbered(chain(beginning.splitlines(keepends=True), rest), source)


def _numbered(lines: Iterable[bytes | str | TooLong], source: Source) -> Iterator[Document]:
    return read_lines(lines, source=source.name, keys=source.keys, on_error=source.on_error, first=source.first)


def read_lines(
    lines: Iterable[bytes | str | TooLong], *, source: str, keys: Keys, on_error: OnError, first: int = 1
) -> Iterator[Document]:
    """Yield a document per good line; blank lines are skipped but counted. The first has the number `first`."""
    for number, line in enumerate(lines, first):
        where = f"{source}, line {number}"
        try:
            if isinstance(line, TooLong):
                raise TooLong(f"{where}: {line.message}")
            text = decode(line, name=where) if isinstance(line, bytes) else line
            if not text.strip("\ufeff\0 \t\r\n"):
                continue
            document = to_document(parse(text, where), where=where, id=f"{source}:{number}", keys=keys)
            document = replace(document, source=source, line=number)
        except InputError as error:
            on_error(error if isinstance(error, BadLine | TooLong) else BadLine(error.message), source)
        else:
            yield document


def parse(text: str, where: str) -> Any:
    """Return the JSON value of a text. Raises `BadLine`."""
    try:
        return json.loads(text.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        reason = f"{error.msg} at column {error.colno}"
    except (ValueError, RecursionError):
        reason = "a number too long or brackets nested too deep"
    raise BadLine(f"{where}: not valid JSON ({reason}). Each line must be one object; use --from text for plain text.")


def to_document(value: Any, *, where: str, id: str, keys: Keys) -> Document:
    """Return the document in a JSON object, named `id` if it has no id. Raises `BadLine`, which lists the keys."""
    if not isinstance(value, dict):
        raise BadLine(f"{where}: {_kind(value)}, not an object. Each line must be one object with a text in it.")
    if keys.text not in value:
        there = printable(", ".join(f"'{k}'" for k in list(value)[:20])) or "none"
        raise BadLine(f"{where}: no key '{keys.text}'. Keys of this line: {there}. Name the right one with --text-key.")
    text = value[keys.text]
    if not isinstance(text, str):
        raise BadLine(
            f"{where}: the value of '{keys.text}' is {_kind(text)}, not a string. Name another with --text-key."
        )
    own = _plain(value.get(keys.id))
    meta = {printable(k): v for k in value if k not in (keys.text, keys.id) and (v := _plain(value[k])) is not None}
    return Document(own or id, text, meta)


def _plain(value: Any) -> str | None:
    """Return a short string or number as a string, None for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        text = str(value)
    except ValueError:  # an integer of more than 4,300 digits
        return None
    return printable(text) if len(text) <= LONGEST_META else None


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
