"""Check what a reviewer says of a quotation before it is stored."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from quotes.review.errors import DeskError
from quotes.review.values import ROLES, Json, Pairs

TYPES = ("direct", "mixed", "indirect")
KINDS = ("person", "organization", "group", "document", "anonymous", "unknown")
LONGEST_NAME = 200
LONGEST_NOTE = 20_000
MOST_SPANS = 200
LONGEST_TIME = 86_400.0


def spans(value: Any, length: int, role: str) -> Pairs:
    """Return checked spans: [start, end] in code points, in order, apart, within a text of `length`."""
    if not isinstance(value, list) or len(value) > MOST_SPANS:
        raise DeskError("bad_spans", f"'{role}' must be a list of [start, end].")
    for item in value:
        fine = isinstance(item, list) and len(item) == 2 and all(type(n) is int for n in item)
        if not fine or not 0 <= item[0] < item[1] <= length:
            raise DeskError(
                "bad_spans", f"'{role}': {str(item)[:60]} is not a span of a text of {length} characters. Reload."
            )
    if any(a[1] > b[0] for a, b in pairwise(value)):
        raise DeskError("bad_spans", f"The spans of '{role}' must be in the order of the text and not overlap.")
    if role == "content" and not value:
        raise DeskError("bad_spans", "A quotation needs at least one span of content. Reject it to leave it out.")
    return value


def fields(after: Json, length: int) -> Json:
    """Return the checked fields of a correction: type, spans, speaker_id or speaker_name."""
    unknown = set(after) - {*ROLES, "type", "speaker_id", "speaker_name", "status", "note"}
    if unknown:
        raise DeskError("bad_field", f"There is no field '{min(unknown)[:40]}' to change.")
    found: Json = {role: spans(after[role], length, role) for role in ROLES if role in after}
    if "type" in after:
        found["type"] = one_of(after["type"], TYPES, "type")
    if "speaker_id" in after:
        if not isinstance(after["speaker_id"], str | None):
            raise DeskError("bad_field", "'speaker_id' must be the id of a speaker, or null for none.")
        found["speaker_id"] = after["speaker_id"]
    if after.get("speaker_name") is not None:
        found["speaker_name"] = name(after["speaker_name"])
    return found


def one_of(value: Any, choices: tuple[str, ...], what: str) -> str:
    """Return a value that is one of several. Raises `DeskError`."""
    if value not in choices:
        raise DeskError("bad_field", f"'{what}' must be one of: {', '.join(choices)}.")
    return str(value)


def words(value: Any, what: str, longest: int) -> str:
    """Return a text that can be stored, at most so long. Raises `DeskError`."""
    if not isinstance(value, str):
        raise DeskError("bad_field", f"'{what}' must be a text.")
    if len(value) > longest:
        message = f"'{what}' has {len(value):,} characters, more than {longest:,}. Shorten it; nothing was saved."
        raise DeskError("too_long", message, 413)
    return value.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")


def name(value: Any) -> str:
    """Return a name on one line, not empty. Raises `DeskError`."""
    found = " ".join(words(value, "name", LONGEST_NAME).split())
    if not found:
        raise DeskError("bad_field", "A name can't be empty.")
    return found


def note(value: Any) -> str | None:
    """Return a note, None where none is given."""
    return None if value is None else words(value, "note", LONGEST_NOTE)


def seconds(value: Any) -> float | None:
    """Return how long a decision took, cut to a day; None for what is no such number."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return round(min(float(value), LONGEST_TIME), 3) if number and value >= 0 else None
