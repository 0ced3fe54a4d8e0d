"""The notation of the hand-built Docs: spacing, heads and punctuation come out as meant."""

from __future__ import annotations

import pytest
from handmade import curly_regions, make_doc, make_layout, texts


def test_spacing_heads_lemmas_and_tags() -> None:
    doc = make_doc("“ Go/VERB/ccomp/said , ” Ann/PROPN/nsubj/said said=say/VERB:VBD/ROOT . ¶ Yes/INTJ/ROOT .")
    assert doc.text == "“Go,” Ann said.\n\nYes."
    said = next(t for t in doc if t.text == "said")
    assert (said.lemma_, said.tag_, said.dep_, said.head) == ("say", "VBD", "ROOT", said)
    assert [c.text for c in said.children if not c.is_punct and not c.is_space] == ["Go", "Ann"]
    assert doc[0].head.text == "Go", "an opening mark hangs on the word after it"
    assert len(list(doc.sents)) == 2


def test_regions_of_curly_marks() -> None:
    doc = make_doc("“ Go/VERB/ROOT . ” ¶ “ Stay/VERB/ROOT . ”")
    assert [doc.text[r.start : r.end] for r in curly_regions(doc)] == ["“Go.”", "“Stay.”"]
    assert [texts(doc, r) for r in make_layout("“ Go/VERB/ROOT . ”").regions] == [["“Go.”"]]


def test_a_bare_word_is_refused() -> None:
    with pytest.raises(AssertionError, match="needs /POS/dep"):
        make_doc("word")
