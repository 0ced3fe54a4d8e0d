"""Rules: quotations found by marks, cues and syntax alone. `read` is the way in; the modules go from
layout (where) over events (which cue) to direct, clauses and phrases (what), and merge (which of them stand)."""

from __future__ import annotations

from quotes.cues import load_lexicon
from quotes.rules.clauses import clause_readings
from quotes.rules.direct import direct_readings
from quotes.rules.events import find_events
from quotes.rules.labels import label_readings
from quotes.rules.layout import Layout
from quotes.rules.merge import embedded_regions, merge
from quotes.rules.phrases import phrase_readings
from quotes.types import Reading

__all__ = ["read"]


def read(layout: Layout) -> list[Reading]:
    """Return the quotations of a Doc that is laid out, in text order, none inside another."""
    lexicon = load_lexicon()
    events = [e for e in find_events(layout, lexicon) if layout.outside(e.at)]
    clauses = clause_readings(layout, events) + phrase_readings(layout, lexicon) + label_readings(layout)
    direct = direct_readings(layout, events, embedded_regions(layout, clauses))
    return merge(layout, direct, clauses)
