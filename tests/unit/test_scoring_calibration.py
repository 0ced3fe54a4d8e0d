"""Outcomes of predictions, reliability tables and calibration error, counted by hand."""

from __future__ import annotations

import pytest
from unit.scoring_cases import flawed, gold

from quotes.errors import BadGold
from quotes.scoring.calibration import Bin, expected_calibration_error, format_reliability, outcomes, reliability

PAIRS = [(0.05, False), (0.95, True), (0.9, True), (0.92, False), (1.0, True)]


def test_outcomes_of_sources_are_what_precision_counts() -> None:
    assert outcomes([gold()], [flawed()]) == [
        (0.9, True, "direct"),
        (0.4, False, "direct"),
        (0.7, False, "indirect"),
        (0.2, False, "indirect"),
    ]


def test_outcomes_of_speakers_leave_out_gold_without_a_speaker() -> None:
    found = flawed()
    found["quotes"][2]["speaker"] = "Tom"  # matched to a quotation whose speaker gold leaves open
    assert outcomes([gold()], [found], what="speaker") == [(0.9, True, "direct"), (0.4, False, "direct")]


def test_a_prediction_without_confidence_is_refused() -> None:
    with pytest.raises(BadGold, match="'g1' of 'd' has no confidence"):
        outcomes([gold()], [gold()])


def test_a_document_without_prediction_has_no_outcome() -> None:
    assert outcomes([gold()], []) == []


def test_reliability_in_equally_wide_bins() -> None:
    low, high = reliability(PAIRS)
    assert low == Bin(0.0, 0.1, 1, 0.05, 0.0)
    assert (high.low, high.high, high.count, high.accuracy) == (0.9, 1.0, 4, 0.75)
    assert high.confidence == pytest.approx(0.9425)


def test_reliability_in_equally_filled_bins() -> None:
    table = reliability([(i / 10, i > 4) for i in range(10)], bins=5, equal_mass=True)
    assert [row.count for row in table] == [2] * 5
    assert [row.accuracy for row in table] == [0, 0, 0.5, 1, 1]
    assert (table[0].low, table[0].high) == (0.0, 0.1)


def test_fewer_pairs_than_bins() -> None:
    assert [row.count for row in reliability(PAIRS, bins=50, equal_mass=True)] == [1] * 5


def test_calibration_error() -> None:
    assert expected_calibration_error(PAIRS) == pytest.approx((0.05 + 4 * (0.9425 - 0.75)) / 5)
    assert expected_calibration_error([(0.75, True)] * 3 + [(0.75, False)]) == 0
    assert expected_calibration_error([(1.0, False)], equal_mass=True) == 1
    assert expected_calibration_error([]) == 0


def test_the_table_for_a_person() -> None:
    assert format_reliability(reliability(PAIRS)).splitlines()[1:] == [
        "  0.00-0.10      1  0.050  0.000",
        "  0.90-1.00      4  0.943  0.750",
    ]
