"""Take document records in: every run is kept, no decision is touched."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from quotes.errors import InputError
from quotes.ids import text_hash
from quotes.inputs.document import OnError, printable
from quotes.output.cells import short
from quotes.review.database import Store
from quotes.review.log import Entry, append
from quotes.review.values import document_key, dumps, now, to_column
from quotes.schema import DocumentRecord, QuoteRecord, SpanRecord

LONGEST_TITLE = 120


def check(record: DocumentRecord) -> None:
    """Raise `InputError` where a record has no text, or its offsets do not fit it."""
    name = printable(record.id)
    if record.text is None:
        raise InputError(f"The record of '{name}' has no text. Write it with `quotes extract --with-text`.")
    if text_hash(record.text) != record.text_sha256:
        raise InputError(f"The record of '{name}' belongs to another text: the hash differs. Extract it again.")
    for span in _spans(record):
        if record.text[span.start : span.end] != span.text:
            raise InputError(
                f"The record of '{name}' does not fit its text: characters {span.start} to {span.end} are not what it "
                "says. Check it with `quotes validate`, or extract it again."
            )
    if len({q.id for q in record.quotes}) < len(record.quotes):
        raise InputError(f"The record of '{name}' has two quotations with one id. Extract it again.")


def _spans(record: DocumentRecord) -> Iterator[SpanRecord]:
    for quote in record.quotes:
        yield from (*quote.content, *quote.cue, *quote.source)
    for speaker in record.speakers:
        yield from speaker.mentions


def take_in(store: Store, records: Iterable[DocumentRecord], on_error: OnError) -> int:
    """Store records, each in a transaction of its own; return how many were new or changed.

    `on_error` is told of records that don't pass `check` and of names that occur twice; the rest goes on.
    """
    runs: dict[str, int] = {}
    seen: set[str] = set()
    taken = 0
    for record in records:
        try:
            check(record)
            if record.id in seen:
                raise InputError(f"There are two documents named '{printable(record.id)}'. Give each its own id.")
        except InputError as error:
            on_error(error, printable(record.id))
            continue
        seen.add(record.id)
        model = text_hash(dumps(record.model.model_dump()))
        with store.writing() as connection:
            if _same(connection, record):
                continue
            run = runs.get(model) or _run(connection, record, model)
            _take(connection, record, run)
        runs[model] = run
        taken += 1
    return taken


def known(store: Store, name: str, text: str) -> bool:
    """Return whether the current text of a document is this one, so that it need not be extracted again."""
    with store.reading() as connection:
        row = connection.execute("SELECT sha256 FROM document WHERE id = ?", (document_key(name),)).fetchone()
    return row is not None and row["sha256"] == text_hash(text)


def _hash(record: DocumentRecord) -> str:
    return text_hash(dumps(record.model_dump(exclude={"text", "meta"})))


def _same(connection: sqlite3.Connection, record: DocumentRecord) -> bool:
    row = connection.execute(
        "SELECT hash FROM reading JOIN document ON id = doc AND document.run = reading.run WHERE doc = ?",
        (document_key(record.id),),
    ).fetchone()
    return row is not None and row["hash"] == _hash(record)


def _run(connection: sqlite3.Connection, record: DocumentRecord, digest_of_model: str) -> int:
    model = record.model
    cursor = connection.execute(
        "INSERT INTO run (at, program, spacy, pipeline, reader, model_sha256) VALUES (?, ?, ?, ?, ?, ?)",
        (now(), model.program, model.spacy, model.pipeline, model.reader, digest_of_model),
    )
    return int(cursor.lastrowid or 0)


def _take(connection: sqlite3.Connection, record: DocumentRecord, run: int) -> None:
    key, sha = document_key(record.id), record.text_sha256
    connection.execute("INSERT OR IGNORE INTO text VALUES (?, ?)", (sha, to_column(record.text or "")))
    before = connection.execute("SELECT sha256, run FROM document WHERE id = ?", (key,)).fetchone()
    facts = (to_column(title_of(record)), to_column(record.meta.get("url", "")) or None, dumps(record.meta), sha, run)
    if before is None:
        connection.execute(
            "INSERT INTO document (title, url, meta, sha256, run, id, name, position) VALUES (?, ?, ?, ?, ?, ?, ?, "
            "(SELECT coalesce(max(position), 0) + 1 FROM document))",
            (*facts, key, to_column(record.id)),
        )
    else:
        connection.execute("UPDATE document SET title=?, url=?, meta=?, sha256=?, run=? WHERE id=?", (*facts, key))
    rest = dumps(record.model_dump(exclude={"text", "quotes"}))
    connection.execute("INSERT INTO reading VALUES (?, ?, ?, ?, ?)", (key, run, sha, _hash(record), rest))
    connection.executemany(
        "INSERT INTO prediction VALUES (?, ?, ?, ?, ?, ?)",
        [(key, run, q.id, number, doubt(q), dumps(q.model_dump())) for number, q in enumerate(record.quotes)],
    )
    was = None if before is None else {"run": before["run"], "text_sha256": before["sha256"]}
    is_now = {"run": run, "text_sha256": sha, "quotes": len(record.quotes)}
    entry = Entry("", "", key, "run", "run", before=was, after=is_now)
    append(connection, [entry])


def doubt(quote: QuoteRecord) -> float:
    """Return how likely it is that content, source or speaker is wrong (0 to 1); an unnamed speaker counts as even."""
    return round(1 - quote.confidence * (0.5 if quote.speaker_confidence is None else quote.speaker_confidence), 4)


def title_of(record: DocumentRecord) -> str:
    """Return the title of a document: its own, else its first line, else its name."""
    lines = (line.strip() for line in (record.text or "").splitlines())
    title = record.meta.get("title") or next(filter(None, lines), "") or record.id
    return short(title, LONGEST_TITLE)
