"""Transcripts: `JONES: ...`, `Q: ...`. The rest of a labelled paragraph is that speaker's speech."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from quotes.interviews import FLAG, in_interview, is_interview
from quotes.rules.clauses import content_ranges
from quotes.rules.layout import Layout
from quotes.rules.phrases import label_before
from quotes.types import Range, Reading

LOOK = 9
TIMES = 3
NOTES = frozenset(
    {"clarification", "correction", "corrections", "editor's note", "editors' note", "note", "update", "updated"}
    | {"abstract", "byline", "exclusive", "photo", "photos", "previously", "read more", "related", "video", "watch"}
)
"""Labels of what the editors add; none of them speaks."""


def label_readings(layout: Layout) -> list[Reading]:
    """Return a reading for each paragraph that opens with a speaker label in capitals or with one seen often."""
    found = [
        (paragraph, colon, label) for paragraph, colon in _colons(layout) if (label := label_before(layout, colon))
    ]
    seen = Counter(_text(layout, label) for _, _, label in found)
    interview = is_interview(seen.elements())
    readings = []
    for (_, end), colon, label in found:
        text = _text(layout, label)
        if text.casefold().replace("’", "'") in NOTES or not (text.isupper() or seen[text] >= TIMES):
            continue
        content = content_ranges(layout, range(colon + 1, end))
        if content:
            codes = ("cue:colon", "place:label")
            flags = ("transcript", FLAG) if interview and in_interview(text) else ("transcript",)
            readings.append(Reading(content, ((colon, colon + 1),), (label,), "direct", 0.85, codes, flags))
    return readings


def _text(layout: Layout, label: Range) -> str:
    return layout.doc[label[0] : label[1]].text


def _colons(layout: Layout) -> Iterator[tuple[Range, int]]:
    """Yield (paragraph, colon) for the paragraphs that have a colon, outside quotation marks, near their start."""
    start, size = 0, len(layout.doc)
    while start < size:
        _, end = layout.paragraph_bounds(start)
        head = range(start, min(start + LOOK, end))
        colon = next((i for i in head if layout.doc[i].text == ":" and layout.outside(i)), None)
        if colon is not None and colon > start:
            yield (start, end), colon
        start = end
