"""Direct readings: which quoted regions are speech, joined where an attribution interrupts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quotes.rules.adjacent import (
    Attribution,
    attribution_after,
    attribution_before,
    label_inside,
    last_character,
    opens_clause,
)
from quotes.rules.events import Event
from quotes.rules.layout import Layout, is_word
from quotes.types import Range, Reading

LONG = 7
LINES = 6
UNSIGNED = 0.3
NEAR = 8
NEXT = 3


@dataclass(frozen=True, slots=True)
class Placed:
    """A region with the attributions found on its two sides."""

    number: int
    before: Attribution | None
    after: Attribution | None

    @property
    def chosen(self) -> Attribution | None:
        return self.after or self.before


def direct_readings(layout: Layout, events: Sequence[Event], embedded: set[int]) -> list[Reading]:
    """Return the direct readings. Regions in `embedded` are part of a clause (mixed) and are left to it."""
    placed = [
        Placed(n, attribution_before(layout, n, events), attribution_after(layout, n, events))
        for n in range(len(layout.regions))
    ]
    speech = [p for p in placed if _stands_alone(layout, p, embedded)]
    readings = _join(layout, speech)
    if is_dialogue(layout, speech):
        return [_line_of_dialogue(r) for r in _continue(layout, readings, across=False)]
    return _continue(layout, readings, across=True)


def _line_of_dialogue(reading: Reading) -> Reading:
    if reading.source:
        return reading
    return replace(reading, score=0.8, evidence=(*reading.evidence, "place:line"))


def _stands_alone(layout: Layout, placed: Placed, embedded: set[int]) -> bool:
    start = layout.regions[placed.number][0][0]
    opens = opens_clause(layout, start)
    words = sum(len(layout.words(s, e)) for s, e in layout.regions[placed.number])
    if not words or (placed.number in embedded and not (opens and placed.after is not None)):
        return False
    if words >= LONG or placed.before is not None:
        return placed.chosen is not placed.after or opens or words >= LONG
    return (opens and placed.after is not None) or _is_line(layout, placed.number)


def _is_line(layout: Layout, number: int) -> bool:
    """Tell whether a region is a line of dialogue: it opens its paragraph and ends like a sentence."""
    start = layout.regions[number][0][0]
    first, _ = layout.paragraph_bounds(start)
    return not layout.has_words(first, start) and last_character(layout, number) in ".!?,…-—–"


def is_dialogue(layout: Layout, speech: Sequence[Placed]) -> bool:
    """Tell whether a text is dialogue, where a new paragraph means a new speaker: many paragraphs open with speech
    and a good part of them names no source."""
    lines = [p for p in speech if _is_line(layout, p.number)]
    return len(lines) >= LINES and sum(p.chosen is None for p in lines) >= UNSIGNED * len(lines)


def _join(layout: Layout, placed: Sequence[Placed]) -> list[Reading]:
    """Join a region to the one before where only that one's attribution stands between them (one quotation)."""
    readings: list[Reading] = []
    open_attribution: Attribution | None = None
    last = -1
    for p in placed:
        first = layout.regions[p.number][0][0]
        follows, last = p.number == last + 1, p.number
        if (
            readings
            and follows
            and open_attribution is not None
            and _same_utterance(layout, open_attribution, readings[-1], p)
        ):
            readings[-1] = replace(readings[-1], content=readings[-1].content + layout.regions[p.number])
            continue
        chosen = p.before if p.after is None else p.after
        readings.append(_reading(layout, p.number, chosen))
        open_attribution = chosen if chosen is not None and chosen.side == "after" and chosen.at > first else None
    return readings


def _same_utterance(layout: Layout, attribution: Attribution, reading: Reading, placed: Placed) -> bool:
    start, end = reading.content[-1][1], layout.regions[placed.number][0][0]
    same_paragraph = layout.paragraph_of[start - 1] == layout.paragraph_of[end]
    if not same_paragraph or not start <= attribution.at < end or placed.after is not None:
        return False
    return placed.before is None or placed.before.at == attribution.at


def _reading(layout: Layout, number: int, attribution: Attribution | None) -> Reading:
    content = layout.regions[number]
    labelled = label_inside(layout, number)
    if labelled is not None:
        label, colon = labelled
        rest = ((colon + 1, content[0][1]), *content[1:])
        return Reading(rest, ((colon, colon + 1),), (label,), "direct", 0.9, ("marks", "cue:colon", "place:label"))
    if attribution is None:
        return Reading(content, type="direct", score=0.6, evidence=("marks",))
    evidence = ("marks", *attribution.evidence)
    return Reading(content, attribution.cue, attribution.source, "direct", attribution.score, evidence)


def _continue(layout: Layout, readings: Sequence[Reading], *, across: bool) -> list[Reading]:
    """Give a quotation without attribution the source of the quotation that it carries on; where it is the next
    paragraph and nothing else is said between them, they are one."""
    result: list[Reading] = []
    for reading in readings:
        before = result[-1] if result else None
        if not reading.source and before is not None and before.source and "place:signature" not in before.evidence:
            distance, between = _apart(layout, before, reading)
            near = across and distance == 1 and between <= NEXT and _length(layout, reading) >= LONG
            if near and not _answers(layout, before, result[:-1]):
                result[-1] = replace(before, content=before.content + reading.content)
                continue
            if near or (distance == 0 and between <= NEAR):
                codes = (*reading.evidence, "place:continued")
                reading = replace(reading, source=before.source, cue=before.cue, score=0.7, evidence=codes)
        result.append(reading)
    return result


def _answers(layout: Layout, reading: Reading, earlier: Sequence[Reading]) -> bool:
    """Tell whether a quotation answers another one's in the paragraph before: then so may the next one answer it."""
    last = earlier[-1] if earlier else None
    if last is None or layout.paragraph_of[reading.start] - layout.paragraph_of[last.end - 1] != 1:
        return False
    return _words(layout, last.source) != _words(layout, reading.source)


def _words(layout: Layout, ranges: Sequence[Range]) -> list[str]:
    return [t.lower_ for s, e in ranges for t in layout.doc[s:e]]


def _length(layout: Layout, reading: Reading) -> int:
    return sum(len(layout.words(s, e)) for s, e in reading.content)


def _apart(layout: Layout, before: Reading, reading: Reading) -> Range:
    """Return how many paragraphs and how many words are between two quotations; the attribution does not count."""
    end, start = before.content[-1][1], reading.content[0][0]
    last = max([end, *(e for _, e in (*before.cue, *before.source))])
    words = sum(layout.outside(i) and is_word(layout.doc[i]) for i in range(last, start))
    return layout.paragraph_of[start] - layout.paragraph_of[end - 1], words
