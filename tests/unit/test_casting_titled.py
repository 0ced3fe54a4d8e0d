"""Titles keep people of one last name apart."""

from __future__ import annotations

from handmade import make_doc

from quotes.casting.titled import keep_apart
from quotes.types import Cluster, Form, Kind, Mention, Reading

DOC = make_doc(
    "Miss/PROPN/dep Daisy/PROPN/dep Miller/PROPN/dep left/VERB/dep . Mrs./PROPN/dep Miller/PROPN/dep said/VERB/dep . "
    "Daisy/PROPN/dep laughed/VERB/dep . She/PRON/dep ran/VERB/dep ."
)
AT = {t.text: t.i for t in DOC}


def cluster(*mentions: tuple[int, int, Form], kind: Kind = "person") -> Cluster:
    return Cluster(tuple(Mention(s, e, e - 1, form) for s, e, form in mentions), "Daisy Miller", kind)


DAISY = ((1, 3, "name"), (AT["Daisy"], AT["Daisy"] + 1, "name"), (AT["She"], AT["She"] + 1, "pronoun"))
MOTHER = (AT["Mrs."] + 1, AT["Mrs."] + 2, "name")


def test_mrs_and_miss_are_two_and_sources_follow() -> None:
    both = cluster(*DAISY, MOTHER)  # type: ignore[arg-type]
    said = Reading(content=((0, 1),), source=((AT["Mrs."], AT["Mrs."] + 2),))
    laughed = Reading(content=((0, 1),), source=((AT["Daisy"], AT["Daisy"] + 1),))
    clusters, ranked = keep_apart(DOC, [said, laughed], [both], [[(0, 0.9)], [(0, 0.9)]])
    assert {c.name for c in clusters} == {"Daisy Miller", "Mrs. Miller"}
    mrs = next(n for n, c in enumerate(clusters) if c.name == "Mrs. Miller")
    assert [m.start for m in clusters[mrs].mentions] == [MOTHER[0]]
    assert ranked[0][0][0] == mrs
    assert ranked[1][0][0] != mrs


def test_one_kind_of_title_splits_nothing() -> None:
    alone = cluster(*DAISY)  # type: ignore[arg-type]
    assert keep_apart(DOC, [], [alone], []) == ([alone], [])


def test_only_people_have_titles() -> None:
    firm = cluster(*DAISY, MOTHER, kind="organization")  # type: ignore[arg-type]
    assert keep_apart(DOC, [], [firm], []) == ([firm], [])


def test_a_first_name_without_a_title_goes_with_the_title_that_it_bears_elsewhere() -> None:
    doc = make_doc(
        "Miss/PROPN/dep Daisy/PROPN/dep Miller/PROPN/dep left/VERB/dep . "
        "Mrs./PROPN/dep Miller/PROPN/dep said/VERB/dep . "
        "Mrs./PROPN/dep Miller/PROPN/dep sat/VERB/dep . Daisy/PROPN/dep laughed/VERB/dep ."
    )
    millers = [t.i for t in doc if t.text == "Miller"]
    daisy = next(t.i for t in reversed(list(doc)) if t.text == "Daisy")
    both = cluster((1, 3, "name"), *((i, i + 1, "name") for i in millers[1:]), (daisy, daisy + 1, "name"))
    clusters, _ = keep_apart(doc, [], [both], [])
    assert sorted([m.start for m in c.mentions] for c in clusters) == [[1, daisy], millers[1:]]
