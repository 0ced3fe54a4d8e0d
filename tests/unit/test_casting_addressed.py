"""Vocatives: names that are set off inside a quotation."""

from __future__ import annotations

import pytest
from handmade import make_doc

from quotes.casting.addressed import is_vocative


@pytest.mark.parametrize(
    "notation",
    [
        "“ Thank/VERB/ROOT you/PRON/dobj/Thank , Holmes/PROPN/npadvmod/Thank . ”",
        "“ Holmes/PROPN/npadvmod/come , come/VERB/ROOT ! ”",
        "“ My/PRON/poss/Holmes dear/ADJ/amod/Holmes Holmes/PROPN/npadvmod/come , come/VERB/ROOT ! ”",
        "“ Come/VERB/ROOT , Mr./PROPN/compound/Holmes Holmes/PROPN/npadvmod/Come ! ”",
        "“ _/PUNCT/punct/come Mon/PROPN/npadvmod/come ami_/PROPN/npadvmod/come Holmes/PROPN/npadvmod/come ! ”",
    ],
)
def test_set_off_on_both_sides(notation: str) -> None:
    doc = make_doc(notation)
    at = next(t.i for t in doc if t.text == "Holmes")
    assert is_vocative(doc, at, at + 1)


@pytest.mark.parametrize(
    "notation",
    [
        "“ Holmes/PROPN/nsubj/came came=come/VERB/ROOT . ”",
        "“ I/PRON/nsubj/saw saw=see/VERB/ROOT Holmes/PROPN/dobj/saw . ”",
        "“ Then/ADV/advmod/came , Holmes/PROPN/nsubj/came came=come/VERB/ROOT . ”",
    ],
)
def test_part_of_the_sentence(notation: str) -> None:
    doc = make_doc(notation)
    at = next(t.i for t in doc if t.text == "Holmes")
    assert not is_vocative(doc, at, at + 1)
