"""Labelled conversations: gold chapters through the pipeline, and which candidates of each turn are the speaker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from quotes.casting.callings import together
from quotes.casting.chain import NOBODY, Link, conversations
from quotes.casting.doubles import join_doubles
from quotes.casting.model import load_model
from quotes.casting.scene import Turn
from quotes.casting.stage import raise_curtain
from quotes.casting.tables import SOLID
from quotes.clusters import read_candidates, read_clusters
from quotes.corpora import GoldDoc, GoldQuote, set_gold
from quotes.evaluate import COREFERENCE, FINDERS, borrow_sources, withhold
from quotes.rules.layout import lay_out
from quotes.scoring.names import same_strict
from quotes.spans import read_readings
from quotes.types import Cluster

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Labels = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A link of a conversation and, for each of its candidates, whether it is right (`NOBODY` where none is)."""

    link: Link
    right: Labels


def labelled(gold: Iterable[GoldDoc], nlp: Language) -> Iterator[list[Labelled]]:
    """Yield the conversations of gold documents: quotations given, sources as the pipeline finds them."""
    from quotes.factories import COMPONENTS

    ours = [name for name in COMPONENTS if name in nlp.pipe_names]
    for document in gold:
        with nlp.select_pipes(disable=ours):
            doc = nlp(document.text)
        yield from label(prepare(doc, document, nlp), document)


def prepare(doc: Doc, gold: GoldDoc, nlp: Language) -> Doc:
    """Put the gold quotations on a Doc with the sources that our finders give them, and the clusters."""
    for name in FINDERS:
        doc = nlp.get_pipe(name)(doc)
    set_gold(doc, borrow_sources(doc, withhold(gold, "quotes"), read_readings(doc).values()))
    return nlp.get_pipe(COREFERENCE[0])(doc)


def label(doc: Doc, gold: GoldDoc) -> list[list[Labelled]]:
    """Return the conversations of a prepared Doc with labels."""
    readings, ranked = read_readings(doc), read_candidates(doc)
    clusters, rows = join_doubles(doc, read_clusters(doc), [ranked.get(key, []) for key in readings])
    scene = raise_curtain(lay_out(doc, ()), list(readings.values()), clusters, rows)
    keys, quotes = list(readings), {q.id: q for q in gold.quotes}

    def labels(link: Link) -> Labelled:
        turn = scene.stage.turns[link.turn]
        return Labelled(link, _right(link, turn, scene.clusters, [quotes[keys[q]] for q in turn.quotes]))

    talks = together(scene.stage, list(conversations(scene.stage)), load_model())
    return [[labels(link) for link in links] for links in talks]


def _right(link: Link, turn: Turn, clusters: tuple[Cluster, ...], quotes: Iterable[GoldQuote]) -> Labels:
    """Return which candidates bear a name of the speaker of all quotations of the turn, or else of the first. Where
    nobody does, the one that a name or a description in the source stands for: nobody else is nearer the truth."""
    right: Labels | None = None
    for quote in quotes:
        names = (*quote.speaker_aliases, *([quote.speaker] if quote.speaker else []))
        own = _bearers(link, clusters, names)
        if own.any():
            right = own if right is None else right & own if (right & own).any() else right
    if right is None:
        called = turn.ranked[0][0] if turn.form in SOLID and turn.ranked else NOBODY
        right = np.array([w == called for w in link.who])
        right[0] |= not right.any()
    return right


def _bearers(link: Link, clusters: tuple[Cluster, ...], names: tuple[str, ...]) -> Labels:
    """Return which candidates have a gold name; where none has it as its own name, which have it as an alias."""
    own = np.array([w != NOBODY and same_strict(clusters[w].name, names) for w in link.who])
    if own.any():
        return own
    return np.array([w != NOBODY and any(same_strict(a, names) for a in clusters[w].aliases) for w in link.who])
