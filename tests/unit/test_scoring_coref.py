"""Coreference scores of small clusterings, counted by hand."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pytest

from quotes.scoring.coref import ceafe_similarity, score_clusters, score_coref


def clusters(*groups: str) -> list[frozenset[Hashable]]:
    """Return clusters of one-letter mentions."""
    return [frozenset(group) for group in groups]


def document(*rows: tuple[int, str, str]) -> dict[str, Any]:
    mentions = [{"start": n, "end": n + 1, "cluster": c, "type": kind} for n, c, kind in rows]
    return {"id": "x", "mentions": mentions}


def test_perfect() -> None:
    found = score_clusters([(clusters("ab", "cde"), clusters("cde", "ab"))])
    assert all(found[m]["f1"] == 1 for m in ("muc", "b3", "ceafe", "mentions"))
    assert found["conll"] == 1


def test_split_merged_and_invented_mentions() -> None:
    # gold abc, defg; predicted ab, cd, fghi: the worked example of the paper on the reference scorer
    found = score_clusters([(clusters("abc", "defg"), clusters("ab", "cd", "fghi"))])
    assert (found["muc"]["r"], found["muc"]["p"]) == pytest.approx((2 / 5, 2 / 5))
    assert found["b3"]["r"] == pytest.approx(((4 + 1) / 3 + (1 + 4) / 4) / 7)
    assert found["b3"]["p"] == pytest.approx((4 / 2 + (1 + 1) / 2 + 4 / 4) / 8)
    assert (found["ceafe"]["r"], found["ceafe"]["p"]) == pytest.approx((1.3 / 2, 1.3 / 3))
    assert (found["mentions"]["r"], found["mentions"]["p"]) == pytest.approx((6 / 7, 6 / 8))
    assert (found["mentions"]["gold"], found["mentions"]["pred"]) == (7, 8)


def test_the_assignment_is_the_best_not_the_greedy_one() -> None:
    # greedy takes abcd-abcd... (0.75) and is left with nothing; the best gives each gold cluster one
    gold, predicted = clusters("abcx", "y"), clusters("abcy", "x")
    greedy = 2 * 3 / 8
    assert ceafe_similarity(gold, predicted) == pytest.approx(max(greedy, 2 / 5 + 2 / 5))
    assert ceafe_similarity(clusters("abx", "cy"), clusters("aby", "cx")) == pytest.approx(4 / 6 + 2 / 4)
    assert ceafe_similarity(clusters("ab", "cdef"), clusters("abcd", "ef")) == pytest.approx(2 / 3 + 2 / 3)


def test_more_predicted_than_gold() -> None:
    assert ceafe_similarity(clusters("abc"), clusters("a", "bc", "z")) == pytest.approx(4 / 5)
    assert ceafe_similarity(clusters("abc"), []) == 0


def test_nothing_predicted_or_nothing_there() -> None:
    for pair in ((clusters("ab"), []), ([], clusters("ab")), ([], [])):
        assert score_clusters([pair])["conll"] == 0


def test_counts_are_summed_over_documents() -> None:
    right, wrong = (clusters("ab"), clusters("ab")), (clusters("abcd"), clusters("ef"))
    found = score_clusters([right, wrong])
    assert (found["muc"]["r"], found["muc"]["p"]) == pytest.approx((1 / 4, 1 / 2))


def test_singletons_can_be_left_out() -> None:
    one = document((0, "p", ""), (2, "q", ""), (4, "p", ""))
    assert score_coref([one], [one])["mentions"]["gold"] == 3
    found = score_coref([one], [one], singletons=False)
    assert (found["mentions"]["gold"], found["conll"]) == (2, 1)


def test_a_span_twice_belongs_to_its_first_cluster() -> None:
    twice = document((0, "p", ""), (0, "q", ""), (4, "p", ""))
    assert score_coref([twice], [document((0, "a", ""), (4, "a", ""))])["conll"] == 1


def test_types_keep_the_clusters_that_have_one() -> None:
    gold = document((0, "p", "PER"), (2, "p", ""), (4, "o", "ORG"), (6, "o", "ORG"))
    predicted = document((0, "1", ""), (2, "1", ""), (4, "2", ""), (6, "2", ""), (8, "3", ""), (9, "3", ""))
    found = score_coref([gold], [predicted], types={"PER"})
    # cluster 2 is of another type, cluster 3 is nowhere in gold and stays
    assert (found["mentions"]["gold"], found["mentions"]["pred"]) == (2, 4)


def test_a_document_without_prediction_counts_as_empty() -> None:
    found = score_coref([document((0, "p", ""), (2, "p", ""))], [])
    assert found["mentions"] == {"p": 0, "r": 0, "f1": 0, "gold": 2, "pred": 0}
