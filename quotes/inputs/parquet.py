"""Parquet, a document a row, read in small batches of the columns that can be used (extra `parquet`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

from quotes.errors import BadLine, Damaged, InputError, TooLong, in_short
from quotes.inputs.document import Document, printable
from quotes.inputs.lines import to_document
from quotes.inputs.registry import Source
from quotes.inputs.streams import too_long, whole

BATCH = 256


def read(source: Source) -> Iterator[Document]:
    """Yield a document per row; ids that are missing are made from the row's number in the file, from 1."""
    import pyarrow
    import pyarrow.parquet

    stream = source.stream if source.stream.seekable() else BytesIO(whole(source))
    try:
        file = pyarrow.parquet.ParquetFile(stream)
        columns = _columns(file.schema_arrow, source)
        for group in range(file.num_row_groups) if source.row_groups is None else source.row_groups:
            number = sum(file.metadata.row_group(g).num_rows for g in range(group))
            for batch in file.iter_batches(BATCH, [group], columns=columns):
                for number, row in enumerate(batch.to_pylist(), number + 1):  # noqa: B020 - goes on counting
                    yield from _documents(row, number, source)
    except (pyarrow.ArrowException, OSError) as error:
        raise Damaged(
            f"'{source.name}' is not a whole Parquet file ({in_short(error)}). Get the file again."
        ) from error


def _columns(schema: Any, source: Source) -> list[str]:
    """Return the columns of the text, the id and plain values. Raises `BadLine`, which lists all columns."""
    from pyarrow import types

    if source.keys.text not in schema.names:
        there = printable(", ".join(f"'{n}'" for n in schema.names[:20]))
        raise BadLine(
            f"'{source.name}' has no column '{source.keys.text}'. Columns: {there}. Name the right one with --text-key."
        )
    kind = schema.field(source.keys.text).type
    words = (types.is_string, types.is_large_string, types.is_string_view)
    dictionary = types.is_dictionary(kind) and any(is_word(kind.value_type) for is_word in words)
    if not dictionary and not any(is_word(kind) for is_word in words):
        raise BadLine(
            f"'{source.name}': the column '{source.keys.text}' holds {kind}, not strings. Name another with --text-key."
        )
    plain = (*words, types.is_integer, types.is_floating, types.is_date, types.is_timestamp)
    return [f.name for f in schema if f.name == source.keys.text or any(is_kind(f.type) for is_kind in plain)]


def _documents(row: dict[str, Any], number: int, source: Source) -> Iterator[Document]:
    where = f"{source.name}, row {number}"
    try:
        text = row[source.keys.text]
        if isinstance(text, str) and len(text) > source.most:
            raise TooLong(f"{where}: the text {too_long(source.most)}")
        values = {k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in row.items()}
        document = to_document(values, where=where, id=f"{source.name}:{number}", keys=source.keys)
    except InputError as error:
        source.on_error(error, source.name)
    else:
        yield replace(document, source=source.name, line=number)
