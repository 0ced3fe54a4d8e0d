"""What the source of a turn calls its speaker, and who else is called so."""

from __future__ import annotations

from plays import Play, play

from quotes.casting.features import NAMES, features
from quotes.casting.stage import raise_curtain
from quotes.casting.tables import Stage, calling, candidates

SAT = "the/DET/det/mariner mariner/NOUN/nsubj/sat sat=sit/VERB/ROOT . Bob/PROPN/nsubj/sat sat=sit/VERB/ROOT . ¶ "
SAID = "“ Go/VERB/ROOT . ” the/DET/det/mariner mariner/NOUN/nsubj/said said=say/VERB/ROOT ."


def stage_of(scene: Play) -> Stage:
    return raise_curtain(scene.layout, scene.readings, scene.clusters, scene.ranked).stage


def row(stage: Stage, who: int) -> dict[str, float]:
    able = candidates(stage, 0)
    return dict(zip(NAMES, map(float, features(stage, 0, able)[able.index(who)]), strict=True))


def test_the_source_says_what_it_calls_its_speaker() -> None:
    stage = stage_of(play(SAT + SAID, ["mariner"], ["Bob"], sources={0: "mariner"}))
    assert calling(stage, stage.turns[0]) == (("mariner",), ("mariner",))


def test_a_turn_without_a_source_calls_nobody() -> None:
    stage = stage_of(play(f"{SAT}“ Go/VERB/ROOT . ”", ["mariner"], ["Bob"]))
    assert calling(stage, stage.turns[0]) == ((), ())


def test_who_is_called_so_elsewhere_is_told_from_who_is_not() -> None:
    stage = stage_of(play(SAT + SAID, ["mariner"], ["Bob"], sources={0: "mariner"}))
    assert row(stage, 0)["same_words"] == row(stage, 0)["same_head"] == 1.0
    assert row(stage, 1)["same_words"] == row(stage, 1)["same_head"] == 0.0


def test_the_source_itself_is_no_witness() -> None:
    stage = stage_of(
        play(f"Bob/PROPN/nsubj/sat sat=sit/VERB/ROOT . ¶ {SAID}", ["mariner"], ["Bob"], sources={0: "mariner"})
    )
    assert row(stage, 0)["same_words"] == 0.0
