"""`rules.read`: the whole of the rules on hand-built Docs, with the English lexicon."""

from __future__ import annotations

from itertools import pairwise

import pytest
from handmade import curly_regions, make_doc, texts

from quotes.rules import read
from quotes.rules.layout import lay_out

CASES = {
    "direct": (
        "“ We/PRON/nsubj/won won=win/VERB/ccomp/said , ” Ann/PROPN/nsubj/said said=say/VERB/ROOT .",
        [("direct", ["“We won,”"], ["said"], ["Ann"])],
    ),
    "indirect": (
        "Ann/PROPN/nsubj/said said=say/VERB/ROOT that/SCONJ/mark/won they/PRON/nsubj/won won=win/VERB/ccomp/said .",
        [("indirect", ["that they won"], ["said"], ["Ann"])],
    ),
    "mixed": (
        "Ann/PROPN/nsubj/said said=say/VERB/ROOT it/PRON/nsubj/was was=be/AUX/ccomp/said "
        "“ a/DET/det/day sad/ADJ/amod/day day/NOUN/attr/was ” .",
        [("mixed", ["it was “a sad day”"], ["said"], ["Ann"])],
    ),
    "according to": (
        "They/PRON/nsubj/won won=win/VERB/ROOT , "
        "according=accord/VERB/prep/won to/ADP/prep/according Ann/PROPN/pobj/to .",
        [("indirect", ["They won"], ["according to"], ["Ann"])],
    ),
    "transcript": ("LEE/PROPN/ROOT : Yes/INTJ/dep .", [("direct", ["Yes"], [":"], ["LEE"])]),
    "scare quotes": ("The/DET/det/law “ free/ADJ/amod/law ” law/NOUN/nsubj/failed failed=fail/VERB/ROOT .", []),
    "a speech verb inside marks": (
        "“ Ann/PROPN/nsubj/said said=say/VERB/ccomp/told they/PRON/nsubj/won won=win/VERB/ccomp/said , ” "
        "Bob/PROPN/nsubj/told told=tell/VERB/ROOT us/PRON/dobj/told .",
        [("direct", ["“Ann said they won,”"], ["told"], ["Bob"])],
    ),
    "no quotation": ("Rain/NOUN/nsubj/fell fell=fall/VERB/ROOT .", []),
    "an empty text": ("", []),
    "a text of marks": ("“ ” “ ”", []),
}


@pytest.mark.parametrize("name", CASES)
def test_read(name: str) -> None:
    notation, expected = CASES[name]
    doc = make_doc(notation)
    found = read(lay_out(doc, curly_regions(doc)))
    assert [(r.type, *(texts(doc, part) for part in (r.content, r.cue, r.source))) for r in found] == expected


@pytest.mark.parametrize("name", CASES)
def test_readings_are_in_text_order_apart_and_within_the_doc(name: str) -> None:
    doc = make_doc(CASES[name][0])
    found = read(lay_out(doc, curly_regions(doc)))
    assert found == sorted(found, key=lambda r: r.content)
    for a, b in pairwise(sorted(p for r in found for p in r.content)):
        assert a[1] <= b[0]
    for reading in found:
        assert 0 < reading.score <= 1
        assert reading.evidence
        for start, end in (*reading.content, *reading.cue, *reading.source):
            assert 0 <= start < end <= len(doc)


def test_reading_changes_nothing() -> None:
    doc = make_doc(CASES["mixed"][0])
    before = doc.to_bytes()
    read(lay_out(doc, curly_regions(doc)))
    assert doc.to_bytes() == before


def test_unclosed_marks_do_not_lose_the_document() -> None:
    doc = make_doc("“ Ann/PROPN/nsubj/said said=say/VERB/ROOT they/PRON/nsubj/won won=win/VERB/ccomp/said .")
    (reading,) = read(lay_out(doc, []))
    assert texts(doc, reading.content) == ["they won"]
