"""Quotation marks: a table of odd sentences, and what a region says of itself."""

from __future__ import annotations

import pytest
from marks_table import CASES

from quotes.marks import pair, paragraphs
from quotes.types import Region


def written(text: str, region: Region) -> str:
    """Return a region in the notation of the table."""
    joined = " | ".join(text[s:e] for s, e in region.parts)
    return ">" * region.depth + ("" if region.closed else "~") + joined


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_regions_of_odd_sentences(text: str, expected: list[str]) -> None:
    assert [written(text, r) for r in pair(text)] == expected


def test_the_table_is_long_enough() -> None:
    assert len(CASES) >= 60


def test_offsets_with_and_without_the_marks() -> None:
    (region,) = pair("So “one.\n“Two.” Yes.")
    assert region.parts == ((3, 8), (9, 15))
    assert region.inner == ((4, 8), (10, 14))
    assert (region.start, region.end, region.depth, region.closed) == (3, 15, 0, True)


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("“a”", "curly"),
        ('"a"', "straight"),
        ("``a''", "backtick"),
        ("„a“", "low"),
        ("«a»", "guillemet"),
        ("‘a b.’", "curly_single"),
        ("'a b.'", "straight_single"),
    ],
)
def test_style_is_that_of_the_opening_mark(text: str, style: str) -> None:
    assert [r.style for r in pair(text)] == [style]


WRAPPED = (
    "The road went on for a good while between hedges that no one had\n"
    "cut since the summer before, and at the end of it there stood the\n"
    "house.\n\n  It was empty and had been so for as long as the people of the\n"
    "village could remember."
)


def test_lines_are_paragraphs_unless_the_text_is_hard_wrapped() -> None:
    assert [text_of("One.\n\n  Two. \nThree.", r) for r in paragraphs("One.\n\n  Two. \nThree.")] == [
        "One.",
        "Two.",
        "Three.",
    ]
    first, second = (text_of(WRAPPED, r) for r in paragraphs(WRAPPED))
    assert first.startswith("The road") and first.endswith("house.")
    assert second.startswith("It was") and second.endswith("remember.")


def text_of(text: str, bounds: tuple[int, int]) -> str:
    """Return the text of a range."""
    return text[bounds[0] : bounds[1]]


def test_short_lines_of_dialogue_are_paragraphs() -> None:
    text = "“Who is there?” she asked through the door of the house.\n" * 6
    assert len(paragraphs(text)) == 6


def test_one_odd_mark_costs_one_region_at_most() -> None:
    good = '"Go," said Bo. '
    text = good * 20 + '"' + " and more. " + good * 20
    assert sum(text[r.start : r.end] == '"Go,"' for r in pair(text)) == 40


def test_nothing_in_nothing_out() -> None:
    assert pair("") == ()
    assert paragraphs(" \n ") == []
