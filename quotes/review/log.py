"""The append-only log: entries, groups that are undone as one, and the last entry of each key, which is the state."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from quotes.review.values import dumps, loads, now


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry to be: `after` is the whole new state of its key (doc, layer, scope, quote), None for none.

    `run` and `text_sha256` say which model it speaks of and which text its offsets point into: the document's own
    if not given.
    """

    reviewer: str
    layer: str
    doc: str
    scope: str
    action: str
    quote: str = ""
    before: Any = None
    after: Any = None
    note: str | None = None
    seconds: float | None = None
    run: int | None = None
    text_sha256: str | None = None

    @property
    def status(self) -> str | None:
        """The status that a quotation has after it."""
        return self.after.get("status") if self.scope == "quote" and self.after else None


def append(connection: sqlite3.Connection, entries: Sequence[Entry], *, target: int | None = None) -> int:
    """Write entries as one group and return the number of the last; `target` is the group of an undo or redo."""
    at, group, last = now(), _next(connection), 0
    for entry in entries:
        run, sha = _current(connection, entry.doc)
        row = (
            at,
            entry.reviewer,
            entry.layer,
            entry.doc,
            entry.scope,
            entry.quote,
            entry.action,
            group,
            target,
            entry.status,
            None if entry.before is None else dumps(entry.before),
            None if entry.after is None else dumps(entry.after),
            entry.note,
            entry.seconds,
            run if entry.run is None else entry.run,
            entry.text_sha256 or sha,
        )
        cursor = connection.execute(
            "INSERT INTO log (at, reviewer, layer, doc, scope, quote, action, grp, target, status, before, after, "
            f"note, seconds, run, text_sha256) VALUES ({', '.join('?' * len(row))})",
            row,
        )
        last = int(cursor.lastrowid or 0)
    return last


def _next(connection: sqlite3.Connection) -> int:
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'log'").fetchone()
    return 1 if row is None else row["seq"] + 1


def _current(connection: sqlite3.Connection, doc: str) -> tuple[int, str]:
    row = connection.execute("SELECT run, sha256 FROM document WHERE id = ?", (doc,)).fetchone()
    return row["run"], row["sha256"]


def states(connection: sqlite3.Connection, doc: str, layer: str, scope: str) -> dict[str, sqlite3.Row]:
    """Return the last entry per quotation ('' for other scopes) of a layer of a document."""
    rows = connection.execute(
        "SELECT * FROM log WHERE seq IN (SELECT max(seq) FROM log WHERE doc = ? AND layer = ? AND scope = ? "
        "GROUP BY quote)",
        (doc, layer, scope),
    )
    return {row["quote"]: row for row in rows}


def state(connection: sqlite3.Connection, doc: str, layer: str, scope: str, quote: str = "") -> Any:
    """Return the current state of one key, None where there is none."""
    row = connection.execute(
        "SELECT after FROM log WHERE doc = ? AND layer = ? AND scope = ? AND quote = ? ORDER BY seq DESC LIMIT 1",
        (doc, layer, scope, quote),
    ).fetchone()
    return None if row is None else loads(row["after"])


def last_seq(connection: sqlite3.Connection, doc: str | None = None) -> int:
    """Return the number of the last entry, of a document or of all."""
    where, given = ("", ()) if doc is None else (" WHERE doc = ?", (doc,))
    row = connection.execute(f"SELECT max(seq) AS seq FROM log{where}", given).fetchone()
    return row["seq"] or 0
