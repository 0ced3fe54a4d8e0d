"""Calibrate a reader on gold documents: right or wrong of each reading, weights by type, and how honest they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quotes.reader import Reader
from quotes.reader.calibrate import draft_features
from quotes.reader.edges import region_tokens, settle
from quotes.scoring import TYPES
from quotes.scoring.calibration import expected_calibration_error, outcomes, reliability
from quotes.training.calibration import apply, fit
from quotes.training.data import Parsed
from quotes.training.measure import prediction
from quotes.types import Reading

Row = tuple[tuple[float, ...], bool, str]
FOLDS = 5


def calibrate(reader: Reader, dev: Sequence[Parsed]) -> dict[str, Any]:
    """Return `calibration` (weights by type) and `confidence` (cross-fitted error and reliability table)."""
    by_document = outcome_rows(reader, dev)
    every = [row for rows in by_document for row in rows]
    pairs: list[tuple[float, bool, str]] = []
    for fold in range(FOLDS):
        weights = fit([r for k, rows in enumerate(by_document) if k % FOLDS != fold for r in rows])
        held = [r for k, rows in enumerate(by_document) if k % FOLDS == fold for r in rows]
        pairs += [(p, ok, kind) for p, (_, ok, kind) in zip(apply(weights, held), held, strict=True)]
    errors = {t: expected_calibration_error([(p, ok) for p, ok, k in pairs if k == t]) for t in TYPES}
    plain = [(p, ok) for p, ok, _ in pairs]
    table = [[b.low, b.high, b.count, b.confidence, b.accuracy] for b in reliability(plain)]
    return {
        "calibration": fit(every),
        "confidence": {"ece": {"all": expected_calibration_error(plain), **errors}, "table": table},
    }


def outcome_rows(reader: Reader, dev: Sequence[Parsed]) -> list[list[Row]]:
    """Return (features, right, type) of each reading that names a source, by document."""
    found = []
    for item, drafts in zip(dev, _all_drafts(reader, dev), strict=True):
        words = [any(c.isalnum() for c in t.text) for t in item.doc]
        pieces = [p for p in settle(drafts, region_tokens(item.doc, item.regions), words) if p.draft and p.draft.source]
        rows: list[Row] = []
        readings = [
            Reading(p.content, (p.draft.cue,), (p.draft.source,), p.type, 0.5, by="model")
            for p in pieces
            if p.draft and p.draft.source
        ]
        judged = outcomes([item.gold], [prediction(item, readings)])
        for piece, (_, right, _) in zip(pieces, judged, strict=True):
            if piece.draft:
                rows.append((draft_features(piece.draft), right, piece.type))
        found.append(rows)
    return found


def _all_drafts(reader: Reader, dev: Sequence[Parsed]) -> list[Any]:
    return reader.drafts([p.doc for p in dev], [p.regions for p in dev])
