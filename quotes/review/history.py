"""Undo and redo to any depth, per reviewer; both are entries of the log, and nothing is ever taken out of it."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from quotes.review.decisions import refuse_closed
from quotes.review.errors import DeskError
from quotes.review.log import Entry, append
from quotes.review.values import Json, loads

_OWN = "reviewer = :reviewer AND action NOT IN ('undo', 'redo') AND scope <> 'run'"
_LATEST = "(SELECT action FROM log AS t WHERE t.target = log.grp ORDER BY t.seq DESC LIMIT 1)"
"""What was last said of a group: undo, redo, or nothing."""


def undo(connection: sqlite3.Connection, reviewer: str, doc: str | None) -> Json:
    """Undo the reviewer's last group that stands (in one document, if given). Raises `DeskError`."""
    row = connection.execute(
        f"SELECT grp FROM log WHERE {_OWN} AND (:doc IS NULL OR doc = :doc) "
        f"AND coalesce({_LATEST}, 'redo') = 'redo' ORDER BY grp DESC LIMIT 1",
        {"reviewer": reviewer, "doc": doc},
    ).fetchone()
    if row is None:
        raise DeskError("nothing_to_undo", "There is nothing to undo.", 404)
    return _turn(connection, reviewer, "undo", row["grp"])


def redo(connection: sqlite3.Connection, reviewer: str, doc: str | None) -> Json:
    """Redo the group that was undone last, unless something else was done since. Raises `DeskError`."""
    row = connection.execute(
        f"SELECT grp, {_LATEST} AS latest, (SELECT max(seq) FROM log AS t WHERE t.target = log.grp) AS at "
        f"FROM log WHERE {_OWN} AND (:doc IS NULL OR doc = :doc) AND latest = 'undo' ORDER BY at DESC LIMIT 1",
        {"reviewer": reviewer, "doc": doc},
    ).fetchone()
    if row is None or _done_since(connection, reviewer, row["grp"], row["at"]):
        raise DeskError("nothing_to_redo", "There is nothing to redo.", 404)
    return _turn(connection, reviewer, "redo", row["grp"])


def _done_since(connection: sqlite3.Connection, reviewer: str, group: int, at: int) -> bool:
    """Return whether the reviewer has done something new in the group's documents after it was undone."""
    row = connection.execute(
        f"SELECT 1 FROM log WHERE {_OWN} AND seq > :at AND doc IN (SELECT doc FROM log WHERE grp = :group) LIMIT 1",
        {"reviewer": reviewer, "at": at, "group": group},
    ).fetchone()
    return row is not None


def _turn(connection: sqlite3.Connection, reviewer: str, action: str, group: int) -> Json:
    """Write the entries of an undo or redo: each key of the group gets the state of its last entry that stands."""
    rows = connection.execute("SELECT * FROM log WHERE grp = ? ORDER BY seq", (group,)).fetchall()
    keys = list(dict.fromkeys((r["doc"], r["layer"], r["scope"], r["quote"]) for r in rows))
    for doc, layer, _, _ in keys:
        refuse_closed(connection, doc, layer)
    entries = [_entry(connection, reviewer, action, group, key) for key in keys]
    seq = append(connection, entries, target=group)
    first = rows[0]
    return {
        "seq": seq,
        "undone" if action == "undo" else "redone": {
            "action": first["action"],
            "quote": first["quote"] or None,
            "doc": first["doc"],
            "scope": first["scope"],
            "layer": first["layer"],
            "entries": len(rows),
        },
        "keys": keys,
    }


def _entry(
    connection: sqlite3.Connection, reviewer: str, action: str, group: int, key: tuple[str, str, str, str]
) -> Entry:
    doc, layer, scope, quote = key
    rows = connection.execute(
        f"SELECT grp, action, after, run, text_sha256, {_LATEST} AS latest FROM log "
        "WHERE doc = ? AND layer = ? AND scope = ? AND quote = ? ORDER BY seq DESC",
        key,
    )
    before, found = None, None
    for number, row in enumerate(rows):
        if number == 0:
            before = loads(row["after"])
        stands = action == "redo" if row["grp"] == group else row["latest"] != "undo"
        if row["action"] not in ("undo", "redo") and stands:
            found = row
            break
    bare = Entry(reviewer, layer, doc, scope, action, quote, before=before)
    if found is None:
        return bare
    return replace(bare, after=loads(found["after"]), run=found["run"], text_sha256=found["text_sha256"])
