"""Features and windows from hand-built Docs."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from quotes.reader.features import MAX_PIECES, SIZES, doc_arrays, quote_states
from quotes.reader.gate import live_words
from quotes.reader.windows import collate, cut, pair_codes

PIECE = 7


def encode(text: str) -> list[int]:
    return [PIECE] * max(1, len(text) // 4)


def make(words: list[str], **extra) -> Doc:
    return Doc(Vocab(), words=words, **extra)


def arrays(words: list[str], regions=(), **extra):
    return doc_arrays(make(words, **extra), regions, encode)


def test_a_line_break_is_no_word_and_the_next_word_says_so() -> None:
    a = arrays(["A", "b", "\n", "C", "\n\n", "d", "e"])
    assert a.token.tolist() == [0, 1, 3, 5, 6]
    assert a.para.tolist() == [0, 0, 1, 2, 2]
    assert a.feats[:, 2].tolist() == [3, 0, 1, 2, 0]


def test_white_space_before_the_first_word_begins_no_paragraph() -> None:
    a = arrays(["\n\n", "A", " ", "b"], spaces=[False, False, False, False])
    assert (a.token.tolist(), a.para.tolist(), a.feats[:, 2].tolist()) == ([1, 3], [0, 0], [3, 0])


def test_lines_of_a_hard_wrapped_text_are_one_paragraph() -> None:
    line = ["word"] * 12 + ["\n"]
    a = arrays([*line * 6, "\n", "Last"])
    assert a.para.tolist() == [0] * 72 + [1]
    assert np.flatnonzero(a.feats[:, 2]).tolist() == [0, 72]


@pytest.mark.parametrize(
    ("word", "code"),
    [("said", 1), ("Trump", 2), ("A", 2), ("NATO", 3), ("iPhone", 4), ("2016", 5), ("—", 6), ("中文", 4)],
)
def test_case_codes(word: str, code: int) -> None:
    assert arrays([word]).feats[0, 0] == code


def test_quote_states_mark_both_edges() -> None:
    spans = [(0, 1), (1, 3), (3, 5), (5, 7), (7, 8), (9, 11)]
    assert quote_states(spans, [(0, 8)]).tolist() == [1, 2, 3, 4, 5, 0]
    assert quote_states(spans, []).tolist() == [0] * 6


def test_without_a_parse_the_columns_hold_none_and_heads_are_the_words_themselves() -> None:
    a = arrays(["He", "said", "so"])
    assert not a.feats[:, 3:].any()
    assert a.head.tolist() == [0, 1, 2]


def test_with_a_parse_heads_and_columns_are_filled() -> None:
    a = arrays(["He", "\n", "said"], heads=[2, 2, 2], deps=["nsubj", "dep", "ROOT"], pos=["PRON", "SPACE", "VERB"])
    assert a.head.tolist() == [1, 1]
    assert a.feats[0, 3:6].all()


def test_a_word_whose_head_is_white_space_hangs_on_itself() -> None:
    a = arrays(["He", "\n", "said"], heads=[1, 1, 1], deps=["nsubj", "ROOT", "dep"])
    assert a.head.tolist() == [0, 1]


@pytest.mark.parametrize("words", [[], ["\n"], ["x"], ["😀" * 3, "中文", "e\u0301"], ["x" * 10_000]])
def test_odd_documents_make_arrays_within_bounds(words: list[str]) -> None:
    a = arrays(words)
    assert (a.feats < np.array(SIZES)).all()
    assert (np.diff(a.first) <= MAX_PIECES).all()
    windows = cut(a)
    assert sum(w.core[1] - w.core[0] for w in windows) == len(a)


def test_cores_cover_every_word_once_and_windows_keep_to_their_size() -> None:
    words = [w for k in range(40) for w in (["word"] * (k % 9 + 1) + ["\n\n"])]
    a = arrays(words)
    windows = cut(a, size=20, overlap=5)
    assert windows[0].core[0] == 0
    assert all(x.core[1] == y.core[0] for x, y in pairwise(windows))
    assert windows[-1].core[1] == len(a)
    assert all(a.first[w.end] - a.first[w.start] <= 20 for w in windows)


def test_a_paragraph_stays_whole_where_it_fits() -> None:
    a = arrays(["a"] * 12 + ["\n"] + ["b"] * 12, sent_starts=[i in (0, 13) for i in range(25)])
    assert [w.core for w in cut(a, size=20)] == [(0, 12), (12, 24)]


def test_a_long_paragraph_is_cut_at_sentences_with_overlap() -> None:
    starts = [i % 6 == 0 for i in range(36)]
    a = arrays(["a"] * 36, sent_starts=starts)
    first, second, *_ = cut(a, size=20, overlap=6)
    assert (first.core, second.core[0], second.start) == ((0, 18), 18, 12)


def test_paragraphs_that_are_not_live_are_left_out() -> None:
    a = arrays(["a"] * 5 + ["\n"] + ["b"] * 5 + ["\n"] + ["c"] * 5, sent_starts=[i in (0, 6, 12) for i in range(17)])
    live = a.para != 1
    assert [w.core for w in cut(a, live=live)] == [(0, 5), (10, 15)]


def test_the_gate_opens_for_marks_and_cues_only() -> None:
    words = ["It", "rains", "\n", "He", "says", "\n", "“", "No", "”"]
    lemmas = ["it", "rain", "\n", "he", "say", "\n", "“", "no", "”"]
    doc = make(words, lemmas=lemmas)
    a = doc_arrays(doc, [(doc[6].idx, doc[8].idx + 1)], encode)
    assert live_words(doc, a, frozenset({"say"})).tolist() == [False] * 2 + [True] * 5
    assert live_words(doc, a, frozenset()).all()


def test_without_lemmas_the_gate_stays_open() -> None:
    doc = make(["It", "rains"])
    assert live_words(doc, doc_arrays(doc, (), encode), frozenset({"say"})).all()


def test_pair_codes_follow_the_parse_within_a_sentence() -> None:
    head = np.array([1, 1, 1, 2, 4], np.int32)
    codes = pair_codes(head, np.array([0, 0, 0, 0, 1], np.int32))
    assert codes[3].tolist() == [1, 3, 2, 7, 0]
    assert codes[1, 2] == 5
    assert codes[1, 3] == 6


def test_a_batch_pads_and_keeps_heads_inside_the_window() -> None:
    a = arrays(["a"] * 8, heads=[7] * 8, deps=["dep"] * 7 + ["ROOT"])
    wide, narrow = cut(a)[0], cut(a, size=3)[0]
    batch = collate([(a, wide), (a, narrow)])
    assert batch.lengths.tolist() == [8, narrow.end - narrow.start]
    assert batch.mask.sum(1).tolist() == [10, 5]
    assert (batch.head[1] < 8).all()
    assert batch.ids[1, 4] == 102
