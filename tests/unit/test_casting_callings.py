"""Descriptions looked at together: what one place knows of `the doctor`, the others are told."""

from __future__ import annotations

import numpy as np
from plays import Play, play

from quotes.casting.callings import COLUMN, together
from quotes.casting.chain import NOBODY, Link, conversations, shares
from quotes.casting.features import NAMES, features
from quotes.casting.model import load_model
from quotes.casting.stage import raise_curtain
from quotes.casting.tables import calling
from quotes.types import Reading

LINE = "“ Go/VERB/ROOT . ”"
DOCTOR = "the/DET/det/doctor doctor/NOUN/nsubj/said said=say/VERB/ROOT ."
NURSE = "the/DET/det/nurse nurse/NOUN/nsubj/said said=say/VERB/ROOT ."
ANN = "Ann/PROPN/nsubj/sat sat=sit/VERB/ROOT ."


def links_of(scene: Play) -> tuple[list[Link], list[Link]]:
    """Return the links of a scene's only conversation without and with what its descriptions say together."""
    stage = raise_curtain(scene.layout, scene.readings, scene.clusters, scene.ranked).stage
    (plain,) = conversations(stage)
    (told,) = together(stage, [plain], load_model())
    return plain, told


def test_a_turn_hears_what_the_others_of_its_description_say() -> None:
    text = f"{ANN} ¶ {LINE} {DOCTOR} ¶ {LINE} {NURSE} ¶ {LINE} {DOCTOR}"
    plain, told = links_of(play(text, ["Ann"], ["doctor"], ["nurse"], sources={0: "doctor", 1: "nurse", 2: "doctor"}))
    shared = shares(plain, load_model())
    first, other = shared[0], shared[2]
    place = {w: i for i, w in enumerate(told[0].who)}
    for i, w in enumerate(told[2].who):
        if w != NOBODY and w in place:
            assert told[2].rows[i, COLUMN] == np.float32(first[place[w]])
            assert told[0].rows[place[w], COLUMN] == np.float32(other[i])
    assert told[0].rows[:, COLUMN].max() > 0
    assert not told[1].rows[:, COLUMN].any()
    assert not plain[0].rows[:, COLUMN].any()


def test_a_description_that_is_met_once_hears_nothing() -> None:
    plain, told = links_of(play(f"{ANN} ¶ {LINE} {DOCTOR} ¶ {LINE}", ["Ann"], ["doctor"], sources={0: "doctor"}))
    assert [k.rows.tolist() for k in told] == [k.rows.tolist() for k in plain]


def test_a_beat_and_a_source_in_the_last_paragraph_of_a_speech_are_seen() -> None:
    scene = play(
        f"Go/VERB/ROOT now/ADV/advmod/Go . ¶ {LINE} {DOCTOR} {ANN}", ["Ann"], ["doctor"], sources={0: "doctor"}
    )
    first = Reading(content=((0, 2),), type="direct")
    stage = raise_curtain(scene.layout, [first, *scene.readings], scene.clusters, [[], *scene.ranked]).stage
    (turn,) = stage.turns
    assert (turn.paragraph, turn.last) == (0, 1)
    assert calling(stage, turn)[0] == ("doctor",)
    ann = features(stage, 0, [0])[0]
    assert ann[NAMES.index("after_sub")] == 1
