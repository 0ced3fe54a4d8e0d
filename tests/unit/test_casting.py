"""Casting as a whole, with the weights of the package: conversations as people read them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from plays import Play, play

from quotes.casting import cast_dialogue, is_conversation
from quotes.casting.model import from_json
from quotes.paths import data_text

LINE = "“ Go/VERB/ROOT . ”"
ANN, BOB = "Ann/PROPN/nsubj/said said=say/VERB/ROOT .", "Bob/PROPN/nsubj/said said=say/VERB/ROOT ."
SIT = "Ann/PROPN/nsubj/sat sat=sit/VERB/ROOT . Bob/PROPN/nsubj/sat sat=sit/VERB/ROOT . ¶ "
TALK = f"{SIT}{LINE} {ANN} ¶ {LINE} {BOB} ¶ {LINE} ¶ {LINE} ¶ {LINE} ¶ {LINE}"


def speakers(scene: Play) -> list[str]:
    casting = cast_dialogue(scene.layout, scene.readings, scene.clusters, scene.ranked)
    best = [casting.choices[n].ranked[0][0] for n in range(len(scene.readings))]
    return [casting.clusters[n].name for n in best]


def test_two_who_take_turns() -> None:
    scene = play(TALK, ["Ann"], ["Bob"], sources={0: "Ann", 1: "Bob"})
    assert speakers(scene) == ["Ann", "Bob"] * 3


def test_shares_are_ranked_and_add_up_to_at_most_one() -> None:
    scene = play(TALK, ["Ann"], ["Bob"], sources={0: "Ann", 1: "Bob"})
    casting = cast_dialogue(scene.layout, scene.readings, scene.clusters, scene.ranked)
    for choice in casting.choices.values():
        shares = [share for _, share in choice.ranked]
        assert shares == sorted(shares, reverse=True)
        assert sum(shares) <= 1 + 1e-9


def test_whoever_acts_beside_a_quotation_speaks_it() -> None:
    scene = play(f"{SIT}{LINE} Bob/PROPN/nsubj/smiled smiled=smile/VERB/ROOT .", ["Ann"], ["Bob"])
    assert speakers(scene) == ["Bob"]


def test_whoever_is_addressed_does_not_speak_but_answers() -> None:
    call = "“ Go/VERB/ROOT , Bob/PROPN/npadvmod/Go . ”"
    scene = play(f"{SIT}{call} ¶ {LINE}", ["Ann"], ["Bob"])
    assert speakers(scene) == ["Ann", "Bob"]


def test_nobody_to_choose_from() -> None:
    scene = play(f"{LINE} ¶ {LINE}")
    assert cast_dialogue(scene.layout, scene.readings, (), scene.ranked).choices[0].ranked == ()


def test_a_conversation_has_many_lines_and_some_without_a_source() -> None:
    talk = play(TALK, ["Ann"], ["Bob"], sources={0: "Ann", 1: "Bob"})
    assert is_conversation(talk.layout, talk.readings)
    assert not is_conversation(talk.layout, talk.readings[:5])
    signed = play(f"{LINE} {ANN} ¶ " * 8 + ANN, ["Ann"], sources=dict.fromkeys(range(8), "Ann"))
    assert not is_conversation(signed.layout, signed.readings)


def test_weights_of_another_version_are_refused() -> None:
    data: dict[str, Any] = json.loads(data_text("casting.en.json"))
    with pytest.raises(ValueError, match="other features"):
        from_json(data | {"features": data["features"][1:]})
