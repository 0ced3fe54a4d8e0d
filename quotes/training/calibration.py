"""Fit the reader's calibration on dev: one logistic regression per type over the parts of each draft's score."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def logistic(x: Array, y: Array, ridge: float = 1.0, rounds: int = 50) -> Array:
    """Return the weights of a logistic regression by Newton's method; the first column, the constant, is not shrunk."""
    weights = np.zeros(x.shape[1])
    shrink = np.full(x.shape[1], ridge)
    shrink[0] = 1e-6
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (p - y) + shrink * weights
        bend = (x * (p * (1 - p))[:, None]).T @ x + np.diag(shrink)
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return np.asarray(weights)


def fit(rows: Sequence[tuple[Sequence[float], bool, str]]) -> dict[str, list[float]]:
    """Return weights by type from (features, right, type). A type with under 20 rows, or only one outcome, has none."""
    found: dict[str, list[float]] = {}
    for kind in sorted({k for _, _, k in rows}):
        mine = [(f, ok) for f, ok, k in rows if k == kind]
        right = sum(ok for _, ok in mine)
        if len(mine) >= 20 and 0 < right < len(mine):
            x, y = np.array([f for f, _ in mine]), np.array([float(ok) for _, ok in mine])
            found[kind] = [round(float(w), 5) for w in logistic(x, y)]
    return found


def apply(weights: dict[str, list[float]], rows: Sequence[Any]) -> list[float]:
    """Return the probability of each (features, right, type) row; .5 for a type without weights."""
    scores = [float(np.dot(weights[k], f)) if k in weights else 0.0 for f, _, k in rows]
    return [1 / (1 + float(np.exp(-np.clip(z, -30, 30)))) for z in scores]
