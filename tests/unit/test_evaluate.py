"""Evaluation with stand-ins for the pipeline: what runs on what, what is withheld, and what is scored."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from unit.scoring_cases import TEXT, counts, gold

from quotes.corpora import GoldDoc, parse_document, to_doc
from quotes.errors import UsageError
from quotes.evaluate import attribute_given, borrow_sources, evaluate, withhold
from quotes.schema import DocumentRecord, ModelRecord, QuoteRecord, SpanRecord
from quotes.spans import read_readings, write_readings
from quotes.types import Reading

MODEL = ModelRecord(program="0", spacy="0", pipeline="rules")


@dataclass(frozen=True)
class Document:
    id: str
    text: str


def span(start: int, end: int) -> SpanRecord:
    return SpanRecord(start=start, end=end, text=TEXT[start:end])


def extract(documents: Iterable[Document], *, nlp: Any) -> Iterator[DocumentRecord]:
    """Find the first quotation of each text, and call its speaker what `nlp` is."""
    for document in documents:
        row = QuoteRecord(
            id="q_1", type="direct", content=(span(1, 16),), source=(span(24, 35),), speaker=nlp, confidence=0.5
        )
        yield DocumentRecord(id=document.id, text_sha256="0", model=MODEL, quotes=(row,))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "gold.jsonl"
    file.write_text("\n".join(json.dumps({**gold(), "id": key}) for key in "de"), encoding="utf-8")
    return file


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "quotes.pipeline", SimpleNamespace(extract=extract))
    monkeypatch.setitem(sys.modules, "quotes.inputs", SimpleNamespace(Document=Document))


def given_gold() -> GoldDoc:
    return parse_document(json.dumps(gold()), "here")


@pytest.mark.usefixtures("pipeline")
def test_texts_go_through_the_pipeline_and_are_scored(path: Path) -> None:
    found = evaluate(path, "Eve Ash")  # type: ignore[arg-type]
    overall = found.summary["overall"]
    assert counts(overall["detection"]["exact"]) == (2, 2, 6)
    assert counts(overall["speaker_strict"]) == (2, 2, 4)
    assert [p["id"] for p in found.predictions] == [g["id"] for g in found.gold] == ["d", "e"]
    assert set(found.summary) == {"overall", "by_type", "docs"}


@pytest.mark.usefixtures("pipeline")
def test_options_reach_the_scores(path: Path) -> None:
    found = evaluate(path, "Nobody", types=("direct",), bootstrap=3, per_doc=True)  # type: ignore[arg-type]
    assert counts(found.summary["overall"]["detection"]["exact"]) == (2, 2, 2)
    assert counts(found.summary["overall"]["speaker_strict"]) == (0, 2, 2)
    assert found.summary["f1_ci95"]["attribution"] == [1.0, 1.0]
    assert list(found.summary["per_doc"]) == ["d", "e"]


def test_an_unknown_gift_is_refused(path: Path) -> None:
    with pytest.raises(UsageError, match="Can't give 'cues'"):
        evaluate(path, spacy.blank("en"), given="cues")  # type: ignore[arg-type]


def test_a_hook_of_ones_own_sees_plain_docs_and_no_answers(path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    seen: list[tuple[Doc, GoldDoc]] = []

    def hook(doc: Doc, document: GoldDoc) -> list[dict[str, Any]]:
        seen.append((doc, document))
        return [{"gold_id": "g1", "speaker": "Ash", "source": [[28, 35]]}]

    found = evaluate(path, nlp, given="sources", annotate_given=hook)
    assert found.summary["attribution_given_gold"]["source_accuracy"] == round(1 / 3, 4)
    assert all(doc.text == TEXT and doc.has_annotation("SENT_START") and not doc.spans for doc, _ in seen)
    assert all(quote.speaker is None and not quote.speaker_aliases for _, d in seen for quote in d.quotes)


def test_what_is_withheld() -> None:
    quotes = withhold(given_gold(), "quotes").quotes
    sources = withhold(given_gold(), "sources").quotes
    assert [q.source for q in quotes] == [(), (), ()]
    assert [q.source for q in sources] == [q.source for q in given_gold().quotes]
    assert all(q.speaker is None and not q.extra for q in [*quotes, *sources])
    assert [q.content for q in quotes] == [q.content for q in given_gold().quotes]


def test_sources_are_borrowed_from_what_overlaps_most() -> None:
    doc = to_doc(spacy.blank("en"), given_gold())
    places = {token.text: token.i for token in doc}
    rents, law, told = places["Rents"], places["law"], places["told"]
    readings = [
        Reading(((rents, rents + 1),), source=((told, told + 1),)),
        Reading(((rents, rents + 3),), source=((law, law + 1),), cue=((told, told + 1),)),
    ]
    found = borrow_sources(doc, withhold(given_gold(), "quotes"), readings).quotes
    assert [[TEXT[s:e] for s, e in q.source] for q in found] == [["law"], [], []]
    assert [TEXT[s:e] for s, e in found[0].cue] == ["told"]


class Stub:
    """A component that notes its name, and writes a reading if it is the tagger."""

    def __init__(self, name: str, ran: list[str]) -> None:
        self.name, self.ran = name, ran

    def __call__(self, doc: Doc) -> Doc:
        self.ran.append(self.name)
        if self.name == "quote_tagger":
            write_readings(doc, [Reading(((1, 4),), source=((7, 10),))])
        return doc


@pytest.mark.parametrize(
    ("given", "sources"), [("quotes", {"g1": 1, "g2": 0, "g3": 0}), ("sources", {"g1": 1, "g2": 1, "g3": 1})]
)
def test_the_hook_of_our_pipeline(given: Any, sources: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    nlp = SimpleNamespace(get_pipe=lambda name: Stub(name, done))
    monkeypatch.setitem(sys.modules, "quotes.records", SimpleNamespace(quotes_of=_records))
    rows = attribute_given(nlp, given)(_plain(), withhold(given_gold(), given))  # type: ignore[arg-type]
    assert done == ["quote_spans", "quote_tagger", "speaker_coref", "quote_attribution"]
    assert {row["gold_id"]: len(row["source"]) for row in rows} == sources
    assert [TEXT[s:e] for s, e in rows[0]["content"]] == ["Rents must fall"]


def _plain() -> Doc:
    nlp: Language = spacy.blank("en")
    return nlp(TEXT)


def _records(doc: Doc) -> tuple[SimpleNamespace, ...]:
    def place(ranges: tuple[tuple[int, int], ...]) -> list[SimpleNamespace]:
        return [SimpleNamespace(start=doc[s:e].start_char, end=doc[s:e].end_char) for s, e in ranges]

    return tuple(
        SimpleNamespace(
            content=place(r.content),
            cue=place(r.cue),
            source=place(r.source),
            type=r.type,
            speaker=None,
            confidence=0.1,
        )
        for r in read_readings(doc).values()
    )
