"""`quotes report`: who is quoted in a corpus, how often, how long, as what, where and when."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quotes.commands.groups import say
from quotes.commands.options import config_options
from quotes.commands.stored import stored_lines
from quotes.errors import DataMissing, InputError

if TYPE_CHECKING:
    from quotes.schema import DocumentRecord

MOST = 10
"""Bad records that are told one by one."""


@click.command("report")
@click.argument("records", nargs=-1, required=True)
@click.option("--without-subjects", is_flag=True, help="Leave out what the persons say whom a story is about.")
@click.option("--people", metavar="TABLE.csv", help="Join your own table: columns `name`, `aliases` (;), and others.")
@click.option("--html", metavar="FILE", help="Write one self-contained page with plots.")
@click.option("--csv", "folder", metavar="FOLDER", help="Write all tables whole, a CSV file each.")
@click.option("--title", default="Report on quotations", show_default=True, help="Title of the page.")
@click.option("--top", type=click.IntRange(min=1), default=20, show_default=True, help="Rows that a table shows.")
@click.option("--outlet-key", help="Metadata key of the outlet (default: outlet, site, ..., else the URL's host).")
@click.option("--date-key", help="Metadata key of the date (default: date, published, ..., crawled).")
@click.option("-q", "--quiet", is_flag=True, help="Print no tables.")
@config_options
def command(records: tuple[str, ...], **options: Any) -> int:
    """Count who is quoted in RECORDS: files that `quotes extract` wrote, folders of `quotes batch`, or -.

    Names are joined across articles only where that is safe. Gender and ethnicity are never guessed: join a table of
    your own with --people. Exit 1 where a record could not be read.

    \b
    quotes report quotes.jsonl
    quotes report run/ --html report.html --csv tables/
    quotes report quotes.jsonl --without-subjects --people staff.csv
    """
    from quotes.output.target import opened
    from quotes.report.counts import DATES, OUTLETS
    from quotes.report.page import page
    from quotes.report.people import read_people
    from quotes.report.tables import tables
    from quotes.report.tally import Tally
    from quotes.report.text import head, lines, write_csv

    people = read_people(options["people"]) if options["people"] else None
    outlets, dates = ((options[key],) if options[key] else None for key in ("outlet_key", "date_key"))
    tally, bad = Tally(options["without_subjects"], outlets or OUTLETS, dates or DATES), Bad()
    for path in records:
        for record in read(path, bad):
            tally.add(record)
    found = tables(tally, people)
    if options["html"]:
        with opened(options["html"]) as stream:
            stream.writelines(page(tally, found, title=options["title"], top=max(options["top"], 50)))
    if options["folder"]:
        write_csv(options["folder"], found)
    for line in head(tally) if not options["quiet"] else ():
        click.echo(line)
    for table in (t for t in found if t.rows and not options["quiet"]):
        click.echo("\n" + "\n".join(lines(table, options["top"])))
    for name in sorted(people.ambiguous)[:MOST] if people else ():
        say(f"warning: '{name}' fits several rows of {options['people']} and is joined to none")
    return bad.status()


class Bad:
    """Records that can't be read: the first are told, all are counted."""

    def __init__(self) -> None:
        self.count = 0

    def tell(self, words: str) -> None:
        """Count one, and tell it if it is among the first."""
        self.count += 1
        if self.count <= MOST:
            say(words)

    def status(self) -> int:
        """Return the exit status."""
        if self.count > MOST:
            say(f"and {self.count - MOST:,} more")
        return int(self.count > 0)


def read(path: str, bad: Bad) -> Iterator[DocumentRecord]:
    """Yield the records of a file (packed or not), of standard input, or of a folder of `quotes batch`."""
    from quotes.schema import DocumentRecord

    for file in _files(path):
        try:
            for place, line in stored_lines(file):
                try:
                    yield DocumentRecord.model_validate(json.loads(line))
                except (ValueError, RecursionError):
                    words = f"{place}: not a document record. Check the file with `quotes validate`."
                    bad.tell(str(InputError(words)))
        except InputError as error:  # a packed file that is cut short
            bad.tell(str(error))
    if Path(path).is_dir() and not any(_files(path)):
        raise DataMissing(f"There are no records in '{path}'. Give files of records, or the folder of a batch run.")


def _files(path: str) -> list[str]:
    folder = Path(path)
    if path == "-" or not folder.is_dir():
        return [path]
    inside = folder / "parts" if (folder / "parts").is_dir() else folder
    return [str(p) for p in sorted(inside.iterdir()) if p.name.endswith((".jsonl", ".jsonl.gz", ".json"))]
