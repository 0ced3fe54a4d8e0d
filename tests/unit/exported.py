"""Records with all that makes formats stumble: an emoji, lines and paragraphs inside a quotation, crossing spans."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from quotes.exporters import exporting
from quotes.ids import quote_id, text_hash
from quotes.schema import (
    AsideRecord,
    CandidateRecord,
    DocumentRecord,
    EvidenceRecord,
    MentionRecord,
    ModelRecord,
    QuoteRecord,
    SpanRecord,
    SpeakerRecord,
    WarningRecord,
)
from quotes.types import QuoteType

TEXT = (
    "😀 Mayor claims <victory> & more\r\n\r\n"
    "“We won 🗳️,” Mayor Ann Lee told CNN on Monday. “The count\nwent on\n\nall night.”\n\n"
    '=Tom Ray\x0b warned that "fees" would rise, Lee said.\n\n'
    "‘Home,’ the note read. “Nobody said this.”\n"
)
MODEL = ModelRecord(program="0.1.0", spacy="en 3.7.1", pipeline="full", reader="r 1.0.0", antecedents="a 1.0.0")
META = {
    "url": "https://example.org/a/1?x=ü",
    "title": "Mayor claims victory",
    "date": "2026-11-24",
    "site": "The Times",
}


def span(part: str, text: str = TEXT) -> SpanRecord:
    """Return the span of the first occurrence of a part."""
    start = text.index(part)
    return SpanRecord(start=start, end=start + len(part), text=part)


def quote(
    type: QuoteType,
    content: tuple[str, ...],
    cue: tuple[str, ...] = (),
    source: tuple[str, ...] = (),
    speaker: str | None = None,
    text: str = TEXT,
) -> QuoteRecord:
    """Return a quotation by the words of its parts."""
    spans = tuple(span(c, text) for c in content)
    first, last = spans[0], spans[-1]
    return QuoteRecord(
        id=quote_id(text_hash(text), ((s.start, s.end) for s in spans)),
        type=type,
        content=spans,
        cue=tuple(span(c, text) for c in cue),
        source=tuple(span(s, text) for s in source),
        speaker_id=f"s_{speaker.split()[-1].lower()}" if speaker else None,
        speaker=speaker,
        reason=None if speaker else "no_source",
        confidence=0.875,
        speaker_confidence=0.75 if speaker else None,
        candidates=(CandidateRecord(speaker_id="s_lee", name="Ann Lee", confidence=0.75),) if speaker else (),
        evidence=(EvidenceRecord(code="marks:double", words="between quotation marks"),),
        flags=("negated",),
        prefix=text[max(0, first.start - 32) : first.start],
        suffix=text[last.end : last.end + 32],
    )


def speaker(name: str, kind: str, mentions: tuple[str, ...], role: str | None = None) -> SpeakerRecord:
    """Return a speaker with mentions."""
    found = tuple(MentionRecord(**span(m).model_dump(), form="name") for m in mentions)
    fields = {"id": f"s_{name.split()[-1].lower()}", "name": name, "kind": kind, "role": role, "mentions": found}
    return SpeakerRecord.model_validate(fields)


def record(id: str = "news/a 1.txt", *, with_text: bool = True) -> DocumentRecord:
    """Return the record of `TEXT`: a quotation in parts over lines, one crossing another, one without a cue."""
    return DocumentRecord(
        id=id,
        text_sha256=text_hash(TEXT),
        text=TEXT if with_text else None,
        meta=META,
        model=MODEL,
        speakers=(
            speaker("Ann Lee", "person", ("Ann Lee", "Mayor Ann Lee"), "mayor"),
            speaker("The note", "document", ("the note",)),
        ),
        quotes=(
            quote(
                "direct",
                ("“We won 🗳️,”", "“The count\nwent on\n\nall night.”"),
                ("told",),
                ("Mayor Ann Lee",),
                "Ann Lee",
            ),
            quote("mixed", ('=Tom Ray\x0b warned that "fees" would rise',), ("said",), ("Lee said",), "Ann Lee"),
            quote("indirect", ('"fees" would rise, Lee',), ("warned",), ("=Tom Ray",)),
            quote("direct", ("‘Home,’",), ("read",), ("the note",), "The note"),
            quote("direct", ("“Nobody said this.”",)),
        ),
        asides=(AsideRecord(span=span('"fees"'), flag="scare"),),
        warnings=(WarningRecord(code="W101", message="odd"),),
    )


def write(format: str, out: Path, *records: DocumentRecord) -> Path:
    """Export records to a path and return it."""
    with exporting(format, str(out)) as put:
        for one in records:
            put(one)
    return out


Spans = dict[str, dict[str, list[tuple[int, int]]]]
"""Quotation id -> role -> ranges in code points."""


def spans_of(record: DocumentRecord) -> Spans:
    """Return all ranges of the quotations of a record."""
    roles = ("content", "cue", "source")
    return {q.id: {r: [(s.start, s.end) for s in getattr(q, r)] for r in roles} for q in record.quotes}


ODD = ("😀", "👩\u200d👧", "𝔘", "e\u0301", "\u2028", "\u200d", "\ufffe", "\x0b", "\x01", "\t", "<b>", "&amp;", "]]>")
WORDS = st.sampled_from(("We", "won", "said", "é", "“", "”", '"', " ", "\n", "\n\n", "\r\n", *ODD))


@st.composite
def documents(draw: st.DrawFn) -> DocumentRecord:
    """Draw a record with quotations anywhere in an odd text: crossing, touching, nested, at its edges."""
    text = "".join(draw(st.lists(WORDS, min_size=1, max_size=25)))
    edges = st.lists(st.integers(0, len(text)), min_size=2, max_size=6, unique=True).map(sorted)

    def some() -> tuple[SpanRecord, ...]:
        cuts = draw(edges)
        pairs = zip(cuts[::2], cuts[1::2], strict=False)
        return tuple(SpanRecord(start=a, end=b, text=text[a:b]) for a, b in pairs)

    quotes: dict[str, QuoteRecord] = {}
    for _ in range(draw(st.integers(0, 4)) if len(text) > 1 else 0):
        content = some()
        id = quote_id(text_hash(text), ((s.start, s.end) for s in content))
        cue = some()[:1] if draw(st.booleans()) else ()
        source = some() if draw(st.booleans()) else ()
        quotes[id] = QuoteRecord(id=id, type="direct", content=content, cue=cue, source=source, confidence=0.5)
    return DocumentRecord(id="d", text_sha256=text_hash(text), text=text, model=MODEL, quotes=tuple(quotes.values()))
