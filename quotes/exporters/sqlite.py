"""SQLite, as Datasette opens it: a table per kind of record, and the view `quotations` with a row a quotation.

All of a record is there. Offsets are end-exclusive code points. Lone surrogates become U+FFFD.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

from quotes.errors import OutputError
from quotes.exporters.common import parts, utf8
from quotes.output import Close, Write
from quotes.output.cells import GAP
from quotes.schema import DocumentRecord, QuoteRecord

SPAN = "start_char INTEGER NOT NULL, end_char INTEGER NOT NULL, text TEXT NOT NULL"
OF = "document INTEGER NOT NULL REFERENCES documents"
TABLES = f"""
CREATE TABLE documents (document INTEGER PRIMARY KEY, id TEXT NOT NULL, text_sha256 TEXT NOT NULL, url TEXT,
    title TEXT, author TEXT, date TEXT, site TEXT, meta TEXT NOT NULL, text TEXT, model TEXT NOT NULL);
CREATE TABLE speakers ({OF}, id TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, role TEXT,
    aliases TEXT NOT NULL);
CREATE TABLE mentions ({OF}, speaker_id TEXT NOT NULL, {SPAN}, form TEXT NOT NULL);
CREATE TABLE quotes ({OF}, id TEXT NOT NULL, type TEXT NOT NULL, content TEXT NOT NULL, speaker_id TEXT, speaker TEXT,
    reason TEXT, confidence REAL NOT NULL, speaker_confidence REAL, flags TEXT NOT NULL, repeats TEXT,
    prefix TEXT NOT NULL, suffix TEXT NOT NULL);
CREATE TABLE spans ({OF}, quote_id TEXT NOT NULL, role TEXT NOT NULL, {SPAN});
CREATE TABLE candidates ({OF}, quote_id TEXT NOT NULL, speaker_id TEXT NOT NULL, name TEXT NOT NULL,
    confidence REAL NOT NULL);
CREATE TABLE evidence ({OF}, quote_id TEXT NOT NULL, code TEXT NOT NULL, words TEXT NOT NULL);
CREATE TABLE asides ({OF}, flag TEXT NOT NULL, {SPAN});
CREATE TABLE warnings ({OF}, code TEXT NOT NULL, message TEXT NOT NULL);
"""
INDEXES = """
CREATE INDEX speakers_of ON speakers (document, id);
CREATE INDEX quotes_of ON quotes (document, id);
CREATE INDEX quotes_by ON quotes (speaker);
CREATE INDEX spans_of ON spans (document, quote_id);
CREATE INDEX mentions_of ON mentions (document, speaker_id);
CREATE VIEW quotations AS
    SELECT d.id AS document, q.id, q.type, q.content, q.speaker, s.kind, s.role,
        (SELECT group_concat(text, ' […] ') FROM spans p WHERE p.document = q.document AND quote_id = q.id
            AND p.role = 'source') AS source,
        (SELECT group_concat(text, ' […] ') FROM spans p WHERE p.document = q.document AND quote_id = q.id
            AND p.role = 'cue') AS cue,
        q.confidence, q.speaker_confidence, q.reason, q.flags, d.url, d.title, d.date
    FROM quotes q JOIN documents d ON d.document = q.document
        LEFT JOIN speakers s ON s.document = q.document AND s.id = q.speaker_id;
"""
META = ("url", "title", "author", "date", "site")
Add = Callable[..., None]


def sqlite_writer(path: Path, stack: ExitStack) -> tuple[Write, Close]:
    """A new database; it is written without a journal, since it takes its name only when it is whole."""
    stack.enter_context(_told(path))
    base = stack.enter_context(closing(sqlite3.connect(path, isolation_level=None)))
    base.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {TABLES} BEGIN;")
    count = 0

    def add(table: str, *values: Any) -> None:
        row = [utf8(v) if isinstance(v, str) else v for v in values]
        base.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)

    def write(record: DocumentRecord) -> None:
        nonlocal count
        count += 1
        _add(record, count, add)

    def close() -> None:
        base.executescript(INDEXES)  # which commits first

    return write, close


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what SQLite raises, as for a full disk, into `OutputError`."""
    try:
        yield
    except sqlite3.Error as error:
        raise OutputError(
            f"Can't write the database in '{path.parent}': {error}. Choose another place with --out."
        ) from error


def _add(record: DocumentRecord, number: int, add: Add) -> None:
    meta = [record.meta.get(key) for key in META]
    more = (json.dumps(record.meta), record.text, record.model.model_dump_json())
    add("documents", number, record.id, record.text_sha256, *meta, *more)
    for s in record.speakers:
        add("speakers", number, s.id, s.name, s.kind, s.role, json.dumps(s.aliases))
        for m in s.mentions:
            add("mentions", number, s.id, m.start, m.end, m.text, m.form)
    for q in record.quotes:
        _add_quote(q, number, add)
    for a in record.asides:
        add("asides", number, a.flag, a.span.start, a.span.end, a.span.text)
    for w in record.warnings:
        add("warnings", number, w.code, w.message)


def _add_quote(q: QuoteRecord, number: int, add: Add) -> None:
    content = GAP.join(s.text for s in q.content)
    who = (q.speaker_id, q.speaker, q.reason, q.confidence, q.speaker_confidence)
    add("quotes", number, q.id, q.type, content, *who, json.dumps(q.flags), q.repeats, q.prefix, q.suffix)
    for role, span in parts(q):
        add("spans", number, q.id, role, span.start, span.end, span.text)
    for c in q.candidates:
        add("candidates", number, q.id, c.speaker_id, c.name, c.confidence)
    for e in q.evidence:
        add("evidence", number, q.id, e.code, e.words)
