"""Clusters of one name joined: `Helen` whom the entity recogniser took once for a person and once for a place."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from spacy.tokens import Doc

from quotes.casting.naming import rename
from quotes.casting.roster import Ranked, joined, renumbered
from quotes.names import folded
from quotes.types import Cluster

KINDS = frozenset(["person", "unknown", "organization"])


def join_doubles(
    doc: Doc, clusters: Sequence[Cluster], ranked: Sequence[Sequence[tuple[int, float]]], known: Collection[str] = ()
) -> tuple[list[Cluster], Ranked]:
    """Return clusters, those that are called exactly as a person is joined to it, and the ranked candidates with the
    new numbers. `known` are names that stay as they are."""
    called = [folded(c.name if c.name in known else rename(doc, c).name) if _named(c) else () for c in clusters]
    persons: dict[tuple[str, ...], int] = {}
    for number, name in enumerate(called):
        if name and clusters[number].kind == "person":
            persons.setdefault(name, number)
    home = [persons.get(name, n) if clusters[n].kind in KINDS else n for n, name in enumerate(called)]
    place = {n: i for i, n in enumerate(sorted(set(home)))}
    result = [clusters[n] for n in sorted(place)]
    for number, own in enumerate(home):
        if own != number:
            result[place[own]] = joined(result[place[own]], clusters[number])
    return result, [renumbered(rows, [place[n] for n in home]) for rows in ranked]


def _named(cluster: Cluster) -> bool:
    return any(m.form == "name" for m in cluster.mentions)
