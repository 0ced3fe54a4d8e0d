"""Rules and the learned reader together: the reader's quotations stand, with the source that the rules name where it
names none. Where the rules see one speaker's direct speech end and another's begin, or paragraphs carry a quotation
on, they set its bounds; direct speech that only the rules found is added where it is long or has a cue of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quotes.asides import is_title
from quotes.interviews import FLAG
from quotes.outlines import with_beginning, with_whole_source
from quotes.rules.clauses import content_ranges, edges, within
from quotes.rules.layout import Layout
from quotes.rules.merge import type_of
from quotes.types import Range, Reading

ALIKE = 0.5
SURE = 0.9
LONG = 9
LIKELY, REPORT = 0.3, 0.45
"""What the reader takes for a quotation with a calibrated probability below `LIKELY` is left out, unless it is direct;
what is a report in other words when all is done, below `REPORT`."""


def blend(layout: Layout, by_rules: Sequence[Reading], learned: Sequence[Reading]) -> list[Reading]:
    """Return one list of readings that do not overlap, in text order."""
    learned = [r for r in learned if r.type == "direct" or r.score >= LIKELY]
    direct = [r for r in by_rules if r.type == "direct"]
    turns = [(r, _tokens(r)) for r in direct if "transcript" in r.flags]
    learned = [with_whole_source(layout, r) for r in learned if not _is_piece_of_turn(r, turns)]
    said = {i for r in learned for i in _tokens(r)}
    whole = [with_beginning(layout, r, said) for r in learned]
    kept = [_in_place(layout, r, direct) for r in whole]
    kept = _once(layout, [part for r in kept for part in _parted(layout, r, direct)])
    kept = [_completed(layout, r, by_rules) for r in _grown(kept, direct)]
    taken = {i for r in kept for i in _tokens(r)}
    kept += [r for r in by_rules if _stands(layout, r) and not _tokens(r) & taken]
    return sorted((r for r in kept if r.type != "indirect" or r.score >= REPORT), key=lambda r: r.content)


def _stands(layout: Layout, reading: Reading) -> bool:
    words = [t.text for s, e in reading.content for t in layout.words(s, e)]
    turn = "place:line" in reading.evidence or "transcript" in reading.flags
    sure = reading.score >= SURE and not (len(words) > 1 and is_title(words))
    return reading.type == "direct" and (sure or len(words) >= LONG or turn)


def _is_piece_of_turn(reading: Reading, turns: Sequence[tuple[Reading, set[int]]]) -> bool:
    """Tell whether a reading is a piece of what a speaker label (`SMITH: ...`) gives whole to the same speaker, or of
    an answer in an interview."""
    mine = _tokens(reading) if turns else set()
    inside = (turn for turn, tokens in turns if mine <= tokens)
    return any(FLAG in t.flags or _share(t.cue + t.source, reading.cue + reading.source) for t in inside)


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


def _parted(layout: Layout, reading: Reading, direct: Sequence[Reading]) -> list[Reading]:
    """Return a reading without the quotations in it that open a sentence and have another source beside them, and
    these; a speaker label within the marks is no content."""
    mine = _tokens(reading)
    inside = [d for d in direct if within(d.content[:1]) <= mine]
    others = [d for d in inside if _is_own(layout, d) and _speaks_anew(layout, d, reading)]
    labelled = [d for d in others if "place:label" in d.evidence]
    others = [d for d in others if d in labelled or not _share((*d.cue, *d.source), reading.content)]
    rest = mine.difference(*(_tokens(d) for d in others), *(within(d.cue + d.source) for d in labelled))
    content = content_ranges(layout, rest)
    if not content:
        return labelled or [reading]
    return [replace(reading, content=content, type=type_of(layout, content)), *others] if others else [reading]


def _once(layout: Layout, readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings; a learned one gives up the words that a reading by the rules has."""
    given = {i for r in readings if r.by != "model" for i in _tokens(r)}
    found = []
    for reading in readings:
        mine = _tokens(reading)
        if reading.by == "model" and mine & given:
            content = content_ranges(layout, mine - given)
            if not content:
                continue
            reading = replace(reading, content=content, type=type_of(layout, content))
        found.append(reading)
    return found


