"""Clusters and candidates on a Doc and back, ours and those of another coreference component."""

from __future__ import annotations

import pytest
from handmade import make_doc
from spacy.tokens import Doc, DocBin, Span

from quotes.clusters import read_candidates, read_clusters, write_clusters
from quotes.types import Cluster, Mention

ANN = Cluster(
    mentions=(Mention(0, 2, 1, "name"), Mention(5, 6, 5, "pronoun")),
    name="Ann Lee",
    kind="person",
    role="mayor",
    aliases=("Lee", "Ms. Lee"),
)
BANK = Cluster(mentions=(Mention(3, 5, 4, "nominal"),), name="the bank", kind="organization")


@pytest.fixture
def doc() -> Doc:
    """Ten words."""
    return make_doc(" ".join(f"w{i}/NOUN/dep" for i in range(10)))


@pytest.mark.parametrize("way", ["same", "bytes", "docbin", "copy"])
def test_there_and_back(doc: Doc, way: str) -> None:
    write_clusters(doc, [ANN, BANK], {"q0": [(1, 0.7), (0, 0.2)], "q3": []})
    if way == "bytes":
        doc = Doc(doc.vocab).from_bytes(doc.to_bytes())
    elif way == "docbin":
        doc = next(iter(DocBin(docs=[doc]).get_docs(doc.vocab)))
    elif way == "copy":
        doc = doc.copy()
    assert read_clusters(doc) == [ANN, BANK]
    assert read_candidates(doc) == {"q0": [(1, 0.7), (0, 0.2)], "q3": []}


def test_keys_follow_the_convention(doc: Doc) -> None:
    write_clusters(doc, [ANN, BANK], {})
    assert set(doc.spans) == {"coref_clusters_1", "coref_clusters_2", "coref_candidates"}


def test_more_than_nine_clusters_stay_in_order(doc: Doc) -> None:
    many = [Cluster((Mention(i % 10, i % 10 + 1, i % 10, "name"),), f"N{i}") for i in range(12)]
    write_clusters(doc, many, {})
    assert [c.name for c in read_clusters(doc)] == [f"N{i}" for i in range(12)]


def test_writing_again_removes_what_stood_there(doc: Doc) -> None:
    write_clusters(doc, [ANN, BANK], {"q0": [(1, 1.0)]})
    write_clusters(doc, [BANK], {})
    assert read_clusters(doc) == [BANK]
    assert read_candidates(doc) == {}


def test_a_doc_that_nobody_has_read(doc: Doc) -> None:
    assert read_clusters(doc) == []
    assert read_candidates(doc) == {}


def test_groups_of_another_component_are_taken(doc: Doc) -> None:
    doc.spans["coref_clusters_1"] = [Span(doc, 0, 1), Span(doc, 3, 6)]
    (cluster,) = read_clusters(doc)
    assert cluster.name == "w3 w4 w5"
    assert [(m.start, m.end, m.form) for m in cluster.mentions] == [(0, 1, "nominal"), (3, 6, "nominal")]
    assert cluster.kind == "unknown"
