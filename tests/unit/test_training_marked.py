"""Marks of who is meant: our own passages, and places in articles that the repository does not hold."""

from __future__ import annotations

import re

import pytest

from quotes.corpora import gold_lines
from quotes.training import marked as module
from quotes.training.marked import NEWS, marked, passages, unmarked


def test_marks_become_places_in_the_text_without_them() -> None:
    row = unmarked("Sir {1|Bob Roe} met {2|Al}; {1|he} left.")
    assert row["text"] == "Sir Bob Roe met Al; he left."
    assert [(row["text"][m["start"] : m["end"]], m["cluster"]) for m in row["mentions"]] == [
        ("Bob Roe", "1"),
        ("Al", "2"),
        ("he", "1"),
    ]


@pytest.mark.parametrize("line", ["{1|Bob met {2|Al}", "{Bob} left", "{1|} left", "a | b"])
def test_a_broken_mark_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="not closed"):
        unmarked(line)


def test_every_passage_names_somebody_twice() -> None:
    rows = list(passages())
    assert len(rows) > 1000
    assert len({row["text"] for row in rows}) == len(rows)
    for row in rows:
        clusters = [m["cluster"] for m in row["mentions"]]
        assert len(clusters) > len(set(clusters)), row["id"]


def test_only_marked_articles_are_used() -> None:
    known = next(iter(module._news()))
    (row,) = marked([{"id": "another", "text": ""}, {"id": known, "text": "x", "quotes": []}])
    assert row["id"] == known
    assert row["mentions"]
    assert row["quotes"] == []


def test_the_marks_of_the_news_hold_no_words() -> None:
    for line, _ in gold_lines(NEWS):
        assert re.fullmatch(r'\{"id":"polnear/train/[^"]+","mentions":\[[\[\]\d,]*\]\}', line.rstrip("\n"))
