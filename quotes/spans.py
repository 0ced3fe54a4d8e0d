"""Readings on a Doc and back: plain spans joined by id, numbers in `SpanGroup.attrs`, so that `to_bytes` works."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from spacy.tokens import Doc, Span, SpanGroup

from quotes.types import QuoteType, Range, Reading

QUOTES = "quotes"
CUES = "quote_cues"
SOURCES = "quote_sources"


def write_readings(doc: Doc, readings: Sequence[Reading]) -> None:
    """Set `doc.spans["quotes"]`, `["quote_cues"]` and `["quote_sources"]`; ids are `q0`, `q1`, ... in text order."""
    ordered = sorted(readings, key=lambda r: (r.content, r.source))
    ids = [f"q{i}" for i in range(len(ordered))]
    facts = {
        i: {"score": float(r.score), "evidence": list(r.evidence), "flags": list(r.flags), "by": r.by}
        for i, r in zip(ids, ordered, strict=True)
    }
    pairs = list(zip(ids, ordered, strict=True))
    doc.spans[QUOTES] = _group(doc, QUOTES, ((i, r.type, r.content) for i, r in pairs), {"facts": facts})
    doc.spans[CUES] = _group(doc, CUES, ((i, "cue", r.cue) for i, r in pairs))
    doc.spans[SOURCES] = _group(doc, SOURCES, ((i, "source", r.source) for i, r in pairs))


def _group(
    doc: Doc, name: str, rows: Iterable[tuple[str, str, tuple[Range, ...]]], attrs: dict[str, Any] | None = None
) -> SpanGroup:
    spans = [Span(doc, s, e, label=label, span_id=i) for i, label, ranges in rows for s, e in ranges]
    return SpanGroup(doc, name=name, attrs=attrs or {}, spans=spans)


def ranges_by_id(doc: Doc, key: str) -> dict[str, tuple[Range, ...]]:
    """Return the token ranges of a span group, joined by span id."""
    found: dict[str, list[Range]] = {}
    for span in doc.spans.get(key, ()):
        found.setdefault(span.id_, []).append((span.start, span.end))
    return {i: tuple(sorted(rs)) for i, rs in found.items()}


def read_readings(doc: Doc) -> dict[str, Reading]:
    """Return the readings that stand on a Doc by id, in text order."""
    contents, cues, sources = (ranges_by_id(doc, k) for k in (QUOTES, CUES, SOURCES))
    types: dict[str, QuoteType] = {span.id_: span.label_ for span in doc.spans.get(QUOTES, ())}
    facts = doc.spans[QUOTES].attrs.get("facts", {}) if QUOTES in doc.spans else {}
    empty: dict[str, Any] = {"score": 0.5, "evidence": [], "flags": [], "by": "rules"}
    return {
        i: Reading(
            content=content,
            cue=cues.get(i, ()),
            source=sources.get(i, ()),
            type=types[i],
            score=facts.get(i, empty)["score"],
            evidence=tuple(facts.get(i, empty)["evidence"]),
            flags=tuple(facts.get(i, empty)["flags"]),
            by=facts.get(i, empty)["by"],
        )
        for i, content in contents.items()
    }
