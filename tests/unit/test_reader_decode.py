"""Decoding from hand-built scores: which words, which cue, which source."""

from __future__ import annotations

import numpy as np
import pytest

from quotes.reader.decode import Rules, decode, join, runs, softmax

RULES = Rules()
STRONG = 12.0
TAG = {"o": 0, "c": 1, "Q": 2, "q": 3, "S": 4, "s": 5}


def outputs(shape: str, links: dict[int, int], sources: dict[int, int]):
    """Tags by letter; `links` content word -> cue word, `sources` cue word -> source word; everything else is none."""
    n = len(shape)
    tags = np.zeros((n, 6), np.float32)
    tags[np.arange(n), [TAG[x] for x in shape]] = STRONG
    to_cue, to_source = np.zeros((n, n + 1), np.float32), np.zeros((n, n + 1), np.float32)
    for i in range(n):
        to_cue[i, links.get(i, n)] = STRONG
        to_source[i, sources.get(i, n)] = STRONG
    return tags, to_cue, to_source


def all_to(cue: int, words) -> dict[int, int]:
    return dict.fromkeys(words, cue)


def test_one_quotation_with_cue_and_source() -> None:
    (draft,) = decode(*outputs("SsQccco", all_to(2, (3, 4, 5)), {2: 0}), RULES)
    assert (draft.content, draft.cue, draft.source) == (((3, 6),), (2, 3), (0, 2))
    assert draft.score > 0.95


def test_content_on_both_sides_of_the_cue_is_one_quotation() -> None:
    (draft,) = decode(*outputs("ccSQccc", all_to(3, (0, 1, 4, 5, 6)), {3: 2}), RULES)
    assert draft.content == ((0, 2), (4, 7))


def test_two_cues_divide_the_content_by_their_pointers() -> None:
    links = all_to(1, (2, 3)) | all_to(5, (6, 7))
    first, second = decode(*outputs("SQccSQcc", links, {1: 0, 5: 4}), RULES)
    assert (first.content, first.source) == (((2, 4),), (0, 1))
    assert (second.content, second.source) == (((6, 8),), (4, 5))


def test_a_source_is_shared_by_two_cues() -> None:
    links = all_to(1, (2,)) | all_to(4, (5,))
    found = decode(*outputs("SQcoQc", links, {1: 0, 4: 0}), RULES)
    assert [d.source for d in found] == [(0, 1), (0, 1)]


def test_a_cue_may_have_no_source() -> None:
    (draft,) = decode(*outputs("QccoS", all_to(0, (1, 2)), {}), RULES)
    assert draft.source is None


def test_a_pointer_to_an_untagged_word_still_names_a_source() -> None:
    (draft,) = decode(*outputs("oQcc", all_to(1, (2, 3)), {1: 0}), RULES)
    assert draft.source == (0, 1)


def test_a_cue_without_content_and_content_without_cue_give_nothing() -> None:
    assert decode(*outputs("SQooo", {}, {1: 0}), RULES) == []
    assert decode(*outputs("occco", {}, {}), RULES) == []


@pytest.mark.parametrize(("hole", "parts"), [("ooo", 1), ("oooo", 2)])
def test_pieces_are_joined_over_three_words_but_not_over_four(hole: str, parts: int) -> None:
    shape = f"SQcc{hole}cc"
    words = [i for i, x in enumerate(shape) if x == "c"]
    (draft,) = decode(*outputs(shape, all_to(1, words), {1: 0}), RULES)
    assert len(draft.content) == parts


def test_join_stops_at_a_wall() -> None:
    wall = np.zeros(6, bool)
    assert join([(0, 2), (3, 5)], wall, 3) == [(0, 5)]
    wall[2] = True
    assert join([(0, 2), (3, 5)], wall, 3) == [(0, 2), (3, 5)]


def test_runs_break_where_told() -> None:
    flags = np.array([1, 1, 0, 1, 1], bool)
    assert runs(flags) == [(0, 2), (3, 5)]
    assert runs(flags, np.array([1, 1, 0, 0, 0], bool)) == [(0, 1), (1, 2), (3, 5)]


def test_softmax_stands_large_scores() -> None:
    p = softmax(np.array([[1e4, 0.0], [-1e4, -1e4]], np.float32))
    assert np.allclose(p, [[1, 0], [0.5, 0.5]])


def test_a_higher_threshold_finds_less() -> None:
    tags, to_cue, to_source = outputs("SQcc", all_to(1, (2, 3)), {1: 0})
    tags[1] = 0
    assert decode(tags, to_cue, to_source, RULES) == []
    assert len(decode(tags, to_cue, to_source, Rules(cue=0.3))) == 1
