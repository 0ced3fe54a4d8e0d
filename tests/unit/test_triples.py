"""The stand-in for textacy's extractor: its triples, from annotations that are there or are made now."""

from __future__ import annotations

import inspect
import sys
from types import SimpleNamespace

import pytest
import spacy
from spacy.tokens import Doc

from quotes.spans import write_readings
from quotes.triples import direct_quotations
from quotes.types import Reading

WORDS = ['"', "Go", ",", '"', "said", "Ann", "Li", ",", '"', "now", ".", '"', "It", "'s", '"', "odd"]


def annotated(*readings: Reading) -> Doc:
    doc = Doc(spacy.blank("en").vocab, words=WORDS)
    write_readings(doc, readings)
    return doc


def test_parts_of_a_quotation_share_speaker_and_cue() -> None:
    doc = annotated(Reading(((0, 4), (8, 12)), cue=((4, 5),), source=((5, 7),), type="direct"))
    found = list(direct_quotations(doc))
    assert [triple.content.text for triple in found] == ['" Go , "', '" now . "']
    assert all([t.text for t in triple.speaker] == ["Ann", "Li"] for triple in found)
    assert all([t.text for t in triple.cue] == ["said"] for triple in found)


def test_only_direct_quotations_with_a_source() -> None:
    doc = annotated(
        Reading(((0, 4),), type="direct"),
        Reading(((8, 12),), source=((5, 7),), type="mixed"),
        Reading(((12, 13),), source=((5, 7),), type="indirect"),
    )
    assert list(direct_quotations(doc)) == []


def test_no_cue_is_an_empty_list_and_order_is_that_of_the_text() -> None:
    doc = annotated(
        Reading(((8, 12),), source=((5, 7),), type="direct"),
        Reading(((0, 4),), source=((5, 6),), cue=((4, 5),), type="direct"),
    )
    assert [(t.content.start, len(t.speaker), len(t.cue)) for t in direct_quotations(doc)] == [(0, 1, 1), (8, 2, 0)]


def test_type_and_signature_are_those_of_textacy() -> None:
    from textacy.extract import triples as theirs

    doc = annotated(Reading(((0, 4),), source=((5, 7),), type="direct"))
    assert isinstance(next(direct_quotations(doc)), theirs.DQTriple)
    assert list(inspect.signature(direct_quotations).parameters) == list(
        inspect.signature(theirs.direct_quotations).parameters
    )


def test_textacy_raises_where_ours_does_not() -> None:
    from textacy.extract import triples as theirs

    doc = annotated(Reading(((0, 4),), source=((5, 7),), type="direct"))
    with pytest.raises(ValueError, match="unclosed quotation"):
        list(theirs.direct_quotations(doc))
    assert len(list(direct_quotations(doc))) == 1


def test_components_run_where_a_doc_has_no_annotations(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Doc] = []

    def annotate(doc: Doc) -> Doc:
        seen.append(doc)
        write_readings(doc, [Reading(((0, 4),), source=((5, 7),), type="direct")])
        return doc

    monkeypatch.setitem(sys.modules, "quotes.pipeline", SimpleNamespace(annotate=annotate))
    doc = Doc(spacy.blank("en").vocab, words=WORDS)
    assert len(list(direct_quotations(doc))) == 1
    assert len(list(direct_quotations(doc))) == 1
    assert seen == [doc]


def test_nothing_on_an_empty_doc() -> None:
    doc = Doc(spacy.blank("en").vocab)
    write_readings(doc, [])
    assert list(direct_quotations(doc)) == []
