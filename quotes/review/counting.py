"""How far the reviewers are: counts per document, computed again only where its log has grown."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from quotes.review.values import Json
from quotes.review.view import finishers, load_view


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of a document in a layer, true as long as the document's last entry is `seq`."""

    seq: int
    quotes: int
    decided: int
    orphaned: int
    words: int


def documents_of(connection: sqlite3.Connection, layer: str, kept: dict[tuple[str, str], Counts]) -> list[Json]:
    """Return the rows of the list of documents; `kept` is the memory of earlier counts, which is added to."""
    rows = connection.execute(
        "SELECT id, title, url, name, (SELECT max(seq) FROM log WHERE doc = document.id) AS seq FROM document "
        "ORDER BY position"
    ).fetchall()
    found = []
    for row in rows:
        counts = kept.get((row["id"], layer))
        if counts is None or counts.seq != row["seq"]:
            counts = kept[row["id"], layer] = counts_of(connection, row["id"], layer)
        found.append(
            {
                **{name: row[name] for name in ("id", "title", "url", "name")},
                "words": counts.words,
                "quotes": counts.quotes,
                "decided": counts.decided,
                "left": counts.quotes - counts.decided,
                "orphaned": counts.orphaned,
                "finished_by": finishers(connection, row["id"]),
            }
        )
    return found


def counts_of(connection: sqlite3.Connection, doc: str, layer: str) -> Counts:
    """Return the counts of a document as a layer has it."""
    view = load_view(connection, doc, layer)
    return Counts(view.seq, len(view.quotes), len(view.quotes) - view.left, len(view.orphaned), len(view.text.split()))
