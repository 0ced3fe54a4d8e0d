"""Repeated quotations: equal, shortened, nearly equal; which one points at which; time."""

from __future__ import annotations

import random
import time

import pytest

from quotes.repeats import find_repeats

FULL = "“We will rebuild the bridge before the winter comes, and we will do it with our own hands,” she said"


@pytest.mark.parametrize(
    "other",
    [
        "We will rebuild the bridge before the winter comes",
        "“WE WILL REBUILD THE BRIDGE BEFORE THE WINTER COMES”",
        "We will rebuild the bridge … with our own hands",
        "We will rebuild the bridge [...] with our own hands",
        "… before the winter comes, and we will do it",
        "We will re-build the bridge before the winter comes",
        "We'll rebuild the bridge before the winter comes",
    ],
)
def test_the_shorter_repeats_the_longer(other: str) -> None:
    assert find_repeats([other, "It rained all day and nobody came.", FULL]) == [2, None, None]
    assert find_repeats([FULL, other]) == [None, 0]


@pytest.mark.parametrize(
    "other",
    [
        "Rebuild the bridge before",
        "We will never speak of it again before the summer",
        "with our own hands … we will rebuild the bridge",
        "",
        "…",
    ],
)
def test_what_is_too_short_or_differs_repeats_nothing(other: str) -> None:
    assert find_repeats([other, FULL]) == [None, None]


def test_of_equals_the_earlier_repeats_the_later_unless_only_that_has_a_source() -> None:
    twice = ["We shall rebuild the old bridge."] * 2
    assert find_repeats(twice) == [1, None]
    assert find_repeats(twice, [False, True]) == [1, None]
    assert find_repeats(twice, [True, False]) == [None, 0]


def test_nothing_points_at_a_repeat() -> None:
    texts = ["We will rebuild the bridge", "We will rebuild the bridge before the winter comes", FULL]
    assert find_repeats(texts) == [2, 2, None]


def test_a_novel_needs_more_words_than_an_article() -> None:
    line = "What do you mean by that?"
    filler = [f"number {n} has words of its own {n}" for n in range(200)]
    assert find_repeats([line, line]) == [1, None]
    assert find_repeats([line, line, *filler])[:2] == [None, None]


def test_three_thousand_quotations_take_less_than_a_second() -> None:
    chance = random.Random(7)
    words = [f"w{int(chance.paretovariate(0.6))}" for _ in range(90_000)]
    texts = [" ".join(words[i : i + chance.randint(3, 30)]) for i in range(0, 90_000, 30)]
    started = time.process_time()
    found = find_repeats(texts)
    assert time.process_time() - started < 1
    assert len(found) == 3_000


def test_nothing_in_nothing_out() -> None:
    assert find_repeats([]) == []
