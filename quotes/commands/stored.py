"""Records that were written before: JSON Lines or a JSON array, from a file or standard input."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, cast

import click

from quotes.errors import DataMissing

if TYPE_CHECKING:
    from quotes.schema import DocumentRecord


def stored_lines(path: str) -> Iterator[tuple[str, str]]:
    """Yield (place, JSON) for each record of a file, `-` being standard input. Raises `DataMissing`."""
    try:
        with _opened(path) as lines:
            for number, line in enumerate(lines, 1):
                if number == 1 and (line.strip() in ("[", "[]") or line.startswith("[{")):
                    yield from _array(path, line + lines.read())
                    return
                if line.strip():
                    yield f"{_name(path)}, line {number}", line
    except OSError as error:
        raise DataMissing(f"Can't read '{path}': {error.strerror}. Give a file of records, or -.") from error


@contextmanager
def _opened(path: str) -> Iterator[IO[str]]:
    """Open a file of records, unpacked where it is compressed. Raises `Damaged`."""
    from quotes.inputs.streams import peeked, told_if_damaged, unpacked

    with click.open_file(path, "rb") as stream, told_if_damaged(_name(path)):
        yield TextIOWrapper(
            unpacked(peeked(cast("BinaryIO", stream))), encoding="utf-8-sig", errors="surrogateescape", newline="\n"
        )


def _array(path: str, text: str) -> Iterator[tuple[str, str]]:
    try:
        items = json.loads(text)
    except ValueError:
        yield _name(path), text
        return
    for number, item in enumerate(items, 1):
        yield f"{_name(path)}, record {number}", json.dumps(item)


def _name(path: str) -> str:
    return "<stdin>" if path == "-" else path


def holds_records(path: str) -> bool:
    """Return whether a file begins like what `quotes extract` writes as JSON."""
    try:
        with Path(path).open("rb") as file:
            head = file.read(200)
    except OSError:
        return False
    return head.lstrip(b"[{\n ").startswith(b'"schema_version"')


def read_records(path: str) -> Iterator[DocumentRecord]:
    """Yield the records of a file. Raises `DataMissing`, or `BadGold` for one that does not follow the schema."""
    from pydantic import ValidationError

    from quotes.errors import BadGold
    from quotes.schema import DocumentRecord

    for place, line in stored_lines(path):
        try:
            record = DocumentRecord.model_validate(json.loads(line))
        except (ValueError, ValidationError) as error:
            raise BadGold(f"{place}: not a document record. Check the file with `quotes validate {path}`.") from error
        yield record
