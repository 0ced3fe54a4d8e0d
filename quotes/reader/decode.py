"""From the model's probabilities to readings; plain numpy, in words of one window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quotes.types import Range

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Rules:
    """Thresholds of the decoder; stored in `meta.json`."""

    cue: float = 0.5
    content: float = 0.5
    source: float = 0.5
    grow: float = 0.2
    gap: int = 3
    tag_weight: float = 0.5


@dataclass(frozen=True, slots=True)
class Draft:
    """A quotation in words of a window or of the document, before marks have their say."""

    content: tuple[Range, ...]
    cue: Range
    source: Range | None
    score: float
    parts: tuple[float, float, float]


def softmax(x: Floats) -> Floats:
    """Return probabilities along the last axis."""
    powers = np.exp(x - x.max(-1, keepdims=True))
    return np.asarray(powers / powers.sum(-1, keepdims=True), dtype=np.float32)


def runs(flags: NDArray[np.bool_], breaks: NDArray[np.bool_] | None = None) -> list[Range]:
    """Return the ranges in which `flags` holds; a new range begins where `breaks` holds."""
    out: list[Range] = []
    for i in np.flatnonzero(flags):
        if out and out[-1][1] == i and not (breaks is not None and breaks[i]):
            out[-1] = (out[-1][0], int(i) + 1)
        else:
            out.append((int(i), int(i) + 1))
    return out


def decode(tags: Floats, to_cue: Floats, to_source: Floats, rules: Rules) -> list[Draft]:
    """Return the quotations of one window, from logits [n, 6], [n, n + 1] and [n, n + 1]."""
    p, cue_of, source_of = softmax(tags), softmax(to_cue), softmax(to_source)
    is_cue = p[:, 2] + p[:, 3]
    cues = runs(is_cue > rules.cue, p[:, 2] > p[:, 3])
    if not cues:
        return []
    votes = np.stack([cue_of[:, s:e].sum(-1) for s, e in cues], -1)
    share = votes / np.maximum(votes.sum(-1, keepdims=True), 1e-6)
    own = p[:, 1:2] * share
    votes = (1 - rules.tag_weight) * votes + rules.tag_weight * own
    best = votes.argmax(-1)
    inside = votes.max(-1) > rules.content
    owner = np.where(inside, best, -1)
    spots = [_source(p, source_of[s:e].mean(0), rules) for s, e in cues]
    taken = _taken(len(p), cues, [s for s, _ in spots])
    drafts = []
    for k, (cue, (source, sure)) in enumerate(zip(cues, spots, strict=True)):
        mine = owner == k
        mine[cue[0] : cue[1]] = False
        if source:
            mine[source[0] : source[1]] = False
        content = join(runs(mine), (owner >= 0) & (owner != k) | taken, rules.gap)
        if content:
            strength = float(votes[mine, k].mean())
            parts = (float(is_cue[cue[0] : cue[1]].mean()), strength, sure)
            drafts.append(Draft(tuple(content), cue, source, parts[0] * strength * sure, parts))
    return drafts


def _taken(n: int, cues: Sequence[Range], sources: Sequence[Range | None]) -> NDArray[np.bool_]:
    flags = np.zeros(n, bool)
    for span in [*cues, *sources]:
        if span:
            flags[span[0] : span[1]] = True
    return flags


def join(parts: Sequence[Range], wall: NDArray[np.bool_], gap: int) -> list[Range]:
    """Join parts that at most `gap` words keep apart, unless one of these words is a `wall`."""
    out: list[Range] = []
    for s, e in parts:
        if out and s - out[-1][1] <= gap and not wall[out[-1][1] : s].any():
            out[-1] = (out[-1][0], e)
        else:
            out.append((s, e))
    return out


def _source(p: Floats, points: Floats, rules: Rules) -> tuple[Range | None, float]:
    """Return the source that a cue points to, and how sure that is."""
    tagged = p[:, 4] + p[:, 5]
    spans = runs(tagged > rules.source, p[:, 4] > p[:, 5])
    weights = [float(points[s:e].sum()) for s, e in spans]
    none = float(points[-1])
    if spans and max(weights) >= max(none, 0.2):
        best = int(np.argmax(weights))
        return spans[best], weights[best]
    word = int(points[:-1].argmax())
    if none >= 0.5 or float(points[word]) < rules.grow:
        return None, none
    s = e = word
    while s > 0 and tagged[s - 1] > rules.grow:
        s -= 1
    while e + 1 < len(p) and tagged[e + 1] > rules.grow:
        e += 1
    return (s, e + 1), float(points[s : e + 1].sum())
