"""The learned weights: a score for each candidate from its features, and what consecutive turns have in common."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotes.casting.features import NAMES
from quotes.paths import data_text

Array = NDArray[np.float64]
FILE = "casting.en.json"
EDGE = 1e-3


@dataclass(frozen=True, slots=True)
class Model:
    """One hidden layer beside a linear score; `steps`, `answers` (by step) and `skips` (by kind) score pairs of turns.
    `calibration` is (slope, offset): the log odds that the best candidate is right, from those of its share."""

    hidden: Array
    hidden_bias: Array
    out: Array
    linear: Array
    steps: Array
    answers: Array
    skips: Array
    calibration: tuple[float, float] = (1.0, 0.0)

    def score(self, rows: NDArray[np.float32]) -> Array:
        """Return one score a row of features."""
        found: Array = np.tanh(rows @ self.hidden + self.hidden_bias) @ self.out + rows @ self.linear
        return found

    def confidences(self, shares: Sequence[float]) -> list[float]:
        """Return shares, best first, as probabilities: the best one calibrated, the others with what it leaves."""
        if not shares:
            return []
        slope, offset = self.calibration
        top = min(max(shares[0], EDGE), 1 - EDGE)
        best = 1 / (1 + math.exp(-slope * math.log(top / (1 - top)) - offset))
        return [best, *(min(share * (1 - best) / (1 - top), best) for share in shares[1:])]


def from_json(data: Mapping[str, Any]) -> Model:
    """Return the model of a data file. Raises `ValueError` where its features are not those of this version."""
    if tuple(data["features"]) != NAMES:
        raise ValueError(f"{FILE} was trained with other features. Train it again with quotes/training/casting.py.")
    tables = {key: np.array(data[key], dtype=np.float64) for key in _TABLES}
    slope, offset = data["calibration"]
    return Model(**tables, calibration=(float(slope), float(offset)))


_TABLES = ("hidden", "hidden_bias", "out", "linear", "steps", "answers", "skips")


@lru_cache(maxsize=1)
def load_model() -> Model:
    """Return the model of the package."""
    return from_json(json.loads(data_text(FILE)))
