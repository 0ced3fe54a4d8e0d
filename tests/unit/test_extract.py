"""`load` and `extract`: one record per document, in order, pieces of long texts, errors that name the cure."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

import pytest
from spacy.language import Language

import quotes
from quotes import extract
from quotes.errors import ConfigError, ModelNotFound
from quotes.inputs import Document
from quotes.pipeline import default_pipeline, describe, load

ARTICLE = "“We won,” Mayor Ann Lee told the crowd on Monday."


def test_one_record_per_document_in_order(nlp_rules: Language) -> None:
    records = list(extract([ARTICLE, "", Document(id="mine", text=ARTICLE), " "], nlp=nlp_rules, batch_size=2))
    assert [r.id for r in records] == ["doc-1", "doc-2", "mine", "doc-4"]
    assert [len(r.quotes) for r in records] == [1, 0, 1, 0]
    assert records[0].quotes == records[2].quotes


def test_ids_without_a_name_are_numbered_over_batches(nlp_rules: Language) -> None:
    ids = [r.id for r in extract([""] * 5, nlp=nlp_rules, batch_size=2)]
    assert ids == [f"doc-{i}" for i in range(1, 6)]


def test_ids_are_the_same_on_every_run(nlp_rules: Language) -> None:
    first, second = (next(iter(extract([ARTICLE], nlp=nlp_rules))) for _ in range(2))
    assert first == second


def test_a_text_longer_than_a_piece(nlp_rules: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    from quotes import pipeline, text

    monkeypatch.setattr(pipeline, "chunks", lambda t: text.chunks(t, 120))
    article = "\n\n".join([ARTICLE] * 6)
    (record,) = extract([article], nlp=nlp_rules)
    assert len(record.quotes) == 6
    assert [s.name for s in record.speakers if s.kind == "person"] == ["Ann Lee"]
    assert all(article[s.start : s.end] == s.text for q in record.quotes for s in q.content)


def test_what_made_the_records_is_told(nlp_rules: Language) -> None:
    model = describe(nlp_rules)
    assert (model.program, model.pipeline) == (quotes.__version__, "rules")
    assert (model.reader, model.antecedents) == (None, None)
    assert model.spacy.startswith("en_")


def test_both_networks_are_told(nlp_full: Language) -> None:
    model = describe(nlp_full)
    assert model.reader is not None and model.reader.startswith("en_quotes_sm ")
    assert model.antecedents is not None and model.antecedents.startswith("en_antecedents_sm ")


def test_errors_name_the_cure() -> None:
    with pytest.raises(ModelNotFound, match=r"Can't load the spaCy pipeline 'en_nothing'.*pip install en-nothing"):
        load("en_nothing", pipeline="rules")
    with pytest.raises(ConfigError, match=r"There is no pipeline 'best'\. Use 'rules' or 'full'"):
        load(pipeline="best")  # type: ignore[arg-type]


def test_the_default_is_full_only_where_a_model_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.paths.installed_models", lambda: [])
    assert default_pipeline() == "rules"
    assert default_pipeline("some/path") == "full"
    monkeypatch.setattr("quotes.paths.installed_models", lambda: ["en_quotes_sm"])
    assert default_pipeline() == "full"


def test_the_package_gives_its_names_lazily() -> None:
    assert quotes.load is load
    assert quotes.QuoteRecord.__name__ == "QuoteRecord"
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = quotes.nothing


def test_two_processes_give_the_same_records_in_order(nlp_rules: Language) -> None:
    texts = [ARTICLE, "", "According to Bob Roe, nobody cried.", ARTICLE + " “Go,” she added."]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # fork in a process that has threads
        together = list(extract(texts, nlp=nlp_rules, n_process=2, batch_size=1))
    assert together == list(extract(texts, nlp=nlp_rules))
    assert [r.id for r in together] == ["doc-1", "doc-2", "doc-3", "doc-4"]


def test_documents_stream(nlp_rules: Language) -> None:
    """The first record comes before the last document is asked for."""
    asked: list[int] = []

    def documents() -> Iterator[str]:
        for i in range(6):
            asked.append(i)
            yield ARTICLE

    records = extract(documents(), nlp=nlp_rules, batch_size=2)
    assert next(records).id == "doc-1"
    assert max(asked) < 5
