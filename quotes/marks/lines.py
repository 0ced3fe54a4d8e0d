"""Paragraphs of a plain text, whether its lines are paragraphs or hard-wrapped."""

from __future__ import annotations

import re
from itertools import pairwise

from quotes.types import Range

ENDINGS = frozenset(".!?:;…\"”'’)]»*_-—")
SHORTEST, LONGEST = 45, 110
_LINE = re.compile(r"[^\n]+")
_BLANK = re.compile(r"\n[^\S\n]*\n\s*")


def paragraphs(text: str) -> list[Range]:
    """Return the ranges of the paragraphs, in characters, without white space around; blank ones are left out.

    A line break ends a paragraph, unless the text is hard-wrapped: then only a blank line does.
    """
    lines = [_strip(text, *m.span()) for m in _LINE.finditer(text)]
    kept = [line for line in lines if line[0] < line[1]]
    if not hard_wrapped(text, kept):
        return kept
    bounds = [0]
    for match in _BLANK.finditer(text):
        bounds += match.span()
    bounds.append(len(text))
    blocks = [_strip(text, s, e) for s, e in zip(bounds[::2], bounds[1::2], strict=True)]
    return [block for block in blocks if block[0] < block[1]]


def hard_wrapped(text: str, lines: list[Range]) -> bool:
    """Tell whether single line breaks mean nothing: lines of about one length that stop in mid-sentence."""
    before = [a for a, b in pairwise(lines) if text.count("\n", a[1], b[0]) == 1]
    if len(before) < 2:
        return False
    lengths = sorted(e - s for s, e in before)
    if lengths[len(lengths) // 2] < SHORTEST or lengths[int(0.95 * (len(lengths) - 1))] > LONGEST:
        return False
    soft = sum(text[e - 1] not in ENDINGS for _, e in before)
    return soft >= 0.5 * len(before)


def _strip(text: str, start: int, end: int) -> Range:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
