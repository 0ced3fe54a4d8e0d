"""Attribution without a verb: `according to X`, and the colon of headlines and transcripts."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from quotes.cues import Lexicon
from quotes.rules.clauses import content_ranges
from quotes.rules.layout import Layout
from quotes.rules.sources import phrase_of, trim
from quotes.types import Range, Reading

LONGEST_LABEL = 8


def phrase_readings(layout: Layout, lexicon: Lexicon) -> list[Reading]:
    """Return the readings of fixed cue phrases (`according to X`)."""
    firsts = {p[0] for p in lexicon.phrases}
    found = []
    for token in layout.doc:
        if token.lower_ in firsts and layout.outside(token.i):
            found += [r for p in lexicon.phrases if (r := _phrase_reading(layout, token, p)) is not None]
    return found


def _phrase_reading(layout: Layout, first: Token, phrase: tuple[str, ...]) -> Reading | None:
    doc, end = layout.doc, first.i + len(phrase)
    if end >= len(doc) or tuple(t.lower_ for t in doc[first.i : end]) != phrase:
        return None
    source = _object_after(layout, end)
    if source is None:
        return None
    content = content_ranges(layout, _rest_of_sentence(layout, first.i, source[1]))
    if not content:
        return None
    cue = "_".join(phrase)
    return Reading(content, ((first.i, end),), (source,), "indirect", 0.7, (f"cue:phrase:{cue}", "syntax:sentence"))


def _object_after(layout: Layout, at: int) -> Range | None:
    last = layout.doc[at - 1]
    head = next((c for c in last.children if c.dep_ in ("pobj", "poss")), None)
    if head is not None and head.i >= at:
        start, end = phrase_of(layout, head, avoid=at - 1)
        return max(start, at), _stop_at_comma(layout, head.i, end)
    chunk = next((c for c in layout.doc[at : at + 12].noun_chunks if c.start <= at + 1), None)
    return (chunk.start, chunk.end) if chunk is not None else None


def _stop_at_comma(layout: Layout, head: int, end: int) -> int:
    for i in range(head + 1, end):
        if layout.doc[i].text in ("—", "–", ";", ":"):
            return i
    return end


def _rest_of_sentence(layout: Layout, start: int, end: int) -> Iterator[int]:
    sentence = layout.doc[start].sent
    paragraph = layout.paragraph_of[start]
    low, high = sentence.start, sentence.end
    while low > 0 and not layout.outside(low) and layout.region_of[low - 1] == layout.region_of[low]:
        low -= 1
    for i in range(low, high):
        if layout.paragraph_of[i] == paragraph and not start <= i < end:
            yield i


def label_before(layout: Layout, at: int) -> Range | None:
    """Return the speaker label of `Sessions: ...` where the colon is token `at` and opens its paragraph."""
    start, _ = layout.paragraph_bounds(at)
    start, end = trim(layout, start, at) if start < at else (at, at)
    tokens = layout.doc[start:end]
    if not 0 < end - start <= LONGEST_LABEL or any(t.pos_ in ("VERB", "AUX") for t in tokens):
        return None
    return (start, end) if any(t.pos_ in ("PROPN", "PRON") or t.is_upper for t in tokens) else None
