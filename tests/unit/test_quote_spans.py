"""`quote_spans`: regions on a Doc, their labels, and that they survive storage and a second run."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, DocBin

from quotes.components.quote_spans import QuoteSpans
from quotes.marks import pair
from quotes.regions import REGIONS, regions_of

NLP = spacy.blank("en")
TEXT = "“One ‘two’ three.\n“Four,” she said of the “free” fair.\n“And so it goes"


def annotated(text: str = TEXT) -> Doc:
    """Return a Doc with its regions."""
    return QuoteSpans()(NLP(text))


def rows(doc: Doc) -> list[tuple[str, str, str]]:
    """Return (id, label, text) of each span."""
    return [(s.id_, s.label_, s.text) for s in doc.spans[REGIONS]]


def test_one_span_for_each_part() -> None:
    assert rows(annotated()) == [
        ("r0", "region", "“One ‘two’ three."),
        ("r0", "region", "“Four,”"),
        ("r1", "region", "‘two’"),
        ("r2", "scare", "“free”"),
        ("r3", "unclosed", "“And so it goes"),
    ]


def test_spans_widen_to_token_edges_and_exact_offsets_stay() -> None:
    doc = Doc(NLP.vocab, words=["x“One", "two”y"], spaces=[True, False])
    QuoteSpans()(doc)
    assert [s.text for s in doc.spans[REGIONS]] == ["x“One two”y"]
    assert [(r.start, r.end) for r in regions_of(doc)] == [(1, 10)]


def test_predict_changes_nothing() -> None:
    doc = NLP(TEXT)
    ((regions, flags),) = QuoteSpans().predict([doc])
    assert REGIONS not in doc.spans
    assert regions == pair(TEXT)
    assert flags == {2: "scare"}


def test_a_second_run_gives_the_same() -> None:
    doc = annotated()
    before = rows(doc)
    assert rows(QuoteSpans()(doc)) == before


def test_pipe_gives_the_docs_in_order() -> None:
    texts = [TEXT, "", "Nobody spoke.", "“Go.”"]
    docs = list(QuoteSpans().pipe((NLP(t) for t in texts), batch_size=3))
    assert [d.text for d in docs] == texts
    assert [len(d.spans[REGIONS]) for d in docs] == [5, 0, 0, 1]


@pytest.mark.parametrize("store", ["bytes", "docbin"])
def test_regions_survive_storage(store: str) -> None:
    doc = annotated()
    if store == "bytes":
        again = Doc(NLP.vocab).from_bytes(doc.to_bytes())
    else:
        data = DocBin(docs=[doc], store_user_data=True).to_bytes()
        again = next(DocBin().from_bytes(data).get_docs(NLP.vocab))
    assert rows(again) == rows(doc)
    assert regions_of(again) == pair(TEXT)


def test_regions_of_pairs_where_no_component_has_run() -> None:
    assert regions_of(NLP(TEXT)) == pair(TEXT)
