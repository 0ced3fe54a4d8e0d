"""Where marks and model meet: typography decides the edges of direct quotations. All in tokens of the Doc."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from quotes.reader.decode import Draft
from quotes.types import QuoteType, Range, Region

HALF = 0.5


@dataclass(frozen=True, slots=True)
class Piece:
    """A quotation whose content may have been widened; `draft` is None where only marks speak for it."""

    content: tuple[Range, ...]
    draft: Draft | None
    type: QuoteType


def outer_ranges(regions: Iterable[Region]) -> list[Range]:
    """Return the character ranges of the parts of each outermost region, marks included."""
    return [part for region in regions if region.depth == 0 for part in region.parts]


def region_tokens(doc: Any, regions: Iterable[Region]) -> list[tuple[Range, ...]]:
    """Return the token ranges of each outermost region, marks included, one range per part."""
    found = []
    for region in regions:
        if region.depth == 0:
            spans = [doc.char_span(s, e, alignment_mode="expand") for s, e in region.parts]
            parts = tuple((x.start, x.end) for x in spans if x is not None and x.end > x.start)
            if parts:
                found.append(parts)
    return found


def settle(
    drafts: Sequence[Draft], regions: Sequence[Sequence[Range]], is_word: Sequence[bool], alone: int = 7
) -> list[Piece]:
    """Widen each content to the regions that it half covers, and add regions of at least `alone` words that no
    content touches. `is_word` tells which tokens hold a letter or a digit. Returns pieces in text order."""
    sets = [{i for s, e in d.content for i in range(s, e)} for d in drafts]
    near: dict[int, set[int]] = {}
    for k, mine in enumerate(sets):
        for i in mine:
            near.setdefault(i, set()).add(k)
    inside: set[int] = set()
    spare = []
    for parts in regions:
        tokens = {i for s, e in parts for i in range(s, e)}
        inside |= tokens
        words = {i for i in tokens if is_word[i]}
        touching = sorted({k for i in tokens for k in near.get(i, ())})
        if touching:
            _widen(sets, touching, tokens, words)
            near.update({i: {k for k in touching if i in sets[k]} for i in tokens})
        elif len(words) >= alone:
            spare.append(tokens)
    pieces = [
        Piece(ranges(mine, is_word), d, quote_type(mine, inside, is_word))
        for mine, d in zip(sets, drafts, strict=True)
        if any(is_word[i] for i in mine)
    ]
    pieces += [Piece(ranges(tokens, is_word), None, "direct") for tokens in spare]
    return sorted(pieces, key=lambda p: p.content)


def _widen(sets: list[set[int]], touching: Sequence[int], tokens: set[int], words: set[int]) -> None:
    shares = {k: len(sets[k] & words) for k in touching}
    best = max(touching, key=shares.__getitem__)
    if words and shares[best] >= HALF * len(words):
        for k in touching:
            if k == best:
                sets[k] |= tokens
            else:
                sets[k] -= tokens


def ranges(tokens: set[int], is_word: Sequence[bool]) -> tuple[Range, ...]:
    """Return the ranges that cover `tokens`; ranges with only white space or punctuation between them are joined."""
    out: list[Range] = []
    for i in sorted(tokens):
        if out and (out[-1][1] == i or not any(is_word[out[-1][1] : i])):
            out[-1] = (out[-1][0], i + 1)
        else:
            out.append((i, i + 1))
    return tuple(r for r in out if any(is_word[r[0] : r[1]]))


def quote_type(tokens: set[int], inside: set[int], is_word: Sequence[bool]) -> QuoteType:
    """Return direct, mixed or indirect, by how many words of a content stand between quotation marks."""
    words = {i for i in tokens if is_word[i]}
    quoted = len(words & inside)
    return "direct" if words and quoted == len(words) else "mixed" if quoted else "indirect"
