"""How far two reviewers agree who decided without seeing each other's answers."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from quotes import scoring
from quotes.review.values import FINAL, Json
from quotes.review.view import View, finishers, load_view

VERDICTS = {"accepted": "keep", "corrected": "keep", "rejected": "reject", "unsure": "unsure"}


def agreement(connection: sqlite3.Connection) -> list[Json]:
    """Return the figures of every pair of reviewers, over the documents that both have finished."""
    docs = [row["id"] for row in connection.execute("SELECT id FROM document ORDER BY position")]
    done = {doc: [name for name in finishers(connection, doc) if name != FINAL] for doc in docs}
    pairs = sorted({pair for names in done.values() for pair in combinations(sorted(names), 2)})
    found = []
    for a, b in pairs:
        both = [doc for doc in docs if a in done[doc] and b in done[doc]]
        views = [(load_view(connection, doc, a), load_view(connection, doc, b)) for doc in both]
        found.append({"a": a, "b": b, "documents": len(both), **figures(views)})
    return found


def figures(views: Sequence[tuple[View, View]]) -> Json:
    """Return span F1 (exact and overlap), speaker accuracy on matched quotations, kappa, and what they count.

    None stands where there is nothing to count. Kappa is over keep, reject and unsure, for the `n` quotations that
    both have decided on; one that only one has added is an agreement on nothing, and shows in F1.
    """
    gold, other = [kept(a) for a, _ in views], [kept(b) for _, b in views]
    verdicts = [pair for a, b in views for pair in _verdicts(a, b)]
    empty = not any(d["quotes"] for d in (*gold, *other))
    summary, _ = scoring.score(gold, other)
    detection, speakers = summary["overall"]["detection"], summary["overall"].get("speaker_strict")
    matched = bool(speakers) and detection["overlap"]["tp"] > 0
    return {
        "span_exact_f1": None if empty else detection["exact"]["f1"],
        "span_overlap_f1": None if empty else detection["overlap"]["f1"],
        "speaker_accuracy": speakers["accuracy_on_matched"] if matched else None,
        "kappa": kappa(verdicts),
        "n": len(verdicts),
    }


def kept(view: View) -> Json:
    """Return the quotations of a view that were not rejected, in the format of gold data."""
    rows = []
    for shown in view.quotes:
        state = shown.state
        if VERDICTS.get(state["status"]) != "keep":
            continue
        key = view.cast.resolve(state["speaker_id"])
        aliases = view.cast.fields(key)["aliases"] if key else []
        spans = {role: state[role] for role in ("content", "cue", "source")}
        name = view.cast.name(key)
        rows.append({"id": shown.key, "type": state["type"], **spans, "speaker": name, "speaker_aliases": aliases})
    return {"id": view.doc, "text": view.text, "quotes": rows}


def _verdicts(a: View, b: View) -> list[tuple[str, str]]:
    theirs = {shown.key: shown for shown in b.quotes if shown.decided}
    ours = [shown for shown in a.quotes if shown.decided and shown.key in theirs]
    return [(VERDICTS[s.state["status"]], VERDICTS[theirs[s.key].state["status"]]) for s in ours]


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Return Cohen's kappa of pairs of labels; None without pairs, or where chance alone would agree on all."""
    total = len(pairs)
    if not total:
        return None
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[label] * second[label] for label in first) / total**2
    seen = sum(a == b for a, b in pairs) / total
    return None if chance == 1 else round((seen - chance) / (1 - chance), 4)
