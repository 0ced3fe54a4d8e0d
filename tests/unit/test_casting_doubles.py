"""Clusters that bear the name of a person become one."""

from __future__ import annotations

from handmade import make_doc

from quotes.casting.doubles import join_doubles
from quotes.types import Cluster, Kind, Mention

DOC = make_doc("Helen/PROPN/dep ran/VERB/dep . Helen/PROPN/dep sat/VERB/dep . Ann/PROPN/dep left/VERB/dep .")


def cluster(at: int, kind: Kind) -> Cluster:
    return Cluster((Mention(at, at + 1, at, "name"),), DOC[at].text, kind)


def test_what_is_called_like_a_person_is_joined_and_candidates_follow() -> None:
    clusters, ranked = join_doubles(
        DOC, [cluster(0, "unknown"), cluster(6, "person"), cluster(3, "person")], [[(0, 0.5), (2, 0.25)], [(1, 0.9)]]
    )
    assert [c.name for c in clusters] == ["Ann", "Helen"]
    assert [m.start for m in clusters[1].mentions] == [0, 3]
    assert clusters[1].kind == "person"
    assert ranked == [[(1, 0.75)], [(0, 0.9)]]


def test_nothing_is_joined_without_a_person_of_that_name() -> None:
    rows = [cluster(0, "unknown"), cluster(3, "organization"), cluster(6, "person")]
    assert join_doubles(DOC, rows, [])[0] == rows
