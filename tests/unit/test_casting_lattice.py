"""Marginals of a conversation: equal to the sum over all castings, counted one by one."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from quotes.casting.lattice import Array, marginals


def by_counting(unary: list[Array], first: list[Array], second: list[Array]) -> list[Array]:
    """Add up every way to cast the conversation."""
    totals = [np.zeros(len(u)) for u in unary]
    for way in product(*(range(len(u)) for u in unary)):
        score = sum(u[k] for u, k in zip(unary, way, strict=True))
        score += sum(first[t][way[t - 1], way[t]] for t in range(1, len(way)))
        score += sum(second[t][way[t - 2], way[t]] for t in range(2, len(way)))
        for total, k in zip(totals, way, strict=True):
            total[k] += np.exp(score)
    return [t / t.sum() for t in totals]


@pytest.mark.parametrize("sizes", [(3,), (1,), (2, 3), (3, 2, 2), (2, 1, 3, 2), (3, 3, 2, 1, 2)])
def test_marginals_are_those_of_all_castings(sizes: tuple[int, ...]) -> None:
    random = np.random.default_rng(len(sizes))
    unary = [random.normal(size=n) for n in sizes]
    empty = np.zeros((0, 0))
    first = [empty, *(random.normal(size=pair) for pair in pairwise(sizes))]
    second = [empty, empty, *(random.normal(size=pair) for pair in zip(sizes, sizes[2:], strict=False))]
    found = marginals(unary, first, second)
    for a, b in zip(found, by_counting(unary, first, second), strict=True):
        assert np.allclose(a, b)


def test_large_scores_do_not_overflow() -> None:
    (shares,) = marginals([np.array([1000.0, 0.0])], [np.zeros((0, 0))], [])
    assert shares.tolist() == [1.0, 0.0]


def test_alternation_carries_over_a_long_exchange() -> None:
    unary = [np.array([4.0, 0.0]), *(np.zeros(2) for _ in range(7))]
    same = np.eye(2)
    found = marginals(unary, [-3.0 * same] * 8, [3.0 * same] * 8)
    assert [int(np.argmax(x)) for x in found] == [0, 1] * 4
