"""Direct readings: which regions are speech, which are one utterance, and who carries on."""

from __future__ import annotations

import pytest
from handmade import LEXICON, make_layout, texts
from spacy.tokens import Token

from quotes.rules import layout as layout_module
from quotes.rules.direct import direct_readings
from quotes.rules.events import find_events
from quotes.rules.layout import Layout
from quotes.types import Reading

LONG = (
    "“ We/PRON/nsubj/fought fought=fight/VERB/{} for/ADP/prep/fought this/PRON/pobj/for "
    "in/ADP/prep/fought every/DET/det/town town/NOUN/pobj/in . ”"
)
SHORT = "“ We/PRON/nsubj/won won=win/VERB/ccomp/said"
SAID = "Ann/PROPN/nsubj/said said=say/VERB/ROOT"


def direct(notation: str, embedded: frozenset[int] = frozenset()) -> tuple[Layout, list[Reading]]:
    layout = make_layout(notation)
    return layout, direct_readings(layout, find_events(layout, LEXICON), set(embedded))


def shown(layout: Layout, readings: list[Reading]) -> list[tuple[list[str], list[str]]]:
    """Return the texts of content and source of each reading."""
    return [(texts(layout.doc, r.content), texts(layout.doc, r.source)) for r in readings]


def test_a_short_quotation_with_its_cue() -> None:
    layout, found = direct(f"{SHORT} , ” {SAID} .")
    assert shown(layout, found) == [(["“We won,”"], ["Ann"])]
    assert found[0].type == "direct"
    assert found[0].score > 0.9
    assert "marks" in found[0].evidence[0]


def test_a_long_quotation_needs_no_cue_but_is_less_sure() -> None:
    layout, found = direct(LONG.format("ROOT"))
    assert shown(layout, found) == [(["“We fought for this in every town.”"], [])]
    assert found[0].score < 0.9


def test_words_in_marks_inside_a_sentence_are_no_direct_quotation() -> None:
    _, found = direct("The/DET/det/law “ free/ADJ/amod/law ” law/NOUN/nsubj/failed failed=fail/VERB/ROOT .")
    assert found == []


def test_a_region_that_is_part_of_a_clause_is_left_to_it() -> None:
    notation = f"{SAID} it/PRON/nsubj/was was=be/AUX/ccomp/said “ a/DET/det/day sad/ADJ/amod/day day/NOUN/attr/was ” ."
    assert direct(notation, frozenset({0}))[1] == []


def test_a_quotation_interrupted_by_its_attribution_is_one() -> None:
    layout, found = direct(f"{SHORT} , ” {SAID} , “ and/CCONJ/dep/won nobody/PRON/dep/won cried/VERB/dep/won . ”")
    assert shown(layout, found) == [(["“We won,”", "“and nobody cried.”"], ["Ann"])]


def test_two_speakers_in_one_paragraph_stay_apart() -> None:
    layout, found = direct(
        f"{SHORT} , ” {SAID} . “ You/PRON/nsubj/lost lost=lose/VERB/ccomp/claimed , ” "
        "Bob/PROPN/nsubj/claimed claimed=claim/VERB/ROOT ."
    )
    assert shown(layout, found) == [(["“We won,”"], ["Ann"]), (["“You lost,”"], ["Bob"])]


def test_the_next_paragraph_carries_on() -> None:
    layout, found = direct(f"{SHORT} , ” {SAID} . ¶ {LONG.format('ROOT')}")
    assert shown(layout, found) == [(["“We won,”", "“We fought for this in every town.”"], ["Ann"])]


def test_the_paragraph_after_an_answer_may_be_an_answer_itself() -> None:
    bob = f"{SHORT} , ” Bob/PROPN/nsubj/said said=say/VERB/ROOT ."
    layout, found = direct(f"{bob} ¶ {SHORT} , ” {SAID} . ¶ {LONG.format('ROOT')}")
    assert [s for _, s in shown(layout, found)] == [["Bob"], ["Ann"], ["Ann"]]
    assert "place:continued" in found[2].evidence
    own = f"{SHORT} , ” {SAID} ."
    _, found = direct(f"{own} ¶ {own} ¶ {LONG.format('ROOT')}")
    assert [len(r.content) for r in found] == [1, 2]


def test_after_a_signature_nothing_carries_on() -> None:
    layout, found = direct(f"{SHORT} . ” — Ann/PROPN/dep/won ¶ {LONG.format('ROOT')}")
    assert [s for _, s in shown(layout, found)] == [["Ann"], []]


def test_a_part_is_not_joined_over_another_quoted_region() -> None:
    notation = f"{SHORT} , ” {SAID} of/ADP/prep/said “ our/PRON/poss/law law/NOUN/pobj/of ” . {LONG.format('ROOT')}"
    _, found = direct(notation, frozenset({1}))
    assert [len(r.content) for r in found] == [1, 1]


def test_a_paragraph_of_narration_between_stops_it() -> None:
    rain = " ".join(["rain/NOUN/dep"] * 13)
    layout, found = direct(f"{SHORT} , ” {SAID} . ¶ {rain} . ¶ {LONG.format('ROOT')}")
    assert [s for _, s in shown(layout, found)] == [["Ann"], []]


def test_in_dialogue_a_new_paragraph_is_a_new_speaker() -> None:
    lines = " ¶ ".join(f"“ Line{i}/NOUN/ROOT . ”" for i in range(6))
    layout, found = direct(f"{SHORT} , ” {SAID} . ¶ {lines}")
    assert len(found) == 7
    assert [s for _, s in shown(layout, found)] == [["Ann"], *[[]] * 6]


def test_a_line_of_dialogue_is_speech_however_short() -> None:
    layout, found = direct("“ No/INTJ/ROOT . ” ¶ He/PRON/nsubj/left left=leave/VERB/ROOT .")
    assert shown(layout, found) == [(["“No.”"], [])]


def test_a_name_in_marks_that_opens_a_paragraph_is_no_line() -> None:
    assert direct("“ Bambi/PROPN/nsubj/opened ” opened=open/VERB/ROOT .")[1] == []


def test_an_empty_region_is_nothing() -> None:
    assert direct("“ ” Nothing/NOUN/ROOT")[1] == []


def test_a_long_paragraph_of_quotations_takes_linear_time(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[int] = []

    def is_word(token: Token) -> bool:
        looks.append(token.i)
        return bool(token.text.isalnum())

    monkeypatch.setattr(layout_module, "is_word", is_word)

    def count(n: int) -> int:
        looks.clear()
        _, found = direct(" ".join([f"{SHORT} , ” {SAID} ."] * n))
        assert len(found) == n
        return len(looks)

    assert count(80) < 2.2 * count(40)
