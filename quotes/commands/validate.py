"""`quotes validate`: records against the schema, and their spans against the text where they carry it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from quotes.commands.stored import stored_lines
from quotes.ids import quote_id, text_hash
from quotes.output.table import counted
from quotes.schema import DocumentRecord, SpanRecord

MOST = 5


@click.command("validate")
@click.argument("file")
def command(file: str) -> int:
    """Check each record of FILE (JSON Lines, a JSON array, or - for standard input), a line per problem.

    Records must follow the schema and refer to speakers and quotations that they have; where they carry the text, it
    must have the hash, and every span must have the very text between its offsets. Exit 1 where something is wrong.

    \b
    quotes validate quotes.jsonl
    quotes extract article.txt --with-text | quotes validate -
    """
    bad = total = 0
    for total, (place, line) in enumerate(stored_lines(file), 1):  # noqa: B007 - the count is told below
        for problem in problems(line):
            bad += 1
            click.echo(f"{place}: {problem}")
    click.echo(f"{counted(total, 'record')}, {counted(bad, 'problem')}", err=True)
    return 1 if bad else 0


def problems(line: str) -> Iterator[str]:
    """Yield what is wrong with one record, a line each."""
    from pydantic import ValidationError

    try:
        record = DocumentRecord.model_validate(json.loads(line))
    except json.JSONDecodeError as error:
        yield f"not valid JSON ({error.msg} at column {error.colno})"
    except (ValueError, RecursionError) as error:
        rows = error.errors(include_url=False) if isinstance(error, ValidationError) else []
        for row in rows[:MOST]:
            yield f"{'.'.join(map(str, row['loc'])) or 'record'}: {row['msg']}"
        if not rows or len(rows) > MOST:
            yield f"and {len(rows) - MOST} more" if rows else "not valid JSON"
    else:
        yield from _references(record)
        yield from _offsets(record)


def _references(record: DocumentRecord) -> Iterator[str]:
    speakers, quotes = {s.id: s.name for s in record.speakers}, {q.id for q in record.quotes}
    for number, q in enumerate(record.quotes):
        where = f"quotes.{number}"
        if q.speaker_id is not None and q.speaker_id not in speakers:
            yield f"{where}.speaker_id: there is no speaker '{q.speaker_id}' in the record"
        elif q.speaker_id is not None and q.speaker != speakers[q.speaker_id]:
            yield f"{where}.speaker: '{q.speaker}' is not the name of the speaker '{q.speaker_id}'"
        if q.repeats is not None and q.repeats not in quotes:
            yield f"{where}.repeats: there is no quotation '{q.repeats}' in the record"
        if q.id != quote_id(record.text_sha256, ((s.start, s.end) for s in q.content)):
            yield f"{where}.id: '{q.id}' is not the id of this content"
    if len(quotes) < len(record.quotes):
        yield "quotes: an id occurs twice"


def _offsets(record: DocumentRecord) -> Iterator[str]:
    if record.text is None:
        return
    if text_hash(record.text) != record.text_sha256:
        yield "text_sha256: it is not the hash of the text"
    for where, span in spans(record):
        if record.text[span.start : span.end] != span.text:
            yield f"{where}: the text from {span.start} to {span.end} is not what the span says"


def spans(record: DocumentRecord) -> Iterator[tuple[str, SpanRecord]]:
    """Yield every span of a record, with its place."""
    for i, quote in enumerate(record.quotes):
        for role in ("content", "cue", "source"):
            yield from ((f"quotes.{i}.{role}", span) for span in getattr(quote, role))
    for i, speaker in enumerate(record.speakers):
        yield from ((f"speakers.{i}.mentions", mention) for mention in speaker.mentions)
    yield from ((f"asides.{i}", aside.span) for i, aside in enumerate(record.asides))
