"""From a cue to its source: subjects through coordination and relative clauses, agents, phrases and fallbacks."""

from __future__ import annotations

import pytest
from handmade import make_doc, make_layout

from quotes.rules.layout import Layout
from quotes.rules.sources import agent_of, phrase_of, subject_of, trim, words_before


def find(layout: Layout, form: str) -> int:
    found: int = next(t.i for t in layout.doc if t.text == form)
    return found


@pytest.mark.parametrize(
    ("verb", "subject", "notation"),
    [
        ("said", "Ann", "Ann/PROPN/nsubj/said said=say/VERB/ROOT so/ADV/advmod/said"),
        ("added", "Ann", "Ann/PROPN/nsubj/rose rose=rise/VERB/ROOT and/CCONJ/cc/rose added=add/VERB/conj/rose"),
        ("say", "Ann", "Ann/PROPN/nsubj/went went=go/VERB/ROOT to/PART/aux/say say/VERB/xcomp/went"),
        ("saying", "Ann", "Ann/PROPN/nsubj/left left=leave/VERB/ROOT saying=say/VERB/advcl/left"),
        ("said", "man", "A/DET/det/man man/NOUN/ROOT who/PRON/dep/said said=say/VERB/relcl/man"),
        (
            "saying",
            "Ann",
            "Ann/PROPN/nsubj/began began=begin/VERB/ROOT by/ADP/prep/began saying=say/VERB/pcomp/by",
        ),
    ],
)
def test_subject_of(verb: str, subject: str, notation: str) -> None:
    layout = make_layout(notation)
    found = subject_of(layout, layout.doc[find(layout, verb)])
    assert found is not None
    assert found.text == subject


def test_no_subject() -> None:
    layout = make_layout("Say/VERB/ROOT it/PRON/dobj/Say")
    assert subject_of(layout, layout.doc[0]) is None


def test_a_subject_in_another_paragraph_is_none() -> None:
    layout = make_layout("asked=ask/VERB/ROOT so/ADV/dep/asked ¶ Ann/PROPN/nsubj/asked left/VERB/dep/asked")
    assert subject_of(layout, layout.doc[0]) is None


def test_a_clause_is_no_subject() -> None:
    layout = make_layout("Winning/VERB/csubj/says says=say/VERB/ROOT much/ADJ/dobj/says")
    assert subject_of(layout, layout.doc[1]) is None


@pytest.mark.parametrize(
    "notation",
    [
        "Ann/PROPN/nsubj/left left=leave/VERB/ccomp/works — “ It/PRON/nsubj/works works=work/VERB/ROOT ” — "
        "saying=say/VERB/conj/works no/INTJ/dep/saying",
        "Ann/PROPN/nsubj/left left=leave/VERB/ROOT — “ It/PRON/nsubj/saying works=work/VERB/dep/left ” — "
        "saying=say/VERB/advcl/left no/INTJ/dep/saying",
        "“ Rain/NOUN/nsubj/saying ” Ann/PROPN/nsubj/saying saying=say/VERB/ROOT so/ADV/dep/saying",
        "Ann/PROPN/nsubj/left left=leave/VERB/ROOT — “ a/DET/det/mess mess/NOUN/dobj/left ” — "
        "saying=say/VERB:VBG/acl/mess so/ADV/dep/saying",
    ],
    ids=["governed from between marks", "a subject between marks", "two subjects", "a noun between marks"],
)
def test_what_stands_between_marks_is_no_subject_of_a_verb_outside(notation: str) -> None:
    layout = make_layout(notation)
    found = subject_of(layout, layout.doc[find(layout, "saying")])
    assert found is not None
    assert found.text == "Ann"


def test_the_agent_of_a_passive() -> None:
    doc = make_doc(
        "It/PRON/nsubjpass/denied was=be/AUX/auxpass/denied denied=deny/VERB/ROOT by/ADP/agent/denied Ann/PROPN/pobj/by"
    )
    agent = agent_of(doc[2])
    assert agent is not None
    assert agent.text == "Ann"
    assert agent_of(doc[0]) is None


def test_a_phrase_is_its_subtree_without_edge_punctuation() -> None:
    layout = make_layout("The/DET/det/mayor mayor/NOUN/nsubj/said , Ann/PROPN/appos/mayor , said=say/VERB/ROOT")
    mayor = layout.doc[find(layout, "mayor")]
    assert layout.doc[slice(*phrase_of(layout, mayor, avoid=find(layout, "said")))].text == "The mayor, Ann"


def test_a_phrase_never_runs_over_its_cue() -> None:
    layout = make_layout("A/DET/det/man man/NOUN/ROOT who/PRON/nsubj/said said=say/VERB/relcl/man so/ADV/advmod/said")
    said = find(layout, "said")
    start, end = phrase_of(layout, layout.doc[1], avoid=said)
    assert layout.doc[start:end].text.startswith("A man")
    assert end <= said


def test_a_phrase_stays_outside_the_marks_and_in_its_paragraph() -> None:
    layout = make_layout("“ Go/VERB/dep/Lee . ” Ann/PROPN/compound/Lee Lee/PROPN/ROOT ¶ Reno/PROPN/appos/Lee")
    lee = layout.doc[find(layout, "Lee")]
    assert layout.doc[slice(*phrase_of(layout, lee, avoid=0))].text == "Ann Lee"


def test_trim_drops_edges_but_keeps_a_closing_bracket() -> None:
    layout = make_layout(", and/CCONJ/cc/Lee Lee/PROPN/ROOT ( Reno/PROPN/appos/Lee ) ,")
    low, high = trim(layout, 0, len(layout.doc))
    assert layout.doc[low:high].text == "Lee (Reno)"


def test_words_before_a_verb_without_a_parsed_subject() -> None:
    layout = make_layout(
        "It/PRON/nsubj/ended ended=end/VERB/ROOT . Ann/PROPN/dep/Lee Lee/PROPN/dep , later/ADV/dep said/VERB/ROOT"
    )
    found = words_before(layout, layout.doc[find(layout, "said")])
    assert found is not None
    assert layout.doc[slice(*found)].text == "Ann Lee"


def test_words_before_finds_nothing_at_the_start() -> None:
    layout = make_layout("Said=say/VERB/ROOT Ann/PROPN/nsubj/Said")
    assert words_before(layout, layout.doc[0]) is None


@pytest.mark.parametrize(
    ("notation", "source"),
    [
        ("said=say/VERB/ROOT Ann/PROPN/nsubj/said , looking=look/VERB:VBG/acl/Ann up/ADV/advmod/looking", "Ann"),
        ("said=say/VERB/ROOT Ann/PROPN/nsubj/said , with/ADP/prep/Ann tears/NOUN/pobj/with", "Ann"),
        ("said=say/VERB/ROOT Ann/PROPN/nsubj/said in/ADP/prep/Ann a/DET/det/voice voice/NOUN/pobj/in", "Ann"),
        ("said=say/VERB/ROOT Ann/PROPN/nsubj/said of/ADP/prep/Ann Bath/PROPN/pobj/of", "Ann of Bath"),
        ("said=say/VERB/ROOT Ann/PROPN/nsubj/said , mayor/NOUN/appos/Ann", "Ann, mayor"),
    ],
)
def test_a_phrase_ends_where_it_tells_how_it_was_said(notation: str, source: str) -> None:
    layout = make_layout(notation)
    assert layout.doc[slice(*phrase_of(layout, layout.doc[1], avoid=0))].text == source
