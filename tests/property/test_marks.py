"""For any text: marks are paired without an error, regions are sound, damage stays local, time is linear."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.marks import pair, paragraphs
from quotes.types import Region

MARKS = "“”„‟\"«»‘’‚‛'`‹›"
WORDS = ["we", "won", "didn't", "’90s", "5'10", "rock ’n’ roll", "James'", "12", "Go", "em", "and", "🙂", "x"]
PIECE = st.one_of(
    st.sampled_from([*MARKS, "''", "``", "‘‘", "’’"]),
    st.sampled_from(WORDS),
    st.sampled_from([" ", " ", " ", ", ", ". ", "—", "(", ")", "\n", "\n\n", "\t", "\u00a0", "SMITH: "]),
    st.text(max_size=3),
)
TEXT = st.lists(PIECE, max_size=60).map("".join)
SPOKEN = [
    "“We won,” Ann Lee said. “At last.”",
    "“He told me ‘no’ twice,” she said, “and left.”",
    "Nobody's dog, the workers' pay and the ’90s came up.",
    '"It was late," he said. "Far too late."',
    "It rained.",
]


def cuts(region: Region) -> list[tuple[int, int]]:
    """Return the parts of a region that hold characters."""
    return [(s, e) for s, e in region.parts if s < e]


@given(TEXT)
def test_regions_are_sound_for_any_text(text: str) -> None:
    regions = pair(text)
    assert list(regions) == sorted(regions, key=lambda r: (r.start, -r.end, r.depth))
    for region in regions:
        assert len(region.parts) == len(region.inner) >= 1
        for (start, end), (inner_start, inner_end) in zip(region.parts, region.inner, strict=True):
            assert 0 <= start < inner_start <= inner_end <= end <= len(text)
            assert text[start] in MARKS
        assert all(a[1] <= b[0] for a, b in pairwise(region.parts))
        assert region.depth in (0, 1, 2)


@given(TEXT)
def test_parts_are_nested_or_disjoint(text: str) -> None:
    parts = [(s, e) for r in pair(text) for s, e in cuts(r)]
    for (a, b), (c, d) in combinations(sorted(parts, key=lambda p: (p[0], -p[1])), 2):
        assert b <= c or d <= b, f"{text[a:b]!r} and {text[c:d]!r} cross"


@given(TEXT)
def test_a_deeper_region_lies_in_one_that_is_less_deep_unless_that_is_empty(text: str) -> None:
    regions = pair(text)
    outer = [(s, e) for r in regions if r.depth == 0 for s, e in r.parts]
    inside = [(s, e) for r in regions if r.depth for s, e in r.parts]
    assert all(any(a <= s and e <= b for a, b in outer) for s, e in inside)


@given(TEXT)
def test_no_part_leaves_its_paragraph(text: str) -> None:
    blocks = paragraphs(text)
    assert all(a[1] <= b[0] for a, b in pairwise(blocks))
    for region in pair(text):
        for start, end in region.parts:
            assert any(s <= start and end <= e for s, e in blocks)


@given(TEXT)
def test_the_same_text_gives_the_same_regions(text: str) -> None:
    assert pair(text) == pair(text)


@given(st.text(st.sampled_from("abc .,\n"), max_size=80))
def test_without_marks_there_is_nothing(text: str) -> None:
    assert pair(text) == ()


@given(
    st.lists(st.sampled_from(SPOKEN), min_size=3, max_size=6),
    st.sampled_from(["“", "”", '"', "«", "„", "''", "``"]),
    st.data(),
)
def test_an_odd_mark_damages_its_own_paragraph_only(blocks: list[str], mark: str, data: st.DataObject) -> None:
    hurt = data.draw(st.integers(0, len(blocks) - 1))
    at = data.draw(st.integers(1, len(blocks[hurt]) - 1))
    damaged = [*blocks[:hurt], blocks[hurt][:at] + mark + blocks[hurt][at:], *blocks[hurt + 1 :]]
    for number, block in enumerate(blocks):
        if abs(number - hurt) > 1 or (number != hurt and not block.startswith(("“", '"'))):
            assert found_in(damaged, number) == found_in(blocks, number)


def found_in(blocks: list[str], number: int) -> list[tuple[int, int, int]]:
    """Return (start, end, depth) of the parts in one of the paragraphs, counted from its start."""
    text = "\n\n".join(blocks)
    start = sum(len(b) + 2 for b in blocks[:number])
    end = start + len(blocks[number])
    parts = [(s, e, r.depth) for r in pair(text) for s, e in r.parts]
    return sorted((s - start, e - start, depth) for s, e, depth in parts if start <= s < end)


def seconds(text: str) -> float:
    """Return the processor time that pairing takes."""
    gc.collect()
    gc.disable()
    begin = time.process_time()
    pair(text)
    taken = time.process_time() - begin
    gc.enable()
    return taken


def is_linear(make: Callable[[int], str], size: int) -> bool:
    """Tell whether ten times the text takes at most 14 times the time, or less than what can be measured."""
    small = min(seconds(make(size)) for _ in range(3))
    return any(seconds(make(10 * size)) < max(14 * small, 0.3) for _ in range(3))


@pytest.mark.parametrize(
    "make",
    [
        lambda n: '"' * n,
        lambda n: "'" * n,
        lambda n: "“" * n,
        lambda n: '" ' * (n // 2),
        lambda n: "’ " * (n // 2),
        lambda n: "“a " * (n // 3),
        lambda n: "a'b " * (n // 4),
        lambda n: "«" * n,
        lambda n: '=""' * (n // 3),
    ],
    ids=[
        "straight",
        "apostrophes",
        "curly",
        "spaced",
        "spaced apostrophes",
        "opening",
        "inside",
        "guillemets",
        "equals",
    ],
)
def test_time_is_linear_on_nothing_but_marks(make: Callable[[int], str]) -> None:
    assert is_linear(make, 20_000)


@pytest.mark.parametrize("block", ["“One.\n\n", "‘\n", '"a\n\n', "\n\n\n", "“He said ‘no\n\n"])
def test_time_is_linear_in_the_number_of_paragraphs(block: str) -> None:
    assert is_linear(lambda n: block * n, 1_000)
