"""JSON Lines and JSON: whole document records. Lone surrogates are escaped, so that every output is valid UTF-8."""

from __future__ import annotations

import json
from typing import IO

from quotes.output import Close, Write
from quotes.schema import DocumentRecord


def to_json(record: DocumentRecord) -> str:
    """Return a record as one line of JSON."""
    data = record.model_dump(mode="python")
    try:
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return text


def jsonl_writer(stream: IO[str], *, color: bool = False, bom: bool = False) -> tuple[Write, Close]:
    """One document record a line, flushed one by one."""

    def write(record: DocumentRecord) -> None:
        stream.write(to_json(record) + "\n")
        stream.flush()

    return write, lambda: None


def json_writer(stream: IO[str], *, color: bool = False, bom: bool = False) -> tuple[Write, Close]:
    """A JSON array of document records, indented."""
    count = 0

    def write(record: DocumentRecord) -> None:
        nonlocal count
        stream.write("[\n" if not count else ",\n")
        stream.write(json.dumps(json.loads(to_json(record)), ensure_ascii=not _encodable(record), indent=1))
        stream.flush()
        count += 1

    def close() -> None:
        stream.write("\n]\n" if count else "[]\n")

    return write, close


def _encodable(record: DocumentRecord) -> bool:
    return to_json(record).isascii() is False
