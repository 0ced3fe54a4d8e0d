"""What spoke against a candidate, in words: the features in which it falls behind the one that was chosen."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from quotes.clusters import read_clusters
from quotes.coref.entities import Entity
from quotes.coref.features import ASKER, COLUMNS, Matrix
from quotes.coref.nodes import Node
from quotes.coref.pronouns import link_pronouns
from quotes.coref.ranker import Candidates, Shares, likeness, ranker
from quotes.coref.resolver import begin
from quotes.reader.likeness import Vectors, left
from quotes.spans import read_readings

Features = Mapping[str, float]
"""The features of one candidate by name, as `quotes.coref.features` gives them."""
Weighed = Mapping[str, Features]
"""The candidates for one source, by the names of their entities; empty where the ranker was not asked."""
NAME = "quote_weighing"
ALIKE = "alike"
"""The feature beside those of `COLUMNS`: what the likeness of words adds, in logits."""
MOST = 3
LOWEST = 1e-9
LEAST = 0.1
"""How many logits a group of features must cost a candidate to be told."""


@dataclass(slots=True)
class Scales:
    """The shipped ranker, which also keeps what it was asked about the sources of readings: (entity, features)."""

    vectors: Vectors | None = None
    rows: dict[int, list[tuple[int, Features]]] = field(default_factory=dict)

    def __call__(self, node: Node, candidates: Candidates, rows: Matrix) -> Shares:
        """Return what the ranker says; `Judge`."""
        unseen = np.zeros(len(rows), np.float32)
        alike = unseen if self.vectors is None else likeness(self.vectors, node, candidates)
        features = [
            {**dict(zip(COLUMNS, map(float, row), strict=True)), ALIKE: float(more)}
            for row, more in zip(rows, alike, strict=True)
        ]
        for reading in node.sources:
            self.rows[reading] = list(zip(candidates, features, strict=True))
        return ranker().ranked(node, candidates, rows, alike)


class Weighing:
    """A component for explanations: keeps the candidates for each reading of each Doc that passes, changes nothing."""

    def __init__(self) -> None:
        self.seen: list[Weighed] = []

    def __call__(self, doc: Doc) -> Doc:
        readings = list(read_readings(doc).values())
        _, board = begin(doc, readings)
        scales = Scales(left(doc))
        link_pronouns(doc, board, scales)
        names = {(m.start, m.end): c.name for c in read_clusters(doc) for m in c.mentions}
        for number in range(len(readings)):
            rows = scales.rows.get(number, [])
            called = ((_name(board.entities[entity], names), features) for entity, features in rows)
            self.seen.append({name: features for name, features in called if name})
        return doc


def _name(entity: Entity, names: Mapping[tuple[int, int], str]) -> str | None:
    """Return what the cluster of an entity is called, by the first of its mentions that is in one."""
    found = (names.get((n.mention.start, n.mention.end)) for n in entity.nodes if not n.pronoun)
    return next(filter(None, found), None)


def _make(nlp: Language, name: str) -> Weighing:
    return Weighing()


Language.factory(NAME, func=_make)


def weigh(weighed: Weighed, chosen: str, other: str) -> Iterator[str]:
    """Yield what cost `other` most against `chosen` (names of candidates), worst first, at most `MOST`."""
    if chosen not in weighed or other not in weighed:
        return
    ours, theirs = weighed[chosen], weighed[other]
    costs = [(_gain(theirs, ours, columns), words(ours, theirs, chosen)) for columns, words in GROUPS]
    told = sorted(((cost, text) for cost, text in costs if text and cost >= LEAST), reverse=True)
    yield from (text for _, text in told[:MOST])


def _gain(row: Features, model: Features, columns: Sequence[str]) -> float:
    """Return how much better a candidate would score with another's values in some columns, in logits, calibrated."""
    other = {**row, **{c: model.get(c, 0.0) for c in columns}}
    pair = np.array([[r[c] for c in COLUMNS] for r in (row, other)], dtype=np.float32)
    kind = next(k for k, asker in enumerate(ASKER[:4]) if row[asker])
    before, after = ranker().shares(kind, pair, alike=np.array([r.get(ALIKE, 0.0) for r in (row, other)], np.float32))
    return math.log(max(after, LOWEST) / max(before, LOWEST))


