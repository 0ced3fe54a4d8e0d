"""When two names are one speaker."""

from __future__ import annotations

import pytest

from quotes.scoring.names import core, name_tokens, same_lastname, same_strict


@pytest.mark.parametrize(
    ("predicted", "name"),
    [
        ("maria lopez", "Maria Lopez"),
        ("Gov. Maria Lopez", "Maria Lopez"),
        ("Mr. Okoro", "Okoro"),
        ("The Red Cross", "Red Cross"),
        ("R.J. Stone", "RJ Stone"),
        ("Stone’s", "Stone"),
        ("Sam Stone Sr.", "Sam Stone"),
        ("Dr. Ash", "Mrs. Ash"),
        ("O’Neil", "ONeil"),
    ],
)
def test_strictly_the_same(predicted: str, name: str) -> None:
    assert same_strict(predicted, ["Somebody Else", name])


@pytest.mark.parametrize(
    ("predicted", "name"),
    [("Mr. Ash", "Mrs. Ash"), ("Lopez", "Maria Lopez"), ("", "X"), (None, "X"), ("X", ""), ("Maria", "Maria Lopez")],
)
def test_strictly_different(predicted: str | None, name: str) -> None:
    assert not same_strict(predicted, [name])


@pytest.mark.parametrize(
    ("predicted", "name"),
    [
        ("Lopez", "Maria Lopez"),
        ("Ms. Lopez", "Maria B. Lopez"),
        ("Sam Stone", "Samuel Stone"),
        ("Stone", "Sam Stone Jr."),
    ],
)
def test_same_by_last_name(predicted: str, name: str) -> None:
    assert same_lastname(predicted, [name])


@pytest.mark.parametrize(
    ("predicted", "name"),
    [
        ("Carla Lopez", "Maria Lopez"),
        ("Mr. Lopez", "Mrs. Lopez"),
        ("lopez", "Maria Lopez"),  # no capital: not a name
        ("Lopez", "maria lopez"),
        ("Li", "Wei Li"),  # too short to be sure of
        ("They", "All of They"),
        ("Lopez", "Maria Stone"),
        ("Lopez", ""),
    ],
)
def test_different_by_last_name(predicted: str, name: str) -> None:
    assert not same_lastname(predicted, [name])


def test_the_name_of_another_speaker_is_not_the_last_name_of_this_one() -> None:
    assert same_lastname("Mr. Lopez", ["Ana Lopez"])
    assert not same_lastname("Mr. Lopez", ["Ana Lopez"], [["Mr. Lopez", "Luis Lopez"]])


def test_a_name_of_nothing_but_titles_keeps_them() -> None:
    assert core(["mr", "president"]) == ["mr", "president"]
    assert core(["former", "gov", "stone", "jr"]) == ["stone"]
    assert name_tokens("The Hon. J. O'Neil's") == ["hon", "j", "oneil"]
