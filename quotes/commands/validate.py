"""`quotes validate`: records against the schema, and their spans against the text where they carry it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO

import click

from quotes.schema import DocumentRecord, SpanRecord


@click.command("validate")
@click.argument("file", type=click.File("r", encoding="utf-8", errors="surrogateescape"))
def command(file: IO[str]) -> int:
    """Check each line of FILE (JSON Lines, or - for standard input): the schema, and text[start:end] == span.text.

    \b
    quotes extract article.txt --text | quotes validate -
    """
    bad = total = 0
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        total += 1
        for problem in problems(line):
            bad += 1
            click.echo(f"{file.name}, line {number}: {problem}", err=True)
    click.echo(f"{total} records, {bad} problems", err=True)
    return 1 if bad else 0


def problems(line: str) -> Iterator[str]:
    """Yield what is wrong with one record, a line each."""
    from pydantic import ValidationError

    try:
        # not model_validate_json, which refuses the lone surrogates that a text may hold
        record = DocumentRecord.model_validate(json.loads(line))
    except (json.JSONDecodeError, RecursionError) as error:
        yield f"not JSON ({error})"
        return
    except ValidationError as error:
        for e in error.errors(include_url=False)[:5]:
            yield f"{'.'.join(map(str, e['loc'])) or 'record'}: {e['msg']}"
        return
    if record.text is not None:
        for span in spans(record):
            if record.text[span.start : span.end] != span.text:
                yield f"span {span.start}-{span.end} does not have the text that the record says"


def spans(record: DocumentRecord) -> Iterator[SpanRecord]:
    """Yield every span of a record."""
    for quote in record.quotes:
        yield from (*quote.content, *quote.cue, *quote.source)
    for speaker in record.speakers:
        yield from speaker.mentions
    yield from (a.span for a in record.asides)
