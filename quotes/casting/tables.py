"""A text with its turns and cast, and the tables in which `features` looks things up."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from quotes.casting.addressed import is_vocative
from quotes.casting.characters import Cast, Place
from quotes.casting.scene import Turn
from quotes.names import folded
from quotes.rules.layout import Layout
from quotes.types import Reading

MOST = 12
REGULARS = 4
BACK, AHEAD = 8, 2
CROWD, REACH = 200, 600
SOLID = ("name", "nominal", "kin")
"""Forms of a source whose words tell who is meant."""
ARTICLES = frozenset(["the", "a", "an", "this", "that", "his", "her", "their", "my", "our"])
Words = tuple[str, ...]


@dataclass(slots=True)
class Stage:
    """A text with its turns and cast, and the tables that the features look things up in."""

    layout: Layout
    readings: Sequence[Reading]
    turns: Sequence[Turn]
    cast: Cast
    turn_of: dict[int, int] = field(default_factory=dict)
    said: list[list[Place]] = field(default_factory=list)
    called: list[set[int]] = field(default_factory=list)
    sourced: list[int | None] = field(default_factory=list)
    speaks: Counter[int] = field(default_factory=Counter)
    turns_in: dict[int, list[int]] = field(default_factory=dict)
    told: dict[int, list[Place]] = field(default_factory=dict)
    regulars: list[int] = field(default_factory=list)
    called_so: dict[int, Counter[Words]] = field(default_factory=dict)
    """How often narration calls each cluster by some words, and by their head alone; pronouns do not count."""


def set_stage(
    layout: Layout,
    readings: Sequence[Reading],
    turns: Sequence[Turn],
    cast: Cast,
) -> Stage:
    """Prepare the tables: mentions by turn and by paragraph of narration, vocatives, characters with a solid source."""
    stage = Stage(layout, readings, turns, cast)
    stage.turn_of = {q: n for n, turn in enumerate(turns) for q in turn.quotes}
    stage.said = [[] for _ in turns]
    stage.turns_in = defaultdict(list)
    for n, turn in enumerate(turns):
        for paragraph in range(turn.paragraph, turn.last + 1):
            stage.turns_in[paragraph].append(n)
    for paragraph, places in cast.by_paragraph.items():
        stage.told[paragraph] = [p for p in places if p.quote < 0]
        for place in places:
            if place.quote >= 0 and place.quote in stage.turn_of:
                stage.said[stage.turn_of[place.quote]].append(place)
    doc = layout.doc
    stage.called = [
        {p.who for p in places if p.form != "pronoun" and is_vocative(doc, p.start, p.end)} for places in stage.said
    ]
    stage.sourced = [t.ranked[0][0] if t.form in (*SOLID, "i") and t.ranked else None for t in turns]
    stage.speaks.update(w for w in stage.sourced if w is not None)
    able = [w for w, c in enumerate(cast.characters) if (c.able and c.named) or c.narrator]
    stage.regulars = sorted(able, key=lambda w: -len(cast.characters[w].places))[:REGULARS]
    stage.called_so = {w: _callings(layout.doc, c.places) for w, c in enumerate(cast.characters)}
    return stage


def _callings(doc: Doc, places: Sequence[Place]) -> Counter[Words]:
    found = Counter[Words]()
    for place in places:
        if place.form != "pronoun" and place.quote < 0:
            found.update(set(_names(doc, place)))
    return found


def _names(doc: Doc, place: Place) -> tuple[Words, Words]:
    """Return the words of a mention without articles, and its head."""
    words = tuple(w for w in folded(doc[place.start : place.end].text) if w not in ARTICLES)
    return words, (doc[place.at].lemma_.lower(),)


def calling(stage: Stage, turn: Turn) -> tuple[Words, Words]:
    """Return what the source of a turn calls its speaker: words without articles, and their head; empty where no
    mention stands in it."""
    source = next((stage.readings[q].source for q in turn.quotes if stage.readings[q].source), ())
    paragraphs = range(turn.paragraph, turn.last + 1)
    for place in (p for n in paragraphs for p in stage.cast.by_paragraph.get(n, ())):
        if place.form != "pronoun" and any(s <= place.at < e for s, e in source):
            return _names(stage.layout.doc, place)
    return (), ()


def window(places: Sequence[Place], at: int) -> Sequence[Place]:
    """Return the places of a paragraph, of a very long one only those near a token, so that time stays linear."""
    if len(places) <= CROWD:
        return places
    return places[
        bisect_left(places, at - REACH, key=lambda p: p.at) : bisect_left(places, at + REACH, key=lambda p: p.at)
    ]


def candidates(stage: Stage, number: int) -> list[int]:
    """Return the clusters that may speak a turn: those of its source, and whoever is near, nearest first."""
    turn = stage.turns[number]
    worth: dict[int, float] = {}
    for paragraph in range(turn.paragraph - BACK, turn.last + AHEAD + 1):
        after = paragraph - turn.last
        gap = 3 + after if after > 0 else max(0, turn.paragraph - paragraph)
        for place in window(stage.cast.by_paragraph.get(paragraph, ()), turn.start):
            value = (1.0 if place.quote < 0 else 0.6) * (0.3 if place.form == "pronoun" else 1.0) / (1 + gap)
            worth[place.who] = worth.get(place.who, 0.0) + value
    for other in range(max(0, number - 8), min(len(stage.turns), number + 6)):
        speaker = stage.sourced[other]
        for w in stage.called[other] | ({speaker} if speaker is not None else set()):
            worth[w] = worth.get(w, 0.0) + 0.5
    for w in stage.regulars:
        worth[w] = worth.get(w, 0.0) + 0.3
    for who, share in turn.ranked:
        worth[who] = worth.get(who, 0.0) + 5 * share
    able = [w for w in worth if stage.cast.characters[w].able]
    return sorted(able, key=lambda w: (-worth[w], w))[:MOST]
