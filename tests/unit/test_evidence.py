"""Evidence in words: every code that the code base can write has a sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import quotes
from quotes.evidence import FIXED, PATTERNS, in_words

CODE = re.compile(r"f?\"((?:marks|model|cue|place|syntax|speaker)(?::[^\"]*)?)\"")
SOURCES = ["rules", "components", "dialogue.py", "reader", "blend.py"]


def codes_in_the_source() -> set[str]:
    """Return the evidence codes that stand as literals in the modules that write evidence."""
    root = Path(quotes.__file__).parent
    paths = [p for name in SOURCES for p in ([root / name] if name.endswith(".py") else (root / name).rglob("*.py"))]
    found = {m for p in paths if p.is_file() for m in CODE.findall(p.read_text(encoding="utf-8")) if ":" in m}
    return {re.sub(r"\{[^{}]*\}", "x", code) for code in found}


def test_every_code_in_the_source_has_a_sentence() -> None:
    codes = codes_in_the_source() - {"speaker:x", "cue:x:x"}  # forms of a mention, parts of speech: tested below
    assert len(codes) > 10, "the search for codes finds nothing"
    assert [c for c in sorted(codes) if in_words(c) == c] == []


@pytest.mark.parametrize("form", ["name", "nominal", "pronoun"])
def test_every_form_of_a_mention_has_a_sentence(form: str) -> None:
    assert in_words(f"speaker:{form}") != f"speaker:{form}"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("cue:verb:say", "The verb “say” reports it."),
        ("cue:verb:point_out", "The verb “point out” reports it."),
        ("cue:noun:claim", "The noun “claim” reports it."),
        ("cue:phrase:according_to", "The phrase “according to” reports it."),
        ("syntax:ccomp", "It is the clause complement of the cue."),
        ("syntax:prep:for", "It is the object of “for” of the cue."),
        ("place:before", "The cue and the source lead up to it."),
    ],
)
def test_in_words(code: str, words: str) -> None:
    assert in_words(code) == words


def test_an_unknown_code_is_kept() -> None:
    assert in_words("colour:blue") == "colour:blue"


def test_sentences_are_sentences() -> None:
    for sentence in [*FIXED.values(), *PATTERNS.values()]:
        assert sentence[0].isupper()
        assert sentence.endswith(".")
