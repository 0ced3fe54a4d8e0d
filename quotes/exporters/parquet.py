"""Parquet: a row a quotation, compressed with Zstandard, for DuckDB, pandas or Spark (extra `parquet`).

Mentions, asides, warnings, the text itself and documents without quotations are left out.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

from quotes.exporters.common import utf8
from quotes.output import Close, Write
from quotes.output.cells import GAP
from quotes.schema import DocumentRecord, QuoteRecord, SpanRecord, SpeakerRecord

ROWS = 10_000
MODEL = ("program", "pipeline", "reader", "antecedents")
META = ("url", "title", "author", "date", "site")


def parquet_writer(path: Path, stack: ExitStack) -> tuple[Write, Close]:
    """One file, a row group every `ROWS` quotations or so."""
    import pyarrow
    import pyarrow.parquet

    form = schema()
    stream = stack.enter_context(path.open("wb"))
    file = stack.enter_context(pyarrow.parquet.ParquetWriter(stream, form, compression="zstd"))
    rows: list[dict[str, Any]] = []

    def flush() -> None:
        file.write_table(pyarrow.Table.from_pylist(rows, schema=form))
        rows.clear()

    def write(record: DocumentRecord) -> None:
        speakers = {s.id: s for s in record.speakers}
        rows.extend(to_row(record, q, speakers.get(q.speaker_id or "")) for q in record.quotes)
        if len(rows) >= ROWS:
            flush()

    def close() -> None:
        if rows:
            flush()
        file.close()

    return write, close


def schema() -> Any:
    """Return the Arrow schema of a row: the columns of CSV, and beside each joined text its parts with offsets."""
    import pyarrow as pa

    words, share = pa.string(), pa.float64()
    spans = pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32()), ("text", words)]))
    candidates = pa.list_(pa.struct([("speaker_id", words), ("name", words), ("confidence", share)]))
    texts = ("document", *META, "text_sha256", "id", "type", "content", "source", "cue")
    who = ("speaker_id", "speaker", "kind", "role", "reason")
    return pa.schema(
        [
            *((name, words) for name in (*texts, *who)),
            ("confidence", share),
            ("speaker_confidence", share),
            ("content_parts", spans),
            ("source_parts", spans),
            ("cue_parts", spans),
            ("candidates", candidates),
            ("evidence", pa.list_(words)),
            ("flags", pa.list_(words)),
            *((name, words) for name in ("repeats", "prefix", "suffix", *MODEL)),
            ("start", pa.int32()),
            ("end", pa.int32()),
        ]
    )


def to_row(record: DocumentRecord, quote: QuoteRecord, speaker: SpeakerRecord | None) -> dict[str, Any]:
    """Return the row of a quotation."""
    groups = {"content": quote.content, "source": quote.source, "cue": quote.cue}
    row: dict[str, Any] = {
        "document": record.id,
        **{key: record.meta.get(key) for key in META},
        "text_sha256": record.text_sha256,
        **{name: GAP.join(s.text for s in spans) for name, spans in groups.items()},
        "kind": speaker.kind if speaker else None,
        "role": speaker.role if speaker else None,
        **{key: getattr(record.model, key) for key in MODEL},
        **{key: getattr(quote, key) for key in _SAME},
        "start": quote.content[0].start,
        "end": quote.content[-1].end,
    }
    row = {key: utf8(value) if isinstance(value, str) else value for key, value in row.items()}
    row |= {f"{name}_parts": [_span(s) for s in spans] for name, spans in groups.items()}
    row["candidates"] = [{**c.model_dump(), "name": utf8(c.name)} for c in quote.candidates]
    row["evidence"] = [e.code for e in quote.evidence]
    row["flags"] = list(quote.flags)
    return row


_SAME = (
    "id", "type", "speaker_id", "speaker", "reason", "confidence", "speaker_confidence", "repeats", "prefix", "suffix",
)  # fmt: skip


def _span(span: SpanRecord) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": utf8(span.text)}
