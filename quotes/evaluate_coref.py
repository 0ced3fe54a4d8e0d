"""Score who is who: clusters against gold coreference, and gendered pronouns between two names (GAP)."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from quotes.clusters import read_clusters
from quotes.corpora import gold_lines, open_lines, parse_line
from quotes.errors import BadGold
from quotes.phrases import root_of
from quotes.scoring.coref import score_clusters
from quotes.scoring.report import prf
from quotes.types import Cluster

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Json = Mapping[str, Any]
What = Literal["quotes", "clusters", "gap"]
FIELDS = {"clusters": ("text", "mentions"), "gap": ("text", "pronoun", "a", "b", "a_coref", "b_coref")}


def what_is_in(path: str | Path) -> What:
    """Return what the first line of a gold file is about; `quotes` where it is about neither clusters nor GAP."""
    try:
        with open_lines(Path(path)) as lines:
            first = json.loads(next(line for line in lines if line.strip()))
    except (OSError, EOFError, ValueError, zlib.error, StopIteration):
        return "quotes"
    if not isinstance(first, dict) or "quotes" in first:
        return "quotes"
    return next((what for what in ("clusters", "gap") if all(f in first for f in FIELDS[what])), "quotes")


def evaluate_clusters(path: str | Path, nlp: Language) -> dict[str, Any]:
    """Return MUC, B3, CEAFe and their mean for a file of `{"text", "mentions": [{"start", "end", "cluster"}]}`.

    Scored are the mentions that the pipeline models: gold mentions whose head word is the head of one of ours; each of
    ours stands for the smallest such gold mention. `coverage` is the share of the gold mentions that this leaves.
    """
    rows = list(_read(path, "clusters"))
    pairs, kept, total = [], 0, 0
    for row, doc in zip(rows, nlp.pipe(row["text"] for row in rows), strict=True):
        gold, ours = _aligned(doc, row["mentions"], read_clusters(doc))
        pairs.append((gold, ours))
        kept += sum(map(len, gold))
        total += len(row["mentions"])
    return {**score_clusters(pairs), "coverage": kept / total if total else 0.0, "docs": len(rows)}


def _aligned(
    doc: Doc, mentions: Sequence[Json], clusters: Sequence[Cluster]
) -> tuple[list[frozenset[Any]], list[frozenset[Any]]]:
    """Return gold clusters and ours as sets of head tokens, over the heads that both have."""
    gold, ours = gold_heads(doc, mentions), cluster_heads(clusters)
    both = gold.keys() & ours.keys()
    return sets_of({i: gold[i] for i in both}), sets_of({i: ours[i] for i in both})


def gold_heads(doc: Doc, mentions: Sequence[Json]) -> dict[int, str]:
    """Return the gold cluster of each head token: that of the smallest mention with this head."""
    heads: dict[int, tuple[int, str]] = {}
    for mention in mentions:
        span = doc.char_span(mention["start"], mention["end"], alignment_mode="expand")
        if span is not None and len(span):
            row = (len(span), str(mention["cluster"]))
            head = root_of(doc, span.start, span.end).i
            heads[head] = min(heads.get(head, row), row)
    return {head: cluster for head, (_, cluster) in heads.items()}


def cluster_heads(clusters: Sequence[Cluster]) -> dict[int, int]:
    """Return the number of the cluster of each head token."""
    return {m.head: number for number, cluster in enumerate(clusters) for m in cluster.mentions}


def sets_of(clusters: Mapping[int, Any]) -> list[frozenset[Any]]:
    """Return the heads of each cluster."""
    found: dict[Any, set[int]] = {}
    for head, cluster in clusters.items():
        found.setdefault(cluster, set()).add(head)
    return [frozenset(heads) for heads in found.values()]


def evaluate_gap(path: str | Path, nlp: Language) -> dict[str, Any]:
    """Return precision, recall and F1 over the two names of each text of GAP (Webster et al. 2018), as its scorer
    counts: a name is answered yes where a name of the pronoun's cluster overlaps it."""
    rows = list(_read(path, "gap"))
    hits = answered = wanted = 0
    for row, doc in zip(rows, nlp.pipe(row["text"] for row in rows), strict=True):
        names = _names_of(doc, row["pronoun"], read_clusters(doc))
        for key in "ab":
            start, end = row[key]
            yes = any(s < end and start < e for s, e in names)
            hits += yes and row[f"{key}_coref"]
            answered += yes
            wanted += row[f"{key}_coref"]
    return {**prf(hits, answered, wanted), "docs": len(rows)}


def _names_of(doc: Doc, pronoun: Sequence[int], clusters: Sequence[Cluster]) -> list[tuple[int, int]]:
    """Return the names, in characters, of the cluster that holds the pronoun."""
    for cluster in clusters:
        if any(doc[m.head].idx == pronoun[0] for m in cluster.mentions if m.form == "pronoun"):
            named = (m for m in cluster.mentions if m.form == "name")
            return [(doc[m.start].idx, doc[m.end - 1].idx + len(doc[m.end - 1])) for m in named]
    return []


def _read(path: str | Path, what: str) -> Iterator[Json]:
    """Yield the lines of a file. Raises `DataMissing`, or `BadGold` naming the line and the field."""
    for line, where in gold_lines(path):
        yield _row(parse_line(line, where), FIELDS[what], where)


def _row(row: Any, fields: Sequence[str], where: str) -> Json:
    if not isinstance(row, dict):
        raise BadGold(f"{where}: not an object. Each line must be one with {', '.join(fields)}.")
    missing = next((f for f in fields if f not in row), None)
    if missing:
        raise BadGold(f"{where}: the field '{missing}' is missing. Each line must have {', '.join(fields)}.")
    return row
