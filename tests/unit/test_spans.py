"""Readings on a Doc and back, through bytes, copies and DocBins."""

from __future__ import annotations

import pytest
from handmade import make_doc
from spacy.tokens import Doc, DocBin

from quotes.spans import CUES, QUOTES, SOURCES, ranges_by_id, read_readings, write_readings
from quotes.types import Reading

SPLIT = Reading(
    content=((0, 4), (8, 12)),
    cue=((6, 7),),
    source=((4, 6),),
    type="direct",
    score=0.75,
    evidence=("marks", "cue:verb:say"),
    flags=("negated",),
    by="both",
)
BARE = Reading(content=((14, 16),))


@pytest.fixture
def doc() -> Doc:
    """Twenty words."""
    return make_doc(" ".join(f"w{i}/NOUN/dep" for i in range(20)))


def test_there_and_back(doc: Doc) -> None:
    write_readings(doc, [SPLIT, BARE])
    assert read_readings(doc) == {"q0": SPLIT, "q1": BARE}


def test_ids_follow_the_text_whatever_the_order_given(doc: Doc) -> None:
    write_readings(doc, [BARE, SPLIT])
    assert list(read_readings(doc).items()) == [("q0", SPLIT), ("q1", BARE)]


def test_plain_spans_joined_by_id(doc: Doc) -> None:
    write_readings(doc, [SPLIT, BARE])
    assert [(s.id_, s.label_, s.start, s.end) for s in doc.spans[QUOTES]] == [
        ("q0", "direct", 0, 4),
        ("q0", "direct", 8, 12),
        ("q1", "indirect", 14, 16),
    ]
    assert ranges_by_id(doc, CUES) == {"q0": ((6, 7),)}
    assert ranges_by_id(doc, SOURCES) == {"q0": ((4, 6),)}


@pytest.mark.parametrize("way", ["bytes", "docbin", "copy"])
def test_nothing_is_lost_on_the_way(doc: Doc, way: str) -> None:
    write_readings(doc, [SPLIT, BARE])
    if way == "bytes":
        copy = Doc(doc.vocab).from_bytes(doc.to_bytes())
    elif way == "docbin":
        copy = next(iter(DocBin(docs=[doc], store_user_data=True).get_docs(doc.vocab)))
    else:
        copy = doc.copy()
    assert read_readings(copy) == {"q0": SPLIT, "q1": BARE}


def test_a_doc_without_quotations(doc: Doc) -> None:
    assert read_readings(doc) == {}
    assert ranges_by_id(doc, QUOTES) == {}
    write_readings(doc, [])
    assert read_readings(doc) == {}
    assert set(doc.spans) == {QUOTES, CUES, SOURCES}


def test_an_empty_doc() -> None:
    empty = make_doc("")
    write_readings(empty, [])
    assert read_readings(Doc(empty.vocab).from_bytes(empty.to_bytes())) == {}


def test_writing_again_replaces(doc: Doc) -> None:
    write_readings(doc, [SPLIT, BARE])
    write_readings(doc, [BARE])
    assert read_readings(doc) == {"q0": BARE}


def test_spans_of_another_tool_are_read_with_defaults(doc: Doc) -> None:
    from spacy.tokens import Span

    doc.spans[QUOTES] = [Span(doc, 2, 5, label="mixed", span_id="a")]
    assert read_readings(doc) == {"a": Reading(content=((2, 5),), type="mixed")}


def test_a_numpy_score_is_stored_as_plain_number(doc: Doc) -> None:
    import numpy as np

    write_readings(doc, [Reading(content=((0, 1),), score=np.float32(0.5))])  # type: ignore[arg-type]
    assert type(doc.spans[QUOTES].attrs["facts"]["q0"]["score"]) is float
    doc.to_bytes()
