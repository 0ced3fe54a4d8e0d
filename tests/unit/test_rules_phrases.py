"""`according to X` and labels before a colon."""

from __future__ import annotations

import pytest
from handmade import LEXICON, make_layout, texts

from quotes.rules.layout import Layout
from quotes.rules.phrases import label_before, phrase_readings
from quotes.types import Reading

WON = "They/PRON/nsubj/won won=win/VERB/ROOT"
TO_ANN = "according=accord/VERB/prep/won to/ADP/prep/according Ann/PROPN/compound/Lee Lee/PROPN/pobj/to"


def phrases(notation: str) -> tuple[Layout, list[Reading]]:
    layout = make_layout(notation)
    return layout, phrase_readings(layout, LEXICON)


@pytest.mark.parametrize(
    ("notation", "content"),
    [
        (f"{WON} , {TO_ANN} .", ["They won"]),
        (
            f"{TO_ANN.replace('according', 'According')} , {WON.replace('They', 'they')} .",
            ["they won"],
        ),
    ],
    ids=["at the end", "at the start"],
)
def test_according_to(notation: str, content: list[str]) -> None:
    layout, (reading,) = phrases(notation)
    assert texts(layout.doc, reading.content) == content
    assert texts(layout.doc, reading.source) == ["Ann Lee"]
    assert layout.doc[slice(*reading.cue[0])].text.lower() == "according to"
    assert reading.evidence == ("cue:phrase:according_to", "syntax:sentence")


def test_in_the_middle_the_content_has_two_parts() -> None:
    layout, (reading,) = phrases(f"They/PRON/nsubj/won , {TO_ANN} , won=win/VERB/ROOT .")
    assert texts(layout.doc, reading.content) == ["They", "won"]


def test_the_longer_phrase() -> None:
    layout, (reading,) = phrases(
        f"{WON} , in/ADP/prep/won the/DET/det/words words/NOUN/pobj/in of/ADP/prep/words Ann/PROPN/pobj/of ."
    )
    assert texts(layout.doc, reading.cue) == ["in the words of"]
    assert texts(layout.doc, reading.source) == ["Ann"]


def test_only_the_sentence_is_content() -> None:
    layout, (reading,) = phrases(f"Rain/NOUN/ROOT . {WON} , {TO_ANN} . Snow/NOUN/ROOT .")
    assert texts(layout.doc, reading.content) == ["They won"]


@pytest.mark.parametrize(
    "notation",
    [
        f"{WON} , according=accord/VERB/prep/won to/ADP/prep/according",
        f"“ {WON} , {TO_ANN} . ”",
        f"{TO_ANN.replace('prep/won', 'ROOT')} .",
    ],
    ids=["no object", "inside marks", "nothing reported"],
)
def test_no_reading(notation: str) -> None:
    assert phrases(notation)[1] == []


@pytest.mark.parametrize(
    ("notation", "label"),
    [
        ("Ann/PROPN/compound/Lee Lee/PROPN/ROOT : Yes/INTJ/dep", "Ann Lee"),
        ("Rain/NOUN/ROOT . ¶ LEE/X/ROOT : Yes/INTJ/dep", "LEE"),
        ("— Lee/PROPN/ROOT : Yes/INTJ/dep", "Lee"),
        ("The/DET/det/plan plan/NOUN/ROOT : Yes/INTJ/dep", None),
        ("Lee/PROPN/nsubj/won won=win/VERB/ROOT : Yes/INTJ/dep", None),
        (" ".join(["Lee/PROPN/dep"] * 9) + " : Yes/INTJ/dep", None),
        (": Yes/INTJ/dep", None),
    ],
)
def test_label_before(notation: str, label: str | None) -> None:
    layout = make_layout(notation)
    found = label_before(layout, next(t.i for t in layout.doc if t.text == ":"))
    assert (layout.doc[slice(*found)].text if found is not None else None) == label
