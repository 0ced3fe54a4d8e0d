"""Settled documents as the records that every exporter takes: who decided what stands in flags and evidence."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from quotes.ids import quote_id
from quotes.review.anchoring import CONTEXT
from quotes.review.casts import Cast
from quotes.review.settled import DISPUTED, Outcome, Settled, outcome
from quotes.review.values import DECIDED, Json, dumps, from_column, loads
from quotes.schema import (
    DocumentRecord,
    EvidenceRecord,
    MentionRecord,
    QuoteRecord,
    SpanRecord,
    SpeakerRecord,
)

PREFIX = "review:"
"""Before a status in `flags` and in the codes of `evidence`."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A document to put out: its record, and per quotation of it what was decided."""

    record: DocumentRecord
    rows: list[Settled]
    left_out: list[Settled]
    outcome: Outcome


def reviewed(connection: sqlite3.Connection, doc: str, reviewer: str | None = None) -> Reviewed:
    """Return a document as settled (or as one reviewer has it); rejected quotations are left out of the record."""
    found = outcome(connection, doc, reviewer)
    view = found.view
    reading = connection.execute("SELECT record FROM reading WHERE doc = ? AND run = ?", (doc, view.row["run"]))
    base = loads(reading.fetchone()["record"])
    rows = _once([row for row in found.quotes if row.status != "rejected"])
    left_out = [row for row in found.quotes if row.status == "rejected"] + found.orphaned
    people: dict[str, SpeakerRecord] = {}
    ids = {row.key: quote_id(view.row["sha256"], ((s, e) for s, e in row.state["content"])) for row in rows}
    quotes = tuple(_quote(view.text, row, ids, people) for row in rows)
    meta, identifiers = dict(loads(view.row["meta"])), _identifiers(rows)
    if identifiers:
        meta["identifiers"] = dumps(identifiers)
    facts = {"id": from_column(view.row["name"]), "text": view.text, "meta": meta}
    record = {**base, **facts, "speakers": tuple(people.values()), "quotes": quotes}
    return Reviewed(DocumentRecord.model_validate(record), rows, left_out, found)


def _once(rows: list[Settled]) -> list[Settled]:
    """Leave out a second quotation of the very same words, as when one reviewer corrects what the other adds."""
    best: dict[str, Settled] = {}
    for row in rows:
        place = str(row.state["content"])
        if place not in best or (row.by and not best[place].by):
            best[place] = row
    return sorted(best.values(), key=lambda row: (row.state["content"], row.key))


def _identifiers(rows: list[Settled]) -> dict[str, str]:
    """Return speaker id -> identifier, such as a QID."""
    found = {}
    for row in rows:
        key = row.cast.resolve(row.state["speaker_id"])
        identifier = row.cast.fields(key)["identifier"] if key else None
        if key and identifier:
            found[key] = str(identifier)
    return found


def _quote(text: str, row: Settled, ids: dict[str, str], people: dict[str, SpeakerRecord]) -> QuoteRecord:
    state, model = row.state, row.shown.prediction or {}
    content, cue, source = (_spans(text, state[role]) for role in ("content", "cue", "source"))
    key = row.cast.resolve(state["speaker_id"])
    if key is not None and key not in people:
        people[key] = speaker_record(text, row.cast, key)
    name = people[key].name if key is not None else None
    sure = row.status in ("accepted", "corrected")
    return QuoteRecord(
        id=ids[row.key],
        type=state["type"],
        content=content,
        cue=cue,
        source=source,
        speaker_id=key,
        speaker=name,
        reason=None if name else model.get("reason") or "no_source",
        confidence=1.0 if sure else model.get("confidence", 0.5),
        speaker_confidence=None if name is None else 1.0 if sure else model.get("speaker_confidence"),
        evidence=(*_evidence(model), *_words(row)),
        flags=tuple(dict.fromkeys((*model.get("flags", ()), PREFIX + row.status))),
        repeats=ids.get(model.get("repeats") or ""),
        prefix=text[max(0, content[0].start - CONTEXT) : content[0].start],
        suffix=text[content[-1].end : content[-1].end + CONTEXT],
    )


def _spans(text: str, pairs: list[list[int]]) -> tuple[SpanRecord, ...]:
    return tuple(SpanRecord(start=s, end=e, text=text[s:e]) for s, e in pairs)


def _evidence(model: Json) -> tuple[EvidenceRecord, ...]:
    return tuple(EvidenceRecord.model_validate(e) for e in model.get("evidence", ()))


def _words(row: Settled) -> list[EvidenceRecord]:
    """Return the decision as evidence: who, and the note."""
    if row.status not in (*DECIDED, DISPUTED):
        return []
    who = " and ".join(row.by) or "adjudication"
    words = f"{who} differ on it." if row.status == DISPUTED else f"{row.status.capitalize()} by {who}."
    note = f" Note: {row.state['note']}" if row.state["note"] else ""
    return [EvidenceRecord(code=PREFIX + row.status, words=words + note)]


def speaker_record(text: str, cast: Cast, key: str) -> SpeakerRecord:
    """Return a speaker as the reviewers have it; mentions that are not in this text are left out."""
    fields = cast.fields(key)
    mentions = [m for m in fields["mentions"] if text[m["start"] : m["end"]] == m["text"]]
    return SpeakerRecord(
        id=key,
        name=fields["name"],
        aliases=tuple(fields["aliases"]),
        kind=fields["kind"],
        role=fields["role"],
        mentions=tuple(MentionRecord.model_validate(m) for m in mentions),
    )


def trail(connection: sqlite3.Connection, doc: str | None = None, reviewer: str | None = None) -> list[Json]:
    """Return the log: who, when, what, before and after, note, seconds, model and text hash, an entry a row."""
    rows = connection.execute(
        "SELECT log.*, document.name, run.model_sha256 FROM log JOIN document ON document.id = log.doc "
        "LEFT JOIN run ON run.id = log.run WHERE (:doc IS NULL OR log.doc = :doc) "
        "AND (:layer IS NULL OR log.layer IN ('', :layer)) ORDER BY log.seq",
        {"doc": doc, "layer": reviewer},
    )
    return [_entry(row) for row in rows]


def _entry(row: sqlite3.Row) -> Json:
    return {
        "seq": row["seq"],
        "at": row["at"],
        "reviewer": row["reviewer"],
        "layer": row["layer"],
        "document": from_column(row["name"]),
        "scope": row["scope"],
        "quote": row["quote"] or None,
        "action": row["action"],
        "group": row["grp"],
        "target": row["target"],
        "before": loads(row["before"]),
        "after": loads(row["after"]),
        "note": row["note"],
        "seconds": row["seconds"],
        "model_sha256": row["model_sha256"],
        "text_sha256": row["text_sha256"],
    }
