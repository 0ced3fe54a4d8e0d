"""`quotes explain`: why a quotation has its speaker, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from quotes.commands.options import (
    context_option,
    input_options,
    load_pipeline,
    pipeline_options,
    setting_option,
    standard_input,
)
from quotes.commands.reasons import explanation
from quotes.commands.stored import holds_records, read_records
from quotes.errors import UsageError
from quotes.output.target import opened, use_color
from quotes.schema import DocumentRecord, QuoteRecord

if TYPE_CHECKING:
    from quotes.coref.weighing import Weighed


@click.command("explain")
@click.argument("path")
@click.argument("which", nargs=-1)
@input_options
@setting_option("color")
@context_option
@pipeline_options
def command(path: str, which: tuple[str, ...], **options: Any) -> None:
    """Explain quotations: why they are held for such, and why they have their speakers.

    PATH is an article, or records that `quotes extract` wrote, which know less of what spoke against the second
    candidate; WHICH are numbers (from 1) or ids of quotations, all
    if none is given.

    \b
    quotes explain article.txt
    quotes explain article.txt 3 7
    quotes explain quotes.jsonl q_768cdb5e6ec8f662
    """
    records, weighed = (list(read_records(path)), None) if holds_records(path) else _extracted(path, options)
    wanted = chosen(records, which)
    with opened(None) as stream:
        for record, number in wanted:
            scales = weighed.get((id(record), number)) if weighed else None
            lines = explanation(record, number, scales, color=use_color(options["color"], stream))
            stream.write("\n".join(lines) + "\n\n")


def _extracted(path: str, options: dict[str, Any]) -> tuple[list[DocumentRecord], dict[tuple[int, int], Weighed]]:
    """Return the records of an input and what was weighed, by the `id()` of a record and the number of a quotation."""
    from quotes.coref.weighing import NAME, Weighing
    from quotes.inputs import read_inputs
    from quotes.pipeline import extract

    more = {key: options[key] for key in ("text_key", "id_key", "url_for", "max_mb")}
    documents = list(read_inputs([path], format=options["from"], stdin=standard_input(), **more))
    nlp = load_pipeline(options)
    scales: Weighing = nlp.add_pipe(NAME, last=True)
    coref: Any = nlp.get_pipe("speaker_coref")
    coref.keeps_vectors = True
    try:
        records = list(extract(documents, nlp=nlp))
    finally:
        nlp.remove_pipe(NAME)
        coref.keeps_vectors = False
    places = [(id(r), n) for r in records for n in range(1, len(r.quotes) + 1)]
    return records, dict(zip(places, scales.seen, strict=True)) if len(places) == len(scales.seen) else {}


def chosen(records: list[DocumentRecord], which: tuple[str, ...]) -> list[tuple[DocumentRecord, int]]:
    """Return (record, number) of the quotations asked for; numbers count through all records.

    Raises `UsageError` for one that does not exist.
    """
    every: list[tuple[DocumentRecord, int]] = [(r, n) for r in records for n in range(1, len(r.quotes) + 1)]
    if not which:
        return every
    by_id = {_quote(pair).id: pair for pair in every}
    return [by_id.get(word) or _numbered(every, word) for word in which]


def _quote(pair: tuple[DocumentRecord, int]) -> QuoteRecord:
    return pair[0].quotes[pair[1] - 1]


def _numbered(every: list[tuple[DocumentRecord, int]], word: str) -> tuple[DocumentRecord, int]:
    number = int(word) if word.isascii() and word.isdecimal() and len(word) < 10 else 0
    if not 1 <= number <= len(every):
        there = f"numbers from 1 to {len(every)}, or an id" if every else "there is none at all"
        raise UsageError(f"There is no quotation '{word}': {there}.")
    return every[number - 1]
