"""Open a desk's database and run transactions on it; what SQLite reports becomes an error with a cure."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database, Migrations

from quotes.errors import StoreBusy, StoreError, StoreFull, StoreReadOnly, StoreVersion
from quotes.review.migrations import migrations

APPLICATION = 0x51444553
"""`QDES` in the file's header: how a desk's database is told from any other."""
TIMEOUT = 5.0
_READ_ONLY = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_AUTH)


class Store:
    """One connection, shared by threads one at a time; every transaction takes the write lock at its beginning.

    A commit returns when the data is on the disk (WAL with synchronous=FULL).
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._lock = threading.RLock()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Run a transaction that changes something: all of it is on the disk at the end, or nothing."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Run a transaction that sees one state of the database from beginning to end."""
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with self._lock, told(self.path):
            self._connection.execute(begin)
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close the connection; the last one to close puts the WAL into the file."""
        with self._lock:
            self._connection.close()


def open_store(path: str | Path, *, timeout: float = TIMEOUT, steps: Migrations = migrations) -> Store:
    """Open a database for review, made or brought to this version where needed. `timeout` is in seconds.

    Raises `StoreError`, `StoreVersion`, `StoreBusy`, `StoreReadOnly` or `StoreFull`.
    """
    path = Path(path)
    if path.exists() and not path.is_file():
        raise StoreError(f"'{path}' is not a file. Give the path of a database with --db.")
    if not path.parent.is_dir():
        raise StoreError(f"There is no folder '{path.parent}'. Make it, or name another database with --db.")
    with told(path):
        connection = _connect(f"{path.absolute().as_uri()}?mode=rwc", timeout)
        try:
            _prepare(path, connection, steps)
        except BaseException:
            connection.close()
            raise
    return Store(path, connection)


def open_to_read(path: str | Path, *, timeout: float = TIMEOUT) -> Store:
    """Open an existing database of this version without writing to it, be it on a read-only medium."""
    path = Path(path)
    if not path.is_file():
        raise StoreError(f"There is no database '{path}'. Make one with `quotes review PATH --db {path}`.")
    with told(path):
        uri = path.absolute().as_uri()
        connection = _connect(f"{uri}?mode=ro", timeout)
        try:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except sqlite3.OperationalError as error:
            if _code(error) not in _READ_ONLY:
                raise
            connection.close()
            connection = _connect(f"{uri}?immutable=1", timeout)  # a WAL file needs a folder that can be written to
        if not _check(path, connection, migrations):
            connection.close()
            raise StoreVersion(f"'{path}' is from an older version. Open it once with `quotes review --db {path}`.")
    return Store(path, connection)


def _connect(uri: str, timeout: float) -> sqlite3.Connection:
    connection = sqlite3.connect(uri, uri=True, timeout=timeout, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _prepare(path: Path, connection: sqlite3.Connection, steps: Migrations) -> None:
    done = _check(path, connection, steps)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")  # fails here and now where the file can't be written to
    if not done:
        steps.apply(Database(connection, execute_plugins=False, recursive_triggers=False))
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {len(_names(steps))}")
    connection.execute("COMMIT")


def _names(steps: Migrations) -> list[str]:
    return [step.name for step in steps._migrations]


def _check(path: Path, connection: sqlite3.Connection, steps: Migrations) -> bool:
    """Return whether a database is of this version, False where it is new or older. Raises `StoreVersion`."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if application != APPLICATION:
        if tables:
            raise StoreVersion(f"'{path}' is a database, but not one of the review desk. Name another with --db.")
        return False
    db = Database(connection, execute_plugins=False, recursive_triggers=False)
    foreign = {found.name for found in steps.applied(db)} - set(_names(steps))
    if foreign:
        raise StoreVersion(
            f"'{path}' was made by a newer version of quotes ({', '.join(sorted(foreign))}). Update quotes, or name "
            "another database with --db. Nothing was changed."
        )
    return not steps.pending(db)


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite reports into an error of ours."""
    try:
        yield
    except sqlite3.Error as error:
        code = _code(error)
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise StoreBusy(f"'{path}' is locked by another program. Close it, then try again.") from error
        if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
            raise StoreFull(f"'{path}' can't be written to: {error}. Make room on the disk, then try again.") from error
        if code in _READ_ONLY:
            raise StoreReadOnly(
                f"'{path}' or its folder may not be written to ({error}). Change its permissions, or name another "
                "database with --db."
            ) from error
        if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            raise StoreError(f"'{path}' is not a database, or damaged ({error}). Name another with --db.") from error
        raise
