"""The gate's word list: which lemmas cover how many cues."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from handmade import make_doc
from tiny_reader import encode

from quotes.reader.features import doc_arrays
from quotes.training.gates import gate_lemmas
from quotes.training.gold import labels

SAID = "Ann/PROPN/nsubj/said has=have/AUX/aux/said said=say/VERB/ROOT it/PRON/dobj/said ."
TOLD = "Ann/PROPN/nsubj/told told=tell/VERB/ROOT us/PRON/dobj/told ."
BY = "Ann/PROPN/ROOT to/ADP/prep/Ann us/PRON/pobj/to ."


def row(notation: str, *cues: str) -> Any:
    doc = make_doc(notation)
    arrays = doc_arrays(doc, [], encode)
    spans = [(doc[int(i)].idx, doc[int(i)].idx + len(doc[int(i)])) for i in arrays.token]
    quotes = [
        {"content": [], "cue": [[doc.text.index(c), doc.text.index(c) + len(c)]], "source": []}
        if c
        else {"content": []}
        for c in cues
    ]
    return doc, arrays, labels(arrays, spans, quotes)


ROWS = [*[row(SAID, "has said")] * 6, *[row(TOLD, "told")] * 3, row(BY, "to us")]


@pytest.mark.parametrize(
    ("coverage", "wanted"),
    [(1, []), (1.5, []), (0.95, ["say", "tell", "to"]), (0.9, ["say", "tell"]), (0.6, ["say"]), (0, [])],
)
def test_the_rarest_lemmas_are_left_out_first(coverage: float, wanted: list[str]) -> None:
    assert gate_lemmas(ROWS, coverage) == wanted


def test_a_cue_counts_by_its_verb() -> None:
    assert gate_lemmas([row(SAID, "has said")], 0.9) == ["say"]
    assert gate_lemmas([row(SAID, "has")], 0.9) == ["have"]


def test_quotes_without_a_cue_and_no_rows() -> None:
    assert gate_lemmas([row(SAID, "")], 0.9) == []
    assert gate_lemmas([], 0.9) == []


def test_of_equally_frequent_lemmas_the_first_in_the_alphabet_stays() -> None:
    assert gate_lemmas([row(TOLD, "told"), row(SAID, "said")], 0.5) == ["say"]
    assert np.all(ROWS[0][2].known)
