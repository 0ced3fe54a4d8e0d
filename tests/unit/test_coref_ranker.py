"""The learned ranker: shares that sum to at most one, weights that fit the features, what no candidate may be."""

from __future__ import annotations

import numpy as np
import pytest
from handmade import make_doc
from talk import talk, with_names

from quotes.coref.blocks import introducers
from quotes.coref.features import COLUMNS, asker_type, matrix
from quotes.coref.joint import is_joint, joint_mentions
from quotes.coref.pronouns import link_pronouns
from quotes.coref.ranker import Ranker, from_data, ranker
from quotes.coref.resolver import begin
from quotes.mentions import find_mentions
from quotes.types import Reading

F = len(COLUMNS)


def tiny(column: str, weight: float = 5.0, none: float = 0.0) -> Ranker:
    """Return a ranker that looks at one column only."""
    enter = np.zeros((F, 1), np.float32)
    enter[COLUMNS.index(column), 0] = 1
    return Ranker(
        np.zeros(F, np.float32),
        np.ones(F, np.float32),
        enter,
        np.zeros(1, np.float32),
        np.array([weight], np.float32),
        np.full(4, none, np.float32),
        np.ones(4, np.float32),
    )


def test_shares_are_a_softmax_with_room_for_none() -> None:
    rows = np.zeros((2, F), np.float32)
    rows[1, COLUMNS.index("subj")] = 1
    shares = tiny("subj", weight=np.log(2.0)).shares(0, rows)
    assert shares == pytest.approx([0.25, 0.5])


def test_doubt_moves_the_shares_to_none() -> None:
    rows = np.zeros((1, F), np.float32)
    plain, doubtful = (tiny("subj").shares(0, rows, doubt)[0] for doubt in (0.0, 2.0))
    assert plain == pytest.approx(0.5)
    assert doubtful == pytest.approx(1 / (1 + np.exp(2)))


def test_ranked_best_first_and_noise_left_out() -> None:
    (node,) = begin(*talk("she"))[1].nodes
    rows = np.zeros((3, F), np.float32)
    rows[:, COLUMNS.index("subj")] = (0, 1, 0.5)
    ranked = tiny("subj")(node, {7: [], 8: [], 9: []}, rows)
    assert [e for e, _ in ranked] == [8, 9]
    assert sum(p for _, p in ranked) <= 1


def test_weights_of_other_features_are_refused() -> None:
    with pytest.raises(ValueError, match="Train them anew"):
        from_data({"columns": ["gap"]})


def test_the_shipped_weights_fit_this_code() -> None:
    assert ranker().enter.shape[0] == F
    assert len(set(COLUMNS)) == F


def test_types_of_askers() -> None:
    _, board = begin(*talk("she", "it", "they", "the mayor"))
    assert [asker_type(n) for n in board.nodes] == [0, 1, 2, 3]


def test_rows_say_where_a_candidate_stands() -> None:
    doc, readings = talk("Ann Lee", "Mary Roe", "she")
    _, board = begin(doc, readings)
    lee, roe, she = board.nodes
    candidates = {board.of[roe.i]: [roe], board.of[lee.i]: [lee]}
    rows = matrix(doc, board, she, candidates, last_source=board.of[roe.i])
    assert rows.shape == (2, F)
    column = lambda name: rows[:, COLUMNS.index(name)].tolist()  # noqa: E731
    assert column("gap 1") == [1, 0]
    assert column("gap 2") == [0, 1]
    assert column("first in order") == [1, 0]
    assert column("last speaker") == [1, 0]
    assert column("gender agrees") == [1, 1]
    assert column("name") == [1, 1]


JOINT = (
    "Ann/PROPN:NNP/compound/Lee Lee/PROPN:NNP/nsubj/met and/CCONJ:CC/cc/Lee Bob/PROPN:NNP/compound/Roe "
    "Roe/PROPN:NNP/conj/Lee met=meet/VERB:VBD/ROOT . They/PRON:PRP/nsubj/left left=leave/VERB:VBD/ROOT ."
)


def test_two_named_together_are_one_that_they_can_mean() -> None:
    doc = with_names(make_doc(JOINT), {"Ann Lee": "PERSON", "Bob Roe": "PERSON"})
    mentions, board = begin(doc, [])
    (joint,) = (m for m in mentions if is_joint(doc, m))
    assert doc[joint.start : joint.end].text == "Ann Lee and Bob Roe"
    link_pronouns(doc, board, ranker())
    they = next(n for n in board.nodes if n.text == "they")
    assert board.of[they.i] == next(board.of[n.i] for n in board.nodes if n.mention == joint)


def test_the_same_pair_is_one_entity() -> None:
    again = JOINT.replace("They/PRON:PRP/nsubj/left left=leave/VERB:VBD/ROOT", "X/X/ROOT")
    doc = with_names(make_doc(f"{JOINT} {again}"), {"Ann Lee": "PERSON", "Bob Roe": "PERSON"})
    _, board = begin(doc, [])
    pairs = [board.of[n.i] for n in board.nodes if is_joint(doc, n.mention)]
    assert len(pairs) == 2
    assert len(set(pairs)) == 1


def test_names_without_and_are_no_pair() -> None:
    doc = with_names(make_doc(JOINT.replace("and/CCONJ", "or/CCONJ")), {"Ann Lee": "PERSON", "Bob Roe": "PERSON"})
    assert joint_mentions(doc, find_mentions(doc)) == []


BLOCK = (
    "Lee/PROPN:NNP/nsubj/wrote wrote=write/VERB:VBD/ROOT :/PUNCT/punct/wrote ¶ "
    "“/PUNCT/punct/left She/PRON:PRP/nsubj/left left=leave/VERB:VBD/ROOT . ¶ "
    "“/PUNCT/punct/slept She/PRON:PRP/nsubj/slept slept=sleep/VERB:VBD/ROOT ./PUNCT/punct/slept ”/PUNCT/punct/slept"
)


def test_nobody_calls_himself_he_in_a_block_of_his_own_words() -> None:
    doc = with_names(make_doc(BLOCK), {"Lee": "PERSON"})
    _, board = begin(doc, [])
    assert introducers(doc, board.nodes) == {1: 0, 2: 0}
    link_pronouns(doc, board, ranker())
    assert [n.i in board.of for n in board.nodes] == [True, False, False]


def test_a_speaker_is_not_the_one_his_direct_words_are_about() -> None:
    doc, readings = talk("Ann Lee", "she")
    inside = Reading(((5, len(doc)),), source=readings[0].source, type="direct")
    _, board = begin(doc, [inside])
    lee, she = board.nodes
    assert board.whose_words(she) == {board.of[lee.i]}
    link_pronouns(doc, board, ranker())
    assert she.i not in board.of


@pytest.mark.parametrize(
    ("named", "word", "share", "source", "taken"),
    [
        ("Bob Roe", "he", 0.25, False, False),
        ("Bob Roe", "he", 0.35, False, True),
        ("the officials", "they", 0.25, False, True),
        ("Bob Roe", "he", 0.25, True, True),
    ],
)
def test_he_without_a_likely_answer_stays_open_unless_he_speaks(
    named: str, word: str, share: float, source: bool, taken: bool
) -> None:
    doc, readings = talk(named, word)
    _, board = begin(doc, readings if source else [])
    node = board.nodes[-1]
    link_pronouns(doc, board, lambda *_: [(0, share)])
    assert (node.i in board.of) is taken
