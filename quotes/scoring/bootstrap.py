"""Intervals of F1 by resampling documents."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from quotes.scoring.counts import Counts
from quotes.scoring.items import TYPES
from quotes.scoring.report import block

_KEYS = (
    ("detection", "exact"),
    ("detection", "overlap"),
    ("detection", "token"),
    ("attribution",),
    ("speaker_strict",),
    ("speaker_lastname",),
)


def bootstrap(
    per_doc: Sequence[tuple[str, Counts]], types: Sequence[str] = TYPES, *, n: int = 1000, seed: int = 13
) -> dict[str, list[float]]:
    """Return the 95 % interval `[low, high]` of each F1 over `n` resamples of the documents."""
    rng = random.Random(seed)
    values: dict[str, list[float]] = defaultdict(list)
    for _ in range(n):
        counts: Counts = Counter()
        for _ in per_doc:
            counts.update(per_doc[rng.randrange(len(per_doc))][1])
        scores = block(counts, types)
        for keys in _KEYS:
            found = _look_up(scores, keys)
            if found:
                values[".".join(keys)].append(found["f1"])
    return {name: _interval(sorted(found)) for name, found in values.items()}


def _look_up(scores: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any] | None:
    value: Any = scores
    for key in keys:
        value = value.get(key) if value else None
    return dict(value) if value else None


def _interval(values: list[float]) -> list[float]:
    return [values[int(0.025 * len(values))], values[min(len(values) - 1, int(0.975 * len(values)))]]
