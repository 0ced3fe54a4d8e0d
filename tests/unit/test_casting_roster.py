"""A list of known characters: it names clusters, joins those of one character, and leaves what fits two alone."""

from __future__ import annotations

from quotes.casting.roster import enrol, read_roster
from quotes.types import Cluster, Mention

ROSTER = read_roster(
    ["# People", "", "Hercule Poirot", "Griffin; the Invisible Man ; The Stranger", "John Cavendish", "Mary Cavendish"]
)


def cluster(name: str, at: int, *aliases: str) -> Cluster:
    return Cluster((Mention(at, at + 1, at, "name"),), name, "person", None, aliases)


def names(*clusters: Cluster) -> list[str]:
    return [c.name for c in enrol(clusters, [], ROSTER)[0]]


def test_lines_comments_and_other_names() -> None:
    assert ROSTER[:2] == (("Hercule Poirot",), ("Griffin", "the Invisible Man", "The Stranger"))
    assert len(ROSTER) == 4


def test_a_part_of_a_name_and_another_name_take_the_name() -> None:
    assert names(cluster("Poirot", 0), cluster("the stranger", 1)) == ["Hercule Poirot", "Griffin"]


def test_a_name_that_fits_two_stays() -> None:
    assert names(cluster("Cavendish", 0)) == ["Cavendish"]
    assert names(cluster("Mary", 0)) == ["Mary Cavendish"]


def test_an_unknown_name_stays() -> None:
    assert names(cluster("Japp", 0)) == ["Japp"]


def test_clusters_of_one_character_become_one_and_candidates_follow() -> None:
    clusters = [cluster("Griffin", 0), cluster("Kemp", 1), cluster("the Invisible Man", 2)]
    joined, ranked = enrol(clusters, [[(2, 0.5), (1, 0.3), (0, 0.2)]], ROSTER)
    assert [(c.name, len(c.mentions)) for c in joined] == [("Griffin", 2), ("Kemp", 1)]
    assert "the Invisible Man" in joined[0].aliases
    assert ranked == [[(0, 0.7), (1, 0.3)]]
