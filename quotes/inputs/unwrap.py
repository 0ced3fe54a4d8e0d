"""Lines of a printed page to paragraphs: where a line is broken for width alone, the words go on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import ceil

FULL, HALF = 0.75, 0.5
"""A line of at least this share of the page's long lines was broken for width: after the end of a sentence, or else."""

_ENDS = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
_SPLIT = re.compile(r"(?<=[a-z])[-\u00ad\u2010]$")


def unwrap(pages: Iterable[str]) -> str:
    """Return the text of pages with its paragraphs apart by an empty line, and words divided at line ends whole.

    A paragraph ends at an empty line and after a line before the margin, but never where the next line goes on in lower
    case. The number of a page is left out.
    """
    paragraphs: list[str] = []
    going_on = False
    for page in pages:
        lines = _without_number([" ".join(line.split()) for line in page.replace("\0", "").splitlines()])
        width = _width(lines)
        for line in lines:
            if not line:
                going_on = going_on and not _ENDS.search(paragraphs[-1])
                continue
            if paragraphs and (going_on or line[0].islower()):
                paragraphs[-1] = _joined(paragraphs[-1], line)
            else:
                paragraphs.append(line)
            going_on = len(line) >= (FULL if _ENDS.search(line) else HALF) * width
    return "\n\n".join(paragraphs)


def _without_number(lines: list[str]) -> list[str]:
    """Leave out the first or last line of a page if it is a number."""
    for edge in (0, -1):
        if lines and lines[edge].isdigit():
            lines = lines[1:] if edge == 0 else lines[:-1]
    return lines


def _width(lines: list[str]) -> int:
    lengths = sorted(len(line) for line in lines if line)
    return lengths[ceil(0.9 * (len(lengths) - 1))] if lengths else 0


def _joined(paragraph: str, line: str) -> str:
    if _SPLIT.search(paragraph) and line[0].islower():
        return paragraph[:-1] + line
    return f"{paragraph} {line}"
