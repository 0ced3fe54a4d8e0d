"""W3C Web Annotation (JSON-LD): an annotation per quotation, and one for its cue and one for its source, linked to it.

Every span stands with its words, what is around them, and its offsets in code points. Mentions, asides, warnings and
the text are left out. A document without a web address is named by the hash of its text (RFC 6920).
"""

from __future__ import annotations

import json
from typing import IO, Any
from uuid import NAMESPACE_URL, uuid5

from quotes.exporters.common import iri, utf8
from quotes.output import Close, Write
from quotes.schema import DocumentRecord, QuoteRecord, SpanRecord

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
TAGGING, IDENTIFYING, DESCRIBING = "tagging", "identifying", "describing"


def webannotation_writer(stream: IO[str], *, color: bool = False, bom: bool = False) -> tuple[Write, Close]:
    """One `AnnotationCollection` with one page, written as records come."""
    count = 0

    def write(record: DocumentRecord) -> None:
        nonlocal count
        for annotation in to_annotations(record):
            stream.write(_head(record) if not count else ",\n")
            stream.write(json.dumps(annotation, ensure_ascii=False))
            count += 1

    def close() -> None:
        if not count:
            empty = {"@context": CONTEXT, "id": _urn("empty"), "type": "AnnotationCollection", "total": 0}
            stream.write(json.dumps(empty) + "\n")
            return
        stream.write(f'\n]}}, "total": {count}}}\n')

    return write, close


def _head(record: DocumentRecord) -> str:
    collection, page = _urn(record.id, record.text_sha256), _urn(record.id, record.text_sha256, "page")
    return (
        f'{{"@context": "{CONTEXT}", "id": "{collection}", "type": "AnnotationCollection",\n'
        f'"first": {{"id": "{page}", "type": "AnnotationPage", "startIndex": 0, "items": [\n'
    )


def to_annotations(record: DocumentRecord) -> list[dict[str, Any]]:
    """Return the annotations of a record: of each quotation its content, then its cue and its source."""
    found = []
    for quote in record.quotes:
        content = _annotation(record, quote, "content", list(quote.content))
        content["motivation"] = IDENTIFYING
        content["body"] = [
            _body(TAGGING, "quotation"),
            _body(TAGGING, quote.type),
            *([_body(IDENTIFYING, utf8(quote.speaker))] if quote.speaker else []),
            _body(DESCRIBING, json.dumps(_details(record, quote)), format="application/json"),
        ]
        found.append(content)
        for role, spans in (("cue", quote.cue), ("source", quote.source)):
            if spans:
                part = _annotation(record, quote, role, list(spans))
                part["motivation"] = "linking"
                part["body"] = [_body(TAGGING, role), {"id": content["id"], "type": "Annotation"}]
                found.append(part)
    return found


def _annotation(record: DocumentRecord, quote: QuoteRecord, role: str, spans: list[SpanRecord]) -> dict[str, Any]:
    program = f"quotedesk {record.model.program}"
    targets = [
        {"source": iri(record), "selector": _selectors(record, quote, role, spans, n)} for n in range(len(spans))
    ]
    return {
        "id": _urn(record.id, quote.id, role),
        "type": "Annotation",
        "creator": {"id": _urn(program), "type": "Software", "name": program},
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _selectors(
    record: DocumentRecord, quote: QuoteRecord, role: str, spans: list[SpanRecord], number: int
) -> list[dict[str, Any]]:
    span = spans[number]
    words: dict[str, Any] = {"type": "TextQuoteSelector", "exact": utf8(span.text)}
    if record.text is not None:
        words["prefix"] = utf8(record.text[max(0, span.start - AROUND) : span.start])
        words["suffix"] = utf8(record.text[span.end : span.end + AROUND])
    elif role == "content":
        words |= {"prefix": utf8(quote.prefix)} if number == 0 else {}
        words |= {"suffix": utf8(quote.suffix)} if number == len(spans) - 1 else {}
    return [words, {"type": "TextPositionSelector", "start": span.start, "end": span.end}]


def _details(record: DocumentRecord, quote: QuoteRecord) -> dict[str, Any]:
    same = ("id", "speaker_id", "reason", "confidence", "speaker_confidence", "flags", "repeats")
    details = {key: getattr(quote, key) for key in same}
    return {
        "document": utf8(record.id),
        "text_sha256": record.text_sha256,
        **{key: value for key, value in details.items() if value not in (None, ())},
        "candidates": [{"name": utf8(c.name), "confidence": c.confidence} for c in quote.candidates],
        "evidence": [e.code for e in quote.evidence],
    }


def _body(purpose: str, value: str, **more: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "value": value, **more}


def _urn(*names: str) -> str:
    return uuid5(NAMESPACE_URL, "|".join(utf8(n) for n in names)).urn
