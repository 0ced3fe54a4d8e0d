"""Quoted regions on a Doc and back; asides are the regions that no quotation touches."""

from __future__ import annotations

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc, Span

from quotes.components.quote_spans import QuoteSpans
from quotes.marks import pair
from quotes.regions import REGIONS, aside_spans, regions_of, write_regions

TEXT = "“We ‘won’.\n\n“At last,” she said of the “fair” day. “So"


@pytest.fixture(scope="module")
def nlp() -> English:
    """A tokenizer."""
    return English()


@pytest.mark.parametrize("text", ["", "Nobody spoke.", TEXT, "“a”", "‘’ “", "He said“yes”to it."])
def test_there_and_back(nlp: English, text: str) -> None:
    doc = nlp(text)
    write_regions(doc, pair(text), {})
    assert regions_of(doc) == pair(text)
    assert regions_of(Doc(doc.vocab).from_bytes(doc.to_bytes())) == pair(text)


def test_regions_are_paired_where_no_component_has_done_so(nlp: English) -> None:
    doc = nlp(TEXT)
    assert regions_of(doc) == pair(TEXT)
    doc.spans[REGIONS] = [Span(doc, 0, 1)]
    assert regions_of(doc) == pair(TEXT), "a group of another maker holds no exact regions"


def test_parts_share_an_id_and_labels_tell_what_is_open_or_aside(nlp: English) -> None:
    doc = nlp(TEXT)
    write_regions(doc, pair(TEXT), {2: "scare"})
    assert [(s.text, s.id_, s.label_) for s in doc.spans[REGIONS]] == [
        ("“We ‘won’.", "r0", "region"),
        ("“At last,”", "r0", "region"),
        ("‘won’", "r1", "region"),
        ("“fair”", "r2", "scare"),
        ("“So", "r3", "unclosed"),
    ]


def test_asides_are_what_no_quotation_touches(nlp: English) -> None:
    doc = nlp(TEXT)
    assert list(aside_spans(doc)) == []
    write_regions(doc, pair(TEXT), {2: "scare"})
    assert [(doc[s:e].text, flag) for s, e, flag in aside_spans(doc)] == [("“fair”", "scare"), ("“So", "unclosed")]
    fair = next(s for s in doc.spans[REGIONS] if s.text == "“fair”")
    doc.spans["quotes"] = [fair]
    assert [flag for _, _, flag in aside_spans(doc)] == ["unclosed"]


def test_a_region_that_nothing_explains_is_unattributed(nlp: English) -> None:
    doc = nlp("It rained. “Long enough.” It stopped.")
    write_regions(doc, pair(doc.text), {})
    assert [(doc[s:e].text, flag) for s, e, flag in aside_spans(doc)] == [("“Long enough.”", "unattributed")]


@pytest.mark.parametrize("text", ["", "“", TEXT, "The “fair” day."])
def test_the_component_predicts_without_writing_and_writes_the_same_twice(nlp: English, text: str) -> None:
    doc, component = nlp(text), QuoteSpans()
    prediction = component.predict([doc])
    assert REGIONS not in doc.spans
    component.set_annotations(doc, prediction[0])
    once = doc.to_bytes()
    assert component(doc).to_bytes() == once
    assert regions_of(doc) == pair(text)


def test_a_batch_of_nothing() -> None:
    assert QuoteSpans().predict([]) == []
