"""Texts for `training.likeness`: what the reader's middle layer says of them, and the choices that are made in them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotes.coref.features import Matrix
from quotes.marks import pair
from quotes.reader import Reader
from quotes.reader.edges import outer_ranges
from quotes.reader.features import Ints, doc_arrays
from quotes.reader.likeness import MENTIONS
from quotes.reader.session import run
from quotes.reader.windows import cut, first_pieces
from quotes.training.antecedents import Choice, gather
from quotes.types import Range

WINDOWS = 6
"""So many windows of a text make a passage: candidates further away have no likeness in training."""


@dataclass(frozen=True, slots=True)
class View:
    """A window: its first word, the words of its core, the states [t, hidden] of its pieces as 16-bit floats, and the
    first piece [w] of each word."""

    start: int
    core: Range
    states: NDArray[np.float16]
    first: Ints


@dataclass(frozen=True, slots=True)
class Asked:
    """A choice in words of its text: type of asker, features and right rows, the asker, the heads of each candidate."""

    kind: int
    rows: Matrix
    right: tuple[int, ...]
    word: int
    heads: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the corpora."""

    views: list[View]
    asked: list[Asked]


@dataclass(frozen=True, slots=True)
class Passage:
    """Some windows of a text, its words `start` to `end`, and the choices whose askers stand in there."""

    views: list[View]
    start: int
    end: int
    asked: list[Asked]


def read_texts(path: Path, every: int, reader: Reader) -> list[Text]:
    """Return each `every`th text of a gold file. The reader's model must give out states (`training.states`)."""
    from quotes.pipeline import load

    return [text(doc, found, reader) for doc, found in gather(path, every, load(pipeline="rules"))]


def text(doc: Any, choices: Sequence[Choice], reader: Reader) -> Text:
    """Return a Doc and its choices in words."""
    arrays = doc_arrays(doc, outer_ranges(pair(doc.text)), reader.model.encode)
    views = []
    for w in cut(arrays, reader.model.meta["window"], reader.model.meta["overlap"]):
        _, states = run(reader.model.session, arrays, w)
        if states is None:
            raise ValueError("The reader's model gives out no states. Export it with `training.states.give_states`.")
        views.append(View(w.start, w.core, states.astype(np.float16), first_pieces(arrays, w)))
    word = np.full(len(doc), -1, np.int32)
    word[arrays.token] = np.arange(len(arrays))
    asked = [
        Asked(c.kind, c.rows, c.right, int(word[c.token]), tuple(_words(word, heads) for heads in c.heads))
        for c in choices
        if len(c.rows)
    ]
    return Text(views, asked)


def _words(word: Ints, heads: Sequence[int]) -> tuple[int, ...]:
    return tuple(int(word[h]) for h in heads[:MENTIONS] if word[h] >= 0)


def passages(text: Text, chance: random.Random | None = None) -> Iterator[Passage]:
    """Cut a text into passages, the first one of them by chance, and yield those in which something is asked."""
    first = chance.randint(1, WINDOWS) if chance and len(text.views) > WINDOWS else WINDOWS
    edges = [0, *range(first, len(text.views), WINDOWS), len(text.views)]
    for lo, hi in pairwise(edges):
        if lo < hi:
            start, end = text.views[lo].core[0], text.views[hi - 1].core[1]
            asked = [a for a in text.asked if start <= a.word < end]
            if asked:
                yield Passage(text.views[lo:hi], start, end, asked)
