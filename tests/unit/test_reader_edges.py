"""Marks meet model: widening, regions of their own, types; and the calibrated score."""

from __future__ import annotations

import pytest

from quotes.reader.calibrate import FEATURES, draft_features, logit, probability
from quotes.reader.decode import Draft
from quotes.reader.edges import quote_type, ranges, settle

WORDS = [True] * 20


def draft(*content: tuple[int, int], cue=(0, 1), source=(1, 2)) -> Draft:
    return Draft(tuple(content), cue, source, 0.5, (0.9, 0.8, 0.7))


def test_a_region_half_covered_is_taken_whole() -> None:
    (piece,) = settle([draft((6, 10))], [((4, 11),)], WORDS)
    assert (piece.content, piece.type) == (((4, 11),), "direct")


def test_a_region_barely_touched_leaves_the_content_alone() -> None:
    (piece,) = settle([draft((3, 6))], [((5, 15),)], WORDS)
    assert (piece.content, piece.type) == (((3, 6),), "mixed")


def test_words_beside_the_region_stay() -> None:
    (piece,) = settle([draft((2, 9))], [((5, 11),)], WORDS)
    assert (piece.content, piece.type) == (((2, 11),), "mixed")


def test_the_larger_claim_wins_a_region() -> None:
    one, two = settle([draft((4, 9)), draft((9, 13), cue=(15, 16))], [((4, 11),)], WORDS)
    assert (one.content, two.content) == (((4, 11),), ((11, 13),))


@pytest.mark.parametrize(("size", "found"), [(6, 0), (7, 1)])
def test_only_a_long_region_is_speech_by_itself(size: int, found: int) -> None:
    pieces = settle([], [((2, 2 + size),)], WORDS)
    assert len(pieces) == found
    assert all(p.draft is None and p.type == "direct" for p in pieces)


def test_a_content_without_a_word_is_dropped() -> None:
    assert settle([draft((3, 4))], [], [i != 3 for i in range(10)]) == []


def test_ranges_join_over_punctuation_only() -> None:
    is_word = [True, True, False, True, True, True]
    assert ranges({0, 1, 3, 5}, is_word) == ((0, 4), (5, 6))


@pytest.mark.parametrize(("inside", "kind"), [({1, 2}, "direct"), ({1}, "mixed"), (set(), "indirect")])
def test_types(inside: set[int], kind: str) -> None:
    assert quote_type({1, 2}, inside, WORDS) == kind


def test_probability_rises_with_its_parts_and_falls_back_to_the_product() -> None:
    weights = {"direct": [0.0, 1.0, 0.0, 0.0, 0.0, 0.0]}
    sure = Draft(((3, 4),), (0, 1), None, 0.4, (0.99, 0.5, 0.5))
    unsure = Draft(((3, 4),), (0, 1), None, 0.4, (0.2, 0.5, 0.5))
    assert probability(sure, "direct", weights) > 0.9 > 0.3 > probability(unsure, "direct", weights)
    assert probability(sure, "mixed", weights) == 0.4


def test_features_tell_a_missing_source_apart() -> None:
    with_source, without = draft_features(draft((3, 5))), draft_features(draft((3, 5), source=None))
    assert len(with_source) == len(FEATURES)
    assert (with_source[4], without[3]) == (0.0, 0.0)
    assert with_source[3] == without[4] == pytest.approx(logit(0.7))
