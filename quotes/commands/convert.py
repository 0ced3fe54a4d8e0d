"""`quotes convert`: stored records to another format, with their texts where the format needs them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

import click

from quotes.commands.options import config_options, input_options, setting_option, standard_input
from quotes.commands.progress import Report
from quotes.errors import BadLine, InputError, UsageError
from quotes.exporters import EXPORTERS, exporting, format_for

if TYPE_CHECKING:
    from quotes.commands.texts import Texts
    from quotes.schema import DocumentRecord

FAILED = 1


def _formats() -> str:
    rows = []
    for e in EXPORTERS.values():
        goes = {"stream": "", "file": "; a file", "folder": "; a folder"}[e.shape]
        needs = "; needs the text" if e.needs_text else ""
        extra = f"; extra {e.extra}" if e.extra else ""
        rows.append(f"\b\n  {e.name}: {e.summary}{goes}{needs}{extra}\n      loses {e.loses or 'nothing'}")
    return "Formats:\n\n" + "\n\n".join(rows)


@click.command("convert", epilog=_formats())
@click.argument("records", nargs=-1, required=True)
@setting_option("format")
@click.option("-o", "--output", "--out", metavar="PATH", help="Write to this file (whole or not at all) or folder.")
@click.option(
    "--text", "texts", multiple=True, metavar="PATH", help="Where the texts are: files or folders, as extracted."
)
@input_options
@click.option("--bom", is_flag=True, help="Begin CSV with a byte order mark, for Excel.")
@click.option("-q", "--quiet", is_flag=True, help="No warnings and no summary on stderr.")
@config_options
def command(records: tuple[str, ...], texts: tuple[str, ...], **options: Any) -> int:
    """Convert RECORDS (JSON Lines or JSON that `quotes extract` wrote, also compressed; - for standard input).

    \b
    quotes convert quotes.jsonl --out quotes.sqlite
    quotes convert quotes.jsonl --format brat --text news/ --out brat/
    quotes extract news/ --with-text | quotes convert - --format cas --out inception/

    Formats that need the text take it from the records, or from the files of --text by its hash. A bad record is told
    and the rest goes on; exit 1.
    """
    report = Report(quiet=options["quiet"])
    to = options["format"] or format_for(options["output"])
    if options["bom"] and to != "csv":
        raise UsageError(f"--bom is for CSV, and the format is {to}. Add --format csv, or leave --bom out.")
    source = _texts(texts, report, options) if texts else None
    lines = (pair for path in records for pair in _lines(path, report))
    first = next(lines, None)  # so that nothing is written where the records are missing
    with exporting(to, options["output"], bom=options["bom"]) as write:
        for place, line in chain([first] if first else [], lines):
            try:
                record = _whole(_record(place, line), source, strict=EXPORTERS[to].needs_text)
                write(record)
            except InputError as error:
                report.fail(error, place)
            else:
                report.add(record.model_copy(update={"warnings": ()}))  # which extraction has told
    report.finish()
    return FAILED if report.failed else 0


def _lines(path: str, report: Report) -> Iterator[tuple[str, str]]:
    from quotes.commands.stored import stored_lines

    try:
        yield from stored_lines(path)
    except InputError as error:  # a compressed file that is cut short
        report.fail(error, path)


def _record(place: str, line: str) -> DocumentRecord:
    from quotes.schema import DocumentRecord

    try:
        return DocumentRecord.model_validate(json.loads(line))
    except (ValueError, RecursionError) as error:
        raise BadLine(f"{place}: not a document record. Check the file with `quotes validate`.") from error


def _whole(record: DocumentRecord, source: Texts | None, *, strict: bool) -> DocumentRecord:
    """Return a record with its text, where there is one. Raises `InputError` where its spans are not the text's."""
    from quotes.commands.validate import spans

    text = record.text
    if text is None and source is not None:
        text = source.find(record)
    if text is None:
        return record
    for where, span in spans(record) if strict else ():
        if text[span.start : span.end] != span.text:
            raise BadLine(f"{record.id}: {where} is not in the text at {span.start}-{span.end}. Extract it again.")
    return record if record.text is not None else record.model_copy(update={"text": text})


def _texts(paths: tuple[str, ...], report: Report, options: dict[str, Any]) -> Texts:
    from quotes.commands.texts import Texts
    from quotes.inputs import read_inputs

    keys = {"text_key": options["text_key"], "id_key": options["id_key"], "max_mb": options["max_mb"]}
    found = read_inputs(paths, format=options["from"], stdin=standard_input(), on_error=report.fail, **keys)
    return Texts(found)
