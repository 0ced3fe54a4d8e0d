"""Pair gold with predicted quotations, one to one: by the overlap of their contents, or by id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from quotes.scoring.items import Item
from quotes.scoring.tokens import TokenSet, iou

Matches = dict[int, tuple[int, float]]
"""Index on one side -> (index on the other side, token IoU)."""

THRESHOLD = 0.5
CLOSE = 1e-12


@dataclass(frozen=True, slots=True)
class Pairing:
    """One document: its gold and predicted quotations, the matches both ways, and the type each counts under."""

    gold: list[Item]
    predicted: list[Item]
    of_gold: Matches
    of_predicted: Matches
    gold_types: list[str] = field(default_factory=list)
    predicted_types: list[str] = field(default_factory=list)

    def gold_for(self, j: int) -> Item | None:
        """Return the gold quotation that prediction `j` is matched to, if any."""
        return self.gold[self.of_predicted[j][0]] if j in self.of_predicted else None

    def predicted_for(self, i: int) -> Item | None:
        """Return the prediction that gold quotation `i` is matched to, if any."""
        return self.predicted[self.of_gold[i][0]] if i in self.of_gold else None


def match_by_overlap(gold: Sequence[TokenSet], predicted: Sequence[TokenSet]) -> tuple[Matches, Matches]:
    """Match greedily by IoU of at least one half; ties go to the larger overlap, then to text order."""
    candidates = []
    for i, a in enumerate(gold):
        for j, b in enumerate(predicted):
            shared = len(a & b)
            if not shared:
                continue
            value = shared / (len(a) + len(b) - shared)
            if value >= THRESHOLD - CLOSE:
                candidates.append((-value, -shared, min(a), min(b), i, j))
    of_gold: Matches = {}
    of_predicted: Matches = {}
    for negative, _, _, _, i, j in sorted(candidates):
        if i not in of_gold and j not in of_predicted:
            of_gold[i] = (j, -negative)
            of_predicted[j] = (i, -negative)
    return of_gold, of_predicted


def match_by_id(gold: Sequence[Item], predicted: Sequence[Item]) -> tuple[Matches, Matches]:
    """Match each gold quotation with the first prediction that has its id as `gold_id` (or as `id`)."""
    first: dict[str, int] = {}
    for j, item in enumerate(predicted):
        first.setdefault(item.gold_id, j)
    of_gold: Matches = {}
    for i, item in enumerate(gold):
        if item.id in first:
            j = first[item.id]
            of_gold[i] = (j, iou(item.words, predicted[j].words))
    return of_gold, {j: (i, value) for i, (j, value) in of_gold.items()}
