"""Turns of a conversation: quotations of one paragraph, or of an open mark, taken together, and how each follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quotes import lexicon
from quotes.rules.layout import Layout, is_word
from quotes.types import Range, Reading

SAME, BARE, NEXT, OVER, FAR, CARRIED = range(6)
STEPS = 6
BEYOND, CLOSE = 7, 3
CLOSING = frozenset("\"”’»'")
Ranked = Sequence[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Turn:
    """Quotations that one speaker utters in one paragraph, or in several (up to `last`) while their marks stay open.
    `quotes` are reading numbers, `form` tells what the source is (`none`, `name`, `nominal`, `kin`, `he`, `she`, `i` or
    `other`), `ranked` are the clusters that it can stand for. `step` says how the turn follows the one before (one of
    the constants above), None where a conversation begins."""

    quotes: tuple[int, ...]
    paragraph: int
    last: int
    start: int
    end: int
    form: str
    ranked: tuple[tuple[int, float], ...]
    step: int | None = None


def make_turns(layout: Layout, readings: Sequence[Reading], ranked: Sequence[Ranked]) -> list[Turn]:
    """Return the turns of the direct readings, in text order. `ranked` has the candidates for each reading's source."""
    turns: list[Turn] = []
    for number, reading in enumerate(readings):
        if reading.type != "direct":
            continue
        form = source_form(layout, reading)
        first, last = layout.paragraph_of[reading.start], layout.paragraph_of[reading.end - 1]
        fresh = Turn((number,), first, last, reading.start, reading.end, form, tuple(ranked[number]))
        step = _step(layout, turns[-1], fresh) if turns else None
        if turns and step in (SAME, CARRIED) and _one_speaker(turns[-1], fresh):
            turns[-1] = _joined(turns[-1], fresh)
            continue
        turns.append(replace(fresh, step=step))
    return turns


def _joined(a: Turn, b: Turn) -> Turn:
    lead = a if a.form != "none" else b
    last, end = max(a.last, b.last), max(a.end, b.end)
    return replace(a, quotes=(*a.quotes, *b.quotes), last=last, end=end, form=lead.form, ranked=lead.ranked)


def _one_speaker(a: Turn, b: Turn) -> bool:
    """Tell whether nothing speaks against one speaker: at most one of the two has a source, or both the same."""
    if "none" in (a.form, b.form):
        return True
    return a.form == b.form and a.ranked[:1] == b.ranked[:1]


def source_form(layout: Layout, reading: Reading) -> str:
    """Return what a source is: `none`, `name`, `nominal`, `kin` (`her sister`), `he`, `she`, `i` or `other`."""
    if not reading.source:
        return "none"
    tokens = [t for s, e in reading.source for t in layout.doc[s:e] if is_word(t)]
    if len(tokens) == 1 and tokens[0].lower_ in ("he", "she", "i"):
        return tokens[0].lower_
    if any(t.pos_ == "PROPN" for t in tokens):
        return "name"
    if any(t.pos_ in ("NOUN", "ADJ", "NUM") for t in tokens):
        return "kin" if any(t.lemma_.lower() in lexicon.nouns().relational for t in tokens) else "nominal"
    return "other"


def _step(layout: Layout, before: Turn, turn: Turn) -> int | None:
    gap = turn.paragraph - before.last
    if gap >= BEYOND:
        return None
    if gap <= 0:
        return SAME
    if gap == 1:
        if not _closed(layout, before.end):
            return CARRIED
        bare = not _narration(layout, (before.end, turn.start))
        return BARE if bare else NEXT
    return OVER if gap == 2 else FAR


def _closed(layout: Layout, end: int) -> bool:
    last = layout.doc[end - 1].text if end else ""
    near = (t for t in layout.doc[end : end + CLOSE] if layout.paragraph_of[t.i] == layout.paragraph_of[end - 1])
    after = next((t.text for t in near if not t.is_space), "")
    return any(text[-1:] in CLOSING or text[:1] in CLOSING for text in (last, after))


def _narration(layout: Layout, between: Range) -> bool:
    return any(is_word(t) for t in layout.doc[between[0] : between[1]])
