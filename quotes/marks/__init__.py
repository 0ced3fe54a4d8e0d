"""Pair quotation marks: `pair` finds what stands between them, `paragraphs` where a quotation has to end.

Each mark gets costs for opening, for closing and for being nothing of the kind (an apostrophe, an inch mark), from its
shape and its neighbours; the cheapest reading of each paragraph wins. So one odd mark costs something where it stands
and inverts nothing behind it. Time is linear in the length of the text.
"""

from __future__ import annotations

from itertools import groupby

from quotes.marks.join import Joiner
from quotes.marks.lines import paragraphs
from quotes.marks.scan import Mark, scan
from quotes.marks.search import Weights, search
from quotes.types import Range, Region

__all__ = ["pair", "paragraphs"]


def pair(text: str) -> tuple[Region, ...]:
    """Return the regions between quotation marks, nested ones included, sorted by start; offsets are characters.

    A region never leaves its paragraph unless the next one re-opens it. Without a closing mark it ends with the
    paragraph, or before the next opening mark, and has `closed=False`. Never raises.
    """
    marks = scan(text)
    if not marks:
        return ()
    blocks = paragraphs(text)
    groups = _by_paragraph(marks, blocks)
    weights = Weights(singles=_singles_lead(groups))
    joiner = Joiner(text)
    for number, group in groups:
        joiner.add(number, blocks[number], search(group, weights))
    return joiner.regions()


def _by_paragraph(marks: list[Mark], blocks: list[Range]) -> list[tuple[int, list[Mark]]]:
    numbers, number = [], 0
    for mark in marks:
        while blocks[number][1] <= mark.start:
            number += 1
        numbers.append(number)
    pairs = groupby(zip(numbers, marks, strict=True), key=lambda row: row[0])
    return [(n, _at_start([m for _, m in rows], blocks[n][0])) for n, rows in pairs]


def _at_start(marks: list[Mark], start: int) -> list[Mark]:
    """Tell the marks that their paragraph starts with them."""
    for mark in marks:
        if mark.start != start:
            break
        mark.leads = True
        start = mark.end
    return marks


def _singles_lead(groups: list[tuple[int, list[Mark]]]) -> bool:
    """Tell whether single marks are the outer ones here: more paragraphs open with them than with double ones."""
    first = [marks[0] for _, marks in groups if marks[0].leads]
    single = sum(m.single and m.opens < 1 for m in first)
    return single >= 2 and single > sum(not m.single for m in first)
