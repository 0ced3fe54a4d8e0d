"""Settle where two reviewers differ: blocked until both have finished, then side by side."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from quotes.review import present
from quotes.review import spans as checked
from quotes.review.cast_changes import Overlay
from quotes.review.casts import Cast
from quotes.review.decisions import with_speaker
from quotes.review.errors import DeskError, not_found
from quotes.review.log import Entry, append
from quotes.review.values import FINAL, ROLES, Json, worded
from quotes.review.view import Shown, View, finishers, load_view

STATUSES = ("accepted", "corrected", "rejected", "unsure")


@dataclass(slots=True)
class Item:
    """One quotation in all versions, by reviewer; None where a reviewer does not have it."""

    key: str
    versions: dict[str, Shown | None]
    final: Shown | None = None

    def agreed(self, views: dict[str, View]) -> bool:
        """Return whether all reviewers decided, and decided the same."""
        verdicts = [verdict(views[name], shown) for name, shown in self.versions.items()]
        return None not in verdicts and all(v == verdicts[0] for v in verdicts)


def verdict(view: View, shown: Shown | None) -> tuple[object, ...] | None:
    """Return what a decision says, to compare it with another; None where there is none."""
    if shown is None or not shown.decided or shown.state["status"] == "unsure":
        return None
    state = shown.state
    if state["status"] == "rejected":
        return ("rejected",)
    name = view.cast.name(state["speaker_id"])
    return ("kept", state["type"], *(str(state[role]) for role in ROLES), name.casefold() if name else None)


def items_of(views: dict[str, View], final: View | None) -> list[Item]:
    """Return the quotations that any view has, in text order."""
    found: dict[str, Item] = {}
    order: dict[str, tuple[list[list[int]], str]] = {}
    for name, view in views.items():
        for shown in view.quotes:
            found.setdefault(shown.key, Item(shown.key, dict.fromkeys(views))).versions[name] = shown
            order.setdefault(shown.key, (shown.state["content"], shown.key))
    for shown in final.quotes if final is not None else []:
        if shown.decided:
            found.setdefault(shown.key, Item(shown.key, dict.fromkeys(views))).final = shown
            order.setdefault(shown.key, (shown.state["content"], shown.key))
    return [found[key] for key in sorted(found, key=order.__getitem__)]


def adjudication(connection: sqlite3.Connection, doc: str) -> Json:
    """Return the versions of all quotations of a document, or why they are not shown yet."""
    final = load_view(connection, doc, FINAL)
    names = finishers(connection, doc)
    if len(names) < 2:
        done = f"{names[0]} has finished; one more reviewer must" if names else "two reviewers must finish it first"
        return {"blocked": True, "why": f"Answers stay hidden: {done}.", "finished_by": names, "items": []}
    views = {name: load_view(connection, doc, name) for name in names}
    rows = [_item(item, views, final) for item in items_of(views, final)]
    left = sum(row["final"] is None for row in rows)
    facts = present.document(connection, final)
    return {
        "blocked": False,
        "why": "",
        "finished_by": names,
        "items": rows,
        "left": left,
        "document": facts["document"],
        "speakers": facts["speakers"],
        "seq": final.seq,
    }


def _item(item: Item, views: dict[str, View], final: View) -> Json:
    versions: list[Json] = []
    for name, shown in item.versions.items():
        quote = None if shown is None else present.quote(views[name], shown)
        versions.append({"reviewer": name, "status": quote["status"] if quote else "missing", "quote": quote})
    agree = item.agreed(views)
    settled, quote = None, None
    if item.final is not None:
        settled, quote = "adjudicated", present.quote(final, item.final)
    elif agree:
        settled, quote = "agreed", versions[0]["quote"]
    return {
        "quote": item.key,
        "versions": versions,
        "agree": agree,
        "final": quote,
        "settled": settled,
        "revision": item.final.revision if item.final else 0,
    }


def settle(connection: sqlite3.Connection, reviewer: str, body: Json) -> tuple[int, str]:
    """Write what is final for a quotation: a reviewer's version, or fields of its own. Raises `DeskError`."""
    doc, key, chosen = body.get("doc"), body.get("quote"), body.get("choose")
    after, note = body.get("after") or {}, checked.note(body.get("note"))
    if not isinstance(doc, str) or not isinstance(key, str) or not isinstance(after, dict):
        raise DeskError("bad_request", "An adjudication needs 'doc' and 'quote'.", 400)
    final = load_view(connection, doc, FINAL)
    names = finishers(connection, doc)
    if len(names) < 2:
        raise DeskError("blocked", "Two reviewers must finish this article before it can be settled.", 409)
    views = {name: load_view(connection, doc, name) for name in names}
    item = next((item for item in items_of(views, final) if item.key == key), None)
    if item is None:
        raise not_found("quotation")
    _refuse_stale(final, item, body.get("base_revision") or 0)
    overlay = Overlay(final.cast)
    if chosen is not None:
        state = _chosen(item, views, chosen, overlay)
    elif after:
        state = _worded(item, views, after, overlay, len(final.text))
    else:
        raise DeskError("bad_request", "Choose a reviewer's version, or give 'after'.", 400)
    if note is not None:
        state["note"] = note
    before = None if item.final is None else item.final.state
    state = worded(state, final.text)
    entry = Entry(
        reviewer, FINAL, doc, "quote", "adjudicate", key, before, state, note, checked.seconds(body.get("seconds"))
    )
    return append(connection, [*overlay.entries(reviewer, FINAL, doc), entry]), key


