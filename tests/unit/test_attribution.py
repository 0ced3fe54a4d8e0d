"""Verdicts on a Doc and back."""

from __future__ import annotations

import pytest
from handmade import make_doc
from spacy.tokens import Doc

from quotes.attribution import Verdict, read_verdicts, write_verdicts
from quotes.spans import read_readings, write_readings
from quotes.types import Reading

VERDICTS = {
    "q0": Verdict(2, 0.8, ((2, 0.8), (0, 0.1)), None, ("speaker:name",), ("pull_quote",), "q1"),
    "q1": Verdict(reason="no_source", evidence=("speaker:none",)),
}


@pytest.fixture
def doc() -> Doc:
    """Six words, two readings."""
    doc = make_doc(" ".join(f"w{i}/NOUN/dep" for i in range(6)))
    write_readings(doc, [Reading(content=((0, 2),)), Reading(content=((3, 5),))])
    return doc


def test_there_and_back_through_bytes(doc: Doc) -> None:
    readings = read_readings(doc)
    write_verdicts(doc, VERDICTS)
    for copy in (doc, Doc(doc.vocab).from_bytes(doc.to_bytes()), doc.copy()):
        assert read_verdicts(copy) == VERDICTS
        assert read_readings(copy) == readings, "verdicts stand beside the readings"


def test_before_attribution_there_is_no_verdict(doc: Doc) -> None:
    assert read_verdicts(doc) == {}
    assert read_verdicts(make_doc("w/NOUN/ROOT")) == {}
