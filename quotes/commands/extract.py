"""`quotes extract`: articles in, records out, as a stream; one bad input never stops the run."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any

import click

from quotes.commands.options import input_options, load_pipeline, pipeline_options
from quotes.commands.progress import Progress
from quotes.errors import InputError, UsageError
from quotes.output import FORMATS, make_writer
from quotes.output.opening import opened
from quotes.schema import DocumentRecord

DOCUMENT_ERRORS = 1


@dataclass(slots=True)
class Tally:
    """What a run has seen so far."""

    articles: int = 0
    quotes: int = 0
    unresolved: int = 0
    failed: list[dict[str, str]] = field(default_factory=list)

    def add(self, record: DocumentRecord) -> None:
        self.articles += 1
        self.quotes += len(record.quotes)
        self.unresolved += sum(q.speaker is None for q in record.quotes)

    def __str__(self) -> str:
        parts = [f"{self.articles} articles", f"{self.quotes} quotes", f"{self.unresolved} unresolved"]
        return ", ".join([*parts, f"{len(self.failed)} failed"])


@click.command("extract")
@click.argument("paths", nargs=-1)
@input_options
@click.option("--format", "to", type=click.Choice(list(FORMATS)), help="Default: table in a terminal, else jsonl.")
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="Write to this file, whole or not at all.")
@click.option("--text/--no-text", "with_text", default=False, help="Put the text itself into JSON records.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Leave out quotes below this.")
@click.option(
    "--on-error", type=click.Choice(["skip", "stop"]), default="skip", show_default=True, help="At a bad input."
)
@click.option("--errors", type=click.Path(dir_okay=False), help="Write failed inputs to this file as JSON Lines.")
@click.option("--fail-on-empty", is_flag=True, help="Exit with 1 where no quotation was found at all.")
@click.option("--strict", is_flag=True, help="Exit with 1 where a quotation has no speaker.")
@click.option("--bom", is_flag=True, help="Begin CSV with a byte order mark, for Excel.")
@click.option("--n-process", type=click.IntRange(min=1), default=1, show_default=True, help="Worker processes.")
@click.option("--color/--no-color", default=None, help="Default: colour in a terminal, unless NO_COLOR is set.")
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary on stderr.")
@pipeline_options
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[str, ...], quiet: bool, errors: str | None, **options: Any) -> int:
    """Find the quotations in PATHS (files, directories, or - for standard input) and who said them.

    \b
    quotes extract article.txt
    quotes extract news/ -o quotes.jsonl
    quotes extract --from jsonl --text-key body dump.jsonl --format csv > quotes.csv
    curl -s URL | quotes extract --from html - --format text
    """
    if not paths:
        if sys.stdin.isatty():
            click.echo(ctx.get_help(), err=True)
            return 2
        paths = ("-",)
    if options["bom"] and options["to"] != "csv":
        raise UsageError("--bom is for spreadsheets. Use it with --format csv.")
    tally = Tally()
    progress = Progress(wanted=not quiet and (options["output"] is not None or not sys.stdout.isatty()))
    try:
        _run(paths, tally, progress, options)
    finally:
        progress.clear()
        if errors is not None:
            _write_errors(errors, tally.failed)
    if not quiet:
        click.echo(str(tally), err=True)
    return _status(tally, options)


def _status(tally: Tally, options: dict[str, Any]) -> int:
    empty = options["fail_on_empty"] and not tally.quotes
    return DOCUMENT_ERRORS if tally.failed or empty or (options["strict"] and tally.unresolved) else 0


def _run(paths: tuple[str, ...], tally: Tally, progress: Progress, options: dict[str, Any]) -> None:
    from quotes.inputs import read_inputs

    def failed(error: InputError, source: str) -> None:
        tally.failed.append({"source": source, "code": error.code, "error": error.message})
        if options["on_error"] == "stop":
            raise error
        progress.clear()
        click.echo(f"quotes: {error}", err=True)

    documents = read_inputs(
        paths,
        format=options["format_"],
        text_key=options["text_key"],
        id_key=options["id_key"],
        stdin=sys.stdin.buffer,
        on_error=failed,
    )
    first = next(documents, None)
    with opened(options["output"]) as stream:
        to = options["to"] or ("table" if options["output"] is None and stream.isatty() else "jsonl")
        write, close = make_writer(to, stream, color=_color(options["color"], stream), bom=options["bom"])
        if first is not None:
            nlp = load_pipeline(options["pipeline"], options["spacy_model"], options["model"])
            keep_text = options["with_text"] or to == "text"
            for record in _records(first, documents, nlp, keep_text, options["n_process"], stream):
                kept = _confident(record, options["min_confidence"])
                tally.add(kept)
                write(kept)
                progress.show(str(tally))
        close()


def _records(first: Any, rest: Iterator[Any], nlp: Any, with_text: bool, n_process: int, stream: IO[str]) -> Any:
    from itertools import chain

    from quotes.pipeline import extract

    size = 1 if stream.isatty() else 32
    return extract(chain([first], rest), nlp=nlp, with_text=with_text, n_process=n_process, batch_size=size)


def _confident(record: DocumentRecord, least: float) -> DocumentRecord:
    if least <= 0:
        return record
    return record.model_copy(update={"quotes": tuple(q for q in record.quotes if q.confidence >= least)})


def _color(wanted: bool | None, stream: IO[str]) -> bool:
    if wanted is not None:
        return wanted
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _write_errors(path: str, rows: list[dict[str, str]]) -> None:
    import json

    with opened(path) as stream:
        stream.writelines(json.dumps(r, ensure_ascii=True) + "\n" for r in rows)
