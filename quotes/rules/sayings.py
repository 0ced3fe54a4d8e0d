"""A quotation and a noun that stands for it: `"No," was the mayor's answer`, `Ann's reply was: "No."`"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from quotes.cues import load_lexicon
from quotes.rules.layout import Layout
from quotes.rules.sources import owner_of, phrase_of
from quotes.types import Range

REACH = 8
BESIDE = 3


def saying_after(layout: Layout, start: int, stop: int) -> tuple[Range, Range] | None:
    """Return cue and source of a region that ends before `start`: a form of `be` and somebody's answer follow it."""
    if start >= stop or layout.doc[start].lemma_ != "be":
        return None
    return _first(layout, range(start + 1, min(start + REACH, stop)), ("attr",))


def saying_before(layout: Layout, start: int, begin: int) -> tuple[Range, Range] | None:
    """Return cue and source of a region that begins at `start`: somebody's answer is its subject, or leads up to it
    with a colon."""
    between = [t for t in layout.doc[max(begin, start - REACH) : start] if not t.is_space]
    if not between or not (between[-1].text == ":" or any(t.lemma_ == "be" for t in between)):
        return None
    found = _first(layout, [t.i for t in reversed(between)], ("nsubj", "ROOT", "attr", "dep"))
    near = found is not None and len(layout.words(found[0][1], start)) <= BESIDE
    return found if near else None


def _first(layout: Layout, at: Sequence[int], roles: Sequence[str]) -> tuple[Range, Range] | None:
    for i in at:
        owner = _owner(layout.doc[i]) if layout.doc[i].dep_ in roles else None
        if owner is not None and layout.outside(i):
            return (i, i + 1), phrase_of(layout, owner, avoid=i)
    return None


def _owner(noun: Token) -> Token | None:
    """Return whose answer, thought or question a noun names."""
    denied = any(c.dep_ == "neg" for c in noun.head.children)
    if noun.pos_ != "NOUN" or denied or load_lexicon().noun(noun) is None:
        return None
    return owner_of(noun)
