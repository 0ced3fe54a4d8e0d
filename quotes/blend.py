"""Rules and the learned reader together: the reader's quotations stand, with the source that the rules name where it
names none; direct speech that only the rules found is added where it is long or has a cue of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quotes.rules.clauses import edges
from quotes.rules.layout import Layout
from quotes.rules.merge import type_of
from quotes.types import Range, Reading

ALIKE = 0.5
SURE = 0.9
LONG = 9


def blend(layout: Layout, by_rules: Sequence[Reading], learned: Sequence[Reading]) -> list[Reading]:
    """Return one list of readings that do not overlap, in text order."""
    direct = [r for r in by_rules if r.type == "direct"]
    kept = [_completed(_in_place(layout, r, direct), by_rules) for r in learned]
    taken = {i for r in kept for i in _tokens(r)}
    kept += [r for r in by_rules if _stands(r) and not _tokens(r) & taken]
    return sorted(kept, key=lambda r: r.content)


def _stands(reading: Reading) -> bool:
    words = sum(e - s for s, e in reading.content)
    line = "place:line" in reading.evidence
    return reading.type == "direct" and (reading.score >= SURE or words >= LONG or line)


def _in_place(layout: Layout, reading: Reading, direct: Sequence[Reading]) -> Reading:
    """Return a reading without the parts that lie in another paragraph than the rest: a quotation leaves its
    paragraph only between marks that are opened anew."""
    paragraph_of = layout.paragraph_of
    home = paragraph_of[reading.cue[0][0]] if reading.cue else paragraph_of[reading.start]
    pieces = [p for s, e in reading.content for p in _by_paragraph(s, e, paragraph_of)]
    if len({paragraph_of[s] for s, _ in pieces}) < 2 or any(_covers(d, pieces, paragraph_of) for d in direct):
        return reading
    first = home if any(paragraph_of[s] == home for s, _ in pieces) else paragraph_of[pieces[0][0]]
    trimmed = (edges(layout, *p) for p in pieces if paragraph_of[p[0]] == first)
    content = tuple(p for p in trimmed if p[0] < p[1])
    if not content:
        return reading
    return replace(reading, content=content, type=type_of(layout, content))


def _by_paragraph(start: int, end: int, paragraph_of: Sequence[int]) -> list[Range]:
    cuts = [i for i in range(start + 1, end) if paragraph_of[i] != paragraph_of[i - 1]]
    return list(zip([start, *cuts], [*cuts, end], strict=True))


def _covers(direct: Reading, pieces: Sequence[Range], paragraph_of: Sequence[int]) -> bool:
    """Tell whether one direct quotation holds pieces of two paragraphs."""
    own = {paragraph_of[s] for s, e in direct.content}
    inside = {paragraph_of[s] for s, e in pieces if any(ds < e and s < de for ds, de in direct.content)}
    return len(own) > 1 and len(inside) > 1


def _completed(reading: Reading, others: Sequence[Reading]) -> Reading:
    """Return the reader's quotation with the rules' source where it has none, and the evidence of both."""
    other = next((o for o in others if _alike(reading, o)), None)
    if other is None:
        return reading
    marks = ("marks",) if "marks" in other.evidence and "marks" not in reading.evidence else ()
    if reading.source or not other.source or reading.type != "direct":
        return replace(reading, evidence=(*marks, *reading.evidence))
    evidence = tuple(dict.fromkeys((*reading.evidence, *other.evidence)))
    return replace(
        reading, cue=other.cue, source=other.source, score=max(reading.score, other.score), evidence=evidence
    )


def _alike(a: Reading, b: Reading) -> bool:
    if a.end <= b.start or b.end <= a.start:
        return False
    one, two = _tokens(a), _tokens(b)
    return len(one & two) >= ALIKE * len(one | two)


def _tokens(reading: Reading) -> set[int]:
    return {i for s, e in reading.content for i in range(s, e)}
