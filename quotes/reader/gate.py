"""Cheap gating: paragraphs with neither a quotation mark nor a word that can be a cue are not shown to the model."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotes.reader.features import DocArrays


def live_words(doc: Any, arrays: DocArrays, cues: Set[str]) -> NDArray[np.bool_]:
    """Return [n] whether each word's paragraph is worth reading. `cues` are lemmas, lower-case; with an empty set, or
    on a Doc without lemmas, every word is."""
    n = len(arrays)
    if not n or not cues or not doc.has_annotation("LEMMA"):
        return np.ones(n, dtype=bool)
    hot = arrays.feats[:, 1] > 0
    hot |= np.fromiter((doc[int(i)].lemma_.lower() in cues for i in arrays.token), dtype=bool, count=n)
    paragraphs = np.zeros(int(arrays.para.max()) + 1, dtype=bool)
    paragraphs[arrays.para[hot]] = True
    return np.asarray(paragraphs[arrays.para])
