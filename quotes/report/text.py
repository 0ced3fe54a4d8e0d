"""Tables as text for a terminal, and as CSV for a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from quotes.output.cells import fit, inert, one_line
from quotes.output.table import counted
from quotes.output.target import folder_at, replaced
from quotes.report.tables import Cell, Table
from quotes.report.tally import Tally

WIDEST = 44


def shown(column: str, cell: Cell) -> str:
    """Return a cell for people: shares in per cent, thousands apart."""
    if column in ("share", "named"):
        return f"{float(cell):.1%}"
    if isinstance(cell, str):
        return one_line(cell)
    return f"{cell:,}"


def lines(table: Table, top: int) -> Iterator[str]:
    """Yield a table as lines of text: title, head, at most `top` rows, and how many there are beyond."""
    yield table.title
    rows = [[shown(c, cell) for c, cell in zip(table.columns, row, strict=True)] for row in table.rows[:top]]
    columns = [i for i, c in enumerate(table.columns) if c not in ("also named", "first month", "last month")]
    widths = {i: min(WIDEST, max([len(table.columns[i]), *(len(r[i]) for r in rows)])) for i in columns}
    words = {i for i in columns if all(isinstance(row[i], str) for row in table.rows)}

    def line(cells: list[str]) -> str:
        parts = [fit(cells[i], widths[i]) if i in words else cells[i].rjust(widths[i]) for i in columns]
        return "  ".join(parts).rstrip()

    yield f"  {line(list(table.columns))}"
    yield from (f"  {line(row)}" for row in rows)
    if len(table.rows) > top:
        yield f"  and {counted(len(table.rows) - top, 'row')} more"


def head(tally: Tally) -> Iterator[str]:
    """Yield what all tables are about, and what was left out of them."""
    total = tally.total
    articles, words = counted(total.documents, "article"), counted(total.words, "word")
    yield f"{counted(total.quotes, 'quotation')} in {articles}, {words}"
    if tally.repeated:
        yield f"{counted(tally.repeated, 'pull quote')} not counted again"
    if tally.left_out:
        yield f"{counted(tally.left_out, 'quotation')} of the stories' own subjects left out"
    if tally.unread:
        yield f"{counted(tally.unread, 'article')} could not be read"


def write_csv(folder: str, tables: list[Table]) -> None:
    """Write each table to a CSV file of its name. Raises `OutputError`."""
    with folder_at(folder) as there:
        for table in tables:
            name = str(Path(there) / f"{table.name}.csv")
            with replaced(name) as path, path.open("w", encoding="utf-8", newline="") as stream:
                rows = csv.writer(stream, lineterminator="\n")
                rows.writerow(table.columns)
                rows.writerows([inert(c) if isinstance(c, str) else c for c in row] for row in table.rows)
