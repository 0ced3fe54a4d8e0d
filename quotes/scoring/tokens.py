"""Tokens of a text as the scores count them: runs of word characters, so that punctuation at edges never matters."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import Any

from quotes.types import Range

DETERMINERS = frozenset(["a", "an", "the", "this", "that", "these", "those"])
TokenSet = frozenset[int]

_WORD = re.compile(r"\w+")
_MARKS = frozenset("“”„«»\"‘’'`,")


class Tokens:
    """The words of a text; turns character spans into sets of word numbers.

    A word belongs to a span if at least half of its characters do.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.ranges: list[Range] = [match.span() for match in _WORD.finditer(text)]
        self.lower = [text[s:e].lower() for s, e in self.ranges]
        self._starts = [s for s, _ in self.ranges]

    def of(self, spans: Iterable[Range]) -> TokenSet:
        """Return the numbers of the words in any of the spans."""
        return frozenset(i for span in spans for i in self._inside(span))

    def _inside(self, span: Range) -> list[int]:
        start, end = span
        found = []
        i = max(bisect_right(self._starts, start) - 1, 0)
        while i < len(self.ranges) and self.ranges[i][0] < end:
            first, last = self.ranges[i]
            shared = min(last, end) - max(first, start)
            if shared > 0 and 2 * shared >= last - first:
                found.append(i)
            i += 1
        return found

    def parts(self, spans: Iterable[Range]) -> list[TokenSet]:
        """Return a word set per part; parts that nothing but punctuation separates are one."""
        found: list[TokenSet] = []
        for span in sorted(spans):
            words = self.of([span])
            if not words:
                continue
            if found and min(words) <= max(found[-1]) + 1:
                found[-1] |= words
            else:
                found.append(words)
        return found

    def characters(self, spans: Iterable[Range]) -> TokenSet:
        """Return what stands for a content without any word ("?!"): its characters, as negative numbers."""
        places = (i for s, e in spans for i in range(s, min(e, len(self.text))))
        return frozenset(-i - 1 for i in places if not self.text[i].isspace() and self.text[i] not in _MARKS)

    def without_determiners(self, words: TokenSet) -> TokenSet:
        """Return the words that are not determiners, or all of them where nothing else is left."""
        return frozenset(i for i in words if self.lower[i] not in DETERMINERS) or words


def as_spans(value: Any) -> list[Range]:
    """Return sorted, non-empty spans from `[[s, e], ...]`, `[s, e]`, `{"start", "end"}`, a list of these, or None."""
    if not value:
        return []
    if isinstance(value, dict) or isinstance(value[0], int | float):
        value = [value]
    return sorted(span for span in map(_span, value) if span[1] > span[0])


def _span(value: Any) -> Range:
    start, end = (value["start"], value["end"]) if isinstance(value, dict) else value
    return int(start), int(end)


def iou(a: TokenSet, b: TokenSet) -> float:
    """Return the share of the union that both have; 0 for two empty sets."""
    union = len(a | b)
    return len(a & b) / union if union else 0.0
