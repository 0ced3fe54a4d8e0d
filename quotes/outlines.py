"""What the learned reader cut off: words between a cue and the content that follows it, the end of a source."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from quotes.rules.clauses import content_ranges, within
from quotes.rules.layout import Layout, is_word
from quotes.rules.merge import type_of
from quotes.types import Reading

LONGEST = 12
PARTS = frozenset({"det", "amod", "compound", "poss", "case", "nummod", "nmod"})
STOPS = frozenset(",.;:!?()-–—") | {"--", "---"}


def with_beginning(layout: Layout, reading: Reading, said: Container[int] = ()) -> Reading:
    """Return a reading that begins where what is said does: right after the colon of its cue, after a cue with `as`
    (`called [the plan as "a joke"]`), and with the words that belong to its first ones (`told [his | advisers]`). It
    does not grow over its source, nor over `said`, the words of all contents."""
    if not reading.cue or reading.start < reading.cue[-1][1]:
        return reading
    taken = within(reading.source)
    between = range(reading.cue[-1][1], reading.start)
    start = _start(layout, reading, max((i + 1 for i in between if i in taken or i in said), default=between.start))
    if start == reading.start:
        return reading
    tokens = {*range(start, reading.start), *within(reading.content)}
    content = content_ranges(layout, tokens)
    return replace(reading, content=content, type=type_of(layout, content))


def _start(layout: Layout, reading: Reading, free: int) -> int:
    """Return where the content begins, from token `free` on."""
    doc, first, cue = layout.doc, reading.start, reading.cue[-1][1]
    between = doc[cue:first]
    if not len(between) or any(t.is_space and "\n" in t.text for t in between):
        return first
    if free == cue and (doc[cue - 1].text == ":" or _described(layout, cue, first)):
        return cue
    while first > free and _belongs(layout, first - 1, reading):
        first -= 1
    return first


def _described(layout: Layout, cue: int, first: int) -> bool:
    """Tell whether `X as` stands between a cue and a content in quotation marks."""
    words = layout.words(cue, first)
    plain = all(layout.outside(t.i) and t.text not in STOPS for t in layout.doc[cue:first])
    return 1 < len(words) <= LONGEST and plain and words[-1].lower_ == "as" and not layout.outside(first)


def _belongs(layout: Layout, i: int, reading: Reading) -> bool:
    """Tell whether a word hangs on a word of the content."""
    token, end = layout.doc[i], reading.content[0][1]
    if not is_word(token) or not layout.outside(i):
        return False
    return any(i < above.i < end for above in (token.head, token.head.head))


def with_whole_source(layout: Layout, reading: Reading) -> Reading:
    """Return a reading whose source does not break off before its head (`the | stranger`) or after a preposition (`the
    man with | the beard`)."""
    if not reading.source:
        return reading
    *others, (start, end) = reading.source
    whole = _source_end(layout, start, end, within((*reading.cue, *reading.content)))
    return replace(reading, source=(*others, (start, whole))) if whole > end else reading


def _source_end(layout: Layout, start: int, end: int, taken: set[int]) -> int:
    for _ in range(LONGEST):
        last = layout.doc[end - 1]
        object_ = next((c for c in last.children if c.dep_ == "pobj"), None) if last.dep_ == "prep" else None
        goal = object_ or (last.head if last.dep_ in PARTS else None)
        if goal is None or not end <= goal.i < end + LONGEST:
            return end
        more = range(end, goal.i + 1)
        if any(i in taken or not layout.same_place(start, i) for i in more):
            return end
        end = goal.i + 1
    return end
