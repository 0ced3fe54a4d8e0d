"""Decide on quotations: each decision is one entry of the log, made only on what the reviewer has seen."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from typing import Any

from quotes.ids import quote_id
from quotes.review import spans as checked
from quotes.review.cast_changes import Overlay, create
from quotes.review.errors import DeskError
from quotes.review.log import Entry, append
from quotes.review.values import FINAL, OPEN, ROLES, Json, worded
from quotes.review.view import Shown, View, finishers, load_view, predicted_state

STATUS = {"accept": "accepted", "correct": "corrected", "reject": "rejected", "unsure": "unsure"}
ACTIONS = (*STATUS, "note", "add")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer wants: `quote` None for one that the model missed, `base` the revision that was on the screen."""

    doc: str
    quote: str | None
    action: str
    base: int | None
    after: Json
    note: str | None = None
    seconds: float | None = None


def parse(body: Json) -> Decision:
    """Return the decision in a request's body. Raises `DeskError`."""
    action = checked.one_of(body.get("action"), ACTIONS, "action")
    quote, base, after = body.get("quote"), body.get("base_revision"), body.get("after") or {}
    if not isinstance(body.get("doc"), str) or not isinstance(after, dict):
        raise DeskError("bad_request", "A decision needs 'doc', and 'after' must be an object.", 400)
    if action != "add" and (not isinstance(quote, str) or type(base) is not int):
        raise DeskError("bad_request", "A decision needs 'quote' and the 'base_revision' that it is made on.", 400)
    note, seconds = checked.note(body.get("note", after.get("note"))), checked.seconds(body.get("seconds"))
    return Decision(body["doc"], None if action == "add" else quote, action, base, after, note, seconds)


def decide(connection: sqlite3.Connection, reviewer: str, decision: Decision) -> tuple[int, str]:
    """Write a decision and return (number of its entry, id of the quotation).

    Raises `DeskError`: `stale` (409) where the quotation has changed since, with the quotation as it is now.
    """
    view = load_view(connection, decision.doc, reviewer)
    refuse_closed(connection, decision.doc, reviewer)
    fields = checked.fields(decision.after, len(view.text))
    if decision.action == "add":
        key, before, base = _added(view, fields)
        lost = None
    else:
        shown = view.find(str(decision.quote))
        refuse_stale(view, shown, decision.base)
        key, before, base = shown.key, shown.state, _base(view, shown, decision.action, fields)
        lost = None if "content" in fields else shown.lost
        refuse_twice(view, fields, key)
    overlay = Overlay(view.cast)
    state = with_speaker(overlay, base, fields)
    state["status"] = status_of(decision.action, state, view, key)
    if decision.note is not None:
        state["note"] = decision.note
    if decision.action == "correct" and before is not None and decision.note is None and same(state, before, view):
        raise DeskError("nothing_changed", "The correction changes nothing. Accept it, or change something.")
    after = state if lost else worded(state, view.text)
    entry = Entry(reviewer, reviewer, decision.doc, "quote", decision.action, key, before, after)
    entry = replace(entry, note=decision.note, seconds=decision.seconds, text_sha256=lost)
    return append(connection, [*overlay.entries(reviewer, reviewer, decision.doc), entry]), key


def refuse_stale(view: View, shown: Shown, base: int | None) -> None:
    """Raise `DeskError` (409) where a quotation is not as the reviewer saw it."""
    if base != shown.revision:
        message = "This quotation was changed in another window, or read anew. Nothing was overwritten: look again."
        raise DeskError("stale", message, 409, shown=(view, shown))


def refuse_closed(connection: sqlite3.Connection, doc: str, layer: str) -> None:
    """Raise `DeskError` (409) where all answers of a document are open to all, so that it is no blind review."""
    done = finishers(connection, doc)
    if layer != FINAL and layer in done and len(done) > 1:
        raise DeskError("closed", "Both reviewers have finished this article. Settle it in the adjudication.", 409)


def refuse_twice(view: View, fields: Json, key: str) -> None:
    """Raise `DeskError` (409) where another quotation has the very same words."""
    for shown in view.quotes:
        if shown.key != key and shown.state["content"] == fields.get("content"):
            raise DeskError("exists", "This quotation is in the list already.", 409, shown=(view, shown))


