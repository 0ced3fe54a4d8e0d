"""Find a span of an old text in a new one: where its words and what stands around them occur exactly once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from quotes.review.values import ROLES, Json, Pairs

CONTEXT = 32
"""Characters before and after a span that must be the same."""


def anchor(old: str, new: str, span: Sequence[int]) -> list[int] | None:
    """Return where a span of the old text stands in the new one; None where it is gone or there are several places."""
    start, end = span
    prefix = old[max(0, start - CONTEXT) : start]
    wanted = prefix + old[start : end + CONTEXT]
    at = new.find(wanted)
    if at < 0 or new.find(wanted, at + 1) >= 0:
        return None
    first = at + len(prefix)
    return [first, first + end - start]


def move(state: Json, old: str, new: str) -> Json | None:
    """Return the state of a quotation with all spans moved to a new text; None where one of them can't be."""
    moved: dict[str, Pairs] = {}
    for role in ROLES:
        found = [anchor(old, new, span) for span in state[role]]
        spans = [span for span in found if span is not None]
        if len(spans) < len(found) or any(a[1] > b[0] for a, b in pairwise(spans)):
            return None
        moved[role] = spans
    return {**state, **moved}
