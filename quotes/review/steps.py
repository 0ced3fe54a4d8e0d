"""Grow and shrink spans token by token; the tokens are those of spaCy's English tokenizer, paragraph by paragraph."""

from __future__ import annotations

import threading
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import Any

from quotes.review import spans as checked
from quotes.review.errors import DeskError
from quotes.review.present import paragraphs
from quotes.review.values import ROLES, Json, Pairs
from quotes.text import normalise
from quotes.types import Range

_lock = threading.Lock()


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    import spacy

    return spacy.blank("en").tokenizer


@lru_cache(maxsize=2048)
def tokens_of(paragraph: str) -> tuple[Range, ...]:
    """Return the ranges of the tokens of a paragraph, in its own code points; white space is none."""
    text = normalise(paragraph)
    with _lock:
        doc = _tokenizer()(text.clean)
    return tuple(text.to_raw(t.idx, t.idx + len(t)) for t in doc if not t.is_space)


def step(text: str, body: Json) -> Pairs:
    """Return the spans with one edge moved by a token: `by` 1 is on in the text, -1 back. Raises `DeskError`.

    An edge stops at the ends of the text, at the neighbouring part, and one token before the other edge.
    """
    field = checked.one_of(body.get("field"), ROLES, "field")
    edge = checked.one_of(body.get("edge"), ("start", "end"), "edge")
    spans = checked.spans(body.get("spans"), len(text), field)
    part, by = body.get("part", 0), body.get("by")
    if type(part) is not int or not 0 <= part < len(spans) or type(by) is not int or abs(by) != 1:
        raise DeskError("bad_field", "'part' must be the number of a span, and 'by' 1 or -1.")
    start, end = spans[part]
    low = spans[part - 1][1] if part else 0
    high = spans[part + 1][0] if part + 1 < len(spans) else len(text)
    edges = _edges(text, edge, start if edge == "start" else end, by)
    moved = list(spans)
    if edge == "start":
        fine = [n for n in edges if low <= n < end]
        moved[part] = [fine[0] if fine else start, end]
    else:
        fine = [n for n in edges if start < n <= high]
        moved[part] = [start, fine[0] if fine else end]
    return moved


def _edges(text: str, edge: str, at: int, by: int) -> list[int]:
    """Return the next place of an edge in a direction, if there is one."""
    which = 0 if edge == "start" else 1
    ranges = paragraphs(text)
    if by == 1:
        for start, end in ranges[max(0, bisect_right(ranges, [at, -1]) - 1) :]:
            places = [start + token[which] for token in tokens_of(text[start:end])]
            i = bisect_right(places, at)
            if i < len(places):
                return [places[i]]
        return []
    for start, end in reversed(ranges[: bisect_right(ranges, [at, len(text)])]):
        places = [start + token[which] for token in tokens_of(text[start:end])]
        i = bisect_left(places, at)
        if i > 0:
            return [places[i - 1]]
    return []


def warm() -> None:
    """Load the tokenizer, so that the first step is quick."""
    tokens_of("Warm.")
