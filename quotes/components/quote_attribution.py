"""`quote_attribution`: the speaker of each quotation, from its source's cluster or from the dialogue around it."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from quotes.attribution import Verdict, write_verdicts
from quotes.clusters import read_candidates, read_clusters
from quotes.components.base import Component
from quotes.dialogue import Guess, Turn, guess_speakers
from quotes.repeats import find_repeats
from quotes.rules.layout import Layout, lay_out
from quotes.spans import read_readings
from quotes.turns import make_turns
from quotes.types import Cluster, Reading, Reason

SURE = 0.25


class QuoteAttribution(Component[dict[str, Verdict]]):
    """Write a verdict for each quotation into `doc.spans["quotes"].attrs["speakers"]`."""

    def __init__(self, name: str = "quote_attribution") -> None:
        super().__init__(name)

    def predict(self, docs: Sequence[Doc]) -> list[dict[str, Verdict]]:
        return [attribute(doc) for doc in docs]

    def set_annotations(self, doc: Doc, prediction: dict[str, Verdict]) -> None:
        write_verdicts(doc, prediction)


def attribute(doc: Doc) -> dict[str, Verdict]:
    """Return the verdict for each quotation on a Doc, by id."""
    readings, clusters, ranked = read_readings(doc), read_clusters(doc), read_candidates(doc)
    if not readings:
        return {}
    first = {i: _from_source(doc, r, clusters, ranked.get(i, [])) for i, r in readings.items()}
    repeats = _repeats(doc, readings)
    layout: Layout = lay_out(doc, ())
    turns = make_turns(layout, list(readings.values()), clusters, [v.cluster for v in first.values()], repeats)
    guesses = guess_speakers(turns)
    keys = list(readings)
    return {
        key: _settle(first[key], turn, guess, keys, readings[key])
        for key, turn, guess in zip(keys, turns, guesses, strict=True)
    }


def _from_source(doc: Doc, reading: Reading, clusters: Sequence[Cluster], ranked: list[tuple[int, float]]) -> Verdict:
    if not reading.source:
        return Verdict(reason="no_source", evidence=("speaker:none",))
    candidates = tuple(ranked)
    if not candidates or candidates[0][1] < SURE:
        pronoun = all(doc[i].pos_ == "PRON" for s, e in reading.source for i in range(s, e))
        reason: Reason = "pronoun_unresolved" if pronoun else "ambiguous_name" if candidates else "low_confidence"
        return Verdict(candidates=candidates, reason=reason, evidence=("speaker:none",))
    best, confidence = candidates[0]
    return Verdict(best, confidence, candidates, evidence=(f"speaker:{_form(doc, reading, clusters[best])}",))


def _form(doc: Doc, reading: Reading, cluster: Cluster) -> str:
    start, end = reading.source[0]
    forms = [m.form for m in cluster.mentions if m.start < end and start < m.end]
    if forms:
        return "name" if "name" in forms else forms[0]
    return "pronoun" if end - start == 1 and doc[start].pos_ == "PRON" else "nominal"


def _repeats(doc: Doc, readings: dict[str, Reading]) -> list[int | None]:
    texts = [" ".join(doc[s:e].text for s, e in r.content) for r in readings.values()]
    values = list(readings.values())
    found = find_repeats(texts, [bool(r.source) for r in values])
    return [j if j is not None and not values[i].source else None for i, j in enumerate(found)]


def _settle(verdict: Verdict, turn: Turn, guess: Guess | None, keys: list[str], reading: Reading) -> Verdict:
    repeats = keys[turn.repeats] if turn.repeats is not None else None
    flags = ("pull_quote",) if repeats is not None else ()
    if guess is None or verdict.cluster is not None or reading.source:
        return Verdict(
            verdict.cluster,
            verdict.confidence,
            verdict.candidates,
            verdict.reason,
            verdict.evidence,
            flags,
            repeats,
        )
    candidates = ((guess.speaker, guess.confidence),)
    return Verdict(guess.speaker, guess.confidence, candidates, None, (guess.code,), flags, repeats)
