"""Who tells a story in the first person: `I` outside quotation marks, and the name that others call this person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from quotes.casting.addressed import is_vocative
from quotes.casting.characters import contents, is_a_name
from quotes.casting.scene import source_form
from quotes.names import is_first_name
from quotes.rules.layout import Layout
from quotes.types import Cluster, Kind, Mention, Reading

FIRST = frozenset(["i", "me", "my", "myself"])
LEAST, SHARE = 5, 0.008
LEAST_CALLS, SELDOM, AGAINST, NEAR = 2, 2, 2, 2
OATHS = frozenset(["christ", "gad", "god", "heaven", "heavens", "jesus", "lord", "providence"])
UNNAMED = "the narrator"


def with_narrator(
    layout: Layout, readings: Sequence[Reading], clusters: Sequence[Cluster]
) -> tuple[tuple[Cluster, ...], int | None]:
    """Return the clusters with the narrator's `I` in one of them (a new one where no name is known), and its number;
    (the clusters, None) where nobody says `I` in the narration often enough."""
    inside = contents(len(layout.doc), readings)
    quoted = {i for r in readings if r.type == "mixed" for s, e in r.content for i in range(s, e)}
    told = [t.i for t in layout.doc if inside[t.i] < 0 and t.lower_ in FIRST and t.i not in quoted]
    if len(told) < LEAST or len(told) < SHARE * inside.count(-1):
        return tuple(clusters), None
    mentions = [Mention(i, i + 1, i, "pronoun") for i in told]
    known = _known_by_address(layout, readings, clusters, inside)
    if known is None:
        taken = {m.head for c in clusters for m in c.mentions}
        own = tuple(m for m in mentions if m.head not in taken)
        return ((*clusters, Cluster(own, UNNAMED, "person")), len(clusters)) if own else (tuple(clusters), None)
    others = {m.head for n, c in enumerate(clusters) if n != known for m in c.mentions}
    kept = {m.head: m for m in mentions if m.head not in others} | {m.head: m for m in clusters[known].mentions}
    joined = replace(clusters[known], mentions=tuple(kept[i] for i in sorted(kept)), kind="person")
    return (*clusters[:known], joined, *clusters[known + 1 :]), known


def _known_by_address(
    layout: Layout, readings: Sequence[Reading], clusters: Sequence[Cluster], inside: Sequence[int]
) -> int | None:
    """Return the cluster that others address by name most clearly while narration (nearly) never has that name."""
    doc = layout.doc
    small = {t.lower_ for t in doc if t.text.islower()}
    told = Counter(t.text for t in doc if inside[t.i] < 0 and t.is_title)
    worth = _worth(layout, readings)
    best, most = None, LEAST_CALLS - 1
    for number, cluster in enumerate(clusters):
        names = [m for m in cluster.mentions if m.form == "name" and is_a_name(doc, m.start, m.end, small)]
        calls = {m.head for m in names if inside[m.head] >= 0 and is_vocative(doc, m.start, m.end)}
        called = sum(worth[inside[i]] for i in calls)
        seen = max((told[t.text] for m in names for t in doc[m.start : m.end] if t.is_title), default=0)
        if called - SELDOM * seen > most and _personal(doc, cluster.kind, names):
            best, most = number, called - SELDOM * seen
    return best


def _worth(layout: Layout, readings: Sequence[Reading]) -> list[int]:
    """Return, by reading, what a call in it says for its being the narrator's name: less than nothing where `I` utters
    it, twice as much where `I` utters one of the quotations beside it."""
    mine = [r.type == "direct" and source_form(layout, r) == "i" for r in readings]
    paragraph = [layout.paragraph_of[r.start] for r in readings]
    found = []
    for number, here in enumerate(paragraph):
        near = range(max(0, number - NEAR), min(len(readings), number + NEAR + 1))
        answered = any(mine[n] and abs(paragraph[n] - here) <= 1 for n in near)
        found.append(-AGAINST if mine[number] else 1 + answered)
    return found


def _personal(doc: Doc, kind: Kind, names: Sequence[Mention]) -> bool:
    """Tell whether names are a person's: one by kind, or where that is unknown, a first name (`Monday` is none, nor is
    what people swear by)."""
    if all(doc[m.head].lower_ in OATHS for m in names):
        return False
    return kind == "person" or (kind == "unknown" and any(is_first_name(doc[m.start].text) for m in names))
