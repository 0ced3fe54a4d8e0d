"""Indirect and mixed quotation by syntax: the complement clause of a cue is what was said."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from quotes.cues import load_lexicon
from quotes.rules.events import Event
from quotes.rules.layout import Layout, is_word
from quotes.types import Range, Reading

THRESHOLD = 0.4
QUOTED_THRESHOLD = 0.2
OTHER_THRESHOLD = 0.7
WITH_OBJECT = frozenset({"xcomp", "ccomp"})
TELLING = frozenset({"tell", "ask", "inform", "assure", "remind", "advise", "warn", "notify", "convince", "promise"})


def clause_readings(layout: Layout, events: Iterable[Event], *, threshold: float = THRESHOLD) -> list[Reading]:
    """Return a reading for each event whose best complement reports with a share of at least `threshold`."""
    return [r for event in events if (r := _clause_reading(layout, event, threshold)) is not None]


def _clause_reading(layout: Layout, event: Event, threshold: float) -> Reading | None:
    if not (event.source or event.noun) or not layout.outside(event.at):
        return None
    quoted_least = QUOTED_THRESHOLD if event.entry.speech else threshold
    for frame, head, share in sorted(event.complements, key=lambda c: -c[2]):
        content = content_ranges(layout, _content_tokens(layout, event, frame, head))
        quoted = any(not layout.outside(i) for s, e in content for i in range(s, e))
        if content and share >= (quoted_least if quoted else threshold if frame == "ccomp" else OTHER_THRESHOLD):
            return Reading(
                content=content,
                cue=(event.cue,),
                source=event.source,
                type="indirect",
                score=max(share, 0.6) if quoted else share,
                evidence=(event.code, f"syntax:{frame}"),
                flags=("negated",) if event.negated else (),
            )
    return None


def _content_tokens(layout: Layout, event: Event, frame: str, head: int) -> list[int]:
    doc = layout.doc
    wanted = {t.i for t in doc[head].subtree}
    for other in doc[head].subtree:
        if other.i != head and _reports_itself(layout, event, other):
            wanted.difference_update(t.i for t in other.subtree)
    if frame in WITH_OBJECT and event.entry.lemma not in TELLING:
        objects = [c for c in doc[event.at].children if c.dep_ == "dobj" and c.i < head]
        wanted.update(t.i for o in objects for t in o.subtree)
    taken = {i for start, end in (event.cue, *event.source) for i in range(start, end)}
    wanted.discard(event.at)
    paragraph = layout.paragraph_of[event.at]
    return sorted(i for i in wanted - taken if layout.paragraph_of[i] == paragraph)


def _reports_itself(layout: Layout, event: Event, verb: Token) -> bool:
    """Tell whether a verb below the complement belongs to the cue's own clause: `claimed that it would stop and
    called it a shame`, `said that it must end, referring to the law`."""
    cue = layout.doc[event.at]
    if verb.dep_ == "conj":
        return verb.tag_ == cue.tag_ == "VBD" and verb.head.tag_ == "VB" and is_cue(verb)
    after_comma = verb.i > 0 and layout.doc[verb.i - 1].text == ","
    return verb.dep_ == "advcl" and verb.tag_ == "VBG" and after_comma and layout.outside(verb.i) and is_cue(verb)


def is_cue(verb: Token) -> bool:
    """Tell whether a verb can report speech."""
    entry = load_lexicon().verb(verb)
    return entry is not None and entry.speech


def within(ranges: Iterable[Range]) -> set[int]:
    """Return the tokens of some ranges."""
    return {i for start, end in ranges for i in range(start, end)}


def content_ranges(layout: Layout, tokens: Iterable[int]) -> tuple[Range, ...]:
    """Turn token indices into content ranges: small gaps of punctuation closed, edges without punctuation, quoted
    regions that are touched taken whole."""
    ranges: list[list[int]] = []
    for i in sorted(tokens):
        if ranges and not any(is_word(t) for t in layout.doc[ranges[-1][1] : i]):
            ranges[-1][1] = i + 1
        else:
            ranges.append([i, i + 1])
    kept = (edges(layout, s, e) for s, e in ranges)
    return tuple(r for r in kept if layout.words(*r))


def edges(layout: Layout, start: int, end: int) -> Range:
    """Drop punctuation and space at both ends of a range, but no quotation marks of a region."""
    doc, region_of = layout.doc, layout.region_of
    while start < end and region_of[start] < 0 and not is_word(doc[start]):
        start += 1
    while end > start and region_of[end - 1] < 0 and not is_word(doc[end - 1]):
        end -= 1
    return start, end
