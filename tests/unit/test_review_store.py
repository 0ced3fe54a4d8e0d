"""The database of the desk: versions, locks, read-only and full disks; whatever goes wrong, nothing is lost."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from desk_cases import Desk, decide, desk_on, view
from sqlite_utils import Database, Migrations

from quotes.errors import StoreBusy, StoreError, StoreFull, StoreReadOnly, StoreVersion
from quotes.review.database import open_store, open_to_read
from quotes.review.migrations import m001_first, migrations


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with one decision in it."""
    path = tmp_path / "desk.db"
    desk = desk_on(path)
    decide(desk, 0)
    desk.store.close()
    return path


def status(path: Path) -> str:
    """Return the status of the first quotation in a database."""
    store = open_to_read(path)
    try:
        found: str = view(Desk(store))["quotes"][0]["status"]
    finally:
        store.close()
    return found


def later() -> Migrations:
    """Return the migrations of a program that is one step ahead."""
    steps = Migrations(migrations.name)
    steps(name="m001_first")(m001_first)

    @steps()
    def m002_colour(db: Database) -> None:
        db.execute("ALTER TABLE document ADD COLUMN colour TEXT")

    return steps


def test_decisions_outlive_the_process_that_wrote_them(path: Path) -> None:
    assert status(path) == "accepted"


def test_a_commit_waits_for_the_disk(path: Path) -> None:
    store = open_store(path)
    with store.reading() as connection:
        assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    store.close()


def test_an_older_database_is_brought_up_to_date_with_its_decisions(path: Path) -> None:
    with pytest.raises(KeyError):
        open_columns(path)["colour"]
    open_store(path, steps=later()).close()
    assert "colour" in open_columns(path)
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT status FROM state WHERE scope = 'quote'").fetchall() == [("accepted",)]
    connection.close()


def open_columns(path: Path) -> dict[str, str]:
    connection = sqlite3.connect(path)
    try:
        return {row[1]: row[2] for row in connection.execute("PRAGMA table_info(document)")}
    finally:
        connection.close()


def test_a_migration_that_fails_changes_nothing(path: Path) -> None:
    steps = later()

    @steps()
    def m003_broken(db: Database) -> None:
        db.execute("DROP TABLE prediction")
        db.execute("SELECT * FROM nowhere")

    with pytest.raises(sqlite3.OperationalError):
        open_store(path, steps=steps)
    assert "colour" not in open_columns(path)
    assert status(path) == "accepted"


def test_a_newer_database_is_refused_and_left_as_it_is(path: Path) -> None:
    open_store(path, steps=later()).close()
    before = path.read_bytes()
    for opening in (open_store, open_to_read):
        with pytest.raises(StoreVersion, match=r"newer version of quotes \(m002_colour\)") as caught:
            opening(path)
        assert caught.value.code == "Q502"
    assert path.read_bytes() == before


def test_an_older_database_is_not_changed_by_reading(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.review.database.migrations", later())
    with pytest.raises(StoreVersion, match="older version"):
        open_to_read(path)


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.commit()
    connection.close()
    with pytest.raises(StoreVersion, match="not one of the review desk"):
        open_store(path)
    assert open_tables(path) == ["recipes"]


def open_tables(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        return [row[0] for row in connection.execute("SELECT name FROM sqlite_schema")]
    finally:
        connection.close()


@pytest.mark.parametrize("opening", [open_store, open_to_read])
def test_what_is_no_database_is_refused_and_kept(tmp_path: Path, opening: object) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("These are my notes, and not a database at all.\n" * 40, encoding="utf-8")
    with pytest.raises(StoreError, match="not a database"):
        opening(path)  # type: ignore[operator]
    assert path.read_text(encoding="utf-8").startswith("These are my notes")


def test_a_damaged_database_is_told(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100:4000] = b"\xff" * 3900
    path.write_bytes(bytes(data))
    with pytest.raises(StoreError, match="damaged"):
        open_store(path)


@pytest.mark.parametrize("name", ["", "missing/desk.db"])
def test_a_folder_and_a_missing_folder_are_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreError, match=r"not a file|no folder"):
        open_store(tmp_path / name)


def test_a_missing_database_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no database"):
        open_to_read(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


def test_a_locked_database_is_told_at_the_start_and_later(path: Path) -> None:
    desk = Desk(open_store(path, timeout=0.05))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy, match="locked by another program"):
        open_store(path, timeout=0.05)
    with pytest.raises(StoreBusy, match="locked"):
        decide(desk, 1)
    assert view(desk)["quotes"][1]["status"] == "unreviewed"
    other.execute("ROLLBACK")
    other.close()
    assert decide(desk, 1)["quote"]["status"] == "accepted"
    desk.store.close()


def test_a_database_that_becomes_read_only_is_told(path: Path) -> None:
    desk = Desk(open_store(path))
    desk.store._connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreReadOnly, match="may not be written to"):
        decide(desk, 1)
    desk.store._connection.execute("PRAGMA query_only = OFF")
    decide(desk, 1)
    assert [q["status"] for q in view(desk)["quotes"][:2]] == ["accepted", "accepted"]
    desk.store.close()


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that nobody can write to")
def test_a_place_that_nobody_can_write_to_is_told() -> None:
    with pytest.raises(StoreReadOnly, match="may not be written to"):
        open_store(Path("/proc/desk.db"))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_read_only_file_is_told_and_can_be_read(path: Path) -> None:
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        with pytest.raises(StoreReadOnly, match="may not be written to"):
            open_store(path)
        assert status(path) == "accepted"
    finally:
        path.parent.chmod(0o755)


def test_a_full_disk_is_told_and_what_was_saved_stays(path: Path) -> None:
    desk = Desk(open_store(path))
    pages = desk.store._connection.execute("PRAGMA page_count").fetchone()[0]
    desk.store._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreFull, match="Make room on the disk"):
        for _ in range(200):
            decide(desk, 1, "note", note="x" * 10_000)
    saved = view(desk)["quotes"][1]["note"]
    desk.store._connection.execute("PRAGMA max_page_count = 1000000")
    assert view(desk)["quotes"][0]["status"] == "accepted"
    assert decide(desk, 1, "accept")["quote"]["note"] == saved
    desk.store.close()


def test_two_stores_on_one_file_see_each_other_and_lose_no_update(path: Path) -> None:
    one, two = Desk(open_store(path)), Desk(open_store(path))
    doc = one.documents("Ann")["documents"][0]["id"]
    quote = view(two)["quotes"][1]
    body = {"doc": doc, "quote": quote["id"], "action": "accept", "base_revision": quote["revision"]}
    one.decide("Ann", body)
    with pytest.raises(Exception, match="changed in another window"):
        two.decide("Ann", body | {"action": "reject"})
    assert view(two)["quotes"][1]["status"] == "accepted"
    one.store.close()
    two.store.close()
