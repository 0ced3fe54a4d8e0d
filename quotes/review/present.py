"""Views as the JSON of the desk's contract; all offsets are code points into the document's text."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from typing import Any

from quotes.output.chain import steps
from quotes.review.casts import Cast
from quotes.review.values import Json, loads
from quotes.review.view import Shown, View, finishers
from quotes.schema import QuoteRecord

_PARAGRAPH = re.compile(r"[^\r\n\x0b\x0c\u2028\u2029]*\S[^\r\n\x0b\x0c\u2028\u2029]*")


def document(connection: sqlite3.Connection, view: View) -> Json:
    """Return a document with its quotations and speakers."""
    row, text = view.row, view.text
    facts = {"id": view.doc, "title": row["title"], "url": row["url"], "text": text, "sha256": row["sha256"]}
    return {
        "document": {**facts, "lang": language(row), "dir": direction(text), "paragraphs": paragraphs(text)},
        "quotes": [quote(view, shown) for shown in view.quotes],
        "orphaned": [quote(view, shown, orphaned=True) for shown in view.orphaned],
        "speakers": speakers(view),
        "seq": view.seq,
        "left": view.left,
        "finished_by": finishers(connection, view.doc),
    }


def language(row: sqlite3.Row) -> str:
    """Return the language of a document, English if it does not say."""
    return str(loads(row["meta"]).get("lang") or "en")


def paragraphs(text: str) -> list[list[int]]:
    """Return the ranges of the lines of a text that are not blank."""
    return [list(match.span()) for match in _PARAGRAPH.finditer(text)]


def direction(text: str) -> str:
    """Return `rtl` or `ltr`, by the first character that has a direction."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return "ltr"


def quote(view: View, shown: Shown, *, orphaned: bool = False) -> Json:
    """Return a quotation: its state, and what the model said of it."""
    state, record, cast = shown.state, shown.prediction or {}, view.cast
    key = cast.resolve(state["speaker_id"])
    found: Json = {
        "id": shown.key,
        "origin": state["origin"],
        **{name: state[name] for name in ("type", "content", "cue", "source", "status", "note")},
        "speaker": {"id": key, "name": cast.name(key)} if key else None,
        "candidates": candidates(record, cast),
        "chain": [] if orphaned or shown.moved else chain(shown, cast),
        "confidence": record.get("confidence"),
        "speaker_confidence": record.get("speaker_confidence"),
        "evidence": record.get("evidence", []),
        "flags": record.get("flags", []),
        "reason": reason(record, state),
        "revision": shown.revision,
        "doubt": shown.doubt,
        "reanchored": shown.moved,
        "model_changed": shown.changed,
        "orphaned": orphaned,
    }
    if orphaned:
        found["text"] = state.get("text", "")
    return found


def candidates(record: Json, cast: Cast) -> list[Json]:
    """Return the candidates of the model under the names they go by now, those that were merged as one."""
    found: dict[str, Json] = {}
    for candidate in record.get("candidates", []):
        key = cast.resolve(candidate["speaker_id"])
        name = cast.name(key) or candidate["name"]
        known = found.setdefault(key or name, {"name": name, "confidence": 0.0, "speaker_id": key})
        known["confidence"] = round(min(1.0, known["confidence"] + candidate["confidence"]), 3)
    return list(found.values())


def chain(shown: Shown, cast: Cast) -> list[list[Any]]:
    """Return the mentions from the source back to the nearest name of the speaker, as [start, end, text]."""
    record = shown.prediction
    if record is None or record["speaker_id"] not in cast.current or shown.state["source"] == []:
        return []
    return [
        [m.start, m.end, m.text] for m in steps(QuoteRecord.model_validate(record), cast.record(record["speaker_id"]))
    ]


_WHY_NOT = {
    "no_source": "no source is named beside the quotation",
    "pronoun_unresolved": "the pronoun could not be resolved",
    "ambiguous_name": "the name could be that of several people",
    "unnamed_source": "the source has no name in the article",
    "low_confidence": "no candidate was likely enough",
}


def reason(record: Json, state: Json) -> str:
    """Return in one plain sentence why the model thinks so."""
    if not record:
        return "A reviewer added this." if state["origin"] == "reviewer" else "The last run did not find this."
    words = "; ".join(e["words"].rstrip(".") for e in record["evidence"])
    if record["speaker"] is None:
        why = _WHY_NOT.get(record["reason"], "no source was found")
        return f"The speaker is unknown: {why}{f' ({words})' if words else ''}."
    return f"{record['speaker']}: {words or 'found by the model'}."


def speakers(view: View) -> list[Json]:
    """Return the speakers of a document, with how many quotations each has that are not rejected."""
    cast = view.cast
    counts: dict[str, int] = {}
    used: set[str] = set()
    for shown in view.quotes:
        key = cast.resolve(shown.state["speaker_id"])
        if key is not None:
            used.add(key)
            counts[key] = counts.get(key, 0) + (shown.state["status"] != "rejected")
    return [_speaker(cast, key, counts.get(key, 0)) for key in cast.shown(used)]


def _speaker(cast: Cast, key: str, count: int) -> Json:
    fields = cast.fields(key)
    mentions = [[m["start"], m["end"]] for m in fields["mentions"]] if key in cast.current else []
    facts = {name: fields[name] for name in ("name", "role", "kind", "identifier", "aliases")}
    return {"id": key, **facts, "quotes": count, "mentions": mentions}
