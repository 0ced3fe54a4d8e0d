"""`quote_attribution`: the speaker of each quotation, from its source's cluster or from the dialogue around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc

from quotes.attribution import Verdict, write_verdicts
from quotes.casting import Choice, cast_dialogue, is_conversation
from quotes.casting.doubles import join_doubles
from quotes.casting.roster import Roster, enrol, read_roster
from quotes.clusters import read_candidates, read_clusters, write_clusters
from quotes.components.base import Component
from quotes.dialogue import Guess, Turn, guess_speakers
from quotes.interviews import FLAG, answered
from quotes.repeats import find_repeats
from quotes.rules.layout import Layout, lay_out
from quotes.spans import read_readings
from quotes.turns import make_turns
from quotes.types import Cluster, Reading, Reason

SURE = 0.25
FAIR = 0.2


@dataclass(frozen=True, slots=True)
class Attribution:
    """A verdict for each quotation, by id; the clusters and the candidates for each source where attribution changed
    them (a narrator, a better name, known characters joined)."""

    verdicts: dict[str, Verdict]
    clusters: tuple[Cluster, ...] | None = None
    ranked: dict[str, list[tuple[int, float]]] = field(default_factory=dict)


class QuoteAttribution(Component[Attribution]):
    """Write a verdict for each quotation into `doc.spans["quotes"].attrs["speakers"]`."""

    def __init__(self, name: str = "quote_attribution", *, characters: Iterable[str] = ()) -> None:
        super().__init__(name)
        self.roster = read_roster(characters)

    def predict(self, docs: Sequence[Doc]) -> list[Attribution]:
        return [attribute(doc, self.roster) for doc in docs]

    def set_annotations(self, doc: Doc, prediction: Attribution) -> None:
        if prediction.clusters is not None:
            write_clusters(doc, prediction.clusters, prediction.ranked)
        write_verdicts(doc, prediction.verdicts)


def attribute(doc: Doc, roster: Roster = ()) -> Attribution:
    """Return the verdict for each quotation on a Doc, by id. `roster` are the known characters."""
    readings, found, ranked = read_readings(doc), read_clusters(doc), read_candidates(doc)
    if not readings:
        return Attribution({})
    layout: Layout = lay_out(doc, ())
    keys, values = list(readings), list(readings.values())
    clusters, rows = found, [ranked.get(key, []) for key in keys]
    rows = answered([_text(doc, r) for r in values], values, clusters, rows)
    if roster:
        clusters, rows = enrol(clusters, rows, roster)
    talk, known = is_conversation(layout, values), {row[0] for row in roster}
    if talk:
        clusters, rows = join_doubles(doc, clusters, rows, known)
    first = [_from_source(doc, r, clusters, row) for r, row in zip(values, rows, strict=True)]
    if talk:
        casting = cast_dialogue(layout, values, clusters, rows, known=known)
        clusters = list(casting.clusters)
        first = [_from_cast(verdict, casting.choices.get(n)) for n, verdict in enumerate(first)]
    repeats = _repeats(doc, readings)
    turns = make_turns(layout, values, clusters, [v.cluster for v in first], repeats)
    settled = zip(first, turns, guess_speakers(turns), values, strict=True)
    verdicts = [_settle(verdict, turn, guess, keys, reading) for verdict, turn, guess, reading in settled]
    changed = clusters != found
    return Attribution(
        dict(zip(keys, verdicts, strict=True)),
        tuple(clusters) if changed else None,
        dict(zip(keys, rows, strict=True)) if changed else {},
    )


def _text(doc: Doc, reading: Reading) -> str:
    return " ".join(doc[s:e].text for s, e in reading.source)


def _from_cast(verdict: Verdict, choice: Choice | None) -> Verdict:
    """Return the verdict of the casting; where it finds nobody likely enough, the one from the source."""
    if choice is None or not choice.ranked:
        return verdict
    best, share = choice.ranked[0]
    if share < FAIR:
        return replace(verdict, cluster=None, candidates=choice.ranked, reason=verdict.reason or "low_confidence")
    return Verdict(best, share, choice.ranked, evidence=(choice.code,))


def _from_source(doc: Doc, reading: Reading, clusters: Sequence[Cluster], ranked: list[tuple[int, float]]) -> Verdict:
    if not reading.source:
        return Verdict(reason="no_source", evidence=("speaker:none",))
    candidates = tuple(ranked)
    if not candidates and FLAG in reading.flags:
        return Verdict(reason="unnamed_source", evidence=("speaker:none",))
    if not candidates or candidates[0][1] < SURE:
        pronoun = all(doc[i].pos_ == "PRON" for s, e in reading.source for i in range(s, e))
        reason: Reason = "pronoun_unresolved" if pronoun else "ambiguous_name" if candidates else "low_confidence"
        return Verdict(candidates=candidates, reason=reason, evidence=("speaker:none",))
    best, confidence = candidates[0]
    return Verdict(best, confidence, candidates, evidence=(f"speaker:{_form(doc, reading, clusters[best])}",))


def _form(doc: Doc, reading: Reading, cluster: Cluster) -> str:
    if FLAG in reading.flags:
        return "interview"
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
