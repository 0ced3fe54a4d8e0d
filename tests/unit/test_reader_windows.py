"""Windows: whole paragraphs, sentences of long ones, overlap, cores that cover every word once; batches."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_reader import random_arrays

from quotes.reader.windows import cut

SEARCH = settings(max_examples=60, deadline=None)


@st.composite
def documents(draw):
    """Return arrays of up to six paragraphs of sentences of words of one to eight pieces."""
    pieces, sents, paras, sent = [], [], [], 0
    for para, lengths in enumerate(draw(st.lists(st.lists(st.integers(1, 12), min_size=1, max_size=6), max_size=6))):
        for length in lengths:
            pieces += draw(st.lists(st.integers(1, 8), min_size=length, max_size=length))
            sents += [sent] * length
            paras += [para] * length
            sent += 1
    return random_arrays(pieces, sents, paras)


@SEARCH
@given(documents(), st.integers(16, 40), st.integers(0, 15), st.none() | st.integers(5, 16))
def test_cores_cover_every_word_once_in_order(arrays, size: int, overlap: int, first: int | None) -> None:
    windows = cut(arrays, size, overlap, first=first)
    assert [i for w in windows for i in range(*w.core)] == list(range(len(arrays)))
    for w in windows:
        assert w.start <= w.core[0] < w.core[1] <= w.end
        assert arrays.first[w.end] - arrays.first[w.start] <= size
        assert arrays.first[w.core[0]] - arrays.first[w.start] <= overlap


@SEARCH
@given(documents(), st.integers(16, 40), st.integers(0, 15))
def test_a_paragraph_that_fits_is_never_cut(arrays, size: int, overlap: int) -> None:
    windows = cut(arrays, size, overlap)
    for para in np.unique(arrays.para):
        words = np.flatnonzero(arrays.para == para)
        if arrays.first[words[-1] + 1] - arrays.first[words[0]] <= size:
            assert any(w.core[0] <= words[0] and words[-1] < w.core[1] for w in windows)


@SEARCH
@given(documents(), st.integers(16, 40), st.integers(0, 15), st.data())
def test_dead_paragraphs_are_left_out_and_live_ones_all_there(arrays, size: int, overlap: int, data) -> None:
    flags = data.draw(st.lists(st.booleans(), min_size=6, max_size=6))
    live = np.array(flags)[arrays.para] if len(arrays) else np.zeros(0, bool)
    windows = cut(arrays, size, overlap, live=live)
    assert [i for w in windows for i in range(*w.core)] == np.flatnonzero(live).tolist()
    assert all(live[w.start : w.end].all() for w in windows)


def test_two_short_paragraphs_share_a_window() -> None:
    arrays = random_arrays([1] * 10, [0] * 5 + [1] * 5, [0] * 5 + [1] * 5)
    assert [(w.start, w.end) for w in cut(arrays, 20)] == [(0, 10)]


def test_a_paragraph_that_does_not_fit_the_rest_begins_a_window_of_its_own() -> None:
    arrays = random_arrays([1] * 28, [0] * 12 + [1] * 8 + [2] * 8, [0] * 12 + [1] * 16)
    assert [(w.start, w.end, w.core) for w in cut(arrays, 20, 6)] == [(0, 12, (0, 12)), (12, 28, (12, 28))]


def test_a_long_paragraph_is_cut_between_sentences_and_looks_back() -> None:
    arrays = random_arrays([1] * 30, [i // 5 for i in range(30)], [0] * 30)
    assert [(w.start, w.core) for w in cut(arrays, 20, 5)] == [(0, (0, 20)), (15, (20, 30))]


def test_overlap_does_not_reach_into_the_paragraph_before() -> None:
    arrays = random_arrays([1] * 45, [i // 5 for i in range(45)], [0] * 5 + [1] * 40)
    for w in cut(arrays, 20, 15):
        assert w.start == w.core[0] or arrays.para[w.start] == arrays.para[w.core[0]]


def test_a_sentence_longer_than_a_window_is_cut_anywhere() -> None:
    arrays = random_arrays([8] * 50, [0] * 50, [0] * 50)
    windows = cut(arrays, 20, 5)
    assert all(x.core[1] == y.core[0] for x, y in pairwise(windows))
    assert all(arrays.first[w.end] - arrays.first[w.start] <= 20 for w in windows)


@pytest.mark.parametrize("words", [0, 1])
def test_hardly_any_word(words: int) -> None:
    assert len(cut(random_arrays([1] * words, [0] * words, [0] * words))) == words
