"""What stands in the columns: JSON, texts that may hold lone surrogates, times, keys."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from quotes.ids import text_hash

Json = dict[str, Any]
Pairs = list[list[int]]

FINAL = "final"
"""The layer of what adjudication settled; every other layer is a reviewer's name."""
OPEN = "unreviewed"
DECIDED = ("accepted", "corrected", "rejected", "unsure")
ROLES = ("content", "cue", "source")


def dumps(value: Any) -> str:
    """Return JSON, readable where the text can be stored in UTF-8, escaped where it can't."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"))
    return text


def loads(value: str | None) -> Any:
    """Return the value of a JSON column, None for NULL."""
    return None if value is None else json.loads(value)


def to_column(text: str) -> str | bytes:
    """Return a text as SQLite takes it: one with lone surrogates as bytes."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


def from_column(value: str | bytes) -> str:
    """Return the text that `to_column` stored."""
    return value.decode("utf-8", "surrogatepass") if isinstance(value, bytes) else value


def now() -> str:
    """Return the time in UTC, to the millisecond, as ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def document_key(name: str) -> str:
    """Return the key of a document: of its name alone, so that it stays when the text changes; safe in a URL."""
    return "d_" + text_hash(name)[:16]


def worded(state: Json, text: str) -> Json:
    """Return the state of a quotation with its words, so that the log can be read without the text."""
    return {**state, "text": " […] ".join(text[s:e] for s, e in state["content"])}
