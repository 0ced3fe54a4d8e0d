"""Who was quoted how often, as an inline SVG: bars with words, so that colour says nothing alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotes.output.cells import short

MOST = 20
ROW, LEFT, WIDE, RIGHT = 26, 190, 420, 60
LONGEST = 26


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar in SVG units: its label cut to fit, its place and width, and what it counts."""

    label: str
    count: int
    y: int
    width: float


@dataclass(frozen=True, slots=True)
class Plot:
    """The bars and the size of the drawing; `others` counts who has no bar."""

    bars: tuple[Bar, ...]
    width: int
    height: int
    left: int
    others: int


def plot(counts: Sequence[tuple[str, int]]) -> Plot:
    """Return the plot of (name, count), most quoted first; those after the first `MOST` share one bar."""
    shown = list(counts[:MOST])
    rest = counts[MOST:]
    if rest:
        shown.append((f"{len(rest)} others", sum(count for _, count in rest)))
    top = max((count for _, count in shown), default=1)
    bars = [Bar(short(name, LONGEST), n, i * ROW, round(WIDE * n / top, 1)) for i, (name, n) in enumerate(shown)]
    return Plot(tuple(bars), LEFT + WIDE + RIGHT, max(1, len(bars)) * ROW, LEFT, len(rest))
