"""Pairing of marks measured on the gold data: direct quotations are whole regions, long regions are quotations."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from quotes.marks import pair

pytestmark = pytest.mark.shared
LONG = 7
WORD = re.compile(r"\w+")


def words(text: str, ranges: Iterable[tuple[int, int]]) -> frozenset[int]:
    """Return the offsets of the words in some ranges."""
    return frozenset(m.start() + s for s, e in ranges for m in WORD.finditer(text[s:e]))


def shares(docs: Iterable[dict[str, Any]]) -> tuple[float, float]:
    """Return the share of direct gold contents that are made of whole regions, and that of the regions of at least
    seven words that lie in a gold content (98 % of their words)."""
    direct = whole = long = inside = 0
    for doc in docs:
        text = doc["text"]
        regions = [words(text, r.inner) for r in pair(text) if r.depth == 0]
        gold = [(q["type"], words(text, q["content"])) for q in doc["quotes"]]
        contents = frozenset[int]().union(*(g for _, g in gold))
        for kind, content in gold:
            if kind == "direct" and content:
                direct += 1
                whole += frozenset[int]().union(*(r for r in regions if r & content)) == content
        for region in regions:
            if len(region) >= LONG:
                long += 1
                inside += len(region & contents) >= 0.98 * len(region)
    return whole / direct, inside / long


@pytest.mark.parametrize(
    ("corpus", "least_whole", "least_inside"),
    [("polnear", 0.965, 0.98), ("pdnc", 0.935, 0.96), ("litbank", 0.975, 0.965)],
)
def test_regions_fit_the_gold_contents(shared: Path, corpus: str, least_whole: float, least_inside: float) -> None:
    path = shared / "data" / corpus / "dev.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        whole, inside = shares(json.loads(line) for line in lines)
    assert whole >= least_whole
    assert inside >= least_inside
