"""The component: clusters and ranked candidates on the Doc, keyed by quotation."""

from __future__ import annotations

import pytest
from handmade import make_doc
from spacy.tokens import Doc
from talk import talk

from quotes.clusters import read_candidates, read_clusters
from quotes.components.speaker_coref import SpeakerCoref
from quotes.spans import write_readings


def spoken(*speakers: str) -> Doc:
    """Return a Doc with quotations."""
    doc, readings = talk(*speakers)
    write_readings(doc, readings)
    return doc


def written(doc: Doc) -> tuple[object, ...]:
    """Return what the component wrote."""
    return read_clusters(doc), read_candidates(doc), set(doc.spans)


def test_clusters_and_candidates_are_written() -> None:
    doc = SpeakerCoref()(spoken("Sen. Ann Lee", "Bob Roe", "she"))
    assert [(c.name, c.kind, c.role) for c in read_clusters(doc)] == [
        ("Ann Lee", "person", "Sen."),
        ("Bob Roe", "person", None),
    ]
    assert {k: rows[0][0] for k, rows in read_candidates(doc).items()} == {"q0": 0, "q1": 1, "q2": 0}


def test_predicting_writes_nothing_and_running_twice_changes_nothing() -> None:
    doc, component = spoken("Ann Lee", "she"), SpeakerCoref()
    before = doc.to_bytes()
    component.predict([doc])
    assert doc.to_bytes() == before
    once = written(component(doc))
    assert written(component(doc)) == once


def test_no_trait_of_a_person_is_written() -> None:
    doc = SpeakerCoref()(spoken("Mr. Bob Roe", "Ms. Ann Lee", "he", "she"))
    keys = {key for group in doc.spans.values() for key in group.attrs}
    assert keys == {"facts", "name", "kind", "role", "aliases", "heads", "ranked"}
    assert {s.label_ for group in doc.spans.values() for s in group} <= {
        "cue",
        "source",
        "indirect",
        "name",
        "pronoun",
        "nominal",
    }


@pytest.mark.parametrize("notation", ["", ".", "so/ADV/ROOT ."])
def test_no_names_no_quotations(notation: str) -> None:
    doc = SpeakerCoref()(make_doc(notation))
    assert read_clusters(doc) == []
    assert read_candidates(doc) == {}
