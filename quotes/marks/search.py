"""The cheapest reading of one paragraph's marks: a search over the stacks of quotations that may be open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from quotes.marks.scan import Mark

DEEPEST = 3
ABANDONED = 3.8
WITHIN_ITSELF = 5.0
OTHER_HAND = 1.5
HOPELESS = 12.0
_CLOSES = {"q": "qd", "d": "qd", "e": "qd", "g": "r", "r": "g", "s": "s", "l": "s", "h": "k", "k": "h"}
"""Symbols of the marks that close what a symbol opens; q are curly double marks, d straight ones."""

Chain = tuple[Any, ...] | None
Stacks = dict[str, tuple[float, Chain]]
Step = tuple[str, Mark]
"""`open`, `close` or `renew` (the quotation that is open was never closed; a new one opens here), and the mark."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What depends on the document: `singles` is true where single marks are the outer ones."""

    singles: bool = False

    def left_open(self, stack: str, leads: list[Mark]) -> float:
        """Return what it costs to leave a stack open at the end; `leads` are the marks that start the paragraph."""
        padded = [*leads, *[None] * len(stack)]
        return sum(self._unclosed(symbol, mark) for symbol, mark in zip(stack, padded, strict=False))

    def _unclosed(self, symbol: str, mark: Mark | None) -> float:
        if symbol not in "slhk":
            return 3.5
        if mark is None or not mark.single:
            return 6.0
        return 1.5 if self.singles else 2.5 if mark.text == "‘" else 6.0

    def nested(self, stack: str, symbol: str) -> float | None:
        """Return what it costs to open `symbol` inside `stack`, None where that can't be."""
        if not stack:
            return 0.0
        top = stack[-1]
        if top == symbol:
            return WITHIN_ITSELF if symbol in "qd" and len(stack) == 1 else None
        if {top, symbol} == {"q", "d"}:
            return OTHER_HAND
        if top in "slhk" and symbol not in "slhk" and not self.singles and len(stack) == 1:
            return 1.0
        return 0.0


def search(marks: list[Mark], weights: Weights) -> list[Step]:
    """Return the steps of the cheapest reading; marks that are none take no step."""
    plain = _plain(marks)
    if plain is not None:
        return plain
    stacks: Stacks = {"": (0.0, None)}
    for mark in marks:
        stacks = _advance(stacks, mark, weights)
    leads = [m for m in marks[:DEEPEST] if m.leads]
    ends = [
        (cost + weights.left_open(stack, leads), i, chain) for i, (stack, (cost, chain)) in enumerate(stacks.items())
    ]
    _, _, chain = min(ends, key=lambda row: row[:2])
    return _steps(chain)


def _plain(marks: list[Mark]) -> list[Step] | None:
    """Return the steps where every second mark plainly opens, the others plainly close, and all are double."""
    if len(marks) % 2 or any(m.symbol not in "qd" for m in marks):
        return None
    if any(m.opens for m in marks[::2]) or any(m.closes for m in marks[1::2]):
        return None
    return [("close" if i % 2 else "open", m) for i, m in enumerate(marks)]


def _advance(stacks: Stacks, mark: Mark, weights: Weights) -> Stacks:
    after: Stacks = {}

    def offer(stack: str, cost: float, chain: Chain) -> None:
        if stack not in after or cost < after[stack][0]:
            after[stack] = (cost, chain)

    for stack, (cost, chain) in stacks.items():
        if stack and mark.symbol in _CLOSES[stack[-1]]:
            closes = min(mark.closes, 0.2) if stack[-1] in "el" else mark.closes
            offer(stack[:-1], cost + closes, ("close", mark, chain))
        if len(stack) < DEEPEST:
            nested = weights.nested(stack, mark.symbol)
            if nested is not None:
                offer(stack + mark.symbol, cost + mark.opens + nested, ("open", mark, chain))
        if stack in ("q", "d") and mark.symbol in "qd":
            other = 0.0 if stack == mark.symbol else 2.0
            offer(mark.symbol, cost + mark.opens + ABANDONED + other, ("renew", mark, chain))
        offer(stack, cost + mark.neither, chain)
    limit = min(cost for cost, _ in after.values()) + HOPELESS
    return {s: v for s, v in after.items() if v[0] <= limit}


def _steps(chain: Chain) -> list[Step]:
    steps: list[Step] = []
    while chain is not None:
        action, mark, chain = chain
        steps.append((action, mark))
    return steps[::-1]
