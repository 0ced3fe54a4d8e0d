"""The pipeline as a worker uses it: one document at a time, so that each can be timed and none depends on another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotes.batch.job import Reader

if TYPE_CHECKING:
    from quotes.inputs import Document
    from quotes.schema import DocumentRecord


def load(options: dict[str, Any]) -> Reader:
    """Load the pipeline that the options name. Raises `ModelNotFound` or `ModelDamaged`."""
    from quotes.pipeline import describe, extract
    from quotes.pipeline import load as load_pipeline

    nlp = load_pipeline(options.get("spacy_model"), options.get("pipeline"), options.get("model"))
    with_text = bool(options.get("with_text"))

    def read(document: Document) -> DocumentRecord:
        (record,) = extract([document], nlp=nlp, with_text=with_text, batch_size=1)
        return record

    return Reader(read, describe(nlp))
