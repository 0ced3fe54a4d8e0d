"""For sites that own a Spark cluster: a function for `DataFrame.mapInPandas`, which loads the pipeline once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from quotes.batch.job import LOADER, Job, Limits, Reader
from quotes.batch.limits import failure, read_one
from quotes.batch.worker import one_thread
from quotes.inputs import Document

if TYPE_CHECKING:
    import pandas

SCHEMA = "id string, record string, quotes int, error string"
"""The columns that come out, a row a document: the record as JSON, and why it was not read, null where it was."""

Frames = Iterator["pandas.DataFrame"]


def extract_in_pandas(
    *,
    text: str = "text",
    id: str = "id",
    timeout: float = 120.0,
    max_chars: int = 1_000_000,
    with_text: bool = False,
    loader: str = LOADER,
    **options: Any,
) -> Callable[[Frames], Frames]:
    """Return the function for `df.mapInPandas(function, schema=SCHEMA)`.

    `text` and `id` are columns of strings; the others, as far as they are strings, become the document's metadata.
    `options` are `pipeline`, `spacy_model` and `model`, as for `quotes.load`. No row is lost: a document that is null,
    too long, too slow or breaks the reader has an empty record and an `error`.
    """
    settings = tuple(sorted({**options, "with_text": with_text}.items()))
    limits = Limits(timeout, max_chars)

    def function(frames: Frames) -> Frames:
        import pandas

        one_thread()
        reader = _reader(loader, settings)
        for frame in frames:
            rows = [_row(data, text, id, reader, limits) for data in frame.to_dict("records")]
            yield pandas.DataFrame(rows, columns=["id", "record", "quotes", "error"])

    return function


def _row(data: dict[Any, Any], text: str, id: str, reader: Reader, limits: Limits) -> tuple[Any, ...]:
    from quotes.exporters.json_records import to_json

    given = data[text]
    meta = {str(k): v for k, v in data.items() if k not in (text, id) and isinstance(v, str)}
    document = Document(str(data[id]), given if isinstance(given, str) else "", meta)
    record = read_one(document, reader, limits)
    error = failure(record.model_dump(mode="python"))
    words = error.message if error else None if isinstance(given, str) else f"{document.id}: the text is null"
    return document.id, to_json(record), len(record.quotes), words


@lru_cache(maxsize=1)
def _reader(loader: str, settings: tuple[tuple[str, Any], ...]) -> Reader:
    return Job("", "", dict(settings), {}, loader=loader).load()
