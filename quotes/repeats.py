"""Repeated quotations: a pull quote or a standfirst says again what the body quotes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from rapidfuzz import fuzz

SHINGLE = 4
SHORTEST = 5
SHORTEST_IN_MANY = 9
MANY = 100
ALIKE = 90
SAME_LENGTH = 0.8
MOST = 12
WORD = re.compile(r"\w+")
ELLIPSIS = re.compile(r"\[?(?:…|\.(?:\s?\.){2,3})\]?")
Words = tuple[str, ...]


def find_repeats(texts: Sequence[str], attributed: Sequence[bool] = ()) -> list[int | None]:
    """Return for each text the number of the text that it repeats, or None.

    Of two alike the shorter repeats the longer; of equals the earlier the later (a pull quote stands before the body),
    unless `attributed`, which tells of each text whether its source is known, says that only the earlier has one. An
    ellipsis may leave out words. A text of fewer than five words (nine where there are more than a hundred, as in a
    novel) repeats nothing. Nothing points at a text that itself repeats another. Time is near linear: only texts that
    share a run of four words are compared.
    """
    known = [*attributed, *[False] * (len(texts) - len(attributed))]
    words = [tuple(WORD.findall(t.casefold())) for t in texts]
    shortest = SHORTEST if len(texts) <= MANY else SHORTEST_IN_MANY
    result: list[int | None] = [None] * len(texts)
    order = sorted(_pairs(words, shortest), key=lambda pair: (-len(words[pair[1]]), pair))
    targets: set[int] = set()
    for small, large in order:
        if known[small] and not known[large] and len(words[small]) >= SAME_LENGTH * len(words[large]):
            small, large = large, small
        free = result[small] is None and result[large] is None and small not in targets
        if free and _alike(texts[small], words[small], words[large]):
            result[small] = large
            targets.add(large)
    return result


def _pairs(words: Sequence[Words], shortest: int) -> set[tuple[int, int]]:
    """Return (shorter, longer) of the texts that share a run of words that is not worn out."""
    holders: dict[Words, list[int]] = defaultdict(list)
    for number, row in enumerate(words):
        if len(row) >= shortest:
            for run in {row[i : i + SHINGLE] for i in range(len(row) - SHINGLE + 1)}:
                holders[run].append(number)
    shared = (pair for row in holders.values() if len(row) <= MOST for pair in combinations(row, 2))
    return {(a, b) if (len(words[a]), a) <= (len(words[b]), b) else (b, a) for a, b in shared}


def _alike(text: str, small: Words, large: Words) -> bool:
    if small == large or _pieces_occur(text, large):
        return True
    first, second = " ".join(small), " ".join(large)
    if len(first) <= len(second):
        return fuzz.partial_ratio(first, second, score_cutoff=ALIKE) >= ALIKE
    return fuzz.ratio(first, second, score_cutoff=ALIKE) >= ALIKE


def _pieces_occur(text: str, large: Words) -> bool:
    """Tell whether the pieces of a text between its ellipses stand in the other text, in this order."""
    whole, at = f" {' '.join(large)} ", 0
    for piece in ELLIPSIS.split(text.casefold()):
        found = whole.find(f" {' '.join(WORD.findall(piece))} ", at) if WORD.search(piece) else at
        if found < 0:
            return False
        at = found
    return True
