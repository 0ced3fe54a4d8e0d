"""Scores of quotations, sources and speakers against gold; every number is a sum of counts over documents.

A word is a run of word characters, so punctuation and quotation marks at the edges of a span never matter. Contents
are matched one to one by token IoU of at least one half. A predicted source is right if it shares half the words of
the shorter one; a speaker is right if the normalised name is the gold one or an alias of it.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterable, Sequence

from quotes.errors import BadGold, QuotesWarning, UsageError
from quotes.scoring.bootstrap import bootstrap
from quotes.scoring.calibration import Outcome, outcomes
from quotes.scoring.counts import Counts, count_document
from quotes.scoring.items import TYPES, Json, Where
from quotes.scoring.report import Summary, format_report, given_gold, summarize

__all__ = ["TYPES", "Counts", "Outcome", "Summary", "bootstrap", "format_report", "outcomes", "per_document", "score"]

PerDoc = list[tuple[str, Counts]]


def score(
    gold: Iterable[Json],
    pred: Iterable[Json],
    *,
    types: Sequence[str] = TYPES,
    by_id: bool = False,
    allow_missing: bool = False,
    where: Where | None = None,
) -> tuple[Summary, PerDoc]:
    """Return the scores of predictions (or document records as dicts) and the counts of each document.

    `types` leaves out other types, `where` other gold quotations (field -> wanted values); neither right nor wrong.
    `by_id` pairs by id in place of content. Gold without a prediction counts as empty, or is left out with
    `allow_missing`. Raises `BadGold` on duplicate ids or texts that differ, `UsageError` on an unknown type.
    """
    unknown = [kind for kind in types if kind not in TYPES]
    if unknown:
        raise UsageError(f"There is no quote type '{unknown[0]}'. Use some of: {', '.join(TYPES)}.")
    gold_docs, predictions = list(gold), _by_id(pred, "the predictions")
    _tell_gaps(set(_by_id(gold_docs, "the gold data")), set(predictions), allow_missing)
    per_doc: PerDoc = []
    for document in gold_docs:
        found = predictions.get(document["id"])
        if found is None and allow_missing:
            continue
        if found is not None and found.get("text") not in (None, document["text"]):
            raise BadGold(f"The text of the prediction for '{document['id']}' differs from gold. Extract it again.")
        per_doc.append((document["id"], count_document(document, found, by_id=by_id, where=where)))
    summary = summarize(_total(per_doc), tuple(types))
    summary["docs"] = len(per_doc)
    if by_id:
        summary["attribution_given_gold"] = given_gold(summary["overall"])
    return summary, per_doc


def per_document(per_doc: PerDoc, types: Sequence[str] = TYPES) -> dict[str, Summary]:
    """Return the overall scores of each document, by its id."""
    return {key: summarize(counts, tuple(types))["overall"] for key, counts in per_doc}


def _by_id(documents: Iterable[Json], where: str) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for document in documents:
        if document["id"] in found:
            raise BadGold(f"The id '{document['id']}' occurs twice in {where}. Ids must be unique.")
        found[document["id"]] = document
    return found


def _total(per_doc: PerDoc) -> Counts:
    counts: Counts = Counter()
    for _, found in per_doc:
        counts.update(found)
    return counts


def _tell_gaps(gold: set[str], predicted: set[str], allow_missing: bool) -> None:
    missing, extra = len(gold - predicted), len(predicted - gold)
    if missing:
        done = "skipped" if allow_missing else "counted as empty"
        warnings.warn(f"{missing} gold documents without a prediction ({done})", QuotesWarning, stacklevel=3)
    if extra:
        warnings.warn(f"{extra} predicted documents are not in gold and are ignored", QuotesWarning, stacklevel=3)
