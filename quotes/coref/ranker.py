"""The learned ranker of antecedents: a small network over `features`, in plain numpy, with weights from a data file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotes.coref.features import COLUMNS, Matrix, asker_type
from quotes.coref.nodes import Node
from quotes.paths import data_text
from quotes.reader.likeness import MENTIONS, Vectors

LEAST, MOST = 0.02, 5
SUREST = 0.97
SPEAKS = -2.0
"""How much less likely than in general a source is somebody new: the corpora of training hold few sources."""
Shares = list[tuple[int, float]]
Candidates = Mapping[int, Sequence[Node]]
"""The entities that an asker can mean, each with its mentions near it, nearest first."""
Judge = Callable[[Node, Candidates, Matrix], Shares]
"""From who asks, the candidates and their rows to (entity, share), best first; shares sum to at most 1."""


@dataclass(frozen=True, slots=True)
class Ranker:
    """Weights: `center`, `scale` [f], `enter` [f, h], `bias` [h], `leave` [h], `none` [4] and `heat` [4] by asker."""

    center: NDArray[np.float32]
    scale: NDArray[np.float32]
    enter: NDArray[np.float32]
    bias: NDArray[np.float32]
    leave: NDArray[np.float32]
    none: NDArray[np.float32]
    heat: NDArray[np.float32]

    def scores(self, rows: Matrix) -> NDArray[np.float32]:
        """Return the score of each row [n], in logits."""
        hidden = np.maximum((rows - self.center) * self.scale @ self.enter + self.bias, 0.0)
        return np.asarray(hidden @ self.leave, dtype=np.float32)

    def shares(
        self, kind: int, rows: Matrix, doubt: float = 0.0, alike: NDArray[np.float32] | float = 0.0
    ) -> NDArray[np.float32]:
        """Return the probability of each row [n] for an asker of a type; what is missing to 1 is "none of them", which
        `doubt` (in logits) makes more likely. `alike` [n] is added to the scores of the rows."""
        scores = np.append(self.scores(rows) + alike, self.none[kind] + doubt) / self.heat[kind]
        powers = np.exp(scores - scores.max())
        return np.asarray((powers / powers.sum())[:-1], dtype=np.float32)

    def __call__(self, node: Node, candidates: Candidates, rows: Matrix) -> Shares:
        """Return the ranked entities; `Judge`."""
        return self.ranked(node, candidates, rows, 0.0)

    def ranked(self, node: Node, candidates: Candidates, rows: Matrix, alike: NDArray[np.float32] | float) -> Shares:
        """Return the ranked entities; `alike` as in `shares`."""
        shares = self.shares(asker_type(node), rows, SPEAKS if node.sources else 0.0, alike)
        likely = ((e, min(float(p), SUREST)) for e, p in zip(candidates, shares, strict=True) if p >= LEAST)
        return sorted(likely, key=lambda row: (-row[1], row[0]))[:MOST]


def from_data(data: dict[str, Any]) -> Ranker:
    """Return a ranker from the decoded data file. Raises `ValueError` where its columns are not those of this code."""
    if tuple(data["columns"]) != COLUMNS:
        raise ValueError("The antecedent weights were made for other features. Train them anew.")
    fields = ("center", "scale", "enter", "bias", "leave", "none", "heat")
    return Ranker(**{name: np.array(data[name], dtype=np.float32) for name in fields})


@lru_cache(maxsize=1)
def ranker() -> Ranker:
    """Return the shipped ranker."""
    return from_data(json.loads(data_text("antecedents.en.json")))


def seeing(vectors: Vectors | None) -> Judge:
    """Return the shipped ranker, which sees the words too where a Doc has vectors."""
    plain = ranker()
    if vectors is None:
        return plain
    return lambda node, candidates, rows: plain.ranked(node, candidates, rows, likeness(vectors, node, candidates))


def likeness(vectors: Vectors, node: Node, candidates: Candidates) -> NDArray[np.float32]:
    """Return what likeness adds to the score of each candidate [n], in logits."""
    heads = [[m.mention.head for m in mentions[:MENTIONS]] for mentions in candidates.values()]
    return vectors.weight * vectors.alike(node.mention.head, heads)
