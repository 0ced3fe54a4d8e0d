"""`quotes export`: the reviewed state of a desk's database, in the formats of others."""

from __future__ import annotations

import click

from quotes.errors import OutputError, UsageError

FORMATS = ("jsonl", "csv", "json", "webannotation", "html", "log")


@click.command("export")
@click.argument("db")
@click.option(
    "-f", "--format", type=click.Choice(FORMATS), help="What to write (default: by the name of --out, else jsonl)."
)
@click.option("-o", "--out", metavar="FILE", help="Write to this file, whole or not at all.")
@click.option("--reviewer", help="What this reviewer alone decided (default: what is settled).")
@click.option("--bom", is_flag=True, help="Begin CSV with a byte order mark, for Excel.")
def command(db: str, format: str | None, out: str | None, reviewer: str | None, bom: bool) -> None:
    """Write what was reviewed in the database DB. Rejected quotations are left out, but stand in html and log.

    \b
    quotes export newsroom.db --format csv --out reviewed.csv
    quotes export newsroom.db --out report.html
    quotes export newsroom.db --format log > decisions.jsonl

    html is one file with the articles, a plot of who was quoted and the decisions, to be mailed and opened anywhere.
    Settled is what one reviewer decided, what all agree on, or what adjudication says; the rest is marked `disputed`.
    """
    from quotes.output.target import opened
    from quotes.review import exports
    from quotes.review.database import open_to_read

    format = format or _by_name(out)
    if bom and format != "csv":
        raise UsageError(f"--bom is for CSV, and the format is {format}. Add --format csv, or leave --bom out.")
    store = open_to_read(db)
    try:
        with store.reading() as connection:
            scope = exports.scope_of(connection, reviewer=reviewer)
            with opened(out) as stream:
                exports.write(connection, scope, format, stream, bom=bom)
    except UnicodeEncodeError as error:
        raise OutputError(f"A text can't be written as UTF-8: {error.reason}.") from error
    finally:
        store.close()


def _by_name(out: str | None) -> str:
    """Return the format that a file's name asks for."""
    ending = "" if out is None else out.rsplit(".", 1)[-1].lower()
    return {"csv": "csv", "json": "json", "html": "html", "htm": "html", "jsonld": "webannotation"}.get(ending, "jsonl")
