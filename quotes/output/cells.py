"""Text in terminal cells: how wide it is, cut or filled to a width, and without what would steer the terminal.

And text in the cells of a spreadsheet, which must not run it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

GAP = " […] "
JOINER, EMOJI_STYLE = "\u200d", "\ufe0f"
FORMULA = ("=", "+", "-", "@", "\t", "\n")
FLAGS, TONES = range(0x1F1E6, 0x1F200), range(0x1F3FB, 0x1F400)


def clusters(text: str) -> Iterator[str]:
    """Yield what a terminal draws as one character: a base with its marks, a joined emoji, a flag."""
    piece = ""
    for char in text:
        if piece and _joins(piece, char):
            piece += char
            continue
        if piece:
            yield piece
        piece = char
    if piece:
        yield piece


def _joins(piece: str, char: str) -> bool:
    if piece.endswith(JOINER) or char in (JOINER, EMOJI_STYLE) or ord(char) in TONES:
        return True
    if ord(char) in FLAGS and len(piece) == 1 and ord(piece) in FLAGS:
        return True
    return unicodedata.category(char) in ("Mn", "Me", "Cf")


def _cells(cluster: str) -> int:
    if EMOJI_STYLE in cluster or any(ord(c) in FLAGS for c in cluster):
        return 2
    first = cluster[0]
    if unicodedata.category(first) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(first) in "WF" else 1


def width_of(text: str) -> int:
    """Return the number of terminal cells of a text."""
    return sum(map(_cells, clusters(text)))


def spaced(text: str) -> str:
    """Return a text on one line with all that it holds, its white space single spaces."""
    return " ".join(text.split())


def one_line(text: str) -> str:
    """Return a text on one line that can be drawn: control characters become spaces too."""
    return spaced("".join(c if _drawn(c) else " " for c in text))


def inert(text: str) -> str:
    """Return the text of a cell of CSV that no spreadsheet runs as a formula: valid UTF-8, its line ends `\\n`."""
    clean = text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")
    clean = clean.replace("\r\n", "\n").replace("\r", "\n")  # the csv module leaves a lone \r unquoted
    return f"'{clean}" if clean.startswith(FORMULA) else clean


def printable(text: str) -> str:
    """Return a text, as long as before, without control characters that would steer a terminal."""
    return "".join(c if c == "\n" or _drawn(c) or (c.isspace() and c > "\x9f") else _stand_in(c) for c in text)


def _stand_in(character: str) -> str:
    return " " if character in "\t\r\x0b\x0c" else "\ufffd"


def _drawn(char: str) -> bool:
    return char.isprintable() or char in (JOINER, "\u00ad", "\u200b", "\u200c")


def fit(text: str, width: int) -> str:
    """Return a text on one line in exactly `width` cells, cut with an ellipsis or filled with spaces."""
    line = one_line(text)
    if width_of(line) > width:
        kept, used = [], 1
        for cluster in clusters(line):
            used += _cells(cluster)
            if used > width:
                break
            kept.append(cluster)
        line = "".join(kept).rstrip() + "…"
    return line + " " * (width - width_of(line))


def short(text: str, most: int) -> str:
    """Return a text on one line, cut with an ellipsis where it has more than `most` characters as drawn."""
    line = list(clusters(one_line(text)))
    return "".join(line) if len(line) <= most else "".join(line[: most - 1]).rstrip() + "…"


def paint(text: str, code: str, color: bool) -> str:
    """Return a text in a colour (an ANSI code), or as it is."""
    return f"\x1b[{code}m{text}\x1b[0m" if color and text else text