def _refuse_stale(final: View, item: Item, base: int) -> None:
    now = item.final.revision if item.final else 0
    if base != now:
        extra = {"shown": (final, item.final)} if item.final else {}
        raise DeskError("stale", "This quotation was settled in another window. Look again.", 409, **extra)


def _chosen(item: Item, views: dict[str, View], name: str, overlay: Overlay) -> Json:
    if name not in views:
        raise DeskError("bad_field", f"'choose' must be one of: {', '.join(views)}.")
    shown = item.versions[name]
    if shown is None:  # the other reviewer added it, this one did not: it is no quotation
        other = next(s for s in item.versions.values() if s is not None)
        return {**other.state, "status": "rejected", "speaker_id": None, "speaker": None, "chosen": name}
    if not shown.decided:
        raise DeskError("bad_field", f"{name} has not decided on this quotation.")
    return {**shown.state, **carried(views[name].cast, shown.state["speaker_id"], overlay), "chosen": name}


def carried(cast: Cast, key: str | None, overlay: Overlay) -> Json:
    """Return the speaker of a reviewer's version in the final cast, created there where it has none of that name."""
    found = cast.resolve(key)
    if found is None:
        return {"speaker_id": None, "speaker": None}
    fields, final = cast.fields(found), overlay.now()
    same = final.by_name(fields["name"])
    if same is None:
        same = found if found not in final.known else None
        facts = {n: fields[n] for n in ("name", "role", "kind", "identifier", "aliases")}
        if same is None:  # known under another name: the reviewer renamed it
            same = found
            overlay.after["edits"].setdefault(found, {}).update(facts)
        else:
            overlay.after["created"][same] = {"id": same, **facts}
    return {"speaker_id": same, "speaker": fields["name"]}


def _worded(item: Item, views: dict[str, View], after: Json, overlay: Overlay, length: int) -> Json:
    fields = checked.fields(after, length)
    if item.final is not None:
        base = dict(item.final.state)
    else:
        name, shown = next((n, s) for n, s in item.versions.items() if s is not None)
        base = {**shown.state, **carried(views[name].cast, shown.state["speaker_id"], overlay)}
    overlay.cast, was = overlay.now(), overlay.cast
    state = with_speaker(overlay, {**base, **{n: fields[n] for n in (*ROLES, "type") if n in fields}}, fields)
    overlay.cast = was
    state["status"] = checked.one_of(after.get("status", "corrected"), STATUSES, "status")
    state.pop("chosen", None)
    return state
