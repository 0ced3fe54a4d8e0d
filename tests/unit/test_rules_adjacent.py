"""The cue beside a quoted region: before it, after it, by syntax, by place, by a dash."""

from __future__ import annotations

import pytest
from handmade import LEXICON, make_layout, texts

from quotes.rules.adjacent import (
    NEXT_LINE,
    Attribution,
    attribution_after,
    attribution_before,
    last_character,
    opens_clause,
)
from quotes.rules.events import find_events
from quotes.rules.layout import Layout

SAID = "said=say/VERB/ROOT"
QUOTE = "“ We/PRON/nsubj/won won=win/VERB/ccomp/said"


def after(notation: str, number: int = 0) -> tuple[Layout, Attribution | None]:
    layout = make_layout(notation)
    return layout, attribution_after(layout, number, find_events(layout, LEXICON))


def before(notation: str, number: int = 0) -> tuple[Layout, Attribution | None]:
    layout = make_layout(notation)
    return layout, attribution_before(layout, number, find_events(layout, LEXICON))


def shown(layout: Layout, found: Attribution | None) -> tuple[list[str], list[str]]:
    """Return the texts of cue and source."""
    assert found is not None
    return texts(layout.doc, found.cue), texts(layout.doc, found.source)


@pytest.mark.parametrize(
    ("notation", "source"),
    [
        (f"{QUOTE} , ” Ann/PROPN/nsubj/said {SAID} .", "Ann"),
        (f"{QUOTE} , ” {SAID} Ann/PROPN/nsubj/said .", "Ann"),
        (f"{QUOTE} ! ” {SAID} the/DET/det/mayor mayor/NOUN/nsubj/said .", "the mayor"),
        (f"{QUOTE} . ” Ann/PROPN/nsubj/said {SAID} .", "Ann"),
        (f"{QUOTE} , ” Ann/PROPN/dep/won {SAID} .", "Ann"),
        (f"{QUOTE} , ” {SAID} Ann/PROPN/dobj/said .", "Ann"),
        (f"{QUOTE} , ” after/ADP/prep/said that/PRON/pobj/after Ann/PROPN/nsubj/said {SAID} .", "Ann"),
    ],
    ids=[
        "subject",
        "inverted",
        "exclamation",
        "full stop, bare cue",
        "unparsed before",
        "unparsed after",
        "after that",
    ],
)
def test_a_cue_after(notation: str, source: str) -> None:
    layout, found = after(notation)
    assert shown(layout, found) == (["said"], [source])
    assert found is not None
    assert found.side == "after"
    assert "place:after" in found.evidence


@pytest.mark.parametrize(
    "notation",
    [
        f"{QUOTE} , ” ¶ Ann/PROPN/nsubj/said {SAID} .",
        f"{QUOTE} , ” Ann/PROPN/nsubj/left left=leave/VERB/ROOT .",
        f"{QUOTE} , ” Ann/PROPN/nsubj/hoped hoped=hope/VERB/ROOT .",
        f"{QUOTE} . ” Later/ADV/advmod/said Ann/PROPN/nsubj/said {SAID} it/PRON/nsubj/was was=be/AUX/ccomp/said "
        "all/DET/det/luck luck/NOUN/attr/was .",
        f"{QUOTE} . ” Ann/PROPN/nsubj/said {SAID} , {QUOTE} . ”",
        f"Then/ADV/advmod/ended it/PRON/nsubj/ended ended=end/VERB/ROOT . {QUOTE} , ”",
        f"{QUOTE} , ” when/SCONJ/advmod/said Ann/PROPN/nsubj/said said=say/VERB/advcl/won so/ADV/dep/said .",
    ],
    ids=[
        "next paragraph",
        "no cue",
        "a thought",
        "a sentence of its own after a full stop",
        "it leads on",
        "nothing follows",
        "a subordinate clause",
    ],
)
def test_no_cue_after(notation: str) -> None:
    assert after(notation)[1] is None


def test_an_inverted_verb_reports_whatever_it_is() -> None:
    doubt = "trumpeted=trumpet/VERB:VBD/ROOT"
    layout, found = after(
        f"{QUOTE} , ” {doubt} the/DET/det/mayor mayor/NOUN/dobj/trumpeted loudly/ADV/advmod/trumpeted ."
    )
    assert shown(layout, found) == (["trumpeted"], ["the mayor"])
    assert found is not None
    assert found.evidence == ("cue:verb:trumpet", "place:after")


@pytest.mark.parametrize(
    "rest",
    [
        "directed=direct/VERB:VBN/ROOT Ann/PROPN/dobj/directed .",
        "hit/VERB:VBD/ROOT it/PRON/dobj/hit .",
        "beat/VERB:VBD/ROOT Ann/PROPN/dobj/beat twice/NUM/dep/beat .",
        "so/ADV/dep/ran ran/VERB:VBD/ROOT Ann/PROPN/nsubj/ran .",
        "won/VERB:VBD/ROOT awards/NOUN/dobj/won .",
    ],
    ids=["a participle", "a pronoun", "more follows", "not right after", "a thing"],
)
def test_other_verbs_after_a_region_do_not(rest: str) -> None:
    assert after(f"{QUOTE} , ” {rest}")[1] is None


def test_words_between_region_and_cue_speak_against_it() -> None:
    notation = (
        f"{QUOTE} , ” so/ADV/dep/said much/ADV/dep/said for/ADP/dep/said that/PRON/dep/said Ann/PROPN/nsubj/said {SAID}"
    )
    assert after(notation)[1] is None


