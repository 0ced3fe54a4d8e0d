"""Interviews with `Q:` and `A:`: whoever is introduced before the first question answers, who asks is not told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from quotes.types import Cluster, Reading

ASKS, ANSWERS = frozenset({"q", "question"}), frozenset({"a", "answer"})
TIMES = 2
LIKELY = 0.85
FLAG = "interview"
Ranked = list[tuple[int, float]]


def is_interview(labels: Iterable[str]) -> bool:
    """Tell whether labels of turns are those of questions and answers."""
    seen = Counter(label.lower() for label in labels)
    return min(sum(seen[x] for x in ASKS), sum(seen[x] for x in ANSWERS)) >= TIMES


def in_interview(label: str) -> bool:
    """Tell whether a label stands for a question or an answer."""
    return label.lower() in ASKS | ANSWERS


def interviewee(clusters: Sequence[Cluster], before: int) -> int | None:
    """Return the person whom the text names alone, or most, before token `before`; None where that is undecided."""
    named = Counter(
        {
            number: sum(m.end <= before for m in cluster.mentions)
            for number, cluster in enumerate(clusters)
            if cluster.kind == "person" and any(m.form == "name" and m.end <= before for m in cluster.mentions)
        }
    )
    ranks = named.most_common(2)
    return ranks[0][0] if ranks and (len(ranks) == 1 or ranks[0][1] > ranks[1][1]) else None


def answered(
    labels: Sequence[str], readings: Sequence[Reading], clusters: Sequence[Cluster], rows: Sequence[Ranked]
) -> list[Ranked]:
    """Return the candidates of each reading's source: in an interview, of an answer the interviewee, of a question
    nobody. `labels` are the texts of the sources."""
    turns = [r for r in readings if FLAG in r.flags]
    if not turns:
        return [*rows]
    who = interviewee(clusters, min(r.cue[0][0] for r in turns))
    answer: Ranked = [(who, LIKELY)] if who is not None else []
    return [
        row if FLAG not in r.flags else answer if label.lower() in ANSWERS else []
        for label, r, row in zip(labels, readings, rows, strict=True)
    ]
