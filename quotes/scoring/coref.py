"""Coreference scores: MUC, B3, CEAFe (phi4), their mean (CoNLL), and the mentions found.

Mentions match by equal offsets. Counts are summed over documents before precision and recall, as the reference
scorer does; a mention without a counterpart counts 0 in B3.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from typing import Any

from quotes.scoring.items import Json

Cluster = frozenset[Hashable]
Clusters = Sequence[Cluster]
_METRICS = ("muc", "b3", "ceafe", "mentions")


def score_coref(
    gold: Iterable[Json], pred: Iterable[Json], *, singletons: bool = True, types: Collection[str] | None = None
) -> dict[str, Any]:
    """Return the scores of documents `{"id", "mentions": [{"start", "end", "cluster", "type"}]}`.

    `types` keeps gold clusters with a mention of such a type, and the predicted clusters that share a mention with
    one of them or have no gold mention at all.
    """
    predictions = {document["id"]: document for document in pred}
    pairs = []
    for document in gold:
        ours = _clusters(document, singletons)
        theirs = list(_clusters(predictions.get(document["id"], {}), singletons).values())
        if types:
            wanted = {m["cluster"] for m in document["mentions"] if m.get("type") in types}
            every = _mentions(ours.values())
            ours = {key: cluster for key, cluster in ours.items() if key in wanted}
            kept = _mentions(ours.values())
            theirs = [c for c in theirs if c & kept or not c & every]
        pairs.append((list(ours.values()), theirs))
    return score_clusters(pairs)


def score_clusters(pairs: Iterable[tuple[Clusters, Clusters]]) -> dict[str, Any]:
    """Return the scores of (gold clusters, predicted clusters) pairs, one pair per document."""
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for gold, predicted in pairs:
        _add_document(sums, [c for c in gold if c], [c for c in predicted if c])
    found: dict[str, Any] = {}
    for metric in _METRICS:
        r = _ratio(sums[metric, "r"], sums[metric, "gold"])
        p = _ratio(sums[metric, "p"], sums[metric, "pred"])
        found[metric] = {"p": p, "r": r, "f1": _ratio(2 * p * r, p + r)}
    found["mentions"] |= {"gold": int(sums["mentions", "gold"]), "pred": int(sums["mentions", "pred"])}
    found["conll"] = (found["muc"]["f1"] + found["b3"]["f1"] + found["ceafe"]["f1"]) / 3
    return found


def format_clusters(found: Json) -> str:
    """Return the scores of clusters as lines for a person."""
    lines = [f"docs {found['docs']}"]
    for metric in _METRICS:
        row = found[metric]
        lines.append(f"  {metric:<28s} P {row['p']:.3f}  R {row['r']:.3f}  F1 {row['f1']:.3f}")
    lines[-1] += f"   (gold {found['mentions']['gold']} pred {found['mentions']['pred']})"
    lines.append(f"  {'mean of muc, b3, ceafe':<28s} {found['conll']:.3f}")
    if "coverage" in found:
        lines.append(f"  {'gold mentions scored':<28s} {found['coverage']:.3f}")
    return "\n".join(lines)


def _add_document(sums: dict[tuple[str, str], float], gold: Clusters, predicted: Clusters) -> None:
    similarity = ceafe_similarity(gold, predicted)
    ours, theirs = _mentions(gold), _mentions(predicted)
    shared = len(ours & theirs)
    rows = {
        "muc": (*_muc(gold, predicted), *_muc(predicted, gold)),
        "b3": (*_b3(gold, predicted), *_b3(predicted, gold)),
        "ceafe": (similarity, len(gold), similarity, len(predicted)),
        "mentions": (shared, len(ours), shared, len(theirs)),
    }
    for metric, row in rows.items():
        for field, value in zip(("r", "gold", "p", "pred"), row, strict=True):
            sums[metric, field] += value


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _mentions(clusters: Iterable[Cluster]) -> set[Hashable]:
    return {mention for cluster in clusters for mention in cluster}


def _clusters(document: Json, singletons: bool) -> dict[Hashable, Cluster]:
    """Return the clusters by name; a span that occurs twice belongs to its first cluster."""
    owner: dict[tuple[int, int], Hashable] = {}
    for mention in document.get("mentions") or []:
        owner.setdefault((mention["start"], mention["end"]), mention["cluster"])
    found: dict[Hashable, set[Hashable]] = defaultdict(set)
    for span, cluster in owner.items():
        found[cluster].add(span)
    return {key: frozenset(spans) for key, spans in found.items() if singletons or len(spans) > 1}


def _muc(a: Clusters, b: Clusters) -> tuple[int, int]:
    where = {mention: j for j, cluster in enumerate(b) for mention in cluster}
    hits = 0
    for cluster in a:
        pieces = {where[m] for m in cluster if m in where}
        hits += len(cluster) - len(pieces) - sum(m not in where for m in cluster)
    return hits, sum(len(cluster) - 1 for cluster in a)


def _b3(a: Clusters, b: Clusters) -> tuple[float, int]:
    where = {mention: j for j, cluster in enumerate(b) for mention in cluster}
    hits = 0.0
    for cluster in a:
        shared = Counter(where[m] for m in cluster if m in where)
        hits += sum(k * k for k in shared.values()) / len(cluster)
    return hits, sum(len(cluster) for cluster in a)


def ceafe_similarity(gold: Clusters, predicted: Clusters) -> float:
    """Return the largest sum of 2 |K & R| / (|K| + |R|) over one-to-one pairs of gold and predicted clusters."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

    where = {mention: i for i, cluster in enumerate(gold) for mention in cluster}
    similarity = np.zeros((len(gold), len(predicted)))
    for j, cluster in enumerate(predicted):
        for i, shared in Counter(where[m] for m in cluster if m in where).items():
            similarity[i, j] = 2.0 * shared / (len(cluster) + len(gold[i]))
    return float(similarity[linear_sum_assignment(similarity, maximize=True)].sum())
