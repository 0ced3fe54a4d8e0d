"""A document as one reviewer sees it: what the last run found, with the reviewer's own log over it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

from quotes.review.anchoring import move
from quotes.review.casts import Cast, load_cast
from quotes.review.errors import not_found
from quotes.review.log import last_seq, states
from quotes.review.values import DECIDED, FINAL, OPEN, Json, from_column, loads

Predictions = dict[str, tuple[Json, float]]
KEPT = 64
"""Documents whose predictions are kept parsed in memory."""


@dataclass(slots=True)
class Shown:
    """A quotation in a view: its state, what the model said of it (None where nothing), and its last log entry.

    `key` is the quotation's id in the log. `state` has status, type, content, cue, source, speaker_id, note, origin.
    `lost` is the hash of the text that the offsets point into, where that is not the current one.
    """

    key: str
    state: Json
    prediction: Json | None
    revision: int
    doubt: float = 0.0
    moved: bool = False
    changed: bool = False
    lost: str | None = None

    @property
    def decided(self) -> bool:
        """Whether the reviewer has said something of it."""
        return self.state["status"] in DECIDED


@dataclass(slots=True)
class View:
    """A document in a layer. `quotes` are in text order; `orphaned` have no place in the current text."""

    doc: str
    layer: str
    row: sqlite3.Row
    text: str
    cast: Cast
    seq: int
    quotes: list[Shown] = field(default_factory=list)
    orphaned: list[Shown] = field(default_factory=list)

    def find(self, key: str) -> Shown:
        """Return a quotation by its id. Raises `DeskError` (404)."""
        for shown in (*self.quotes, *self.orphaned):
            if shown.key == key:
                return shown
        raise not_found("quotation")

    @property
    def left(self) -> int:
        """How many quotations are undecided."""
        return sum(not shown.decided for shown in self.quotes)


def load_view(connection: sqlite3.Connection, doc: str, layer: str) -> View:
    """Return the view of a document. Raises `DeskError` (404) where there is no such document."""
    row = connection.execute(
        "SELECT document.*, text.text FROM document JOIN text USING (sha256) WHERE id = ?", (doc,)
    ).fetchone()
    if row is None:
        raise not_found("document")
    cast = load_cast(connection, doc, layer, row["run"])
    view = View(doc, layer, row, from_column(row["text"]), cast, last_seq(connection, doc))
    _fill(connection, view)
    view.quotes.sort(key=lambda shown: (shown.state["content"], shown.key))
    return view


def _fill(connection: sqlite3.Connection, view: View) -> None:
    run = view.row["run"]
    base = _last_run(connection, view.doc)
    predictions = predictions_of(connection, view.doc, run)
    own = states(connection, view.doc, view.layer, "quote")
    taken: set[tuple[tuple[int, int], ...]] = set()
    for key, entry in own.items():
        if entry["after"] is None:
            continue
        shown = _decided(connection, view, key, entry, predictions.get(key), base)
        if shown is not None:
            taken.add(_place(shown.state["content"]))
    same_place = {_place(_pairs(record["content"])): (record, doubt) for record, doubt in predictions.values()}
    for shown in view.quotes:  # the same words under a new id: the text has changed around them
        found = same_place.get(_place(shown.state["content"]))
        if shown.prediction is None and found is not None:
            shown.prediction, shown.doubt = found
    for key, (record, doubt) in predictions.items():
        last = own.get(key)
        if (last is not None and last["after"] is not None) or _place(_pairs(record["content"])) in taken:
            continue
        revision = max(base, last["seq"] if last is not None else 0)
        view.quotes.append(Shown(key, predicted_state(record), record, revision, doubt))


_parsed: dict[str, Predictions] = {}


def predictions_of(connection: sqlite3.Connection, doc: str, run: int) -> Predictions:
    """Return id -> (record, doubt) of what a run found, in text order; kept in memory, not to be changed."""
    key = connection.execute("SELECT hash FROM reading WHERE doc = ? AND run = ?", (doc, run)).fetchone()["hash"]
    found = _parsed.get(key)
    if found is None:
        rows = connection.execute(
            "SELECT quote, doubt, record FROM prediction WHERE doc = ? AND run = ? ORDER BY position", (doc, run)
        )
        found = {row["quote"]: (loads(row["record"]), row["doubt"]) for row in rows}
        if len(_parsed) >= KEPT:
            _parsed.clear()
        _parsed[key] = found
    return found


def _decided(
    connection: sqlite3.Connection,
    view: View,
    key: str,
    entry: sqlite3.Row,
    prediction: tuple[Json, float] | None,
    base: int,
) -> Shown | None:
    """Put a quotation with a state into the view; return it unless it is orphaned."""
    state, record = loads(entry["after"]), prediction[0] if prediction else None
    shown = Shown(key, state, record, max(base, entry["seq"]), prediction[1] if prediction else 0.0)
    if entry["text_sha256"] != view.row["sha256"]:
        old = connection.execute("SELECT text FROM text WHERE sha256 = ?", (entry["text_sha256"],)).fetchone()
        moved = move(state, from_column(old["text"]), view.text)
        if moved is None:
            shown.lost = entry["text_sha256"]
            view.orphaned += [shown] if state["status"] != "rejected" else []
            return None
        shown.state, shown.moved = moved, True
    shown.changed = state["origin"] == "model" and _differs(connection, view, key, record, entry)
    view.quotes.append(shown)
    return shown


def _differs(connection: sqlite3.Connection, view: View, key: str, record: Json | None, entry: sqlite3.Row) -> bool:
    """Return whether the model now says something else than when the decision was made."""
    if entry["run"] == view.row["run"]:
        return False
    row = connection.execute(
        "SELECT record FROM prediction WHERE doc = ? AND run = ? AND quote = ?", (view.doc, entry["run"], key)
    ).fetchone()
    if row is None or record is None:
        return (row is None) != (record is None) and entry["text_sha256"] == view.row["sha256"]
    return predicted_state(loads(row["record"])) != predicted_state(record)


def _last_run(connection: sqlite3.Connection, doc: str) -> int:
    row = connection.execute("SELECT max(seq) AS seq FROM log WHERE doc = ? AND scope = 'run'", (doc,)).fetchone()
    return row["seq"] or 0


def _pairs(spans: list[Json]) -> list[list[int]]:
    return [[s["start"], s["end"]] for s in spans]


def _place(spans: list[list[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((s, e) for s, e in spans)


def predicted_state(record: Json) -> Json:
    """Return the state of a quotation that nobody has decided on."""
    return {
        "status": OPEN,
        "type": record["type"],
        **{role: _pairs(record[role]) for role in ("content", "cue", "source")},
        "speaker_id": record["speaker_id"],
        "speaker": record["speaker"],
        "note": "",
        "origin": "model",
    }


def finishers(connection: sqlite3.Connection, doc: str) -> list[str]:
    """Return the reviewers who have marked a document as finished, by name."""
    rows = connection.execute(
        "SELECT layer FROM log WHERE seq IN (SELECT max(seq) FROM log WHERE doc = ? AND scope = 'finish' "
        "GROUP BY layer) AND after IS NOT NULL ORDER BY layer",
        (doc,),
    )
    return [row["layer"] for row in rows if row["layer"] != FINAL]
