"""Repeated quotations: a pull quote or a standfirst says again what the body quotes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz import fuzz

SHINGLE = 4
SHORTEST = 5
ALIKE = 90
MOST = 20
WORD = re.compile(r"\w+")


def find_repeats(texts: Sequence[str]) -> list[int | None]:
    """Return for each text the number of the text that it repeats, or None. Of two alike the shorter repeats the
    longer; of equals the earlier the later (a pull quote stands before the body). Time is near linear: only texts
    that share a run of four words are compared."""
    words = [WORD.findall(t.casefold()) for t in texts]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, row in enumerate(words):
        for shingle in {tuple(row[i : i + SHINGLE]) for i in range(len(row) - SHINGLE + 1)}:
            holders[shingle].append(number)
    result: list[int | None] = [None] * len(texts)
    for pair in _pairs(holders):
        small, large = sorted(pair, key=lambda n: (len(words[n]), n))
        if result[small] is None and result[large] != small and _alike(words[small], words[large]):
            result[small] = large
    return result


def _pairs(holders: dict[tuple[str, ...], list[int]]) -> list[tuple[int, int]]:
    found = {(a, b) for row in holders.values() if 1 < len(row) <= MOST for a in row for b in row if a < b}
    return sorted(found)


def _alike(small: list[str], large: list[str]) -> bool:
    if len(small) < SHORTEST:
        return False
    return fuzz.partial_ratio(" ".join(small), " ".join(large)) >= ALIKE
