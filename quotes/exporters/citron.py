"""Citron's JSON (BBC R&D), a file per document, for its tools and for tests against them.

A quote has one cue there and must have it: of a quotation with several the first is given, and one without is left out.
Types, names of speakers, candidates, evidence, asides and warnings have no place.
"""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from quotes.exporters.common import Names, utf8
from quotes.output import Close, Write
from quotes.output.target import write_whole
from quotes.schema import DocumentRecord, QuoteRecord, SpanRecord, SpeakerRecord


def citron_writer(folder: Path, stack: ExitStack) -> tuple[Write, Close]:
    """One `.json` a document, named after its id."""
    names = Names()

    def write(record: DocumentRecord) -> None:
        data = json.dumps(to_citron(record), ensure_ascii=False, indent=1)
        write_whole(folder / f"{names.name_for(record.id)}.json", data + "\n")

    return write, lambda: None


def to_citron(record: DocumentRecord) -> dict[str, Any]:
    """Return a record in Citron's form: text, quotes, and the mentions of each speaker as a group."""
    speakers = {s.id: s for s in record.speakers}
    return {
        "text": utf8(record.text or ""),
        "quotes": [_quote(q, speakers.get(q.speaker_id or "")) for q in record.quotes if q.cue],
        "coreference_groups": [[_span(m) for m in s.mentions] for s in record.speakers if len(s.mentions) > 1],
    }


def _quote(quote: QuoteRecord, speaker: SpeakerRecord | None) -> dict[str, Any]:
    named = [m for m in speaker.mentions if m.form == "name"] if speaker else []
    own = {(s.start, s.end) for s in quote.source}
    return {
        "cue": _span(quote.cue[0]),
        "sources": [_span(s) for s in quote.source],
        "contents": [_span(s) for s in quote.content],
        "coreferences": [_span(m) for m in named[:1] if (m.start, m.end) not in own],
        "confidence": quote.confidence,
        "id": quote.id,
    }


def _span(span: SpanRecord) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": utf8(span.text)}
