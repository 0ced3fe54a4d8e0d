"""Cut documents into windows of whole paragraphs or sentences, and pad windows into batches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from quotes.reader.features import COLUMNS, DocArrays, Ints
from quotes.types import Range

CLS, SEP = 101, 102
SIZE = 254
OVERLAP = 48
DEPTH = 12
PAIR_CODES = 8


@dataclass(frozen=True, slots=True)
class Window:
    """Words `start` to `end` of a document; predictions are taken from `core` only."""

    start: int
    end: int
    core: Range


def cut(
    arrays: DocArrays,
    size: int = SIZE,
    overlap: int = OVERLAP,
    *,
    first: int | None = None,
    live: NDArray[np.bool_] | None = None,
) -> list[Window]:
    """Return windows of at most `size` pieces. Paragraphs stay whole where they fit; longer ones are cut at sentences
    and share up to `overlap` pieces. `first` bounds the first window only (training moves the cuts with it);
    paragraphs whose words are not `live` are left out."""
    windows: list[Window] = []
    units = _units(arrays, size)
    pieces = arrays.first
    start = core = 0
    for k, (s, e, fresh) in enumerate(units):
        if live is not None and not live[s]:
            windows += [Window(start, s, (core, s))] if s > start else []
            start = core = e
            continue
        limit = first if first and not windows else size
        if s > start and (pieces[e] - pieces[start] > limit or _stop(arrays, units, k, start, limit, fresh)):
            windows.append(Window(start, s, (core, s)))
            room = min(overlap, size - int(pieces[e] - pieces[s]))
            core, start = s, s if fresh else _back(arrays, units, k, room)
    if len(arrays) > start:
        windows.append(Window(start, len(arrays), (core, len(arrays))))
    return windows


def _stop(arrays: DocArrays, units: Sequence[tuple[int, int, bool]], k: int, start: int, limit: int, new: bool) -> bool:
    """Stop before a paragraph that does not fit into what is left but would fit into a window of its own."""
    if not new:
        return False
    end = units[k][1]
    for _, e, fresh in units[k + 1 :]:
        if fresh:
            break
        end = e
    whole = arrays.first[end] - arrays.first[units[k][0]]
    return bool(arrays.first[end] - arrays.first[start] > limit and whole <= limit)


def _back(arrays: DocArrays, units: Sequence[tuple[int, int, bool]], k: int, overlap: int) -> int:
    start = units[k][0]
    for s, _, fresh in reversed(units[:k]):
        if arrays.first[units[k][0]] - arrays.first[s] > overlap:
            break
        start = s
        if fresh:
            break
    return start


def _units(arrays: DocArrays, size: int) -> list[tuple[int, int, bool]]:
    """Return (first word, end word, starts a paragraph) of each sentence; a longer one is cut at `size` pieces."""
    n = len(arrays)
    if not n:
        return []
    edges = [0, *(np.flatnonzero(np.diff(arrays.sent)) + 1).tolist(), n]
    units = []
    for s, e in pairwise(edges):
        fresh = s == 0 or bool(arrays.para[s] != arrays.para[s - 1])
        while arrays.first[e] - arrays.first[s] > size:
            cut_at = int(np.searchsorted(arrays.first, arrays.first[s] + size, side="right")) - 1
            units.append((s, cut_at, fresh))
            s, fresh = cut_at, False
        units.append((s, e, fresh))
    return units


def pair_codes(head: Ints, sent: Ints) -> NDArray[np.uint8]:
    """Return [n, n] codes of how word j stands to word i in the parse.

    0 other sentence, 1 same sentence, 2 head, 3 head's head, 4 further up, 5 child, 6 further down, 7 itself.
    """
    n = len(head)
    codes = (sent[:, None] == sent[None, :]).astype(np.uint8)
    own = np.arange(n)
    up = head.copy()
    for depth in range(1, DEPTH):
        live = (up != own) & (codes[own, up] == 1)
        if not live.any():
            break
        codes[own[live], up[live]] = min(depth + 1, 4)
        codes[up[live], own[live]] = 5 if depth == 1 else 6
        up = np.where(live, head[up], own)
    codes[own, own] = 7
    return np.asarray(codes, dtype=np.uint8)


def first_pieces(arrays: DocArrays, window: Window) -> Ints:
    """Return the first piece [w] of each word of a window, counted in it after `CLS`."""
    return arrays.first[window.start : window.end] - arrays.first[window.start] + 1


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded windows: `b` windows, `t` pieces, `w` words. `feats` and `words` are per piece and per word."""

    ids: NDArray[np.int64]
    mask: NDArray[np.int64]
    feats: NDArray[np.int64]
    words: NDArray[np.int64]
    head: NDArray[np.int64]
    codes: NDArray[np.int64]
    lengths: NDArray[np.int64]

    def inputs(self) -> dict[str, NDArray[np.int64]]:
        """Return the model's inputs by name."""
        return {
            "ids": self.ids, "mask": self.mask, "feats": self.feats, "words": self.words, "head": self.head,
            "codes": self.codes, "lengths": self.lengths,
        }  # fmt: skip


def collate(items: Sequence[tuple[DocArrays, Window]]) -> Batch:
    """Pad windows of any documents into one batch."""
    b = len(items)
    t = max(int(a.first[w.end] - a.first[w.start]) for a, w in items) + 2
    n = max(w.end - w.start for _, w in items)
    ids, mask = np.zeros((b, t), np.int64), np.zeros((b, t), np.int64)
    feats = np.zeros((b, t, len(COLUMNS)), np.int64)
    words, head, codes = np.zeros((b, n), np.int64), np.zeros((b, n), np.int64), np.zeros((b, n, n), np.int64)
    lengths = np.array([w.end - w.start for _, w in items], np.int64)
    for k, (a, w) in enumerate(items):
        lo, hi, size = int(a.first[w.start]), int(a.first[w.end]), w.end - w.start
        ids[k, 0], ids[k, 1 : hi - lo + 1], ids[k, hi - lo + 1] = CLS, a.pieces[lo:hi], SEP
        mask[k, : hi - lo + 2] = 1
        counts = np.diff(a.first[w.start : w.end + 1])
        feats[k, 1 : hi - lo + 1] = np.repeat(a.feats[w.start : w.end], counts, axis=0)
        words[k, :size] = first_pieces(a, w)
        inside = a.head[w.start : w.end] - w.start
        own = np.arange(size)
        inside = np.where((inside < 0) | (inside >= size), own, inside)
        head[k, :size] = inside
        codes[k, :size, :size] = pair_codes(inside.astype(np.int32), a.sent[w.start : w.end])
    return Batch(ids, mask, feats, words, head, codes, lengths)
