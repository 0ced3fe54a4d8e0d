"""Boilerplate: what asks readers for something is left out, what the story repeats is not."""

from __future__ import annotations

import pytest

from quotes.boilerplate import boilerplate

STORY = "The council met on Monday and the mayor spoke for an hour about the new bridge."
PULL = "“We will build this bridge before the winter comes, whatever it takes.”"


@pytest.mark.parametrize(
    "paragraph",
    [
        "Subscribe to our morning newsletter",
        "If you value what we do, please donate today: your gift is tax-deductible and keeps our reporters at work.",
        "Advertisement",
    ],
)
def test_a_paragraph_that_asks(paragraph: str) -> None:
    assert boilerplate([STORY, paragraph, PULL]) == {1}


@pytest.mark.parametrize(
    "paragraph",
    [
        STORY,
        "She said that the party would start to donate its surplus to the hospitals of the three poorest districts.",
        "“Subscribe to my newsletter and donate,” she said.",
        "",
    ],
)
def test_a_paragraph_of_the_story(paragraph: str) -> None:
    assert boilerplate([paragraph, "Rain fell."]) == set()


def test_a_line_that_stands_twice_and_what_lies_between() -> None:
    line = "Read more of our stories about the north of the country here"
    assert boilerplate([STORY, line, "A headline", "Another one", line, PULL]) == {1, 2, 3, 4}
    assert boilerplate([line, *[STORY + str(i) for i in range(9)], line]) == {0, 10}


def test_short_lines_may_stand_twice() -> None:
    assert boilerplate(["No.", "Rain fell.", "No."]) == set()


def test_a_pull_quote_and_the_paragraph_that_it_repeats_are_story() -> None:
    assert boilerplate([PULL, STORY, PULL]) == set()


def test_nothing() -> None:
    assert boilerplate([]) == set()
