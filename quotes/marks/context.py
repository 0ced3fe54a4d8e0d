"""What a mark costs as (opening, closing, neither), by its shape and the characters around it.

The costs are weights of evidence, 0 for what is plain and about 5 for what is absurd; only their sums are compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Triple = tuple[float, float, float]
Costs = Callable[[str, int, int, tuple[str, str]], Triple]

BRACKETS = frozenset("([{<")
DASHES = frozenset("—–―-/")
ENDS = frozenset(".,;:!?…)]}>%")
EMPHASIS = frozenset("*_")
_ELISIONS = (
    "em tis twas twere twill twould til till cause cos cuz coz bout round n nuff nother fraid course gainst neath "
    "mongst tween kay cept spect sposed scuse stead pon yer nd bye"
)
_DROPPED_H = "e is er im ad ave as ere ome ouse ead ow ard ope ell eard ole"
_CLIPPED = "o an th wi ol lil de t mo d ha lan fo yo y"
ELISIONS, DROPPED_H, CLIPPED = (frozenset(words.split()) for words in (_ELISIONS, _DROPPED_H, _CLIPPED))
INCHES = 3
_WORD_AFTER = re.compile(r"[^\W_]+")


def place_costs(left: str, right: str) -> tuple[float, float]:
    """Return (opening, closing) for any mark between these two characters."""
    before, after = left.isspace(), right.isspace()
    if before and after:
        return 1.0, 1.0
    if before or left in BRACKETS:
        if right in ENDS:
            return (0.5, 2.0) if right in ".…" else (1.5, 1.0)
        return (0.3, 3.0) if right in DASHES else (1.5, 3.0) if after else (0.0, 5.0)
    if after or right in ENDS:
        return (2.5, 0.5) if left in DASHES and not after else (6.0, 0.0)
    if left in DASHES or left in EMPHASIS:
        return (1.2, 0.8) if right in DASHES else (0.2, 2.5)
    if right in DASHES or right in EMPHASIS:
        return 4.0, 0.2
    if left.isalnum() and right.isalnum():
        return 2.5, 2.5
    return (1.0, 1.2) if left in ",;:" else (1.2, 1.0)


def double_costs(text: str, start: int, end: int, around: tuple[str, str]) -> Triple:
    """Return the costs of a double mark; straight ones after a short number may be inches."""
    shape = text[start:end]
    opens, closes = place_costs(*around)
    neither = 4.0 if min(opens, closes) < 1 else 2.5
    if shape in ("“", "‘‘", "``", "„", "‟"):
        closes += 3.0 if shape in ("“", "‘‘") else 5.0
    elif shape in ("”", "’’"):
        opens += 3.0
    elif shape in ("«", "»"):
        return opens / 4, closes / 4, 4.0
    if shape in ('"', "''", "”") and _short_number(text, start):
        return opens, max(closes, 0.8), 1.5 if shape == "”" else 0.5
    return opens, closes, neither


def _short_number(text: str, at: int) -> bool:
    digits = at
    while digits > 0 and at - digits <= INCHES and text[digits - 1].isdigit():
        digits -= 1
    return 0 < at - digits < INCHES


def single_costs(text: str, start: int, end: int, around: tuple[str, str]) -> Triple:
    """Return the costs of a single mark, which may well be an apostrophe."""
    left, right = around
    shape = text[start:end]
    if shape in "‹›":
        opens, closes = place_costs(left, right)
        return opens / 4, closes / 4, 3.0
    before = left.isspace() or left in BRACKETS or left in DASHES or left in EMPHASIS
    after = right.isspace() or right in ENDS or right in DASHES or right in EMPHASIS
    if shape == "‚":
        return (0.0, 9.0, 2.0) if before and not after else (9.0, 9.0, 0.0)
    if before and (not after or (right in ".…—–" and left.isspace() != right.isspace())):
        return _before_word(text, end, shape)
    if after and not before:
        return _after_word(text, start, shape)
    if after and left in DASHES:
        return (8.0, 0.3, 3.0) if shape != "‘" else (1.0, 2.0, 2.0)
    return (1.5, 1.5, 1.0) if before else (2.0, 2.0, 0.6)


def _before_word(text: str, end: int, shape: str) -> Triple:
    opens, closes, neither = {"‘": (0.0, 8.0, 3.0), "’": (4.0, 6.0, 0.5), "`": (0.2, 4.0, 1.5)}.get(
        shape, (0.6, 5.0, 2.5)
    )
    match = _WORD_AFTER.match(text, end)
    word = match[0].lower() if match else ""
    if word in ELISIONS or (word[:2].isdigit() and word.rstrip("s").isdigit() and len(word) <= 3):
        return opens + 2.6, closes, min(neither, 0.3)
    if word in DROPPED_H:
        return opens + 0.8, closes, min(neither, 0.8)
    return opens, closes, neither


def _after_word(text: str, start: int, shape: str) -> Triple:
    wrong = {"‘": 2.0, "`": 2.0}.get(shape, 0.0)
    last = text[start - 1] if start else " "
    if not last.isalnum():
        return 8.0, wrong, 4.0 - wrong / 2
    word = text[max(0, start - 12) : start].split()[-1].lower()
    if last.isdigit():
        return 8.0, 0.9 + wrong, 0.3
    if word in CLIPPED or (word.endswith("in") and len(word) > 3):
        return 8.0, 1.6 + wrong, 0.3
    if last in "sxzSXZ":
        return 8.0, 1.0 + wrong, 0.4
    return 8.0, 0.5 + wrong, 2.5 - wrong / 2
