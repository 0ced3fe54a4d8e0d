"""Run a pipeline over gold texts and score what it finds, or only who said quotations that are given to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from quotes import scoring
from quotes.corpora import GoldDoc, GoldQuote, read_gold, set_gold, to_prediction
from quotes.errors import UsageError
from quotes.scoring.items import Where
from quotes.types import Range, Reading

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Given = Literal["quotes", "sources"]
AnnotateGiven = Callable[["Doc", GoldDoc], list[dict[str, Any]]]
"""From a parsed Doc of the gold text, without annotations of ours, and what is given, to predictions of quotations in
the format of the gold files, each with `gold_id`."""

FINDERS = ("quote_spans", "quote_tagger")
COREFERENCE = ("speaker_coref", "quote_attribution")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores, and what they were computed from (in the format of the gold files)."""

    summary: dict[str, Any]
    gold: list[dict[str, Any]]
    predictions: list[dict[str, Any]]


def evaluate(
    gold_path: str | Path,
    nlp: Language,
    *,
    types: Sequence[str] = scoring.TYPES,
    where: Where | None = None,
    by_id: bool = False,
    given: Given | None = None,
    bootstrap: int = 0,
    per_doc: bool = False,
    annotate_given: AnnotateGiven | None = None,
) -> Evaluation:
    """Run `nlp` over the gold texts, each whole, and score it.

    `given` hands over the gold contents (`quotes`), or these with their cues and sources (`sources`): attribution
    alone is measured, pairs are by id. `bootstrap` resamples give 95 % intervals (`f1_ci95`), `per_doc` adds the
    scores of each document. `annotate_given` replaces `attribute_given` for systems that are built otherwise.
    """
    if given not in (None, "quotes", "sources"):
        raise UsageError(f"Can't give '{given}'. Use 'quotes' or 'sources'.")
    documents = list(read_gold(gold_path))
    if given is None:
        predictions = list(_extracted(documents, nlp))
    else:
        predictions = list(_given(documents, nlp, given, annotate_given or attribute_given(nlp, given)))
    gold = [document.as_dict() for document in documents]
    matched_by_id = by_id or given is not None
    summary, counts = scoring.score(gold, predictions, types=types, by_id=matched_by_id, where=where)
    if bootstrap and counts:
        summary["f1_ci95"] = scoring.bootstrap(counts, types, n=bootstrap)
    if per_doc:
        summary["per_doc"] = scoring.per_document(counts, types)
    return Evaluation(summary, gold, predictions)


def _extracted(documents: Iterable[GoldDoc], nlp: Language) -> Iterator[dict[str, Any]]:
    from quotes.inputs import Document
    from quotes.pipeline import extract

    yield from map(to_prediction, extract([Document(id=d.id, text=d.text) for d in documents], nlp=nlp))


def _given(
    documents: Iterable[GoldDoc], nlp: Language, given: Given, annotate_given: AnnotateGiven
) -> Iterator[dict[str, Any]]:
    from quotes.factories import COMPONENTS

    ours = [name for name in COMPONENTS if name in nlp.pipe_names]
    for document in documents:
        with nlp.select_pipes(disable=ours):
            doc = nlp(document.text)
        yield {"id": document.id, "quotes": annotate_given(doc, withhold(document, given))}


def withhold(gold: GoldDoc, given: Given) -> GoldDoc:
    """Return gold without what a system must not see: speakers, and with `quotes` the cues and sources as well."""
    return replace(gold, quotes=tuple(_withheld(quote, given) for quote in gold.quotes))


def _withheld(quote: GoldQuote, given: Given) -> GoldQuote:
    bare = GoldQuote(quote.id, quote.type, quote.content)
    return bare if given == "quotes" else replace(bare, cue=quote.cue, source=quote.source)


def attribute_given(nlp: Language, given: Given) -> AnnotateGiven:
    """Return the hook for a pipeline of ours: what is given replaces what was found, then coreference and attribution
    run. The finders run first, for what coreference takes from them; with `quotes` a given quotation takes cue and
    source of the found one that overlaps it most."""

    def annotate(doc: Doc, gold: GoldDoc) -> list[dict[str, Any]]:
        from quotes.records import quotes_of
        from quotes.spans import read_readings

        for name in FINDERS:
            doc = nlp.get_pipe(name)(doc)
        if given == "quotes":
            gold = borrow_sources(doc, gold, read_readings(doc).values())
        set_gold(doc, gold)
        for name in COREFERENCE:
            doc = nlp.get_pipe(name)(doc)
        return [_prediction(key, quote) for key, quote in zip(read_readings(doc), quotes_of(doc), strict=True)]

    return annotate


def _prediction(key: str, quote: Any) -> dict[str, Any]:
    spans = {role: [[s.start, s.end] for s in getattr(quote, role)] for role in ("content", "cue", "source")}
    facts = {"type": quote.type, "speaker": quote.speaker, "confidence": quote.confidence}
    return {"id": key, "gold_id": key, **spans, **facts}


def borrow_sources(doc: Doc, gold: GoldDoc, readings: Iterable[Reading]) -> GoldDoc:
    """Return gold in which each quotation has cue and source of the reading that overlaps it most, if any does."""
    found = [(_characters(doc, reading.content), reading) for reading in readings]

    def filled(quote: GoldQuote) -> GoldQuote:
        shared = [_overlap(quote.content, spans) for spans, _ in found]
        if not any(shared):
            return quote
        reading = found[shared.index(max(shared))][1]
        return replace(quote, cue=_characters(doc, reading.cue), source=_characters(doc, reading.source))

    return replace(gold, quotes=tuple(map(filled, gold.quotes)))


def _characters(doc: Doc, ranges: Iterable[Range]) -> tuple[Range, ...]:
    return tuple((doc[s].idx, doc[e - 1].idx + len(doc[e - 1])) for s, e in ranges)


def _overlap(a: Iterable[Range], b: Sequence[Range]) -> int:
    return sum(max(0, min(e, end) - max(s, start)) for s, e in a for start, end in b)
