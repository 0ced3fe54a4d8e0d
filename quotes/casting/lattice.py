"""All ways to cast a conversation at once: marginals over a chain in which a turn looks at the two turns before it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def marginals(unary: Sequence[Array], first: Sequence[Array], second: Sequence[Array]) -> list[Array]:
    """Return for each turn the share of each of its candidates.

    `unary[t]` has a score per candidate of turn t; `first[t]` (t >= 1) one per candidate of turn t - 1 and of turn t;
    `second[t]` (t >= 2) one per candidate of turn t - 2 and of turn t. Time is linear in the number of turns.
    """
    if len(unary) == 1:
        return [_normal(unary[0])]
    ahead = [unary[0][:, None] + first[1] + unary[1][None, :]]
    for t in range(2, len(unary)):
        paths = ahead[-1][:, :, None] + second[t][:, None, :]
        ahead.append(_sum(paths, 0) + first[t] + unary[t][None, :])
    back = [np.zeros_like(ahead[-1])]
    for t in range(len(unary) - 1, 1, -1):
        paths = (back[-1] + first[t] + unary[t][None, :])[None, :, :] + second[t][:, None, :]
        back.append(_sum(paths, 2))
    pairs = [a + b for a, b in zip(ahead, reversed(back), strict=True)]
    return [_normal(_sum(pairs[0], 1)), *(_normal(_sum(pair, 0)) for pair in pairs)]


def _sum(scores: Array, axis: int) -> Array:
    top = scores.max(axis=axis, keepdims=True)
    total: Array = np.log(np.exp(scores - top).sum(axis=axis)) + top.squeeze(axis)
    return total


def _normal(scores: Array) -> Array:
    weights = np.exp(scores - scores.max())
    shares: Array = weights / weights.sum()
    return shares
