"""Who answers in an interview: the one who was introduced, if that is clear; who asks stays open."""

from __future__ import annotations

import pytest

from quotes.interviews import FLAG, answered, in_interview, interviewee, is_interview
from quotes.types import Cluster, Form, Kind, Mention, Reading


def person(*at: int, form: Form = "name", kind: Kind = "person") -> Cluster:
    """Return a cluster with a mention of one word at each place, the first of the given form, the others pronouns."""
    first, *rest = at
    mentions = (Mention(first, first + 1, first, form), *(Mention(i, i + 1, i, "pronoun") for i in rest))
    return Cluster(mentions, f"c{first}", kind)


@pytest.mark.parametrize(
    ("labels", "yes"),
    [
        (["Q", "A", "Q", "A"], True),
        (["Question", "Answer", "question", "A"], True),
        (["Q", "A", "Q"], False),
        (["LEE", "ROE", "LEE", "ROE"], False),
        ([], False),
    ],
)
def test_two_questions_and_two_answers_make_an_interview(labels: list[str], yes: bool) -> None:
    assert is_interview(labels) is yes


def test_labels() -> None:
    assert [in_interview(x) for x in ("Q", "a", "Answer", "LEE", "")] == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("clusters", "who"),
    [
        ([person(1)], 0),
        ([person(0, kind="organization"), person(1)], 1),
        ([person(0), person(1, 3)], 1),
        ([person(0), person(1)], None),
        ([person(0, form="nominal")], None),
        ([person(30)], None),
        ([person(1), person(2, 20, 21)], None),
        ([], None),
    ],
    ids=[
        "one",
        "no organisation",
        "the one named most",
        "two",
        "no name",
        "named later",
        "only what stands before",
        "none",
    ],
)
def test_the_interviewee(clusters: list[Cluster], who: int | None) -> None:
    assert interviewee(clusters, 10) == who


def test_answers_are_the_interviewees_and_questions_nobodys() -> None:
    readings = [
        Reading(((12, 14),), ((11, 12),), ((10, 11),), flags=(FLAG,)),
        Reading(((17, 19),), ((16, 17),), ((15, 16),), flags=(FLAG,)),
        Reading(((22, 24),), ((21, 22),), ((20, 21),)),
    ]
    rows = answered(["Q", "A", "Roe"], readings, [person(1)], [[(5, 0.9)], [], [(2, 0.7)]])
    assert rows == [[], [(0, 0.85)], [(2, 0.7)]]
    assert answered(["Q", "A", "Roe"], readings, [], [[], [], []]) == [[], [], []]


def test_other_texts_stay_as_they_are() -> None:
    reading = Reading(((2, 4),), ((1, 2),), ((0, 1),))
    assert answered(["A"], [reading], [person(0)], [[(3, 0.5)]]) == [[(3, 0.5)]]
