"""Turns: what one speaker says in one paragraph, and how it follows the turn before."""

from __future__ import annotations

from plays import play

from quotes.casting.scene import BARE, CARRIED, FAR, NEXT, OVER, SAME, make_turns
from quotes.types import Reading

GO = "“ Go/VERB/ROOT . ”"
ANN = "Ann/PROPN/nsubj/said said=say/VERB/ROOT ."
BOB = "Bob/PROPN/nsubj/said said=say/VERB/ROOT ."
RAIN = "Rain/NOUN/nsubj/fell fell=fall/VERB/ROOT ."


def steps(notation: str, sources: dict[int, str] | None = None) -> list[int | None]:
    scene = play(notation, ["Ann"], ["Bob"], sources=sources)
    return [t.step for t in make_turns(scene.layout, scene.readings, scene.ranked)]


def test_quotations_of_one_paragraph_are_one_turn() -> None:
    scene = play(f"{GO} {ANN} {GO} ¶ {GO}", ["Ann"], sources={0: "Ann"})
    first, second = make_turns(scene.layout, scene.readings, scene.ranked)
    assert (first.quotes, first.form, first.ranked) == ((0, 1), "name", ((0, 0.9),))
    assert (second.quotes, second.form, second.ranked) == ((2,), "none", ())


def test_two_sources_in_one_paragraph_are_two_turns() -> None:
    assert steps(f"{GO} {ANN} {GO} {BOB}", {0: "Ann", 1: "Bob"}) == [None, SAME]
    assert steps(f"{GO} {ANN} {GO} {ANN}", {0: "Ann", 1: "Ann"}) == [None]


def test_how_a_turn_follows() -> None:
    assert steps(f"{GO} ¶ {GO}") == [None, BARE]
    assert steps(f"{GO} {RAIN} ¶ {GO}") == [None, NEXT]
    assert steps(f"{GO} ¶ {RAIN} ¶ {GO}") == [None, OVER]
    assert steps(f"{GO} ¶ {RAIN} ¶ {RAIN} ¶ {GO}") == [None, FAR]


def test_a_long_stretch_of_narration_ends_the_conversation() -> None:
    rain = f" ¶ {RAIN}" * 8
    assert steps(f"{GO}{rain} ¶ {GO}") == [None, None]


def test_a_quotation_that_is_not_closed_goes_on_in_the_next_paragraph() -> None:
    scene = play(f"Go/VERB/ROOT now/ADV/advmod/Go . ¶ {GO} {ANN} ¶ {GO}", ["Ann"], sources={0: "Ann"})
    first = Reading(content=((0, 2),), type="direct")
    told, answer = make_turns(scene.layout, [first, *scene.readings], [[], *scene.ranked])
    assert (told.quotes, told.paragraph, told.last, told.form) == ((0, 1), 0, 1, "name")
    assert (answer.quotes, answer.step) == ((2,), NEXT)


def test_straight_marks_that_open_the_next_paragraph_close_nothing() -> None:
    scene = play('" Go/VERB/ROOT now/ADV/advmod/Go . ¶ " Stay/VERB/ROOT . "')
    at = next(t.i for t in scene.doc if t.text == "Stay")
    readings = [Reading(content=((1, 4),), type="direct"), Reading(content=((at, at + 2),), type="direct")]
    assert len(make_turns(scene.layout, readings, [[], []])) == 1


def test_two_sources_are_two_turns_though_the_marks_stay_open() -> None:
    scene = play(f"Go/VERB/ROOT now/ADV/advmod/Go {BOB} ¶ {GO} {ANN}", ["Ann"], ["Bob"], sources={0: "Ann"})
    bob = next(t.i for t in scene.doc if t.text == "Bob")
    first = Reading(content=((0, 2),), source=((bob, bob + 1),), type="direct")
    turns = make_turns(scene.layout, [first, *scene.readings], [[(1, 0.9)], *scene.ranked])
    assert [t.step for t in turns] == [None, CARRIED]


def test_indirect_speech_is_no_turn() -> None:
    scene = play(GO)
    assert make_turns(scene.layout, [Reading(content=((0, 4),), type="indirect")], [[]]) == []


def test_forms_of_sources() -> None:
    said = "said=say/VERB/ROOT ."
    he = play(f"{GO} he/PRON/nsubj/said {said}", sources={0: "he"})
    boy = play(f"{GO} the/DET/det/boy boy/NOUN/nsubj/said {said}", sources={0: "boy"})
    they = play(f"{GO} they/PRON/nsubj/said {said}", sources={0: "they"})
    kin = play(f"{GO} her/PRON/poss/sister sister/NOUN/nsubj/said {said}", sources={0: "sister"})
    forms = [make_turns(s.layout, s.readings, s.ranked)[0].form for s in (he, boy, kin, they)]
    assert forms == ["he", "nominal", "kin", "other"]
