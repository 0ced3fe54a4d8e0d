"""Is confidence honest? Reliability of (confidence, right or wrong) pairs, and the pairs themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from quotes.errors import BadGold
from quotes.scoring.counts import claims_source, claims_speaker, pair_document
from quotes.scoring.items import Json
from quotes.scoring.matching import Pairing
from quotes.scoring.names import same_strict
from quotes.scoring.sources import source_match

Pair = tuple[float, bool]
Outcome = tuple[float, bool, str]
What = Literal["attribution", "speaker"]


@dataclass(frozen=True, slots=True)
class Bin:
    """One row of a reliability table: confidences from `low` to `high`, their mean, and how often they were right."""

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float


def outcomes(gold: Iterable[Json], pred: Iterable[Json], *, what: What = "attribution") -> list[Outcome]:
    """Return (confidence, right, type) of each prediction that the precision of `what` counts.

    Right is a matched quotation with the right source, or for `speaker` with strictly the right speaker.
    Raises `BadGold` for a prediction without a confidence.
    """
    predictions = {document["id"]: document for document in pred}
    found: list[Outcome] = []
    for document in gold:
        pairing = pair_document(document, predictions.get(document["id"]))
        for j, kind in enumerate(pairing.predicted_types):
            claims = claims_source if what == "attribution" else claims_speaker
            if claims(pairing, j):
                found.append((_confidence(pairing, j, document["id"]), _right(pairing, j, what), kind))
    return found


def _confidence(pairing: Pairing, j: int, where: str) -> float:
    item = pairing.predicted[j]
    if item.confidence is None:
        raise BadGold(f"The prediction '{item.id}' of '{where}' has no confidence. Give records of `quotes extract`.")
    return float(item.confidence)


def _right(pairing: Pairing, j: int, what: What) -> bool:
    gold, item = pairing.gold_for(j), pairing.predicted[j]
    if gold is None:
        return False
    return source_match(gold.source, item.source) if what == "attribution" else same_strict(item.speaker, gold.names)


def reliability(pairs: Iterable[Pair], *, bins: int = 10, equal_mass: bool = False) -> list[Bin]:
    """Return the table of non-empty bins: equally wide ones of 0 to 1, or with `equal_mass` equally filled ones."""
    ordered = sorted(pairs)
    if not ordered:
        return []
    if equal_mass:
        cuts = [round(i * len(ordered) / bins) for i in range(bins + 1)]
        groups = [ordered[s:e] for s, e in pairwise(cuts) if e > s]
        return [_bin(group, group[0][0], group[-1][0]) for group in groups]
    filled: list[list[Pair]] = [[] for _ in range(bins)]
    for pair in ordered:
        filled[min(max(int(pair[0] * bins), 0), bins - 1)].append(pair)
    return [_bin(group, i / bins, (i + 1) / bins) for i, group in enumerate(filled) if group]


def _bin(group: Sequence[Pair], low: float, high: float) -> Bin:
    count = len(group)
    mean, right = sum(c for c, _ in group) / count, sum(ok for _, ok in group) / count
    return Bin(low, high, count, mean, right)


def expected_calibration_error(pairs: Iterable[Pair], *, bins: int = 10, equal_mass: bool = False) -> float:
    """Return the mean distance of confidence from accuracy, weighted by the bins' counts; 0 for no pairs."""
    table = reliability(pairs, bins=bins, equal_mass=equal_mass)
    total = sum(row.count for row in table)
    return sum(row.count * abs(row.confidence - row.accuracy) for row in table) / total if total else 0.0


def format_reliability(table: Iterable[Bin]) -> str:
    """Return the table as lines for a person."""
    lines = ["  confidence      n   mean  right"]
    lines += [f"  {b.low:.2f}-{b.high:.2f}  {b.count:5d}  {b.confidence:.3f}  {b.accuracy:.3f}" for b in table]
    return "\n".join(lines)
