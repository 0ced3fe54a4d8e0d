"""Indirect quotation: the complement of a cue, its edges, its threshold."""

from __future__ import annotations

from handmade import LEXICON, make_layout, texts

from quotes.rules.clauses import clause_readings, content_ranges
from quotes.rules.events import find_events
from quotes.rules.layout import Layout
from quotes.types import Reading

ANN = "Ann/PROPN/nsubj/said said=say/VERB/ROOT"
CLAUSE = "that/SCONJ/mark/won they/PRON/nsubj/won won=win/VERB/ccomp/said"


def clauses(notation: str, **options: float) -> tuple[Layout, list[Reading]]:
    layout = make_layout(notation)
    return layout, clause_readings(layout, find_events(layout, LEXICON), **options)


def contents(notation: str, **options: float) -> list[list[str]]:
    layout, found = clauses(notation, **options)
    return [texts(layout.doc, r.content) for r in found]


def test_a_clause_without_its_full_stop() -> None:
    layout, (reading,) = clauses(f"{ANN} {CLAUSE} .")
    assert texts(layout.doc, reading.content) == ["that they won"]
    assert texts(layout.doc, reading.source) == ["Ann"]
    assert (reading.type, reading.score, reading.evidence) == ("indirect", 0.9, ("cue:verb:say", "syntax:ccomp"))
    assert reading.flags == ()


def test_a_negated_cue_is_flagged() -> None:
    _, (reading,) = clauses("Ann/PROPN/nsubj/denied denied=deny/VERB/ROOT guilt/NOUN/dobj/denied .")
    assert reading.flags == ("negated",)


def test_a_frame_that_seldom_reports_is_left_out() -> None:
    assert contents(f"{ANN} grace/NOUN/dobj/said .") == []
    assert contents(f"{ANN} {CLAUSE} .", threshold=0.95) == []


def test_marks_inside_lower_the_bar() -> None:
    assert contents(f"{ANN} “ grace/NOUN/dobj/said ” .") == [["“grace”"]]


def test_without_a_source_a_verb_reports_nothing_but_a_noun_does() -> None:
    assert contents(f"Said=say/VERB/ROOT {CLAUSE.replace('/said', '/Said')} .") == []
    assert contents("A/DET/det/promise promise/NOUN/ROOT to/PART/aux/go go/VERB/acl/promise .") == [["to go"]]


def test_a_cue_inside_marks_is_somebody_elses() -> None:
    assert contents(f"“ {ANN} {CLAUSE} . ”") == []


def test_an_attribution_in_the_middle_parts_the_content() -> None:
    notation = "They/PRON/nsubj/won , Ann/PROPN/nsubj/said said=say/VERB/parataxis/won , won=win/VERB/ROOT ."
    assert contents(notation) == []  # the verb is no complement of the cue
    notation = "They/PRON/nsubj/won , Ann/PROPN/nsubj/said said=say/VERB/ROOT , won=win/VERB/ccomp/said ."
    assert contents(notation) == [["They", "won"]]


def test_the_object_before_an_infinitive_belongs_to_it_except_after_verbs_of_telling() -> None:
    rest = "to/PART/aux/go go/VERB/xcomp/{} ."
    assert contents(f"Ann/PROPN/nsubj/said said=say/VERB/ROOT Bob/PROPN/dobj/said {rest.format('said')}") == [
        ["Bob to go"]
    ]
    told = f"Ann/PROPN/nsubj/told told=tell/VERB/ROOT Bob/PROPN/dobj/told {rest.format('told')}"
    assert contents(told) == [["to go"]]


def test_content_stays_in_the_paragraph_of_its_cue() -> None:
    assert contents(f"{ANN} they/PRON/nsubj/won won=win/VERB/ccomp/said ¶ Rain/NOUN/dep/won") == [["they won"]]


def test_ranges_close_gaps_of_punctuation_and_trim_edges() -> None:
    layout = make_layout(", one/NUM/dep , two/NUM/dep ; three/NUM/dep .")
    assert texts(layout.doc, content_ranges(layout, [0, 1, 3, 6])) == ["one, two"]
    assert texts(layout.doc, content_ranges(layout, [1, 5])) == ["one", "three"]
    assert content_ranges(layout, [0, 2]) == ()
    assert content_ranges(layout, []) == ()


def test_marks_at_the_edges_stay() -> None:
    layout = make_layout("“ one/NUM/dep . ”")
    assert texts(layout.doc, content_ranges(layout, range(4))) == ["“one.”"]
