"""The scripts that measure resolution: their shares, their long text and their baseline, without corpora."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit"))

from bench import coref, cost
from talk import talk

from quotes.coref import resolve


def test_a_long_text_has_the_words_asked_for() -> None:
    assert len(cost.words_of(iter(["a b c", "d e"]), 12).split()) == 12
    assert cost.words_of(iter(["a b c", "d e"]), 4).split() == ["a", "b", "c", "d"]


def test_the_baseline_takes_the_nearest_that_agrees() -> None:
    doc, readings = talk("Ann Lee", "Mary Roe", "she")
    found = resolve(doc, readings, coref.nearest)
    cluster = found.clusters[found.ranked[2][0][0]]
    assert (cluster.name, found.ranked[2][0][1]) == ("Mary Roe", 1.0)


def test_the_baseline_leaves_descriptions_alone() -> None:
    doc, readings = talk("Ann Lee", "the mayor")
    found = resolve(doc, readings, coref.nearest)
    assert {c.name for c in found.clusters} >= {"Ann Lee", "the mayor"}
