"""Spans that may cross as elements that nest: where two cross, one is cut and goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text (end-exclusive) that becomes an element. Of two at one place the lower `rank` is outside."""

    start: int
    end: int
    rank: int
    key: str


@dataclass(frozen=True, slots=True)
class Piece:
    """An opening or closing tag of a mark, or the text from `start` to `end`."""

    kind: Literal["open", "close", "text"]
    mark: Mark | None = None
    start: int = 0
    end: int = 0


def nested(start: int, end: int, marks: Sequence[Mark]) -> Iterator[Piece]:
    """Yield the pieces of a stretch of text, in order; marks are cut to it, and again where they would cross."""
    inside = [
        Mark(max(m.start, start), min(m.end, end), m.rank, m.key) for m in marks if m.start < end and m.end > start
    ]
    coming = sorted(inside, key=lambda m: (m.start, -m.end, m.rank), reverse=True)
    open_marks: list[Mark] = []
    at = start
    for place in sorted({end, *(m.start for m in inside), *(m.end for m in inside)}):
        if place > at:
            yield Piece("text", start=at, end=place)
            at = place
        yield from _close(open_marks, place)
        while coming and coming[-1].start == place:
            yield from _open(open_marks, coming.pop())


def _close(open_marks: list[Mark], place: int) -> Iterator[Piece]:
    """Close the marks that end here, and open those again that stand inside them and go on."""
    ending = [n for n, m in enumerate(open_marks) if m.end <= place]
    if not ending:
        return
    cut = open_marks[ending[0] :]
    del open_marks[ending[0] :]
    yield from (Piece("close", m) for m in reversed(cut))
    for mark in cut:
        if mark.end > place:
            open_marks.append(mark)
            yield Piece("open", mark)


def _open(open_marks: list[Mark], mark: Mark) -> Iterator[Piece]:
    open_marks.append(mark)
    yield Piece("open", mark)
