"""One reading per stretch of text: direct quotations first, then the outermost clauses, widened to whole regions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from quotes.rules.clauses import content_ranges, within
from quotes.rules.layout import Layout, is_word
from quotes.types import QuoteType, Range, Reading


def embedded_regions(layout: Layout, clauses: Iterable[Reading]) -> set[int]:
    """Return the regions that lie in a clause's content together with words outside quotation marks."""
    found: set[int] = set()
    for reading in clauses:
        tokens = [i for s, e in reading.content for i in range(s, e) if is_word(layout.doc[i])]
        if any(layout.outside(i) for i in tokens):
            found.update(layout.region_of[i] for i in tokens if not layout.outside(i))
    return found


def merge(layout: Layout, direct: Sequence[Reading], clauses: Sequence[Reading]) -> list[Reading]:
    """Return the readings that stand, in text order. A clause yields to a direct quotation that it touches; of two
    clauses that overlap the longer content stands."""
    taken: set[int] = set()
    for reading in direct:
        taken.update(_tokens(reading))
    widened = sorted((_widen(layout, r) for r in clauses), key=lambda r: (-_size(layout, r), r.content))
    kept = [_adopt(r, widened) for r in direct]
    for reading in widened:
        tokens = _tokens(reading)
        if tokens & taken or any(i in taken for s, e in reading.cue for i in range(s, e)):
            continue
        kept.append(_typed(layout, reading))
        taken |= tokens
    return sorted(kept, key=lambda r: r.content)


def _widen(layout: Layout, reading: Reading) -> Reading:
    tokens = _tokens(reading)
    touched = {layout.region_of[i] for i in tokens} - {-1}
    for number in touched:
        tokens.update(i for s, e in layout.regions[number] for i in range(s, e))
    return replace(reading, content=content_ranges(layout, tokens)) if touched else reading


def _adopt(reading: Reading, clauses: Sequence[Reading]) -> Reading:
    """Give a direct quotation with no attribution of its own that of a clause with the very same content."""
    if reading.source and "place:continued" not in reading.evidence:
        return reading
    same = next((c for c in clauses if c.source and _tokens(c) == _tokens(reading)), None)
    if same is None:
        return reading
    evidence = ("marks", *same.evidence)
    return replace(reading, cue=same.cue, source=same.source, score=same.score, evidence=evidence)


def _tokens(reading: Reading) -> set[int]:
    return within(reading.content)


def _size(layout: Layout, reading: Reading) -> int:
    return sum(len(layout.words(s, e)) for s, e in reading.content)


def _typed(layout: Layout, reading: Reading) -> Reading:
    return reading if reading.type == "direct" else replace(reading, type=type_of(layout, reading.content))


def type_of(layout: Layout, content: Sequence[Range]) -> QuoteType:
    """Return the type by typography: all words between marks, some, or none."""
    words = [i for s, e in content for i in range(s, e) if is_word(layout.doc[i])]
    outside = sum(layout.outside(i) for i in words)
    return "direct" if not outside else "mixed" if outside < len(words) else "indirect"
