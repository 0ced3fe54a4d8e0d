"""Change the cast of a document: merge, split, rename, edit and create speakers."""

from __future__ import annotations

import copy
import secrets
import sqlite3
from typing import Any

from quotes.review import spans as checked
from quotes.review.casts import EMPTY, Cast
from quotes.review.errors import DeskError
from quotes.review.log import Entry, append, states
from quotes.review.values import Json, worded
from quotes.review.view import View, load_view

OPS = ("merge", "split", "rename", "edit", "create")


class Overlay:
    """The overlay of a cast while it is changed; `entries` gives what must be logged."""

    def __init__(self, cast: Cast, action: str = "create") -> None:
        self.cast = cast
        self.action = action
        self.after: Json = copy.deepcopy(cast.overlay)

    def now(self) -> Cast:
        """Return the cast with the changes so far."""
        return self.cast.with_overlay(self.after)

    def entries(self, reviewer: str, layer: str, doc: str, note: str | None = None) -> list[Entry]:
        """Return the entry of the change, or none where nothing changed."""
        if self.after == self.cast.overlay:
            return []
        before = None if self.cast.overlay == EMPTY else self.cast.overlay
        return [Entry(reviewer, layer, doc, "speakers", self.action, "", before, self.after, note)]


def create(overlay: Overlay, fields: Json) -> str:
    """Add a speaker to an overlay and return the id, which no other speaker has."""
    key = "s_" + secrets.token_hex(8)
    overlay.after["created"][key] = {"id": key, "name": fields["name"], "kind": "person", **fields}
    return key


def change(connection: sqlite3.Connection, reviewer: str, layer: str, body: Json) -> tuple[int, str]:
    """Do one operation on the speakers of a document; return (number of the last entry, id of the speaker)."""
    op, doc = checked.one_of(body.get("op"), OPS, "op"), body.get("doc")
    if not isinstance(doc, str):
        raise DeskError("bad_request", "A change of speakers needs 'doc'.", 400)
    view = load_view(connection, doc, layer)
    base = body.get("base_revision")
    if base is not None and base != speakers_revision(connection, view):
        raise DeskError("stale", "The speakers were changed in another window. Look again.", 409, view=view)
    overlay, entries = Overlay(view.cast, op), []
    fields = _fields(body)
    if op == "create":
        key = _new(overlay, fields)
    elif op == "merge":
        key = _merge(overlay, body)
    elif op == "split":
        key = _new(overlay, fields)
        entries = _split(view, overlay, reviewer, key, body.get("quotes"))
    else:
        key = _edit(overlay, body, fields)
    own = overlay.entries(reviewer, layer, doc, checked.note(body.get("note")))
    if not own:
        raise DeskError("nothing_changed", "That changes nothing.")
    return append(connection, [*own, *entries]), key


def speakers_revision(connection: sqlite3.Connection, view: View) -> int:
    """Return the number of the last change of speakers in a view, 0 for none."""
    entry = states(connection, view.doc, view.layer, "speakers").get("")
    return 0 if entry is None else int(entry["seq"])


def _fields(body: Json) -> Json:
    found: Json = {}
    if body.get("name") is not None:
        found["name"] = checked.name(body["name"])
    if body.get("kind") is not None:
        found["kind"] = checked.one_of(body["kind"], checked.KINDS, "kind")
    for name in ("role", "identifier"):
        if name in body:
            value = body[name]
            found[name] = (" ".join(checked.words(value or "", name, checked.LONGEST_NAME).split())) or None
    return found


def _new(overlay: Overlay, fields: Json) -> str:
    if "name" not in fields:
        raise DeskError("bad_field", "A new speaker needs a name.")
    if overlay.action == "create" and overlay.cast.by_name(fields["name"]):
        raise DeskError("exists", f"There is a speaker '{fields['name']}' already.", 409)
    return create(overlay, fields)


def _merge(overlay: Overlay, body: Json) -> str:
    into = _known(overlay.cast, body.get("into"))
    ids = body.get("ids")
    if not isinstance(ids, list):
        raise DeskError("bad_field", "'ids' must be the speakers to merge.")
    others = [key for key in dict.fromkeys(_known(overlay.cast, i) for i in ids) if key != into]
    if not others:
        raise DeskError("nothing_changed", "Choose at least two speakers to merge.")
    overlay.after["merged"] |= dict.fromkeys(others, into)
    return into


def _edit(overlay: Overlay, body: Json, fields: Json) -> str:
    ids = body.get("ids") or [body.get("into")]
    if not isinstance(ids, list) or len(ids) != 1 or not fields:
        raise DeskError("bad_field", "Give one speaker in 'ids' and what to change.")
    key = _known(overlay.cast, ids[0])
    now = overlay.cast.fields(key)
    changed = {name: value for name, value in fields.items() if now.get(name) != value}
    if changed:
        overlay.after["edits"].setdefault(key, {}).update(changed)
    return key


def _split(view: View, overlay: Overlay, reviewer: str, key: str, wanted: Any) -> list[Entry]:
    if not isinstance(wanted, list) or not wanted or not all(isinstance(q, str) for q in wanted):
        raise DeskError("bad_field", "'quotes' must be the quotations that belong to the new speaker.")
    entries = []
    for shown in map(view.find, dict.fromkeys(wanted)):
        state = {**shown.state, "speaker_id": key, "speaker": overlay.now().name(key)}
        if shown.lost:
            raise DeskError("orphaned", "The words of a quotation are not in the text any more. Place it first.", 409)
        after = worded(state, view.text)
        entries.append(Entry(reviewer, view.layer, view.doc, "quote", "split", shown.key, shown.state, after))
    return entries


def _known(cast: Cast, key: Any) -> str:
    found = cast.resolve(key) if isinstance(key, str) else None
    if found is None:
        raise DeskError("unknown_speaker", "There is no such speaker in this article. Reload.")
    return found
