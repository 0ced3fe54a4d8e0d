"""`quotes extract`: articles in, records out, as a stream; one bad input never stops the run."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from itertools import chain
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
from quotes.commands.progress import Report, error_file, wants_count
from quotes.errors import InputError, UsageError
from quotes.exporters import EXPORTERS, exporting, format_for
from quotes.schema import DocumentRecord

if TYPE_CHECKING:
    from quotes.inputs import Document

FAILED = 1
BATCH = 32


class Stopped(Exception):
    """The run ends at a bad input, which has been told already."""


@click.command("extract")
@click.argument("paths", nargs=-1)
@input_options
@setting_option("format")
@click.option("-o", "--output", "--out", metavar="PATH", help="Write to this file (whole or not at all) or folder.")
@setting_option("with_text")
@setting_option("min_confidence")
@setting_option("on_error")
@click.option("--errors", metavar="FILE", help="Write failed inputs to this file: {source, line, code, error} a line.")
@click.option("--fail-on-empty", is_flag=True, help="Exit with 1 where no quotation was found at all.")
@click.option("--strict", is_flag=True, help="Exit with 1 where a quotation has no speaker, or an article a warning.")
@setting_option("n_process")
@setting_option("batch_size")
@click.option("--bom", is_flag=True, help="Begin CSV with a byte order mark, for Excel.")
@setting_option("color")
@setting_option("progress")
@click.option("-q", "--quiet", is_flag=True, help="No warnings and no summary on stderr.")
@click.option("-v", "--verbose", is_flag=True, help="A line per article on stderr.")
@context_option
@pipeline_options
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[str, ...], errors: str | None, **options: Any) -> int:
    """Find the quotations in PATHS (files, directories, or - for standard input) and who said them.

    \b
    quotes extract article.txt
    quotes extract news/ -o quotes.jsonl
    quotes extract --from jsonl --text-key body dump.jsonl --format csv > quotes.csv
    curl -s URL | quotes extract --from html - --format text

    Exit status: 0 done; 1 some inputs failed; 2 wrong usage; 3 a model is missing; 130 interrupted.
    """
    if not paths:
        if sys.stdin is None or sys.stdin.isatty():
            click.echo(ctx.get_help(), err=True)
            return UsageError.exit_status
        paths = ("-",)
    output = options["output"] = None if options["output"] == "-" else options["output"]
    with error_file(errors) as failures:
        live = wants_count(options["progress"], output) and not options["quiet"]
        report = Report(options["quiet"], options["verbose"], live, failures)
        try:
            _run(paths, report, options)
        except Stopped:
            report.finish()
            return FAILED
        except BaseException:
            report.clear()
            raise
    report.finish()
    empty = options["fail_on_empty"] and not report.quotes
    return FAILED if report.failed or empty or (options["strict"] and (report.unresolved or report.warnings)) else 0


def _run(paths: tuple[str, ...], report: Report, options: dict[str, Any]) -> None:
    failed = _failing(report, options)
    documents = _documents(paths, failed, options)
    to = options["format"] or format_for(options["output"])
    if options["bom"] and to != "csv":
        raise UsageError(f"--bom is for CSV, and the format is {to}. Add --format csv, or leave --bom out.")
    with exporting(to, options["output"], color=options["color"], bom=options["bom"]) as write:
        first = next(documents, None)
        if first is None:
            return
        whole = options["with_text"] or EXPORTERS[to].needs_text
        streams = options["output"] is None and sys.stdout.isatty()
        for record in _records(chain([first], documents), options, with_text=whole, streams=streams):
            kept = confident(record, options["min_confidence"])
            try:
                write(kept)
            except InputError as error:
                failed(error, kept.id)
            else:
                report.add(kept)


def _failing(report: Report, options: dict[str, Any]) -> Callable[[InputError, str], None]:
    def failed(error: InputError, source: str) -> None:
        report.fail(error, source)
        if options["on_error"] == "stop":
            raise Stopped

    return failed


def _documents(
    paths: tuple[str, ...], failed: Callable[[InputError, str], None], options: dict[str, Any]
) -> Iterator[Document]:
    from quotes.inputs import read_inputs

    return read_inputs(
        paths,
        format=options["from"],
        text_key=options["text_key"],
        id_key=options["id_key"],
        url_for=options["url_for"],
        max_mb=options["max_mb"],
        stdin=standard_input(),
        on_error=failed,
    )


def _records(
    documents: Iterator[Document], options: dict[str, Any], *, with_text: bool, streams: bool
) -> Iterator[DocumentRecord]:
    from quotes.pipeline import extract

    size = options["batch_size"] or (1 if streams else BATCH)
    run: Callable[..., Iterator[DocumentRecord]] = extract
    nlp = load_pipeline(options)
    if options["n_process"] > 1:
        _leave_interrupts_to_us()
    return run(documents, nlp=nlp, with_text=with_text, n_process=options["n_process"], batch_size=size)


def _leave_interrupts_to_us() -> None:
    """Let Ctrl-C reach this process alone, which ends its workers; each of them would print a traceback."""
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))


def confident(record: DocumentRecord, least: float) -> DocumentRecord:
    """Return a record without the quotations below a confidence, and without speakers that no other one needs."""
    if least <= 0:
        return record
    quotes = tuple(q for q in record.quotes if q.confidence >= least)
    ids = {q.id for q in quotes}
    quotes = tuple(q if q.repeats in ids else q.model_copy(update={"repeats": None}) for q in quotes)
    used = {q.speaker_id for q in quotes} | {c.speaker_id for q in quotes for c in q.candidates}
    speakers = tuple(s for s in record.speakers if s.id in used)
    return record.model_copy(update={"quotes": quotes, "speakers": speakers})
