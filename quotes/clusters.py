"""Clusters on a Doc and back: `doc.spans["coref_clusters_N"]`, N from 1, facts in `SpanGroup.attrs`."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Span, SpanGroup

from quotes.types import Cluster, Mention

PREFIX = "coref_clusters_"
CANDIDATES = "coref_candidates"


def write_clusters(doc: Doc, clusters: Sequence[Cluster], candidates: dict[str, list[tuple[int, float]]]) -> None:
    """Write clusters (group N holds cluster N - 1) and, by quotation id, the ranked candidates for its source."""
    for key in [k for k in doc.spans if k.startswith(PREFIX)]:
        del doc.spans[key]
    for number, cluster in enumerate(clusters, 1):
        spans = [Span(doc, m.start, m.end, label=m.form) for m in cluster.mentions]
        attrs = {
            "name": cluster.name,
            "kind": cluster.kind,
            "role": cluster.role,
            "aliases": list(cluster.aliases),
            "heads": [m.head for m in cluster.mentions],
        }
        doc.spans[f"{PREFIX}{number}"] = SpanGroup(doc, name=f"{PREFIX}{number}", attrs=attrs, spans=spans)
    ranked = {i: [[int(c), float(p)] for c, p in rows] for i, rows in candidates.items()}
    doc.spans[CANDIDATES] = SpanGroup(doc, name=CANDIDATES, attrs={"ranked": ranked}, spans=[])


def read_clusters(doc: Doc) -> list[Cluster]:
    """Return the clusters that stand on a Doc, cluster N - 1 for group N. Groups of another coreference component
    that has the same key convention are taken too: their longest mention is the name."""
    keys = sorted((k for k in doc.spans if k.startswith(PREFIX)), key=lambda k: int(k.removeprefix(PREFIX)))
    return [_read(doc.spans[k]) for k in keys]


def _read(group: SpanGroup) -> Cluster:
    attrs = group.attrs or {}
    spans = list(group)
    heads = attrs.get("heads") or [s.root.i for s in spans]
    mentions = tuple(
        Mention(s.start, s.end, h, s.label_ if s.label_ in ("name", "pronoun", "nominal") else "nominal")
        for s, h in zip(spans, heads, strict=True)
    )
    name = attrs.get("name") or max((s.text for s in spans), key=len)
    aliases = tuple(attrs.get("aliases") or ())
    return Cluster(mentions, name, attrs.get("kind") or "unknown", attrs.get("role"), aliases)


def read_candidates(doc: Doc) -> dict[str, list[tuple[int, float]]]:
    """Return, by quotation id, the ranked candidates (cluster index, confidence) for the source."""
    if CANDIDATES not in doc.spans:
        return {}
    rows = doc.spans[CANDIDATES].attrs.get("ranked", {})
    return {i: [(int(c), float(p)) for c, p in row] for i, row in rows.items()}
