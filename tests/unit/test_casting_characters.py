"""The cast: who is able to speak, where narration has them, and how they agree with pronouns."""

from __future__ import annotations

from plays import Play, play

from quotes.casting.characters import Cast, last_before, make_cast

LEFT = "left=leave/VERB/ROOT ."
RAN = "ran=run/VERB/ROOT ."


def cast_of(scene: Play, **options: int) -> Cast:
    return make_cast(scene.layout, scene.readings, scene.clusters, **options)  # type: ignore[arg-type]


def test_places_know_marks_and_subjects() -> None:
    scene = play(
        "“ Go/VERB/ROOT , Bob/PROPN/npadvmod/Go . ” Ann/PROPN/nsubj/left left=leave/VERB/ROOT .", ["Ann"], ["Bob"]
    )
    ann, bob = cast_of(scene).characters
    assert [(p.quote, p.subject) for p in (*ann.places, *bob.places)] == [(-1, True), (0, False)]


def test_titles_first_names_and_descriptions_agree() -> None:
    scene = play(
        f"Mrs./PROPN/compound/Hall Hall/PROPN/nsubj/ran {RAN} Mary/PROPN/nsubj/left {LEFT} "
        f"the/DET/det/gentleman gentleman/NOUN/nsubj/left {LEFT} Kemp/PROPN/nsubj/ran {RAN}",
        ["Hall"],
        ["Mary"],
        ["gentleman"],
        ["Kemp"],
    )
    assert [c.gender for c in cast_of(scene).characters] == ["f", "f", "m", None]


def test_pronouns_that_contradict_each_other_agree_with_nothing() -> None:
    scene = play(
        f"Kemp/PROPN/nsubj/ran {RAN} he/PRON/nsubj/left {LEFT} she/PRON/nsubj/ran {RAN}",
        ["Kemp", "he", "she"],
    )
    assert cast_of(scene).characters[0].gender is None


def test_only_who_does_something_can_speak() -> None:
    scene = play(
        "“ My/PRON/poss/head head/NOUN/nsubj/aches aches=ache/VERB/ROOT , sir/NOUN/npadvmod/aches . ” "
        "the/DET/det/porter porter/NOUN/nsubj/saw saw=see/VERB/ROOT the/DET/det/cook cook/NOUN/dobj/saw .",
        ["sir"],
        ["porter"],
        ["cook"],
    )
    assert [c.able for c in cast_of(scene).characters] == [False, True, False]


def test_a_word_that_also_stands_in_small_letters_is_no_name() -> None:
    scene = play(
        f"Rubbish/PROPN/nsubj/ran {RAN} Ann/PROPN/nsubj/sold sold=sell/VERB/ROOT rubbish/NOUN/dobj/sold .",
        ["Rubbish"],
        ["Ann"],
    )
    assert [c.able for c in cast_of(scene).characters] == [False, True]


def test_the_last_place_in_narration() -> None:
    scene = play("Ann/PROPN/nsubj/left left=leave/VERB/ROOT . ¶ she/PRON/nsubj/ran ran=run/VERB/ROOT .", ["Ann", "she"])
    cast = cast_of(scene)
    assert last_before(cast.solid[0], len(scene.doc)) == scene.at("Ann")
    assert last_before(cast.acts[0], len(scene.doc)) == scene.at("she")
    assert last_before(cast.solid[0], 0) is None
