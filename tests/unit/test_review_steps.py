"""Spans grow and shrink by whole tokens, whatever the characters."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.review.errors import DeskError
from quotes.review.steps import step, tokens_of

TEXT = "“We won’t go,” she said 🙂 twice.\n\nשלום עולם, he said."


def moved(text: str, words: str, edge: str, by: int, *others: list[int]) -> str:
    start = text.index(words)
    spans = sorted([[start, start + len(words)], *others])
    part = spans.index([start, start + len(words)])
    found = step(text, {"field": "content", "edge": edge, "by": by, "part": part, "spans": spans})
    return text[slice(*found[part])]


@pytest.mark.parametrize(
    ("words", "edge", "by", "expected"),
    [
        ("We", "end", 1, "We wo"),
        ("We won’t", "end", -1, "We wo"),
        ("We", "start", -1, "“We"),
        ("“We", "start", 1, "We"),
        ("“We", "start", -1, "“We"),
        ("said", "end", 1, "said 🙂"),
        ("said 🙂", "end", -1, "said"),
        ("🙂", "end", -1, "🙂"),
        ("🙂", "start", 1, "🙂"),
        ("twice.", "end", 1, "twice.\n\nשלום"),
        ("שלום", "start", -1, ".\n\nשלום"),
        ("said.", "end", 1, "said."),
        ("עולם", "end", 1, "עולם,"),
        ("wo", "end", 1, "won’t"),
        ("o", "start", -1, "wo"),
    ],
)
def test_one_step(words: str, edge: str, by: int, expected: str) -> None:
    assert moved(TEXT, words, edge, by) == expected


def test_a_part_stops_at_its_neighbour() -> None:
    start = TEXT.index("she")
    assert moved(TEXT, "go", "end", 1, [start - 1, start + 3]) == "go,”"[:3]
    assert moved(TEXT, "twice", "start", -1, [0, TEXT.index("🙂") + 1]) == "twice"


def test_zero_width_characters_do_not_shift_tokens() -> None:
    text = "a\u200bb cd\u00ad ef"
    assert [text[s:e] for s, e in tokens_of(text)] == ["a\u200bb", "cd", "ef"]


@pytest.mark.parametrize(
    "body",
    [
        {"field": "speaker"},
        {"edge": "middle"},
        {"by": 2},
        {"by": True},
        {"part": 5},
        {"part": -1},
        {"part": True},
        {"spans": [[0, 999]]},
        {"spans": []},
        {"spans": None},
    ],
)
def test_bad_requests_are_refused(body: dict[str, Any]) -> None:
    good = {"field": "content", "edge": "end", "by": 1, "part": 0, "spans": [[0, 3]]}
    with pytest.raises(DeskError):
        step(TEXT, good | body)


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters(), min_size=1, max_size=60), st.data())
def test_spans_stay_spans_and_grow_undoes_shrink(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    for edge in ("start", "end"):
        for by in (1, -1):
            body = {"field": "cue", "edge": edge, "by": by, "part": 0, "spans": [[start, end]]}
            ((a, b),) = step(text, body)
            assert 0 <= a < b <= len(text)
            assert (a == start) or (b == end)
