"""Quotation marks as the scores see them: they decide the type of a prediction that is matched to nothing.

Deliberately simpler than the finder of the pipeline and independent of it: a change there must not move the ruler.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotes.scoring.tokens import Tokens
from quotes.types import QuoteType, Range

_OPEN, _CLOSE = "“„«", "”»"
_BEFORE_OPENING = "([{—–-/‘'“,:;"
_PARAGRAPH = re.compile(r"\n\s*")


def quoted_regions(text: str) -> list[Range]:
    """Return the double-quoted regions, marks included.

    Knows “ ” « », straight marks, `` '' and paragraphs that are each re-opened and closed once. An unclosed
    quotation ends with its paragraph.
    """
    regions: list[Range] = []
    start: int | None = None
    every_line = _lines_are_paragraphs(text)
    i = 0
    while i < len(text):
        if text[i] == "\n":
            end, continues, ends = _line_break(text, i, every_line)
            if start is not None and continues:
                end += 2 if text.startswith("``", end) else 1
            elif start is not None and ends:
                regions.append((start, i))
                start = None
            i = end
            continue
        kind, width = _mark(text, i, start is not None)
        if kind == "open" and start is None:
            start = i
        elif kind == "close" and start is not None:
            regions.append((start, i + width))
            start = None
        i += width
    return regions if start is None else [*regions, (start, len(text))]


def _line_break(text: str, i: int, every_line: bool) -> tuple[int, bool, bool]:
    """Return where the white space ends, whether a mark re-opens there, and whether a paragraph ends."""
    match = _PARAGRAPH.match(text, i)
    end = match.end() if match else i + 1
    continues = text[end : end + 1] in {*_OPEN, '"'} or text.startswith("``", end)
    return end, continues, every_line or text.count("\n", i, end) > 1


def _mark(text: str, i: int, is_open: bool) -> tuple[str, int]:
    """Return what the character at `i` does (`open`, `close` or nothing) and how many characters it takes."""
    if text[i] in _OPEN:
        return "open", 1
    if text[i] in _CLOSE:
        return "close", 1
    if text.startswith("``", i):
        return "open", 2
    width = 2 if text.startswith("''", i) else 1
    if width == 1 and text[i] != '"':
        return "", 1
    if is_open:
        return "close", width
    before, after = text[i - 1] if i else " ", text[i + width : i + width + 1] or " "
    stray = after.isspace() and not (before.isspace() or before in _BEFORE_OPENING)
    return "" if stray else "open", width


def _lines_are_paragraphs(text: str) -> bool:
    """Return whether single line breaks separate paragraphs (long lines) rather than wrap them."""
    lengths = sorted(len(line) for line in text.split("\n") if line.strip())
    return not (lengths and lengths[-1] <= 100 and lengths[len(lengths) // 2] > 50)


def derive_type(tokens: Tokens, spans: Sequence[Range], regions: Sequence[Range]) -> QuoteType:
    """Return `direct` where every word is in quotation marks, `indirect` where none is, else `mixed`."""
    words = tokens.of(spans)
    if not words:
        touched = any(s < end and start < e for s, e in spans for start, end in regions)
        return "direct" if touched else "indirect"
    quoted = len(words & tokens.of(regions))
    if quoted == len(words):
        return "direct"
    if quoted:
        return "mixed"
    return "direct" if all(_single_quoted(tokens.text[s:e].strip()) for s, e in spans) else "indirect"


def _single_quoted(part: str) -> bool:
    return len(part) > 2 and part[0] in "‘'" and part.rstrip(".,!?;:")[-1:] in "’'"
