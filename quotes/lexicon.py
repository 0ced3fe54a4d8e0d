"""Word lists about people and other speakers, read once from the package's data files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from quotes.paths import data_text

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Titles:
    """Words that stand before or after a person's name. `masculine` and `feminine` serve pronoun links only."""

    masculine: Words
    feminine: Words
    neutral: Words
    modifiers: Words
    suffixes: Words
    particles: Words

    @property
    def all(self) -> Words:
        return self.masculine | self.feminine | self.neutral


@dataclass(frozen=True, slots=True)
class Nouns:
    """Head nouns (lemmas) of phrases that can speak, by what they denote; the groups overlap."""

    person: Words
    group: Words
    organization: Words
    document: Words
    masculine: Words
    feminine: Words
    anonymous: Words
    relational: Words

    @property
    def all(self) -> Words:
        return self.person | self.group | self.organization | self.document


def _load(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(data_text(name))
    return data


@lru_cache(maxsize=1)
def titles() -> Titles:
    """Return the titles of `titles.en.json`."""
    return Titles(**{key: frozenset(words) for key, words in _load("titles.en.json").items()})


@lru_cache(maxsize=1)
def nouns() -> Nouns:
    """Return the head nouns of `nouns.en.json`."""
    return Nouns(**{key: frozenset(words.split()) for key, words in _load("nouns.en.json").items()})


@lru_cache(maxsize=1)
def first_names() -> tuple[Words, Words]:
    """Return the (masculine, feminine) first names of `first_names.en.json`; inner use for pronouns only."""
    data = _load("first_names.en.json")
    return frozenset(data["m"].split()), frozenset(data["f"].split())


@lru_cache(maxsize=1)
def nicknames() -> dict[str, Words]:
    """Return formal first names by familiar form: `{"bob": {"robert"}}`."""
    return {short: frozenset(longs) for short, longs in _load("nicknames.en.json").items()}
