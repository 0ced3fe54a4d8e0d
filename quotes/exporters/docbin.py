"""spaCy DocBin: a Doc per document with span groups `quotes`, `quote_cues` and `quote_sources`, joined by span id.

Spans are widened to whole tokens; the record itself, with its exact offsets, is `doc.user_data["quotedesk"]` as JSON.
The whole file is kept in memory while it is made: for archives make one a shard.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from quotes.exporters.common import utf8
from quotes.exporters.json_records import to_json
from quotes.output import Close, Write
from quotes.schema import DocumentRecord, SpanRecord

KEY = "quotedesk"


def docbin_writer(path: Path, stack: ExitStack) -> tuple[Write, Close]:
    """One `.spacy` file, tokenized as English."""
    import spacy
    from spacy.tokens import DocBin

    nlp, bin = spacy.blank("en"), DocBin(attrs=["ORTH"], store_user_data=True)
    nlp.max_length = 1 << 40

    def write(record: DocumentRecord) -> None:
        bin.add(to_doc(record, nlp))

    def close() -> None:
        bin.to_disk(path)

    return write, close


def to_doc(record: DocumentRecord, nlp: Any) -> Any:
    """Return the Doc of a record that carries its text."""
    doc = nlp.make_doc(utf8(record.text or ""))
    groups: dict[str, list[Any]] = {"quotes": [], "quote_cues": [], "quote_sources": []}
    for quote in record.quotes:
        groups["quotes"] += _spans(doc, quote.content, quote.type, quote.id)
        groups["quote_cues"] += _spans(doc, quote.cue, "cue", quote.id)
        groups["quote_sources"] += _spans(doc, quote.source, "source", quote.id)
    doc.spans.update(groups)
    doc.user_data[KEY] = to_json(record.model_copy(update={"text": None}))
    return doc


def _spans(doc: Any, spans: Sequence[SpanRecord], label: str, id: str) -> list[Any]:
    found = (doc.char_span(s.start, s.end, label=label, span_id=id, alignment_mode="expand") for s in spans)
    return [span for span in found if span is not None]
