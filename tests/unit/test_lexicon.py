"""The word lists: they load, they are folded, and the words that rules rest on are in them."""

from __future__ import annotations

import dataclasses

import pytest

from quotes import lexicon
from quotes.names import fold


@pytest.mark.parametrize(
    ("group", "words"),
    [
        ("masculine", ["mr", "congressman"]),
        ("feminine", ["mrs", "ms", "chairwoman"]),
        ("neutral", ["sen", "dr", "president", "judge"]),
        ("modifiers", ["former", "then", "vice"]),
        ("suffixes", ["jr", "sr", "iii"]),
        ("particles", ["van", "de", "la"]),
    ],
)
def test_titles(group: str, words: list[str]) -> None:
    assert set(words) <= getattr(lexicon.titles(), group)


@pytest.mark.parametrize(
    ("group", "words"),
    [
        ("person", ["senator", "spokesman", "lawyer"]),
        ("organization", ["agency", "company"]),
        ("document", ["report", "statement"]),
        ("anonymous", ["official", "source"]),
        ("feminine", ["spokeswoman", "mother"]),
        ("masculine", ["spokesman", "father"]),
    ],
)
def test_nouns(group: str, words: list[str]) -> None:
    assert set(words) <= getattr(lexicon.nouns(), group)


@pytest.mark.parametrize("lists", [lexicon.titles(), lexicon.nouns()], ids=["titles", "nouns"])
def test_every_list_has_lower_case_words(lists: lexicon.Titles | lexicon.Nouns) -> None:
    for field in dataclasses.fields(lists):
        words = getattr(lists, field.name)
        assert words
        assert all(w == w.lower().strip() and w for w in words), field.name


def test_all_is_the_sum_of_the_groups_that_speak() -> None:
    nouns, titles = lexicon.nouns(), lexicon.titles()
    assert nouns.all == nouns.person | nouns.group | nouns.organization | nouns.document
    assert titles.all == titles.masculine | titles.feminine | titles.neutral


def test_the_genders_of_titles_are_apart() -> None:
    titles, nouns = lexicon.titles(), lexicon.nouns()
    assert not titles.masculine & titles.feminine
    assert not titles.neutral & (titles.masculine | titles.feminine)
    assert not nouns.masculine & nouns.feminine


def test_first_names_are_apart_and_nicknames_point_to_other_names() -> None:
    masculine, feminine = lexicon.first_names()
    assert "robert" in masculine
    assert "mary" in feminine
    assert not masculine & feminine, "a name that both use says nothing about a pronoun"
    assert lexicon.nicknames()["bob"] == {"robert"}
    assert all(longs and short not in longs for short, longs in lexicon.nicknames().items())


def test_words_are_folded_for_comparison() -> None:
    every = (*lexicon.titles().neutral, *lexicon.titles().suffixes, *lexicon.first_names()[0])
    assert [w for w in every if fold(w) != w] == []


def test_lists_are_read_once() -> None:
    assert lexicon.titles() is lexicon.titles()
    assert lexicon.nouns() is lexicon.nouns()
