"""Hand-made records, and what a run of the command line leaves behind."""

from __future__ import annotations

import json
import re
from pathlib import Path

from quotes.schema import DocumentRecord, ModelRecord, QuoteRecord, SpanRecord, SpeakerRecord

ARTICLE = '"We will win the vote," said Anna Lee, the mayor. Tom Ray said the plan was too dear.\n'
EMPTY = "The sun rose over the town at six.\n"
UNKNOWN = '"We will all go home now and wait for better days."\n'
CODE = re.compile(r"\[Q\d{3}\]")
MODEL = ModelRecord(program="0", spacy="0", pipeline="rules")
TEXT = '"We will win," Anna Lee said.'


def records(lines: str) -> list[DocumentRecord]:
    """Return the records in JSON Lines."""
    return [DocumentRecord.model_validate(json.loads(line)) for line in lines.split("\n") if line]


def lines_of(path: Path, *values: object) -> Path:
    """Write JSON Lines; a string goes in as it is."""
    path.write_text("".join((v if isinstance(v, str) else json.dumps(v)) + "\n" for v in values), encoding="utf-8")
    return path


def span(text: str, part: str) -> SpanRecord:
    """Return the span of the first occurrence of a part."""
    start = text.index(part)
    return SpanRecord(start=start, end=start + len(part), text=part)


def record(
    text: str = TEXT,
    content: tuple[str, ...] = ('"We will win,"',),
    speaker: str | None = "Anna Lee",
    source: str = "Anna Lee",
    cue: str = "said",
    id: str = "d",
) -> DocumentRecord:
    """Return a record with one quotation, by the words of its parts."""
    quote = QuoteRecord(
        id="q_1",
        type="direct",
        content=tuple(span(text, c) for c in content),
        cue=(span(text, cue),) if cue else (),
        source=(span(text, source),) if source else (),
        speaker_id="s_1" if speaker else None,
        speaker=speaker,
        reason=None if speaker else "no_source",
        confidence=0.9,
    )
    speakers = (SpeakerRecord(id="s_1", name=speaker, kind="person", role="mayor"),) if speaker else ()
    return DocumentRecord(id=id, text_sha256="0", text=text, model=MODEL, speakers=speakers, quotes=(quote,))
