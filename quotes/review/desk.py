"""What the desk can do, one function per request: each runs one transaction and returns JSON of the contract."""

from __future__ import annotations

import io
import sqlite3
from typing import Any

from quotes.review import adjudication, cast_changes, decisions, exports, history, present, steps
from quotes.review.agreement import agreement
from quotes.review.counting import Counts, documents_of
from quotes.review.database import Store
from quotes.review.errors import DeskError, not_found
from quotes.review.log import Entry, append, last_seq
from quotes.review.queue import queue
from quotes.review.settled import all_documents, visible
from quotes.review.spans import one_of
from quotes.review.values import FINAL, Json
from quotes.review.view import finishers, load_view


class Desk:
    """A store with what is kept in memory for it. All methods may be called from several threads."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._counts: dict[tuple[str, str], Counts] = {}

    def session(self) -> Json:
        """Return who has taken part and what the newest run was made by."""
        with self.store.reading() as connection:
            run = connection.execute("SELECT * FROM run ORDER BY id DESC LIMIT 1").fetchone()
            names = connection.execute("SELECT DISTINCT reviewer FROM log WHERE reviewer <> '' ORDER BY reviewer")
            reviewers = [row["reviewer"] for row in names]
        return {"pipeline": None if run is None else dict(run), "reviewers": reviewers}

    def documents(self, reviewer: str) -> Json:
        """Return the list of documents with the reviewer's progress."""
        with self.store.reading() as connection:
            rows = documents_of(connection, reviewer, self._counts)
        total, decided = sum(row["quotes"] for row in rows), sum(row["decided"] for row in rows)
        return {"documents": rows, "progress": {"decided": decided, "total": total}}

    def document(self, reviewer: str, doc: str) -> Json:
        """Return a document as the reviewer sees it."""
        with self.store.reading() as connection:
            view = load_view(connection, doc, reviewer)
            revision = cast_changes.speakers_revision(connection, view)
            return {**present.document(connection, view), "speakers_revision": revision}

    def decide(self, reviewer: str, body: Json) -> Json:
        """Write a decision; what is returned is on the disk."""
        decision = decisions.parse(body)
        with self.store.writing() as connection:
            seq, key = decisions.decide(connection, reviewer, decision)
            answer = self._after(connection, decision.doc, reviewer, [key])
        quote = next(iter(answer.pop("quotes")), None)  # None where an orphaned one was rejected
        return {"seq": seq, "quote": quote, **answer}

    def accept_above(self, reviewer: str, body: Json) -> Json:
        """Accept all undecided quotations above a confidence."""
        doc = _optional(body, "doc")
        with self.store.writing() as connection:
            seq, keys = decisions.accept_above(connection, reviewer, doc, body.get("above"))
            left = None if doc is None else load_view(connection, doc, reviewer).left
        return {"accepted": len(keys), "seq": seq, "quotes": keys, "left": left}

    def turn(self, reviewer: str, action: str, body: Json) -> Json:
        """Undo or redo the reviewer's last group."""
        doc = _optional(body, "doc")
        with self.store.writing() as connection:
            move = history.undo if action == "undo" else history.redo
            found = move(connection, reviewer, doc)
            keys = found.pop("keys")
            where, layer, _, quote = keys[0]
            quotes = [key[3] for key in keys if key[0] == where and key[3]]
            answer = self._after(connection, where, layer, quotes)
        first = next((q for q in answer["quotes"] if q["id"] == quote), None)
        return {**found, "quote": first, **answer}

    def speakers(self, reviewer: str, body: Json) -> Json:
        """Merge, split, rename, edit or create speakers."""
        with self.store.writing() as connection:
            decisions.refuse_closed(connection, str(body.get("doc")), reviewer)
            seq, key = cast_changes.change(connection, reviewer, reviewer, body)
            answer = self._after(connection, body["doc"], reviewer, None)
        return {"seq": seq, "speaker": key, **answer}

    def finish(self, reviewer: str, doc: str, done: bool) -> Json:
        """Mark a document as finished by the reviewer, or take it back while nobody has seen the other's answers."""
        with self.store.writing() as connection:
            load_view(connection, doc, reviewer)
            before = finishers(connection, doc)
            if (reviewer in before) != done:
                decisions.refuse_closed(connection, doc, reviewer)
                state = {"finished": True}
                pair = (None, state) if done else (state, None)
                action = "finish" if done else "reopen"
                append(connection, [Entry(reviewer, reviewer, doc, "finish", action, "", *pair)])
            names = finishers(connection, doc)
            return {"seq": last_seq(connection, doc), "finished_by": names, "unblinded": len(names) > 1}

    def queue(self, reviewer: str, doc: str | None, order: str | None) -> Json:
        """Return the order of work."""
        with self.store.reading() as connection:
            return {"quotes": queue(connection, reviewer, doc, order)}

    def step(self, reviewer: str, body: Json) -> Json:
        """Return spans with one edge moved by a token; nothing is stored."""
        with self.store.reading() as connection:
            text = load_view(connection, str(body.get("doc")), reviewer).text
        return {"spans": steps.step(text, body)}

    def agreement(self) -> Json:
        """Return the figures of every pair of reviewers."""
        with self.store.reading() as connection:
            return {"pairs": agreement(connection)}

    def adjudication(self, doc: str) -> Json:
        """Return the versions of the quotations of a document."""
        with self.store.reading() as connection:
            return adjudication.adjudication(connection, doc)

    def settle(self, reviewer: str, body: Json) -> Json:
        """Write what is final for a quotation."""
        with self.store.writing() as connection:
            seq, key = adjudication.settle(connection, reviewer, body)
            view = load_view(connection, body["doc"], FINAL)
            return {"seq": seq, "final": present.quote(view, view.find(key)), "speakers": present.speakers(view)}

    def export(self, reviewer: str, format: str, doc: str | None) -> tuple[str, str]:
        """Return (text, media type): what is settled where all answers are open, else the reviewer's own state."""
        format = one_of(format, tuple(exports.FORMATS), "format")
        stream = io.StringIO()
        with self.store.reading() as connection:
            keys = [key for key in all_documents(connection) if doc in (None, key)]
            if not keys:
                raise not_found("document")
            exports.write(connection, [(k, visible(connection, k, reviewer)) for k in keys], format, stream)
        return stream.getvalue(), exports.FORMATS[format]

    def _after(self, connection: sqlite3.Connection, doc: str, layer: str, keys: list[str] | None) -> Json:
        """Return what a page must draw anew: the quotations named (all if None) and the speakers."""
        view = load_view(connection, doc, layer)
        shown = [s for s in view.quotes if keys is None or s.key in keys]
        lost = [s for s in view.orphaned if keys is None or s.key in keys]
        quotes = [present.quote(view, s) for s in shown] + [present.quote(view, s, orphaned=True) for s in lost]
        revision = cast_changes.speakers_revision(connection, view)
        return {
            "quotes": quotes,
            "speakers": present.speakers(view),
            "left": view.left,
            "speakers_revision": revision,
        }


def _optional(body: Json, name: str) -> Any:
    value = body.get(name)
    if not isinstance(value, str | None):
        raise DeskError("bad_request", f"'{name}' must be an id or null.", 400)
    return value
