"""Narrators: `I` outside quotation marks, and the name that others call this person."""

from __future__ import annotations

from plays import Play, play

from quotes.casting.narrator import LEAST, UNNAMED, with_narrator
from quotes.types import Cluster, Reading

TELLS = "I/PRON/nsubj/went went=go/VERB/ROOT . "
CALLS = "“ Come/VERB/ROOT , Hastings/PROPN/npadvmod/Come . ” ¶ "


def narrated(scene: Play) -> tuple[tuple[Cluster, ...], int | None]:
    return with_narrator(scene.layout, scene.readings, scene.clusters)


def test_nobody_tells_a_text_without_i() -> None:
    scene = play(CALLS * 3 + TELLS * (LEAST - 1), ["Hastings"])
    assert narrated(scene) == (scene.clusters, None)


def test_i_inside_marks_tells_nothing() -> None:
    scene = play(f"“ {TELLS * LEAST} ”", ["Hastings"])
    assert narrated(scene)[1] is None


def test_whoever_is_called_and_never_told_of_is_the_narrator() -> None:
    scene = play(CALLS * 2 + TELLS * LEAST + "Poirot/PROPN/nsubj/ran ran=run/VERB/ROOT .", ["Poirot"], ["Hastings"])
    clusters, number = narrated(scene)
    assert number == 1
    assert clusters[1].name == "Hastings"
    assert len(clusters[1].mentions) == 2 + LEAST
    assert clusters[0] == scene.clusters[0]


def test_a_narrator_without_a_name_is_one_more_cluster() -> None:
    scene = play("“ Go/VERB/ROOT . ” ¶ " + TELLS * LEAST, ["Nobody"])
    clusters, number = narrated(scene)
    assert number == 1
    assert (clusters[1].name, len(clusters[1].mentions)) == (UNNAMED, LEAST)


def test_one_call_is_not_enough_and_who_is_told_of_is_not_i() -> None:
    once = play(CALLS + TELLS * LEAST, ["Hastings"])
    assert narrated(once)[0][1].name == UNNAMED
    told = play(CALLS * 2 + TELLS * LEAST + "Hastings/PROPN/nsubj/ran ran=run/VERB/ROOT . " * 2, ["Hastings"])
    assert narrated(told)[0][1].name == UNNAMED


def test_one_call_is_enough_in_talk_with_i_and_what_i_calls_others_is_not_my_name() -> None:
    answer = "“ Go/VERB/ROOT . ” I/PRON/nsubj/said said=say/VERB/ROOT . ¶ "
    talk = play(CALLS + answer + TELLS * LEAST, ["Hastings"], sources={1: "I"})
    assert narrated(talk)[0][0].name == "Hastings"
    assert narrated(talk)[1] == 0
    mine = CALLS.replace(" ¶ ", " I/PRON/nsubj/said said=say/VERB/ROOT . ¶ ")
    calls = play(mine + CALLS * 2 + TELLS * LEAST, ["Hastings"], sources={0: "I"})
    assert narrated(calls)[0][1].name == UNNAMED


def test_nobody_is_what_people_swear_by() -> None:
    oath = CALLS.replace("Hastings", "Jesus")
    assert narrated(play(oath * 3 + TELLS * LEAST, ["Jesus"]))[0][1].name == UNNAMED


def test_i_that_is_quoted_in_part_tells_nothing() -> None:
    scene = play(CALLS + TELLS * LEAST, ["Hastings"])
    told = [t.i for t in scene.doc if t.text == "I"]
    mixed = Reading(content=((told[0], told[-1] + 1),), type="mixed")
    assert with_narrator(scene.layout, (*scene.readings, mixed), scene.clusters)[1] is None


def test_a_cry_is_no_name() -> None:
    cries = "“ Bah/PROPN/npadvmod/Go ! Go/VERB/ROOT . ” ¶ "
    assert narrated(play(cries * 3 + TELLS * LEAST, ["Bah"]))[0][1].name == UNNAMED


def test_a_day_is_no_narrator() -> None:
    calls = "“ Come/VERB/ROOT , Monday/PROPN/npadvmod/Come . ” ¶ "
    assert narrated(play(calls * 2 + TELLS * LEAST, ["Monday"], kind="unknown"))[0][1].name == UNNAMED
