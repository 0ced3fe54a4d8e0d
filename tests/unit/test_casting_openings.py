"""Words that only open sentences of speech are no names."""

from __future__ import annotations

from handmade import make_layout

from quotes.casting.naming import rename
from quotes.casting.openings import openings, without_names
from quotes.rules.layout import Layout
from quotes.types import Cluster, Mention, Reading

TEXT = (
    "“ Lemme/PROPN/dep in/ADV/dep ” said=say/VERB/dep the/DET/dep man/NOUN/dep . "
    "“ Marvel/PROPN/dep , come/VERB/dep ” ¶ “ Ann/PROPN/dep ran/VERB/dep ” ¶ “ Kemp/PROPN/dep ran/VERB/dep ” "
    "and/CCONJ/dep Kemp/PROPN/dep laughed/VERB/dep ."
)


def scene() -> tuple[Layout, list[Reading], list[Cluster]]:
    """Return a text, its quotations, and a cluster for each name, the first with `the man`."""
    layout = make_layout(TEXT)
    readings = [Reading(parts, type="direct") for parts in layout.regions]
    names = [Mention(t.i, t.i + 1, t.i, "name") for t in layout.doc if t.pos_ == "PROPN"]
    man = next(t.i for t in layout.doc if t.text == "man")
    clusters = [Cluster((m,), layout.doc[m.start].text, "person", aliases=(layout.doc[m.start].text,)) for m in names]
    both = Cluster((names[0], Mention(man - 1, man + 1, man, "nominal")), "Lemme", "person", aliases=("Lemme",))
    return layout, readings, [both, *clusters[1:]]


def test_only_what_begins_speech_and_is_neither_address_nor_first_name_nor_met_in_narration() -> None:
    layout, readings, clusters = scene()
    assert openings(layout, readings, clusters) == {"Lemme"}


def test_the_description_is_what_is_left() -> None:
    layout, _, clusters = scene()
    found = without_names(layout.doc, clusters[0], {"Lemme"})
    assert ([m.form for m in found.mentions], found.aliases) == (["nominal"], ())
    assert rename(layout.doc, found).name == "the man"


def test_a_capital_after_a_comma_tells_something() -> None:
    layout = make_layout("“ Well/INTJ/dep , Griffin/PROPN/nsubj/ran ran/VERB/dep ”")
    readings = [Reading(parts, type="direct") for parts in layout.regions]
    assert openings(layout, readings, [Cluster((Mention(3, 4, 3, "name"),), "Griffin", "person")]) == set()


def test_a_cluster_of_names_alone_stays() -> None:
    layout, _, clusters = scene()
    assert without_names(layout.doc, clusters[1], {"Marvel"}) == clusters[1]
    assert without_names(layout.doc, clusters[0], {"Kemp"}) == clusters[0]