def _grown(readings: Sequence[Reading], direct: Sequence[Reading]) -> list[Reading]:
    """Return the readings, each direct one with the parts that carry it on by the rules, unless the reader knows who
    else uttered them."""
    longer = {d.cue: d for d in direct if len(d.content) > 1}
    taken = {i for r in readings if r.source for i in _tokens(r)}
    grown: list[Reading] = []
    added: set[int] = set()
    for reading in readings:
        whole = longer.get(reading.cue) if reading.type == "direct" else None
        if whole is not None and _tokens(reading) <= _tokens(whole):
            more = [p for p in whole.content if p[0] >= reading.end and not within((p,)) & taken]
            added |= within(more)
            reading = replace(reading, content=(*reading.content, *more))
        grown.append(reading)
    return [r for r in grown if r.source or not _tokens(r) & added]


def _is_own(layout: Layout, reading: Reading) -> bool:
    own = bool(reading.source) and "marks" in reading.evidence and reading.score >= SURE
    led = "place:label" in reading.evidence or "place:before" in reading.evidence
    return own and (led or layout.opens_sentence(reading.start))


def _speaks_anew(layout: Layout, direct: Reading, reading: Reading) -> bool:
    """Tell whether a quotation by the rules has another source than a reading, or begins a sentence after a later cue
    of the same source that leads up to it: `"...," she sang, before asking, "Where do we go?"`."""
    if not _share(direct.source, reading.source):
        return True
    later = bool(reading.cue and direct.cue) and reading.cue[-1][1] <= direct.cue[0][0]
    first = next((w for part in direct.content for w in layout.words(*part)), None)
    return later and "place:before" in direct.evidence and first is not None and first.text[0].isupper()


def _share(a: Sequence[Range], b: Sequence[Range]) -> bool:
    return any(s < end and start < e for s, e in a for start, end in b)


def _by_paragraph(start: int, end: int, paragraph_of: Sequence[int]) -> list[Range]:
    cuts = [i for i in range(start + 1, end) if paragraph_of[i] != paragraph_of[i - 1]]
    return list(zip([start, *cuts], [*cuts, end], strict=True))


def _covers(direct: Reading, pieces: Sequence[Range], paragraph_of: Sequence[int]) -> bool:
    """Tell whether one direct quotation holds pieces of two paragraphs."""
    own = {paragraph_of[s] for s, e in direct.content}
    inside = {paragraph_of[s] for s, e in pieces if any(ds < e and s < de for ds, de in direct.content)}
    return len(own) > 1 and len(inside) > 1


def _completed(layout: Layout, reading: Reading, others: Sequence[Reading]) -> Reading:
    """Return the reader's quotation with the rules' source where it has none, or one of another paragraph while the
    rules' is beside it, and the evidence of both."""
    other = next((o for o in others if _alike(reading, o)), None)
    if other is None:
        return reading
    marks = ("marks",) if "marks" in other.evidence and "marks" not in reading.evidence else ()
    found = bool(reading.source) and not (_beside(layout, other) and not _beside(layout, reading))
    if found or not other.source or reading.type != "direct":
        return replace(reading, evidence=(*marks, *reading.evidence))
    evidence = tuple(dict.fromkeys((*reading.evidence, *other.evidence)))
    return replace(
        reading, cue=other.cue, source=other.source, score=max(reading.score, other.score), evidence=evidence
    )


def _beside(layout: Layout, reading: Reading) -> bool:
    """Tell whether the source of a reading stands in a paragraph of its content."""
    paragraphs = {layout.paragraph_of[s] for s, _ in reading.content}
    return bool(reading.source) and layout.paragraph_of[reading.source[0][0]] in paragraphs


def _alike(a: Reading, b: Reading) -> bool:
    if a.end <= b.start or b.end <= a.start:
        return False
    one, two = _tokens(a), _tokens(b)
    return len(one & two) >= ALIKE * len(one | two)


def _tokens(reading: Reading) -> set[int]:
    return within(reading.content)