def _added(view: View, fields: Json) -> tuple[str, None, Json]:
    if "content" not in fields:
        raise DeskError("bad_spans", "Select the words of the quotation to add.")
    refuse_twice(view, fields, "")
    key = quote_id(view.row["sha256"], ((s, e) for s, e in fields["content"]))
    if any(shown.key == key for shown in (*view.quotes, *view.orphaned)):  # what has this key was moved elsewhere
        key = f"{key}_{view.seq}"
    bare: Json = {
        "status": OPEN,
        "type": "direct",
        "cue": [],
        "source": [],
        "speaker_id": None,
        "speaker": None,
        "note": "",
    }
    return key, None, {**bare, **_spans(fields), "origin": "reviewer"}


def _base(view: View, shown: Shown, action: str, fields: Json) -> Json:
    """Return the state that a decision starts from."""
    if shown in view.orphaned:
        if action == "reject" or (action == "correct" and "content" in fields):
            placed = {role: fields.get(role, []) for role in ROLES} if "content" in fields else {}
            return {**shown.state, **placed}
        raise DeskError("orphaned", "Its words are not in the text any more. Select them anew, or reject it.", 409)
    return {**shown.state, **_spans(fields)}


def _spans(fields: Json) -> Json:
    return {name: fields[name] for name in (*ROLES, "type") if name in fields}


def with_speaker(overlay: Overlay, state: Json, fields: Json) -> Json:
    """Return a state with the speaker of a correction, who is created where the name is new."""
    cast, state = overlay.cast, dict(state)
    if fields.get("speaker_name") is not None:
        state["speaker_id"] = cast.by_name(fields["speaker_name"]) or create(overlay, {"name": fields["speaker_name"]})
    elif "speaker_id" in fields:
        wanted = fields["speaker_id"]
        state["speaker_id"] = cast.resolve(wanted)
        if wanted is not None and state["speaker_id"] is None:
            raise DeskError("unknown_speaker", "There is no such speaker in this article. Reload, or add the speaker.")
    cast = overlay.now()
    state["speaker_id"] = cast.resolve(state["speaker_id"])
    state["speaker"] = cast.name(state["speaker_id"])
    return state


def status_of(action: str, state: Json, view: View, key: str) -> str:
    """Return the status after an action: accepting what differs from the model is a correction."""
    if action == "add":
        return "accepted"
    if action == "note":
        return str(state["status"])
    if action != "accept":
        return STATUS[action]
    shown = view.find(key)
    if shown.prediction is None or state["origin"] == "reviewer":
        return "accepted"
    return "accepted" if same(state, predicted_state(shown.prediction), view) else "corrected"


def same(state: Json, other: Json, view: View) -> bool:
    """Return whether two states say the same of a quotation, whatever was decided on them."""
    speakers = [view.cast.resolve(s["speaker_id"]) for s in (state, other)]
    return all(state[n] == other[n] for n in (*ROLES, "type")) and speakers[0] == speakers[1]


def accept_above(connection: sqlite3.Connection, reviewer: str, doc: str | None, above: Any) -> tuple[int, list[str]]:
    """Accept all undecided quotations whose content, source and speaker are that sure, as one group to undo."""
    if isinstance(above, bool) or not isinstance(above, int | float) or not 0 <= above <= 1:
        raise DeskError("bad_field", "'above' must be a number from 0 to 1.")
    rows = connection.execute("SELECT id FROM document ORDER BY position") if doc is None else [{"id": doc}]
    entries = []
    for key in [row["id"] for row in rows]:
        view = load_view(connection, key, reviewer)
        done = finishers(connection, key)
        if reviewer in done and len(done) > 1:
            continue
        for shown in view.quotes:
            if not shown.decided and shown.prediction is not None and 1 - shown.doubt >= above:
                state = with_speaker(Overlay(view.cast), shown.state, {})
                state["status"] = "accepted" if same(state, predicted_state(shown.prediction), view) else "corrected"
                why = f"bulk above {above}"
                after = worded(state, view.text)
                entries.append(Entry(reviewer, reviewer, key, "quote", "accept", shown.key, shown.state, after, why))
    return (append(connection, entries) if entries else 0), [entry.quote for entry in entries]
