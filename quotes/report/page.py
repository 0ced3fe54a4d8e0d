"""The report as one HTML page that needs nothing else: style and plots stand inside, and there is no script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from quotes.report.plots import TYPES, bars, columns
from quotes.report.tables import Cell, Table
from quotes.report.tally import Tally
from quotes.report.text import head, shown

STYLE = """
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #fff; --soft: #5c5c5c; --line: #dcdcdc;
  --direct: #2f5d8a; --mixed: #c8802a; --indirect: #8fa3b5; }
@media (prefers-color-scheme: dark) { :root { --ink: #ececec; --paper: #17181a; --soft: #a9a9a9; --line: #3a3b3e;
  --direct: #7fb0e0; --mixed: #e0a558; --indirect: #66788a; } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 62rem;
  margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.7rem; margin: 0 0 .3rem } h2 { font-size: 1.2rem; margin: 2.6rem 0 .2rem }
p { margin: .2rem 0 .8rem; color: var(--soft) } svg { width: 100%; height: auto; font: 13px system-ui, sans-serif }
svg text { fill: var(--ink) } .grid { stroke: var(--line) } .axis { stroke: var(--soft) }
rect.direct, .key.direct { fill: var(--direct); background: var(--direct) }
rect.mixed, .key.mixed { fill: var(--mixed); background: var(--mixed) }
rect.indirect, .key.indirect { fill: var(--indirect); background: var(--indirect) }
.key { display: inline-block; width: .8rem; height: .8rem; margin: 0 .35rem 0 1rem }
.scroll { overflow-x: auto } table { border-collapse: collapse; font-size: .88rem; width: 100% }
th, td { text-align: left; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
th { font-weight: 600; white-space: nowrap } .n { text-align: right; font-variant-numeric: tabular-nums }
footer { margin-top: 3rem; font-size: .9rem; color: var(--soft) }
"""
POLICY = (
    "Attribution is not truth: the report counts what the articles say that somebody said. Nothing about a person is "
    "guessed; gender, ethnicity and the like are in no table unless a table of people was joined that has them. "
    "Quotations without a named speaker are counted as such."
)
PLOTTED = 15


def page(tally: Tally, tables: Iterable[Table], *, title: str, top: int) -> Iterator[str]:
    """Yield the page piece by piece; tables have at most `top` rows."""
    yield '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{_text(title)}</title><style>{STYLE}</style></head>\n<body><main><h1>{_text(title)}</h1>"
    yield f"<p>{_text('; '.join(head(tally)))}.</p>"
    keys = "".join(f'<span class="key {t}"></span>{t}' for t in TYPES)
    yield f"<p>Plots:{keys}</p>"
    for table in tables:
        yield from _section(table, top)
    yield f"</main><footer>{_text(POLICY)} Made by quotedesk.</footer></body></html>\n"


def _section(table: Table, top: int) -> Iterator[str]:
    yield f'\n<section id="{_text(table.name)}"><h2>{_text(table.title)}</h2><p>{_text(table.words)}</p>'
    yield _plot(table)
    numbers = [all(not isinstance(row[i], str) for row in table.rows) for i in range(len(table.columns))]
    cells = "".join(f'<th scope="col"{_class(n)}>{_text(c)}</th>' for c, n in zip(table.columns, numbers, strict=True))
    yield f'<div class="scroll"><table><thead><tr>{cells}</tr></thead><tbody>'
    for row in table.rows[:top]:
        yield "<tr>" + "".join(_cells(table.columns, row, numbers)) + "</tr>\n"
    yield "</tbody></table></div>"
    if len(table.rows) > top:
        yield f"<p>And {len(table.rows) - top:,} more, in the CSV tables.</p>"
    yield "</section>"


def _cells(columns: tuple[str, ...], row: tuple[Cell, ...], numbers: list[bool]) -> Iterator[str]:
    for column, cell, number in zip(columns, row, numbers, strict=True):
        yield f"<td{_class(number)}>{_text(shown(column, cell))}</td>"


def _class(number: bool) -> str:
    return ' class="n"' if number else ""


def _plot(table: Table) -> str:
    if not table.rows or "direct" not in table.columns or table.name == "outlets_by_month":
        return ""
    first = table.columns.index("direct")
    rows = [(str(row[0]), [int(c) for c in row[first : first + 3]]) for row in table.rows]
    if table.name == "months":
        return columns(rows, table.title)
    return bars(rows[:PLOTTED], table.title)


def _text(text: str) -> str:
    return escape(text.encode("utf-8", "replace").decode("utf-8"))
