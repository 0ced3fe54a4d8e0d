"""Little scenes for tests of casting: a hand-made Doc with layout, readings of what stands in marks, and clusters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handmade import make_layout
from spacy.tokens import Doc

from quotes.casting.scene import Ranked
from quotes.rules.layout import Layout
from quotes.types import Cluster, Form, Kind, Mention, Range, Reading

PRONOUNS = frozenset({"he", "she", "i", "him", "her", "his", "me", "my"})


@dataclass(frozen=True, slots=True)
class Play:
    """A scene; `ranked` gives each reading's source the cluster that has a mention there."""

    layout: Layout
    readings: tuple[Reading, ...]
    clusters: tuple[Cluster, ...]
    ranked: tuple[Ranked, ...]

    @property
    def doc(self) -> Doc:
        return self.layout.doc

    def at(self, text: str, nth: int = 0) -> int:
        """Return the index of the nth token with this text."""
        found: list[int] = [t.i for t in self.doc if t.text == text]
        return found[nth]


def play(notation: str, *cast: Sequence[str], sources: dict[int, str] | None = None, kind: Kind = "person") -> Play:
    """Build a scene. Each member of the cast is a list of words that are its mentions, `sources` gives readings (by
    number) a word outside the marks as their source: the last one before its end of paragraph."""
    layout = make_layout(notation)
    clusters = tuple(_cluster(layout, words, kind) for words in cast)
    owner = {m.head: n for n, c in enumerate(clusters) for m in c.mentions}
    readings, ranked = [], []
    for number, parts in enumerate(layout.regions):
        source = _source(layout, parts[-1][1], (sources or {}).get(number))
        readings.append(Reading(content=parts, source=source, type="direct"))
        ranked.append([(owner[source[0][0]], 0.9)] if source and source[0][0] in owner else [])
    return Play(layout, tuple(readings), clusters, tuple(ranked))


def _source(layout: Layout, after: int, word: str | None) -> tuple[Range, ...]:
    if word is None:
        return ()
    found = next(t.i for t in layout.doc[after:] if t.text == word)
    return ((found, found + 1),)


def _cluster(layout: Layout, words: Sequence[str], kind: Kind) -> Cluster:
    mentions = [Mention(t.i, t.i + 1, t.i, _form(t.text)) for t in layout.doc if t.text in words]
    return Cluster(tuple(mentions), words[0], kind)


def _form(word: str) -> Form:
    if word.lower() in PRONOUNS:
        return "pronoun"
    return "name" if word[0].isupper() else "nominal"
