"""Text as given and text as the pipeline sees it, with an exact map between their offsets."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from quotes.decoding import decode

PIECE = 100_000
LONGEST_WORD = 300

# soft hyphen, bidi marks, zero-width characters, byte order mark; and the CR of a CRLF
_DROPPED = "\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_REMOVED = re.compile(rf"(?:[{_DROPPED}]|\r(?=\n))+")
_SPACES = "\t\x0b\x1c\x1d\x1e\x1f\xa0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_NEWLINES = "\r\x0c\u2028\u2029"
_ODD = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ud800-\udfff]")
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD}}}")
_LAST_LETTER = re.compile(r"[^\W_](?=[\W_]*\Z)")


@dataclass(frozen=True, slots=True)
class Text:
    """`raw` is the text as given, `clean` what the pipeline reads; offsets are end-exclusive code points.

    `at` are the clean offsets from which `shift` (raw offset minus clean offset) holds; both are None where the two
    texts have the same offsets.
    """

    raw: str
    clean: str
    at: array[int] | None = None
    shift: array[int] | None = None

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw range from the first to the last character of a clean range, and nothing beyond it."""
        first = self._raw_offset(start)
        return first, (self._raw_offset(end - 1) + 1 if end > start else first)

    def _raw_offset(self, offset: int) -> int:
        if self.at is None or self.shift is None:
            return offset
        n = bisect_right(self.at, offset)
        return offset + (self.shift[n - 1] if n else 0)


def normalise(raw: str) -> Text:
    """Return a text with its clean form. Linear in time; never fails, whatever the characters.

    Line ends become a newline, odd spaces and control characters a space, C1 characters what cp1252 means by them,
    lone surrogates U+FFFD; zero-width characters and soft hyphens go. In a word of more than `LONGEST_WORD`
    characters every so often a letter becomes a space: the tokenizer's time grows with the square of its length.
    """
    at, shift = _breakpoints(raw)
    clean = _REMOVED.sub("", raw) if at else raw
    clean = _break_long_words(scrub(clean))
    return Text(raw, clean, at, shift) if at else Text(raw, clean)


def scrub(text: str) -> str:
    """Replace odd characters one for one, so that no offset moves."""
    return text.translate(_table()) if _ODD.search(text) else text


def _breakpoints(raw: str) -> tuple[array[int], array[int]]:
    at, shift, gone = array("l"), array("l"), 0
    for match in _REMOVED.finditer(raw):
        at.append(match.start() - gone)
        gone += match.end() - match.start()
        shift.append(gone)
    return at, shift


def _table() -> dict[int, str]:
    table = {i: " " for i in (*range(0x20), *range(0x7F, 0xA0)) if i != 0x0A}
    # a C1 character is nearly always a cp1252 byte that was read as Latin-1; HTML 5 reads them like this too
    table |= {i: c for i in range(0x80, 0xA0) if (c := bytes([i]).decode("cp1252", "ignore"))}
    table |= dict.fromkeys(map(ord, _SPACES), " ") | dict.fromkeys(map(ord, _NEWLINES), "\n")
    return table | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


def _break_long_words(text: str) -> str:
    return _LONG_WORD.sub(_with_a_space, text) if _LONG_WORD.search(text) else text


def _with_a_space(match: re.Match[str]) -> str:
    word = match.group()
    letter = _LAST_LETTER.search(word, LONGEST_WORD // 2)
    i = letter.start() if letter else len(word) - 1
    return f"{word[:i]} {word[i + 1 :]}"


_PARAGRAPH = re.compile(r"\n *\n(?: *\n)*")
_CUTS = (re.compile(r"\n"), re.compile(r"[.!?…][\"'”’»)]* "), re.compile(r" "))


def chunks(text: Text, max_chars: int = PIECE) -> Iterator[tuple[int, int]]:
    """Yield ranges of the clean text that cover it without gaps, each of at most `max_chars` characters.

    Cuts at a paragraph end outside quotations if there is one in the second half of the piece; else at any
    paragraph end, at a line, a sentence, a space, anywhere. Yields nothing for an empty text.
    """
    start, length = 0, len(text.clean)
    while length - start > max_chars:
        end = _cut(text.clean, start + max(1, max_chars // 2), start + max_chars)
        yield start, end
        start = end
    if start < length:
        yield start, length


def _cut(clean: str, low: int, high: int) -> int:
    ends = [m.end() for m in _PARAGRAPH.finditer(clean, low, high)]
    for end in reversed(ends):
        if not _inside_quotation(clean, end):
            return end
    if ends:
        return ends[-1]
    for pattern in _CUTS:
        last = max((m.end() for m in pattern.finditer(clean, low, high)), default=0)
        if last:
            return last
    return high


_OPEN_SINGLE = re.compile(r"\s*‘(?!.*[^\w\s]’)", re.DOTALL)


def _inside_quotation(clean: str, cut: int) -> bool:
    """Tell whether a paragraph end lies, by the look of its neighbourhood, inside a quotation."""
    before = clean[max(0, cut - 4000) : cut].rstrip()
    paragraph = before[before.rfind("\n\n") + 1 :]
    if max(map(before.rfind, "“„«")) > max(map(before.rfind, "”»")):
        return True
    return paragraph.count('"') % 2 == 1 or bool(_OPEN_SINGLE.match(paragraph))


__all__ = ["LONGEST_WORD", "PIECE", "Text", "chunks", "decode", "normalise", "scrub"]
