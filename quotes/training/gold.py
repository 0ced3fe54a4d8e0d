"""From the quotations of a gold document to labels per word, and from labels to the targets of a window."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotes.reader.features import CLOSING, OPENING, DocArrays, Ints
from quotes.reader.windows import Window

IGNORE = -100


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels of one document's words: `tag` [n] as in `model.TAGS`, `owner` [n] the quote whose content or cue the
    word is in (or -1), `known` [n] whether the tag can be trusted, and the words of each quote's cue and source."""

    tag: Ints
    owner: Ints
    known: NDArray[np.bool_]
    cues: tuple[Ints, ...]
    sources: tuple[Ints, ...]


def labels(
    arrays: DocArrays, spans: list[tuple[int, int]], quotes: list[dict[str, Any]], partly: bool = False
) -> Labels:
    """Return the labels of a document; `spans` are the characters of each word. Where only a part of the quotations
    is annotated (`partly`), the words of a sentence without any are not known."""
    n = len(arrays)
    starts, ends = np.array([s for s, _ in spans]), np.array([e for _, e in spans])
    tag, owner = np.zeros(n, np.int32), np.full(n, -1, np.int32)
    found: dict[str, list[Ints]] = {"cue": [], "source": []}

    def words(ranges: list[list[int]]) -> list[Ints]:
        return [np.flatnonzero((starts < e) & (ends > s)).astype(np.int32) for s, e in ranges or []] if n else []

    for k, quote in enumerate(quotes):
        for part in map(partial(_inner, arrays), words(quote["content"])):
            tag[part], owner[part] = 1, k
    for k, quote in enumerate(quotes):
        for role, base in (("source", 4), ("cue", 2)):
            parts = [p for p in words(quote.get(role) or []) if len(p)]
            for part in parts:
                tag[part], tag[part[0]] = base + 1, base
                owner[part] = k if role == "cue" else -1
            found[role].append(np.concatenate(parts) if parts else np.zeros(0, np.int32))
    known = np.isin(arrays.sent, arrays.sent[tag > 0]) if partly else np.ones(n, bool)
    return Labels(tag, owner, known, tuple(found["cue"]), tuple(found["source"]))


def _inner(arrays: DocArrays, part: Ints) -> Ints:
    """Return the words of a part of a content without the quotation marks at its edges."""
    state = arrays.feats[:, 1]
    lo = 1 if len(part) and state[part[0]] == OPENING else 0
    hi = len(part) - 1 if len(part) > 1 and state[part[-1]] == CLOSING else len(part)
    return part[lo:hi]


def targets(lab: Labels, window: Window, width: int) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return tags [w], and the multi-hot targets [w, w + 1] of the pointers; the last column is none.

    Rows without any target are not trained on: all words that are no cue, in the second pointer.
    """
    s, e = window.start, window.end
    tag = np.full(width, IGNORE, np.int64)
    tag[: e - s] = np.where(lab.known[s:e], lab.tag[s:e], IGNORE)
    cue, source = np.zeros((width, width + 1), bool), np.zeros((width, width + 1), bool)
    cue[: e - s, width] = True
    for k in np.unique(lab.owner[s:e]):
        if k < 0:
            continue
        mine = np.flatnonzero((lab.owner[s:e] == k) & (lab.tag[s:e] == 1))
        asks = np.flatnonzero((lab.owner[s:e] == k) & (lab.tag[s:e] >= 2))
        _point(cue, mine, lab.cues[k] - s, e - s, width)
        _point(source, asks, lab.sources[k] - s, e - s, width)
    return tag, cue, source


def _point(matrix: NDArray[Any], rows: NDArray[Any], columns: NDArray[Any], size: int, width: int) -> None:
    columns = columns[(columns >= 0) & (columns < size)]
    matrix[rows, width] = len(columns) == 0
    if len(columns) and len(rows):
        matrix[np.ix_(rows, columns)] = True