def _sentences(gap: float) -> str:
    n = round(math.expm1(gap))
    return "in the same sentence" if n == 0 else f"{n} sentence{'s' * (n > 1)} away"


def _distance(ours: Features, theirs: Features, name: str) -> str | None:
    if theirs["ahead"] and not ours["ahead"]:
        return "it is named only afterwards"
    if theirs["gap"] > ours["gap"]:
        return f"it stands {_sentences(theirs['gap'])}, {name} {_sentences(ours['gap'])}"
    return f"{name} stands nearer" if theirs["order"] > ours["order"] else None


def _subject(ours: Features, theirs: Features, name: str) -> str | None:
    if ours["above"] and not theirs["above"]:
        return f"{name} is the subject of the clause around it"
    if ours["subj"] and not theirs["subj"]:
        return f"it is not the subject where it stands, {name} is"
    return f"{name} was a subject more recently" if theirs["subject gap"] > ours["subject gap"] else None


def _times(ours: Features, theirs: Features, name: str) -> str | None:
    for column, what in (("mentions", "mentioned nearby"), ("in all", "named in the text")):
        mine, its = (round(math.expm1(f[column])) for f in (ours, theirs))
        if its < mine:
            return f"it is {what} {its} time{'s' * (its != 1)}, {name} {mine}"
    return None


def _spoke(ours: Features, theirs: Features, name: str) -> str | None:
    if ours["last speaker"] and not theirs["last speaker"]:
        return f"{name} spoke last"
    return f"it has not spoken nearby, {name} has" if ours["spoke"] and not theirs["spoke"] else None


def _quotation(ours: Features, theirs: Features, name: str) -> str | None:
    quoted = theirs["other quotation"] and not ours["other quotation"]
    return f"it stands inside a quotation, {name} does not" if quoted else None


def _form(ours: Features, theirs: Features, name: str) -> str | None:
    if ours["name"] > theirs["name"]:
        return f"a name of {name} stands nearest, of it only a {'pronoun' if theirs['pronoun'] else 'description'}"
    return None


def _words(ours: Features, theirs: Features, name: str) -> str | None:
    if ours["called so"] > theirs["called so"]:
        return f"the text calls {name} so, and not it"
    alike = any(ours[c] > theirs[c] for c in ("likeness", "shared words"))
    return f"the words for {name} are more like the source" if alike else None


def _kind(ours: Features, theirs: Features, name: str) -> str | None:
    kinds = (k for k in ("organization", "group") if theirs[k] and not ours[k])
    return next((f"it is {'an' if k[0] == 'o' else 'a'} {k}, {name} is not" for k in kinds), None)


def _context(ours: Features, theirs: Features, name: str) -> str | None:
    return f"the words around fit {name} better" if ours.get(ALIKE, 0.0) > theirs.get(ALIKE, 0.0) else None


Words = Callable[[Features, Features, str], str | None]
GROUPS: tuple[tuple[tuple[str, ...], Words], ...] = (
    (("gap 0", "gap 1", "gap 2", "gap", "order", "first in order", "same paragraph", "paragraphs", "ahead"), _distance),
    (("subj", "obj", "pobj", "poss", "above", "subject gap", "subject gap 0", "subject gap 1"), _subject),
    (("mentions", "recent mentions", "in all", "most of all"), _times),
    (("last speaker", "last speaker near", "spoke", "source", "its speaker"), _spoke),
    (("other quotation", "same quotation"), _quotation),
    (("name", "description", "pronoun", "named", "same word"), _form),
    (("called so", "likeness", "shared words"), _words),
    (("person", "organization", "group", "unknown"), _kind),
    ((ALIKE,), _context),
)
"""Groups of features that are told together, and their words. Those of gender and number are left out: nothing that
the resolver thinks of them is put out."""
