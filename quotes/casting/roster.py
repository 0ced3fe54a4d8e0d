"""Known characters: a list of names joins clusters of one text and gives them the names of the whole book."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from quotes.names import PersonName, clash, fold, folded, parse_name, same_person, title_gender
from quotes.types import Cluster

Roster = tuple[tuple[str, ...], ...]
Ranked = list[list[tuple[int, float]]]


def read_roster(lines: Iterable[str]) -> Roster:
    """Return the characters of a list: one a line, the name first, other names of the same one after semicolons. Empty
    lines and lines that begin with `#` are skipped."""
    rows = (tuple(name.strip() for name in line.split(";") if name.strip()) for line in lines)
    return tuple(row for row in rows if row and not row[0].startswith("#"))


def enrol(
    clusters: Sequence[Cluster], ranked: Sequence[Sequence[tuple[int, float]]], roster: Roster
) -> tuple[list[Cluster], Ranked]:
    """Return clusters under the names of the roster, those of one character joined, and the ranked candidates with the
    numbers of the new clusters. A name that fits two characters of the roster stays as it is."""
    member = [_member(c, roster) for c in clusters]
    place: dict[int, int] = {}
    result: list[Cluster] = []
    new: list[int] = []
    for cluster, entry in zip(clusters, member, strict=True):
        if entry is not None and entry in place:
            result[place[entry]] = joined(result[place[entry]], cluster)
        else:
            result.append(cluster if entry is None else _named(cluster, roster[entry][0]))
            if entry is not None:
                place[entry] = len(result) - 1
        new.append(len(result) - 1 if entry is None else place[entry])
    return result, [renumbered(rows, new) for rows in ranked]


def _member(cluster: Cluster, roster: Roster) -> int | None:
    """Return the one character whose names a cluster bears: the very name first, then a part of one."""
    names = dict.fromkeys((cluster.name, *cluster.aliases))
    exact = {n for n, row in enumerate(roster) for name in row if any(folded(name) == folded(x) for x in names)}
    found = exact or {n for n, row in enumerate(roster) if any(_part_of(cluster.name, name) for name in row)}
    return next(iter(found)) if len(found) == 1 else None


def _part_of(short: str, name: str) -> bool:
    a, b = parse_name(short), parse_name(name)
    if clash(title_gender(a.titles), title_gender(b.titles)) or not short[:1].isupper():
        return False
    return same_person(a, b) if a.full else fold(a.last) in _words(b)


def _words(name: PersonName) -> set[str]:
    return {fold(word) for word in (*name.given, name.last) if word}


def _named(cluster: Cluster, name: str) -> Cluster:
    aliases = tuple(dict.fromkeys((cluster.name, *cluster.aliases)))
    return Cluster(cluster.mentions, name, cluster.kind, cluster.role, tuple(a for a in aliases if a != name))


def joined(a: Cluster, b: Cluster) -> Cluster:
    """Return two clusters as one, under the name of the first."""
    mentions = tuple(sorted((*a.mentions, *b.mentions), key=lambda m: (m.start, m.end)))
    aliases = dict.fromkeys((*a.aliases, b.name, *b.aliases))
    kind = a.kind if a.kind != "unknown" else b.kind
    return Cluster(mentions, a.name, kind, a.role or b.role, tuple(x for x in aliases if x != a.name))


def renumbered(rows: Sequence[tuple[int, float]], new: Sequence[int]) -> list[tuple[int, float]]:
    """Return ranked candidates with new numbers; shares of what is now one are added."""
    shares: dict[int, float] = defaultdict(float)
    for who, share in rows:
        shares[new[who]] += share
    return sorted(shares.items(), key=lambda row: -row[1])
