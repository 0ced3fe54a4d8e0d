"""Where things stand in a Doc: which token lies between which quotation marks, in which paragraph."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from quotes.marks.lines import paragraphs
from quotes.types import Range, Region

CLOSERS = frozenset(".!?…")


@dataclass(frozen=True, slots=True)
class Layout:
    """A Doc seen as paragraphs and quoted regions. `regions` holds the token parts of each outermost region, marks
    included; `region_of` the region of each token or -1; `paragraph_of` the paragraph number of each token."""

    doc: Doc
    regions: tuple[tuple[Range, ...], ...]
    region_of: tuple[int, ...]
    paragraph_of: tuple[int, ...]

    def outside(self, i: int) -> bool:
        return self.region_of[i] < 0

    def words(self, start: int, end: int) -> list[Token]:
        """Return the tokens of a range that are neither punctuation nor white space."""
        return [t for t in self.doc[start:end] if is_word(t)]

    def paragraph_bounds(self, i: int) -> Range:
        """Return the token range of the paragraph of token `i`."""
        number = self.paragraph_of[i]
        return bisect_left(self.paragraph_of, number), bisect_right(self.paragraph_of, number)

    def same_place(self, a: int, b: int) -> bool:
        """Tell whether two tokens stand in one paragraph, and in the same quoted region or both in none."""
        return self.region_of[a] == self.region_of[b] and self.paragraph_of[a] == self.paragraph_of[b]

    def has_words(self, start: int, end: int) -> bool:
        """Tell whether a range has a word; looks from its end, where a word is nearly always at once."""
        return any(is_word(self.doc[i]) for i in range(end - 1, start - 1, -1))

    def paragraphs(self) -> list[str]:
        """Return the text of each paragraph, by number."""
        texts: list[list[str]] = [[] for _ in range(self.paragraph_of[-1] + 1)] if self.paragraph_of else []
        for token, number in zip(self.doc, self.paragraph_of, strict=True):
            texts[number].append(token.text_with_ws)
        return ["".join(words) for words in texts]

    def ends_sentence(self, i: int) -> bool:
        """Tell whether token `i`, outside quotation marks, ends a sentence (never after an abbreviation)."""
        token = self.doc[i]
        return self.outside(i) and bool(token.text) and token.text[0] in CLOSERS and len(token.text) <= 4

    def before(self, start: int) -> int:
        """Return the last token before `start` that is no white space, -1 where there is none."""
        i = start - 1
        while i >= 0 and self.doc[i].is_space:
            i -= 1
        return i

    def opens_sentence(self, start: int) -> bool:
        """Tell whether token `start` opens its paragraph, or follows the end of a sentence or a quoted region."""
        i = self.before(start)
        return i < 0 or self.paragraph_of[i] != self.paragraph_of[start] or not self.outside(i) or self.ends_sentence(i)


def is_word(token: Token) -> bool:
    """Tell whether a token has a letter or a digit."""
    return not (token.is_punct or token.is_space) and any(c.isalnum() for c in token.text)


def lay_out(doc: Doc, regions: Sequence[Region]) -> Layout:
    """Return the layout of a Doc whose quoted regions (characters) are known."""
    starts = [t.idx for t in doc]
    outer = [_token_parts(doc, starts, r) for r in regions if r.depth == 0]
    kept = tuple(parts for parts in outer if parts)
    region_of = [-1] * len(doc)
    for number, parts in enumerate(kept):
        for start, end in parts:
            region_of[start:end] = [number] * (end - start)
    return Layout(doc, kept, tuple(region_of), tuple(_paragraphs(doc)))


def _token_parts(doc: Doc, starts: list[int], region: Region) -> tuple[Range, ...]:
    spans = (doc.char_span(s, e, alignment_mode="expand") for s, e in region.parts)
    return tuple((span.start, span.end) for span in spans if span is not None and span.end > span.start)


def _paragraphs(doc: Doc) -> list[int]:
    """Return the paragraph of each token; white space belongs to the paragraph before it."""
    starts = [start for start, _ in paragraphs(doc.text)]
    return [max(0, bisect_right(starts, token.idx) - 1) for token in doc]
