"""What a newsroom says of each quotation: one reviewer's word, what two agree on, or what adjudication settled."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

from quotes.review.adjudication import items_of, verdict
from quotes.review.casts import Cast
from quotes.review.errors import not_found
from quotes.review.values import FINAL, OPEN, Json
from quotes.review.view import Shown, View, finishers, load_view

DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class Settled:
    """A quotation as it goes out. `status` is its state's, or `disputed` where reviewers differ and nobody settled it.

    `by` are those whose word it is; `cast` is the cast that `state["speaker_id"]` belongs to.
    """

    key: str
    state: Json
    status: str
    by: tuple[str, ...]
    cast: Cast
    shown: Shown


@dataclass(frozen=True, slots=True)
class Outcome:
    """A document with its settled quotations, in text order, and those whose words are gone from the text."""

    view: View
    quotes: list[Settled]
    orphaned: list[Settled] = field(default_factory=list)


def layers_of(connection: sqlite3.Connection, doc: str) -> list[str]:
    """Return the reviewers who have an entry for a document, by name."""
    rows = connection.execute(
        "SELECT DISTINCT layer FROM log WHERE doc = ? AND layer NOT IN ('', ?) ORDER BY layer", (doc, FINAL)
    )
    return [row["layer"] for row in rows]


def visible(connection: sqlite3.Connection, doc: str, reviewer: str) -> str | None:
    """Return the layer that a reviewer may see of a document: all (None) when the answers are open, else the own."""
    done = finishers(connection, doc)
    return None if len(done) > 1 and reviewer in done else reviewer


def outcome(connection: sqlite3.Connection, doc: str, reviewer: str | None = None) -> Outcome:
    """Return a document as settled; with `reviewer` as that reviewer alone has it."""
    layers = [reviewer] if reviewer is not None else layers_of(connection, doc)
    final = load_view(connection, doc, FINAL)
    views = {name: load_view(connection, doc, name) for name in layers}
    if not views:
        views = {"": final}
    items = items_of(views, None if reviewer is not None else final)
    quotes = []
    for item in items:
        if item.final is not None:
            by = tuple(sorted({name for name, shown in item.versions.items() if shown is not None and shown.decided}))
            state = item.final.state
            quotes.append(Settled(item.key, state, state["status"], by, final.cast, item.final))
        else:
            quotes.append(_between(item.key, item.versions, views))
    lost = [
        Settled(s.key, s.state, "orphaned", (name,), view.cast, s)
        for name, view in views.items()
        for s in view.orphaned
    ]
    return Outcome(final if reviewer is None else views[reviewer], quotes, lost)


def _between(key: str, versions: dict[str, Shown | None], views: dict[str, View]) -> Settled:
    """Return what those say who have decided; one that only some have added is theirs."""
    said = {name: shown for name, shown in versions.items() if shown is not None}
    decided = {name: shown for name, shown in said.items() if shown.decided}
    chosen = decided or said
    if not chosen:
        raise not_found("quotation")
    name, shown = next(iter(chosen.items()))
    verdicts = {verdict(views[n], s) or s.state["status"] for n, s in decided.items()}
    status = DISPUTED if len(verdicts) > 1 else shown.state["status"] if decided else OPEN
    return Settled(key, shown.state, status, tuple(decided), views[name].cast, shown)


def all_documents(connection: sqlite3.Connection) -> list[str]:
    """Return the keys of all documents, in order."""
    return [row["id"] for row in connection.execute("SELECT id FROM document ORDER BY position")]
