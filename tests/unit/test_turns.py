"""Turns: paragraph, beat and named clusters of each reading."""

from __future__ import annotations

from handmade import make_layout

from quotes.turns import make_turns
from quotes.types import Cluster, Mention, Reading

LAYOUT = make_layout(
    "“ Go/VERB/ROOT , Bob/PROPN/npadvmod/Go . ” Ann/PROPN/nsubj/smiled smiled=smile/VERB/ROOT . ¶ "
    "“ Never/ADV/ROOT ! ” Doors=door/NOUN/nsubj/shut shut/VERB/ROOT behind/ADP/prep/shut Ann/PROPN/pobj/behind ."
)


def at(text: str, nth: int = 0) -> int:
    """Return the index of the nth token with this text."""
    found: list[int] = [t.i for t in LAYOUT.doc if t.text == text]
    return found[nth]


def cluster(*tokens: int) -> Cluster:
    return Cluster(tuple(Mention(i, i + 1, i, "name") for i in tokens), LAYOUT.doc[tokens[0]].text)


ANN = cluster(at("Ann"), at("Ann", 1))
BOB = cluster(at("Bob"))
FIRST = Reading(content=LAYOUT.regions[0], type="direct")
SECOND = Reading(content=LAYOUT.regions[1], type="mixed")


def test_one_turn_per_reading_in_order() -> None:
    first, second = make_turns(LAYOUT, [FIRST, SECOND], [ANN, BOB], [None, 1], [None, 0])
    assert (first.paragraph, second.paragraph) == (0, 1)
    assert (first.speaker, second.speaker) == (None, 1)
    assert (first.direct, second.direct) == (True, False)
    assert (first.repeats, second.repeats) == (None, 0)


def test_the_subject_of_the_narration_is_the_beat_and_an_object_is_not() -> None:
    first, second = make_turns(LAYOUT, [FIRST, SECOND], [ANN, BOB], [None, None], [None, None])
    assert first.beat == 0
    assert second.beat is None


def test_whoever_is_named_inside_the_marks_is_named() -> None:
    first, second = make_turns(LAYOUT, [FIRST, SECOND], [ANN, BOB], [None, None], [None, None])
    assert first.named == {1}
    assert second.named == frozenset()


def test_a_subject_inside_the_marks_is_no_beat() -> None:
    layout = make_layout("“ Bob/PROPN/nsubj/left left=leave/VERB/ROOT . ”")
    bob = Cluster((Mention(1, 2, 1, "name"),), "Bob")
    (turn,) = make_turns(layout, [Reading(content=layout.regions[0], type="direct")], [bob], [None], [None])
    assert (turn.beat, turn.named) == (None, frozenset({0}))
