"""The tables of a desk's database, as migrations of sqlite-utils: add a function at the end, never change one."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("quotes.review")

TABLES = (
    # a text is kept for good: decisions made on an old version point into it
    "CREATE TABLE text (sha256 TEXT PRIMARY KEY, text TEXT NOT NULL)",
    """CREATE TABLE run (id INTEGER PRIMARY KEY, at TEXT NOT NULL, program TEXT NOT NULL, spacy TEXT NOT NULL,
    pipeline TEXT NOT NULL, reader TEXT, model_sha256 TEXT NOT NULL)""",
    """CREATE TABLE document (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, title TEXT NOT NULL, url TEXT,
    meta TEXT NOT NULL, position INTEGER NOT NULL, sha256 TEXT NOT NULL REFERENCES text, run INTEGER NOT NULL
    REFERENCES run)""",
    # what one run found in one text: `record` is the document record without text and quotations
    """CREATE TABLE reading (doc TEXT NOT NULL REFERENCES document, run INTEGER NOT NULL REFERENCES run,
    sha256 TEXT NOT NULL REFERENCES text, hash TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (doc, run))
    WITHOUT ROWID""",
    """CREATE TABLE prediction (doc TEXT NOT NULL, run INTEGER NOT NULL, quote TEXT NOT NULL, position INTEGER NOT NULL,
    doubt REAL NOT NULL, record TEXT NOT NULL, PRIMARY KEY (doc, run, quote),
    FOREIGN KEY (doc, run) REFERENCES reading) WITHOUT ROWID""",
    # scope: quote, speakers, finish or run; layer: whose view it changes (a reviewer's name, or 'final' for all)
    """CREATE TABLE log (seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, reviewer TEXT NOT NULL,
    layer TEXT NOT NULL, doc TEXT NOT NULL REFERENCES document, scope TEXT NOT NULL, quote TEXT NOT NULL DEFAULT '',
    action TEXT NOT NULL, grp INTEGER NOT NULL, target INTEGER, status TEXT, before TEXT, after TEXT, note TEXT,
    seconds REAL, run INTEGER REFERENCES run, text_sha256 TEXT)""",
    "CREATE INDEX log_key ON log (doc, layer, scope, quote, seq)",
    "CREATE INDEX log_reviewer ON log (reviewer, grp)",
    "CREATE INDEX log_group ON log (grp)",
    "CREATE INDEX log_target ON log (target) WHERE target IS NOT NULL",
    "CREATE TRIGGER log_keeps BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END",
    "CREATE TRIGGER log_stands BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END",
    # the current state: the last entry of each key, which says all of it
    """CREATE VIEW state AS SELECT log.* FROM log JOIN
    (SELECT max(seq) AS last FROM log GROUP BY doc, layer, scope, quote) ON seq = last""",
    """CREATE VIEW decisions AS SELECT log.seq, log.at, log.reviewer, log.layer, document.name AS document, log.quote,
    log.action, log.status, log.before, log.after, log.note, log.seconds, run.model_sha256, log.text_sha256
    FROM log JOIN document ON document.id = log.doc LEFT JOIN run ON run.id = log.run WHERE scope <> 'run'""",
)


@migrations()
def m001_first(db: Database) -> None:
    """Create the first tables."""
    for statement in TABLES:
        db.execute(statement)
