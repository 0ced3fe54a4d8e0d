"""Hand-made records for reports: a line a quotation."""

from __future__ import annotations

from typing import Any, get_args

from quotes.report.tally import Tally
from quotes.schema import (
    DocumentRecord,
    MentionRecord,
    ModelRecord,
    QuoteRecord,
    SpanRecord,
    SpeakerRecord,
    WarningRecord,
)
from quotes.types import Kind

MODEL = ModelRecord(program="0", spacy="0", pipeline="rules")


def speaker(name: str, kind: str = "person", role: str | None = None, **more: Any) -> SpeakerRecord:
    """Return a speaker; `mentions` are (form, start), `aliases` names."""
    assert kind in get_args(Kind)
    mentions = tuple(
        MentionRecord(start=at, end=at + len(name), text=name, form=form) for form, at in more.get("mentions", ())
    )
    id = f"s_{kind}_{name}"
    return SpeakerRecord(
        id=id, name=name, kind=kind, role=role, aliases=tuple(more.get("aliases", ())), mentions=mentions
    )  # type: ignore[arg-type]


def record(
    *said: tuple[SpeakerRecord | None, str], type: str = "direct", meta: dict[str, str] | None = None, **more: Any
) -> DocumentRecord:
    """Return a record whose quotations are (speaker, words)."""
    quotes = tuple(
        QuoteRecord(
            id=f"q{n}",
            type=type,  # type: ignore[arg-type]
            content=(SpanRecord(start=n * 100, end=n * 100 + len(words), text=words),),
            speaker_id=who.id if who else None,
            speaker=who.name if who else None,
            reason=None if who else "no_source",
            confidence=0.9,
            repeats=more.get("repeats", {}).get(n),
        )
        for n, (who, words) in enumerate(said)
    )
    speakers = {who.id: who for who, _ in said if who}
    warnings = tuple(WarningRecord(code=c, message="odd") for c in more.get("warnings", ()))
    return DocumentRecord(
        id=more.get("id", "d"),
        text_sha256="0",
        meta=meta or {},
        model=MODEL,
        speakers=tuple(speakers.values()),
        quotes=quotes,
        warnings=warnings,
        text=more.get("text"),
    )


def tally_of(*records: DocumentRecord, **options: Any) -> Tally:
    """Return the counts of records."""
    tally = Tally(**options)
    for each in records:
        tally.add(each)
    return tally


def names(tally: Tally) -> dict[str, int]:
    """Return the merged speakers with their numbers of quotations."""
    return {e.name: e.counts.quotes for e in tally.directory.merged()}