def test_a_signature() -> None:
    layout, found = after("“ We/PRON/nsubj/won won=win/VERB/ROOT . ” — Ann/PROPN/compound/Lee Lee/PROPN/dep/won")
    assert shown(layout, found) == (["—"], ["Ann Lee"])
    assert found is not None
    assert "place:signature" in found.evidence


def test_a_signature_whose_dash_is_part_of_the_closing_mark() -> None:
    layout, found = after("“ We/PRON/nsubj/won won=win/VERB/ROOT . ”— Ann/PROPN/compound/Lee Lee/PROPN/dep/won")
    assert found is not None
    assert texts(layout.doc, found.source) == ["Ann Lee"]


def test_a_dash_with_a_verb_is_no_signature() -> None:
    notation = "“ We/PRON/nsubj/won won=win/VERB/ROOT . ” — Ann/PROPN/nsubj/lost lost=lose/VERB/dep/won"
    assert after(notation)[1] is None


@pytest.mark.parametrize(
    ("notation", "cue", "source"),
    [
        (f"Ann/PROPN/nsubj/said {SAID} : {QUOTE} . ”", "said", "Ann"),
        (f"Ann/PROPN/nsubj/said {SAID} , {QUOTE} . ”", "said", "Ann"),
        ("Ann/PROPN/compound/Lee Lee/PROPN/ROOT : “ We/PRON/nsubj/won won=win/VERB/ROOT . ”", ":", "Ann Lee"),
        (
            f"Ann/PROPN/nsubj/said {SAID} to/ADP/prep/said us/PRON/pobj/to last/ADJ/amod/night "
            f"night/NOUN/npadvmod/said : {QUOTE} . ”",
            "said",
            "Ann",
        ),
        (f"Ann/PROPN/nsubj/said {SAID} : ¶ {QUOTE} . ”", "said", "Ann"),
        (f"Ann/PROPN/nsubj/said {SAID} at/ADP/prep/said last/ADJ/pobj/at -- ¶ {QUOTE} . ”", "said", "Ann"),
    ],
    ids=["colon", "comma", "label", "words between", "colon, then a paragraph", "dash, then a paragraph"],
)
def test_a_cue_before(notation: str, cue: str, source: str) -> None:
    layout, found = before(notation)
    assert shown(layout, found) == ([cue], [source])
    assert found is not None
    assert found.side == "before"


@pytest.mark.parametrize(
    "notation",
    [
        f"{QUOTE} . ”",
        f"Ann/PROPN/nsubj/said {SAID} so/ADV/advmod/said . {QUOTE} . ”",
        f"Ann/PROPN/nsubj/said {SAID} ¶ Rain/NOUN/dep , {QUOTE} . ”",
        "They/PRON/nsubj/left left=leave/VERB/ROOT , “ We/PRON/nsubj/won won=win/VERB/ROOT . ”",
        f"{SAID} : {QUOTE} . ”",
        f"Ann/PROPN/nsubj/said {SAID} {'so/ADV/advmod/said ' * NEXT_LINE} too/ADV/advmod/said , ¶ {QUOTE} . ”",
    ],
    ids=["nothing before", "another sentence", "another paragraph", "no cue", "no source", "too far for a new line"],
)
def test_no_cue_before(notation: str) -> None:
    assert before(notation)[1] is None


def test_a_colon_makes_a_cue_of_any_verb_with_a_subject() -> None:
    notation = (
        "They/PRON/nsubj/left left=leave/VERB/ROOT us/PRON/dobj/left this/PRON/dobj/left : “ Go/VERB/dep/left . ”"
    )
    layout, found = before(notation)
    assert shown(layout, found) == (["left"], ["They"])
    assert found is not None
    assert found.evidence == ("cue:colon", "place:before")
    assert found.score < 0.9
    assert before("The/DET/det/plan plan/NOUN/ROOT : “ Go/VERB/dep/plan . ”")[1] is None


def test_the_nearest_cue_before_wins() -> None:
    layout, found = before(
        f"Ann/PROPN/nsubj/said {SAID} Bob/PROPN/nsubj/claimed claimed=claim/VERB/ccomp/said : {QUOTE} . ”"
    )
    assert shown(layout, found) == (["claimed"], ["Bob"])


@pytest.mark.parametrize(
    ("notation", "opens"),
    [
        ("“ Go/VERB/ROOT . ”", True),
        ("It/PRON/nsubj/ended ended=end/VERB/ROOT . “ Go/VERB/ROOT . ”", True),
        ("It/PRON/nsubj/ended ended=end/VERB/ROOT ¶ “ Go/VERB/ROOT . ”", True),
        ("Then/ADV/dep/Go , “ Go/VERB/ROOT . ”", True),
        ("The/DET/det/law so-called/ADJ/amod/law “ free/ADJ/amod/law ” law/NOUN/ROOT", False),
    ],
)
def test_opens_clause(notation: str, opens: bool) -> None:
    layout = make_layout(notation)
    assert opens_clause(layout, layout.regions[0][0][0]) is opens


@pytest.mark.parametrize(
    ("notation", "character"),
    [("“ Go/VERB/ROOT . ”", "."), ("“ Go/VERB/ROOT , ”", ","), ("“ Go/VERB/ROOT ”", "o"), ("“ ”", " ")],
)
def test_last_character(notation: str, character: str) -> None:
    assert last_character(make_layout(notation), 0) == character
