"""schema.org (JSON-LD): an article with its `Quotation`s, and a `ClaimReview` stub per claim of a named speaker.

What is reported without quotation marks is a `Claim`. A stub has no rating, author or address: those are null, for a
fact-checker to fill in, and mean nothing in JSON-LD. There is no place for offsets, confidence, cues, candidates or
evidence; marks around a quotation are left out, its parts joined by ` […] `.
"""

from __future__ import annotations

import json
from typing import IO, Any

from quotes.exporters.common import address, bare, iri, utf8
from quotes.output import Close, Write
from quotes.output.cells import GAP
from quotes.schema import DocumentRecord, QuoteRecord, SpeakerRecord

CONTEXT = "https://schema.org"
TYPES = {"person": "Person", "organization": "Organization", "group": "Organization"}
"""Of other kinds of speakers nothing is claimed."""


def schemaorg_writer(stream: IO[str], *, color: bool = False, bom: bool = False) -> tuple[Write, Close]:
    """One graph, written as records come."""
    count = 0

    def write(record: DocumentRecord) -> None:
        nonlocal count
        for thing in things(record):
            stream.write(f'{{"@context": "{CONTEXT}", "@graph": [\n' if not count else ",\n")
            stream.write(json.dumps(thing, ensure_ascii=False))
            count += 1

    def close() -> None:
        stream.write("\n]}\n" if count else f'{{"@context": "{CONTEXT}", "@graph": []}}\n')

    return write, close


def things(record: DocumentRecord) -> list[dict[str, Any]]:
    """Return the article with its quotations, and the stubs."""
    speakers = {s.id: s for s in record.speakers}
    quotes = [(q, speakers.get(q.speaker_id or "")) for q in record.quotes]
    named = {"name": utf8(record.meta["site"])} if record.meta.get("site") else None
    found = {
        "@type": "NewsArticle",
        "@id": iri(record),
        "identifier": utf8(record.id),
        "url": address(record),
        "headline": utf8(record.meta.get("title", "")) or None,
        "datePublished": utf8(record.meta.get("date", "")) or None,
        "publisher": {"@type": "Organization", **named} if named else None,
        "hasPart": [_quotation(record, q, s) for q, s in quotes],
    }
    article = {key: value for key, value in found.items() if value is not None}
    return [article, *(_stub(record, q, s) for q, s in quotes if q.speaker)]


def _quotation(record: DocumentRecord, quote: QuoteRecord, speaker: SpeakerRecord | None) -> dict[str, Any]:
    said = {
        "@type": "Claim" if quote.type == "indirect" else "Quotation",
        "@id": f"{iri(record)}#{quote.id}",
        "text": bare(quote, GAP),
        "isPartOf": {"@id": iri(record)},
        "inLanguage": "en",
    }
    if quote.speaker:
        said["author" if quote.type == "indirect" else "spokenByCharacter"] = _speaker(quote, speaker)
    return said


def _speaker(quote: QuoteRecord, speaker: SpeakerRecord | None) -> dict[str, Any]:
    kind = TYPES.get(speaker.kind) if speaker else None
    found = {
        "@type": kind,
        "name": utf8(quote.speaker or ""),
        "jobTitle": utf8(speaker.role) if speaker and speaker.role and kind == "Person" else None,
    }
    return {key: value for key, value in found.items() if value}


def _stub(record: DocumentRecord, quote: QuoteRecord, speaker: SpeakerRecord | None) -> dict[str, Any]:
    return {
        "@type": "ClaimReview",
        "claimReviewed": bare(quote, GAP),
        "url": None,
        "author": None,
        "datePublished": None,
        "reviewRating": None,
        "itemReviewed": {
            "@type": "Claim",
            "author": _speaker(quote, speaker),
            "appearance": {"@type": "NewsArticle", "@id": iri(record)},
        },
    }
