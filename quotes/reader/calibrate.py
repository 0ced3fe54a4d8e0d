"""From what the model's three parts say of a quotation to the probability that the whole of it is right."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from quotes.reader.decode import Draft

FEATURES = ("one", "cue", "content", "source", "no_source", "words")


def logit(p: float) -> float:
    """Return log(p / (1 - p)), with p kept within 0.001 and 0.999."""
    p = min(max(p, 0.001), 0.999)
    return math.log(p / (1 - p))


def draft_features(draft: Draft) -> tuple[float, ...]:
    """Return the numbers that the calibration weighs, in the order of `FEATURES`."""
    cue, content, source = (logit(p) for p in draft.parts)
    words = sum(e - s for s, e in draft.content)
    bare = draft.source is None
    return (1.0, cue, content, 0.0 if bare else source, source if bare else 0.0, math.log(words + 1))


def probability(draft: Draft, kind: str, weights: Mapping[str, Sequence[float]]) -> float:
    """Return the calibrated probability of a draft of type `kind`; without weights the product of its parts."""
    row = weights.get(kind)
    if row is None:
        return draft.score
    z = sum(w * x for w, x in zip(row, draft_features(draft), strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))
