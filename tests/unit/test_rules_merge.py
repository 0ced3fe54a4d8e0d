"""Which readings stand: direct before clauses, long before short, whole regions, and types by what is in marks."""

from __future__ import annotations

from handmade import make_layout, texts

from quotes.rules.merge import embedded_regions, merge
from quotes.types import Range, Reading

LAYOUT = make_layout(
    "Ann/PROPN/nsubj/said said=say/VERB/ROOT it/PRON/nsubj/was was=be/AUX/ccomp/said “ a/DET/det/day sad/ADJ/amod/day "
    "day/NOUN/attr/was ” for/ADP/prep/was us/PRON/pobj/for . ¶ “ Go/VERB/ROOT . ”"
)
SOURCE: tuple[Range, ...] = ((0, 1),)
MIXED = Reading(content=((2, 11),), cue=((1, 2),), source=SOURCE, evidence=("cue:verb:say",))
SAD, GO = LAYOUT.regions


def direct(*content: Range) -> Reading:
    return Reading(content=content, type="direct", evidence=("marks",))


def contents(*readings: Reading) -> list[list[str]]:
    return [texts(LAYOUT.doc, r.content) for r in readings]


def test_the_layout_is_as_meant() -> None:
    assert contents(MIXED, direct(*SAD), direct(*GO)) == [["it was “a sad day” for us"], ["“a sad day”"], ["“Go.”"]]


def test_types() -> None:
    whole = Reading(content=SAD, source=SOURCE)
    plain = Reading(content=((9, 11),), source=SOURCE)
    assert [merge(LAYOUT, [], [r])[0].type for r in (MIXED, whole, plain)] == ["mixed", "direct", "indirect"]


def test_a_clause_that_cuts_a_region_takes_it_whole() -> None:
    (reading,) = merge(LAYOUT, [], [Reading(content=((2, 6),), source=SOURCE)])
    assert contents(reading) == [["it was “a sad day”"]]


def test_a_clause_yields_to_a_direct_quotation() -> None:
    assert contents(*merge(LAYOUT, [direct(*SAD)], [MIXED])) == [["“a sad day”"]]


def test_a_clause_whose_cue_is_quoted_yields() -> None:
    clause = Reading(content=((9, 11),), cue=((6, 7),), source=SOURCE)
    assert contents(*merge(LAYOUT, [direct(*SAD)], [clause])) == [["“a sad day”"]]


def test_of_two_clauses_the_longer_stands() -> None:
    short = Reading(content=((9, 11),), source=SOURCE)
    assert contents(*merge(LAYOUT, [], [short, MIXED])) == [["it was “a sad day” for us"]]


def test_text_order() -> None:
    assert contents(*merge(LAYOUT, [direct(*GO)], [MIXED])) == [["it was “a sad day” for us"], ["“Go.”"]]


def test_a_bare_direct_quotation_adopts_the_attribution_of_the_same_clause() -> None:
    same = Reading(content=SAD, cue=((1, 2),), source=SOURCE, score=0.8, evidence=("cue:verb:say", "syntax:dobj"))
    (reading,) = merge(LAYOUT, [direct(*SAD)], [same])
    assert (reading.type, reading.cue, reading.source, reading.score) == ("direct", same.cue, SOURCE, 0.8)
    assert reading.evidence == ("marks", "cue:verb:say", "syntax:dobj")


def test_an_attribution_of_its_own_is_kept() -> None:
    own = Reading(content=SAD, type="direct", source=((10, 11),), evidence=("marks",))
    same = Reading(content=SAD, cue=((1, 2),), source=SOURCE)
    assert merge(LAYOUT, [own], [same]) == [own]


def test_embedded_regions() -> None:
    assert embedded_regions(LAYOUT, [MIXED]) == {0}
    assert embedded_regions(LAYOUT, [direct(*SAD)]) == set()
    assert embedded_regions(LAYOUT, []) == set()
