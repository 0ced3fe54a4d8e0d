"""Put the reviewed state out: the formats of the exporters, CSV with the decisions, the log, and the HTML report."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Iterable, Iterator
from typing import IO

from quotes.errors import DataMissing
from quotes.exporters import EXPORTERS
from quotes.output.cells import inert
from quotes.review.records import Reviewed, reviewed, trail
from quotes.review.report import report
from quotes.review.settled import Settled, all_documents
from quotes.review.values import dumps

FORMATS = {
    "jsonl": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "webannotation": "application/ld+json",
    "html": "text/html; charset=utf-8",
    "log": "application/x-ndjson",
}
"""The formats, and what they are called on the web."""
COLUMNS = ("status", "reviewers", "decided_at", "note", "identifier")
"""What CSV has after the columns of `quotes extract`."""
Scope = Iterable[tuple[str, str | None]]
"""Documents to put out, each with the reviewer whose view it is; None for what is settled."""


def scope_of(connection: sqlite3.Connection, doc: str | None = None, reviewer: str | None = None) -> Scope:
    """Return the scope of one document or of all. Raises `DataMissing` where there is none."""
    keys = [key for key in all_documents(connection) if doc is None or key == doc]
    if not keys:
        raise DataMissing("There is no article to export. Add one with `quotes review PATH --db DB`.")
    return [(key, reviewer) for key in keys]


def write(connection: sqlite3.Connection, scope: Scope, format: str, stream: IO[str], *, bom: bool = False) -> None:
    """Write documents to a text stream in one of `FORMATS`."""
    if format == "log":
        for doc, reviewer in scope:
            stream.writelines(dumps(entry) + "\n" for entry in trail(connection, doc, reviewer))
        return
    if format == "html":
        parts = [(reviewed(connection, doc, who), trail(connection, doc, who)) for doc, who in scope]
        stream.write(report(parts))
        return
    found = (reviewed(connection, doc, reviewer) for doc, reviewer in scope)
    if format == "csv":
        _csv(connection, found, stream, bom=bom)
    else:
        write_one, close = EXPORTERS[format].load()(stream, color=False, bom=bom)
        for one in found:
            write_one(one.record)
        close()


def _csv(connection: sqlite3.Connection, found: Iterator[Reviewed], stream: IO[str], *, bom: bool) -> None:
    """Write the rows of the plain exporter, each with the columns of its decision."""
    out = csv.writer(stream, lineterminator="\n")
    stream.write("\ufeff" if bom else "")
    head = False
    for one in found:
        plain = io.StringIO()
        write_one, close = EXPORTERS["csv"].load()(plain, color=False, bom=False)
        write_one(one.record)
        close()
        rows = list(csv.reader(io.StringIO(plain.getvalue(), newline="")))
        if not head:
            out.writerow([*rows[0], *COLUMNS])
            head = True
        for cells, row in zip(rows[1:], one.rows, strict=True):
            out.writerow([*cells, *_cells(connection, one, row)])


def _cells(connection: sqlite3.Connection, one: Reviewed, row: Settled) -> list[str]:
    entry = connection.execute("SELECT at FROM log WHERE seq = ?", (row.shown.revision,)).fetchone()
    at = entry["at"] if row.by and entry is not None else ""
    key = row.cast.resolve(row.state["speaker_id"])
    identifier = (row.cast.fields(key)["identifier"] or "") if key else ""
    return [row.status, "; ".join(map(inert, row.by)), at, inert(row.state["note"]), inert(str(identifier))]
