"""`quotes explain`: why a quotation has its speaker, in words."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import click

from quotes.commands.options import input_options, load_pipeline, pipeline_options
from quotes.errors import UsageError
from quotes.output.marked import printable
from quotes.output.opening import utf8_stdout
from quotes.schema import DocumentRecord, QuoteRecord, SpeakerRecord


@click.command("explain")
@click.argument("path")
@click.argument("which", nargs=-1)
@input_options
@pipeline_options
def command(path: str, which: tuple[str, ...], **options: Any) -> None:
    """Explain the quotations of one article: PATH, and optionally numbers or ids of quotations (all, if none).

    \b
    quotes explain article.txt
    quotes explain article.txt 3 7
    quotes explain article.txt q_768cdb5e6ec8f662
    """
    from quotes.inputs import read_inputs
    from quotes.pipeline import extract

    documents = list(
        read_inputs(
            [path],
            format=options["format_"],
            text_key=options["text_key"],
            id_key=options["id_key"],
            stdin=sys.stdin.buffer,
        )
    )
    stream = utf8_stdout()
    nlp = load_pipeline(options["pipeline"], options["spacy_model"], options["model"])
    for record in extract(documents, nlp=nlp):
        for number in chosen(record, which):
            stream.write(printable("\n".join(explanation(record, number)) + "\n\n"))
    stream.flush()


def chosen(record: DocumentRecord, which: tuple[str, ...]) -> list[int]:
    """Return the numbers (from 1) of the quotations that are asked for. Raises `UsageError` for one that is not."""
    if not which:
        return list(range(1, len(record.quotes) + 1))
    by_id = {q.id: n for n, q in enumerate(record.quotes, 1)}
    numbers = [by_id.get(w) or (int(w) if w.isdecimal() else 0) for w in which]
    for word, number in zip(which, numbers, strict=True):
        if not 1 <= number <= len(record.quotes):
            raise UsageError(f"There is no quotation '{word}' in '{record.id}': it has 1 to {len(record.quotes)}.")
    return numbers


def explanation(record: DocumentRecord, number: int) -> Iterator[str]:
    """Yield the lines that explain a quotation."""
    quote = record.quotes[number - 1]
    content = " […] ".join(s.text for s in quote.content)
    yield f"{number}. {quote.id}  {quote.type}, confidence {quote.confidence:.2f}"
    yield f"   said:      {' '.join(content.split())}"
    if quote.source:
        yield f"   source:    {' '.join(' '.join(s.text.split()) for s in quote.source)}"
    if quote.cue:
        yield f"   cue:       {' '.join(s.text for s in quote.cue)}"
    yield f"   speaker:   {quote.speaker or 'unknown: ' + (quote.reason or 'no_source').replace('_', ' ')}"
    speaker = next((s for s in record.speakers if s.id == quote.speaker_id), None)
    if speaker is not None and quote.source:
        yield f"   chain:     {' -> '.join(chain(quote, speaker))}"
    for evidence in quote.evidence:
        yield f"   because:   {evidence.words}  [{evidence.code}]"
    for candidate in quote.candidates[1:]:
        share = f"{candidate.confidence:.2f} against {quote.candidates[0].confidence:.2f}"
        yield f"   less likely: {candidate.name} ({share})"
    if quote.flags:
        yield f"   flags:     {', '.join(quote.flags)}"


def chain(quote: QuoteRecord, speaker: SpeakerRecord) -> list[str]:
    """Return the mentions that lead from the source to the speaker's name, role in front."""
    start = quote.source[0].start
    before = [m for m in speaker.mentions if m.end <= start and m.form == "name"]
    steps = [quote.source[0].text, *(m.text for m in before[-1:])]
    steps.append(f"{speaker.role} {speaker.name}" if speaker.role else speaker.name)
    return list(dict.fromkeys(" ".join(s.split()) for s in steps))
