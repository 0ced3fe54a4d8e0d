"""Asides: phrases between marks that nobody utters, told from short speech without a parse."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from quotes.asides import classify, is_title
from quotes.marks import pair

NLP = spacy.blank("en")


def flags(text: str) -> list[str | None]:
    """Return the flag of each outermost region of a text."""
    doc = NLP(text)
    regions = pair(text)
    found = classify(doc, regions)
    return [found.get(i) for i, r in enumerate(regions) if r.depth == 0]


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("They met at a so-called “writing shed” by the river.", "scare"),
        ("The “free” fair cost nine pounds.", "scare"),
        ("The plan was hailed as a “fresh start.”", "scare"),
        ("She kept a “living museum” of locks in the shed.", "scare"),
        ("She wrote the book “Fences of the North” at home.", "title"),
        ("He sang the song “Rain” twice.", "title"),
        ("It was a report entitled “what the river took”.", "title"),
        ("An editorial headlined “Time to go” came out on Monday.", "title"),
        ("They watched “The Long Way Home” last night.", "title"),
        ("Arthur “Shorty” Blaine kept bees.", "nickname"),
        ("Arthur (“Big Art”) Blaine kept bees.", "nickname"),
        ("A man who goes by the name “Shorty.”", "nickname"),
        ("The mare, known to everyone as “Duchess”, won.", "nickname"),
        ("The bridge was nicknamed “the noodle”.", "nickname"),
        ("Hackers dubbed it “Snowfall”.", "nickname"),
        ("A banner reading “Bread for all” hung there.", "motto"),
        ("They wore T-shirts that said “We were here first and we stay”.", "motto"),
        ("Above the door is the motto “Work and wait.”", "motto"),
        ("He never used the word “surplus” again.", "term"),
        ("The term “fence law” is older than that.", "term"),
    ],
)
def test_what_nobody_says(text: str, flag: str) -> None:
    assert flags(text) == [flag]


@pytest.mark.parametrize(
    "text",
    [
        "“Nobody reads it,” Blaine said.",
        "“No,” she said.",
        "She looked up. “Never!”",
        "The crowd was chanting “send them home now!”",
        "He answered with “yes” and left.",
        "“Go.”\n“Where?”",
        "The mayor said: “We will be there.”",
        "The mayor said, “Not now.”",
        "It ended with “we are done here” and nothing else.",
        "In other words, “we lost it”.",
        "It was a sign of weakness, he said: “We have to go and find the others now.”",
        "The report was long, and “nobody in the whole of the town has read it yet.”",
        "“Your Honour,” I said.",
        "“Good Old Tom,” the aunt said.",
        "There were chants of “Ann! Ann!” at the back.",
        "One said “Not Ann” and left.",
        "A cry: “Fire in the old mill!”",
    ],
)
def test_what_may_be_speech(text: str) -> None:
    assert set(flags(text)) == {None}


def test_a_sentence_of_seven_words_is_speech_unless_it_is_named() -> None:
    long = "“we have to go and find them”"
    assert flags(f"Then came {long} and silence.") == [None]
    assert flags(f"A poster saying {long} hung there.") == ["motto"]


def test_words_of_the_sentence_before_do_not_count() -> None:
    assert flags("She wrote the book. “Rain” fell on the tents.") != ["title"]


def test_a_finite_verb_makes_a_clause_where_there_are_tags() -> None:
    words = ["It", "was", "“", "birds", "sing", "”", "again"]
    plain = Doc(NLP.vocab, words=words, spaces=[True, True, False, True, False, True, False])
    tagged = Doc(
        NLP.vocab,
        words=words,
        spaces=[True, True, False, True, False, True, False],
        tags=["PRP", "VBD", "``", "NNS", "VBP", "''", "RB"],
    )
    assert classify(plain, pair(plain.text)) == {0: "scare"}
    assert classify(tagged, pair(tagged.text)) == {}


def test_nested_unclosed_and_long_ones_get_no_flag() -> None:
    assert flags("“The ‘free’ fair was dull and it rained,” she said.") == [None]
    assert flags("It was “free and") == [None]
    assert flags("“Free.\n“Fair.”") == [None]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["Fences", "of", "the", "North"], True),
        (["1984"], False),
        (["Rain"], True),
        (["The", "road", "Home"], False),
        (["of", "Mice"], False),
    ],
)
def test_title_case(words: list[str], expected: bool) -> None:
    assert is_title(words) is expected
