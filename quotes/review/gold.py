"""The newsroom's decisions as gold data, to measure the extractor on the newsroom's own stories."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

from quotes.review.settled import DISPUTED, Outcome, outcome
from quotes.review.settled import all_documents as documents_of
from quotes.review.values import OPEN, Json, from_column, loads

WHERE = {"settled": {"yes"}}
"""Leaves out quotations that reviewers were unsure of or differ on: neither right nor wrong."""


@dataclass(slots=True)
class Gold:
    """Documents that were reviewed to the end, what the extractor had found in them, and how many are left out."""

    documents: list[Json] = field(default_factory=list)
    predictions: list[Json] = field(default_factory=list)
    unfinished: int = 0


def gold(connection: sqlite3.Connection) -> Gold:
    """Return the decisions of all documents without an undecided quotation."""
    found = Gold()
    for doc in documents_of(connection):
        settled = outcome(connection, doc)
        if not settled.quotes or any(row.status == OPEN for row in settled.quotes):
            found.unfinished += 1
            continue
        name = from_column(settled.view.row["name"])
        found.documents.append({"id": name, "text": settled.view.text, "quotes": _rows(settled)})
        found.predictions.append({"id": name, "quotes": _predicted(connection, settled)})
    return found


def _rows(settled: Outcome) -> list[Json]:
    rows = []
    for row in settled.quotes:
        if row.status == "rejected":
            continue
        state, key = row.state, row.cast.resolve(row.state["speaker_id"])
        fields = row.cast.fields(key) if key else {"name": None, "aliases": []}
        rows.append(
            {
                "id": row.key,
                "type": state["type"],
                **{role: state[role] for role in ("content", "cue", "source")},
                "speaker": fields["name"],
                "speaker_aliases": fields["aliases"],
                "settled": "no" if row.status in ("unsure", DISPUTED) else "yes",
            }
        )
    return rows


def _predicted(connection: sqlite3.Connection, settled: Outcome) -> list[Json]:
    rows = connection.execute(
        "SELECT record FROM prediction WHERE doc = ? AND run = ? ORDER BY position",
        (settled.view.doc, settled.view.row["run"]),
    )
    return [loads(row["record"]) for row in rows]
