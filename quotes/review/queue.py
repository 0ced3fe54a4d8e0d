"""The order of work: what is most in doubt first, or as it stands in the text."""

from __future__ import annotations

import sqlite3

from quotes.review.spans import one_of
from quotes.review.values import Json
from quotes.review.view import load_view

ORDERS = ("doubt", "text")


def queue(connection: sqlite3.Connection, reviewer: str, doc: str | None, order: str | None) -> list[Json]:
    """Return the quotations of a document, or the undecided ones of all, in an order of `ORDERS`."""
    order = one_of(order or "doubt", ORDERS, "order")
    found = []
    docs = connection.execute("SELECT id FROM document ORDER BY position") if doc is None else [{"id": doc}]
    for key in [row["id"] for row in docs]:
        for shown in load_view(connection, key, reviewer).quotes:
            if doc is not None or not shown.decided:
                status = shown.state["status"]
                found.append({"doc": key, "id": shown.key, "doubt": shown.doubt, "status": status})
    if order == "doubt":
        found.sort(key=lambda row: -row["doubt"])
    return found
