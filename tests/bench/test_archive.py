"""The script that measures archive runs: its articles and its arithmetic."""

from __future__ import annotations

import json
from pathlib import Path

from bench import archive

GOLD = Path(__file__).parents[1] / "corpus" / "gold.jsonl"


def test_articles_are_varied_and_the_same_on_every_run() -> None:
    base = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    articles = list(archive.vary(base, 60))
    assert articles == list(archive.vary(base, 60))
    assert len({a["text"] for a in articles}) == 60
    assert len({a["id"] for a in articles}) == 60
    assert min(len(a["text"]) for a in articles) > 300
    assert sum("“" in a["text"] or '"' in a["text"] or "‘" in a["text"] for a in articles) > 50
    assert not any("Garraway" in a["text"] for a in articles)


def test_what_many_articles_take() -> None:
    found = archive.Measured(2, 1000, 20.0, {0: 400.0, 1: 410.0}, 5_000_000, 100.0)
    lines = archive.estimate(found, 4_000_000, 36_000_000)
    assert lines[0].startswith("core-hours: 1,000 (of 10.0 articles")
    assert "0.14 TB of JSON Lines" in lines[2]
    assert "0.18 TB of records" in lines[3]
    assert "410 MB a worker" in lines[4]
