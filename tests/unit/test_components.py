"""Stock tests of every component, after spacy-experimental's: adds, short Docs, bytes, processes."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from quotes import factories
from quotes.extensions import register
from quotes.pipeline import annotate
from quotes.schema import QuoteRecord

TEXTS = [
    "“We won,” Mayor Ann Lee told the crowd on Monday. She said the town had waited. “Long enough,” she added.",
    "According to Bob Roe, nobody cried.\n\n“Is that so?”\n\n“It is,” said Roe.",
    'The so-called "free" fair cost ten dollars. "It was a shame for all of us who came," one visitor said.',
]
ODD = ["", " ", "\n\n", "a", "“", "“”", '"', "said", "“Go!”", "Ann: “", "👋🏽", "\ufffd \ufffd"]


def dumped(doc: Doc) -> list[dict[str, object]]:
    """Return `doc._.quotes` as plain data."""
    quotes: tuple[QuoteRecord, ...] = doc._.quotes
    return [q.model_dump() for q in quotes]


@pytest.fixture(scope="module")
def expected(nlp_rules: Language) -> list[list[dict[str, object]]]:
    """The quotations of each text, one Doc at a time."""
    return [dumped(nlp_rules(text)) for text in TEXTS]


def test_the_texts_have_quotations(expected: list[list[dict[str, object]]]) -> None:
    assert [len(found) for found in expected] == [3, 3, 1]
    assert [q["speaker"] for q in expected[0]] == ["Ann Lee"] * 3


@pytest.mark.parametrize("name", factories.COMPONENTS)
def test_adds_to_a_pipe_and_runs_alone(name: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(name)
    for text in ["", "Word", "“We won,” Ann said."]:
        assert nlp(text).text == text


@pytest.mark.parametrize("name", factories.COMPONENTS)
def test_predicting_writes_nothing(name: str, nlp_rules: Language) -> None:
    doc = nlp_rules(TEXTS[0])
    before = doc.to_bytes()
    component = nlp_rules.get_pipe(name)
    prediction = component.predict([doc])
    assert len(prediction) == 1
    assert doc.to_bytes() == before
    assert component.predict([]) == []


@pytest.mark.parametrize("text", ODD)
def test_short_and_empty_docs(text: str, nlp_rules: Language) -> None:
    doc = nlp_rules(text)
    assert doc.text == text
    for quote in doc._.quotes:
        for span in (*quote.content, *quote.cue, *quote.source):
            assert doc.text[span.start : span.end] == span.text


def test_running_twice_is_stable(nlp_rules: Language, expected: list[list[dict[str, object]]]) -> None:
    assert [dumped(nlp_rules(text)) for text in TEXTS] == expected
    doc = nlp_rules(TEXTS[0])
    for name in factories.COMPONENTS:
        doc = nlp_rules.get_pipe(name)(doc)
    assert dumped(doc) == expected[0]


@pytest.mark.parametrize("batch_size", [1, 2, 100])
def test_a_stream_gives_the_same_as_one_by_one(
    batch_size: int, nlp_rules: Language, expected: list[list[dict[str, object]]]
) -> None:
    assert [dumped(doc) for doc in nlp_rules.pipe(TEXTS, batch_size=batch_size)] == expected


@pytest.mark.parametrize("way", ["bytes", "docbin", "copy"])
def test_quotations_survive_the_way(way: str, nlp_rules: Language, expected: list[list[dict[str, object]]]) -> None:
    docs = [nlp_rules(text) for text in TEXTS]
    if way == "bytes":
        docs = [Doc(nlp_rules.vocab).from_bytes(doc.to_bytes()) for doc in docs]
    elif way == "docbin":
        docs = list(DocBin(docs=docs).get_docs(nlp_rules.vocab))
    else:
        docs = [doc.copy() for doc in docs]
    assert [dumped(doc) for doc in docs] == expected


def _quiet(stream: Iterator[Doc]) -> list[list[dict[str, object]]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # fork in a process that has threads
        return [dumped(doc) for doc in stream]


def test_two_processes_give_the_same(nlp_rules: Language, expected: list[list[dict[str, object]]]) -> None:
    assert _quiet(nlp_rules.pipe(TEXTS, n_process=2, batch_size=2)) == expected


def test_a_doc_of_another_pipeline_can_be_annotated(
    nlp_rules: Language, expected: list[list[dict[str, object]]]
) -> None:
    with nlp_rules.select_pipes(disable=list(factories.COMPONENTS)):
        doc = nlp_rules(TEXTS[0])
    assert doc._.quotes == ()
    assert dumped(annotate(doc)) == expected[0]


def test_an_extension_of_that_name_is_left_alone(nlp_rules: Language) -> None:
    getter = Doc.get_extension("quotes")
    register()
    assert Doc.get_extension("quotes") == getter


def test_components_can_be_saved_with_their_pipeline(tmp_path: object) -> None:
    nlp = factories.add_all(spacy.blank("en"))
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert again.pipe_names == nlp.pipe_names
    assert again.get_pipe("quote_tagger").reader == "rules"
