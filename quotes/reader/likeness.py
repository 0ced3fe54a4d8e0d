"""How alike a pronoun and a mention are where they stand: two vectors per word, from the states of the reader.

A second small network (`models/en_antecedents_sm`) carries the states of a middle layer of the reader further, so that
a text is encoded once for both. It was trained on what the features of `quotes.coref` leave open, and
`quotes.coref.ranker` adds its likeness to the score of each candidate.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotes.errors import ModelDamaged
from quotes.reader.features import DocArrays
from quotes.reader.session import CURE, check_files, open_session, read_meta
from quotes.reader.windows import Window, first_pieces

Floats = NDArray[np.float32]
MENTIONS = 6
LOWEST = 1e-30
KEY = "quotes_vectors"
"""Where vectors stand in `doc.user_data` between `quote_tagger`, which writes them, and `speaker_coref`."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """`ask` and `answer` [n, rank], a row per token of a Doc; `read` [n] is false for tokens that have none. `weight`
    says how much likeness counts beside the score of the ranker."""

    ask: Floats
    answer: Floats
    read: NDArray[np.bool_]
    weight: float = 1.0

    def alike(self, token: int, candidates: Sequence[Sequence[int]]) -> Floats:
        """Return how alike a token is to each candidate [n], given by the heads of its mentions, nearest first (one at
        least): log mean exp over the first six.

        0 where the token or all mentions of a candidate were not read.
        """
        if not candidates or not self.read[token]:
            return np.zeros(len(candidates), np.float32)
        near = [heads[:MENTIONS] for heads in candidates]
        heads = [h for row in near for h in row]
        first = np.cumsum([0, *(len(row) for row in near[:-1])])
        dots = (self.answer[heads] @ self.ask[token]).astype(np.float64) / math.sqrt(self.ask.shape[1])
        known = self.read[heads]
        powers = np.where(known, np.exp(dots - dots.max()), 0.0)
        total, count = np.add.reduceat(powers, first), np.add.reduceat(known.astype(np.float64), first)
        mean = np.log(np.maximum(total, LOWEST) / np.maximum(count, 1.0)) + dots.max()
        return np.where(count > 0, mean, 0.0).astype(np.float32)


def leave(doc: Any, vectors: Vectors) -> None:
    """Put vectors on a Doc, as plain arrays."""
    doc.user_data[KEY] = {
        "ask": vectors.ask, "answer": vectors.answer, "read": vectors.read, "weight": vectors.weight,
    }  # fmt: skip


def left(doc: Any) -> Vectors | None:
    """Return the vectors that stand on a Doc, if there are any."""
    found = doc.user_data.get(KEY)
    return Vectors(**found) if found else None


@dataclass(frozen=True, slots=True)
class Likeness:
    """The loaded network: its metadata and its ONNX session."""

    meta: dict[str, Any]
    session: Any

    @property
    def version(self) -> str:
        """The network's name and version, e.g. `en_antecedents_sm 1.0.0`."""
        return f"{self.meta['name']} {self.meta['version']}"

    def blank(self, tokens: int) -> Vectors:
        """Return vectors for a Doc of which nothing has been read yet."""
        rows = np.zeros((2, tokens, self.meta["rank"]), np.float32)
        return Vectors(rows[0], rows[1], np.zeros(tokens, bool), self.meta["weight"])

    def fill(self, vectors: Vectors, arrays: DocArrays, window: Window, states: Floats) -> None:
        """Write the vectors of the words in a window's core; `states` [pieces, hidden] are those of the window."""
        lo, hi = window.core[0] - window.start, window.core[1] - window.start
        words = first_pieces(arrays, window)[lo:hi].astype(np.int64)
        ask, answer = self.session.run(None, {"states": states[None], "words": words[None]})
        tokens = arrays.token[window.core[0] : window.core[1]]
        vectors.ask[tokens], vectors.answer[tokens], vectors.read[tokens] = ask[0], answer[0], True


def open_likeness(folder: Path, reader: str) -> Likeness:
    """Load the network from a folder after checking it. `reader` is the digest of the model that gives the states.

    Raises `ModelDamaged` where a file is missing or damaged, or where it was trained with another reader.
    """
    meta = read_meta(folder)
    check_files(folder, meta)
    if meta.get("reader") != reader:
        raise ModelDamaged(f"The model in {folder} was trained on the states of another reader. {CURE}")
    return Likeness(meta, open_session(folder / "model.onnx"))
