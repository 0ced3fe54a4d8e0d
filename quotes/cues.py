"""Reporting verbs, nouns and phrases: the lexicon in `data/cues.en.json`, and how well each frame of a verb reports."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from quotes.paths import data_text

SPEECH = frozenset({"neutral", "claim", "doubt", "manner"})


@dataclass(frozen=True, slots=True)
class Cue:
    """An entry of the lexicon. `frames` gives for each complement (`ccomp`, `dobj`, `prep:for`, ...) the share of its
    occurrences in the training corpus that were attributions, smoothed; `speech` tells whether it can carry a quote."""

    lemma: str
    cls: str
    frames: dict[str, float]

    @property
    def speech(self) -> bool:
        return self.cls in SPEECH


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Cues by lemma (verbs with their particle as `point_out`), nouns (`claim that ...`) and fixed phrases."""

    verbs: dict[str, Cue]
    nouns: dict[str, Cue]
    phrases: tuple[tuple[str, ...], ...]

    def verb(self, token: Token) -> Cue | None:
        """Return the entry of a verb, with its particle if it has one, or with the `it` of `as she put it`."""
        lemma = token.lemma_.lower()
        tails = (c.lower_ for c in token.children if c.dep_ == "prt" or (c.lower_ == "it" and _of_manner(token)))
        longer = (self.verbs.get(f"{lemma}_{tail}") for tail in tails)
        return next(filter(None, longer), None) or self.verbs.get(lemma)

    def noun(self, token: Token) -> Cue | None:
        return self.nouns.get(token.lemma_.lower())


def _of_manner(verb: Token) -> bool:
    return any(c.lower_ in ("as", "how") for c in verb.children)


@lru_cache(maxsize=4)
def load_lexicon(language: str = "en") -> Lexicon:
    """Read the lexicon of a language from the package's data. Raises `FileNotFoundError` for a language without one."""
    data = json.loads(data_text(f"cues.{language}.json"))

    def entries(part: dict[str, dict[str, object]]) -> dict[str, Cue]:
        return {k: Cue(k, str(v["class"]), dict(v.get("frames", {}))) for k, v in part.items()}  # type: ignore[call-overload]

    return Lexicon(entries(data["verbs"]), entries(data["nouns"]), tuple(tuple(p.split()) for p in data["phrases"]))
