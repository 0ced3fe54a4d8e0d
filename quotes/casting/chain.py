"""From a stage to shares: candidates and features of each turn, scores of pairs, and one lattice a conversation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from quotes.casting.features import FORMS, NAMES, Vector, features
from quotes.casting.lattice import Array, marginals
from quotes.casting.model import Model
from quotes.casting.scene import CARRIED, FAR, OVER, SAME
from quotes.casting.tables import Stage, candidates

NOBODY = -1
LONGEST = 400
KINDS = 4


@dataclass(frozen=True, slots=True)
class Link:
    """A turn in the chain: the candidates (`NOBODY` first), a row of features for each, whether each is addressed in
    the turn, the step from the turn before, and the kind of the step from the turn before that one (or None)."""

    turn: int
    who: tuple[int, ...]
    rows: Vector
    called: tuple[bool, ...]
    step: int | None
    skip: int | None


def conversations(stage: Stage) -> Iterator[list[Link]]:
    """Yield the links of each conversation, in text order."""
    links: list[Link] = []
    for number, turn in enumerate(stage.turns):
        if links and (turn.step is None or len(links) >= LONGEST):
            yield links
            links = []
        who = candidates(stage, number)
        rows = features(stage, number, who)
        nobody = np.zeros((1, len(NAMES)), dtype=np.float32)
        nobody[0, : len(FORMS)] = rows[0, : len(FORMS)] if len(who) else 0.0
        called = tuple(w in stage.called[number] for w in who)
        before = links[-1].step if len(links) > 1 else None
        step = turn.step if links else None
        skip = skip_kind(before, step) if before is not None and step is not None else None
        links.append(Link(number, (NOBODY, *who), np.concatenate([nobody, rows]), (False, *called), step, skip))
    if links:
        yield links


def skip_kind(before: int, step: int) -> int:
    """Return the kind of a step over one turn, from the two steps that it is made of."""
    if SAME in (before, step) or CARRIED in (before, step):
        return 3
    return 2 if FAR in (before, step) else 1 if OVER in (before, step) else 0


def alike(a: Sequence[int], b: Sequence[int]) -> Array:
    """Return a table of 1.0 where a candidate of one turn is the same as one of another turn (nobody is not)."""
    left, right = np.array(a)[:, None], np.array(b)[None, :]
    same: Array = ((left == right) & (left != NOBODY)).astype(np.float64)
    return same


def shares(links: Sequence[Link], model: Model) -> list[Array]:
    """Return the share of each candidate of each link."""
    unary = [model.score(link.rows) for link in links]
    empty = np.zeros((0, 0))
    first, second = [empty], [empty, empty]
    for before, link in pairwise(links):
        addressed = np.array([w in _called(link) for w in before.who], dtype=np.float64)[:, None]
        step = link.step or 0
        first.append(model.steps[step] * alike(before.who, link.who) + model.answers[step] * addressed)
    for over, link in zip(links, links[2:], strict=False):
        second.append(model.skips[link.skip or 0] * alike(over.who, link.who))
    return marginals(unary, first, second)


def _called(link: Link) -> set[int]:
    return {w for w, called in zip(link.who, link.called, strict=True) if called}
