"""One shard in this process: resumed, retried, limited, and never with a document less."""

from __future__ import annotations

import gzip
import json
import resource
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from batch_cases import MODEL, READER, a_job, lines, read

from quotes.batch import drafts
from quotes.batch.attempts import DEATHS, Attempts
from quotes.batch.folder import Done, Folder
from quotes.batch.job import Job, Reader
from quotes.batch.limits import TimedOut, time_limit
from quotes.batch.plan import plan
from quotes.batch.shards import Shard
from quotes.batch.work import Task, run_shard
from quotes.errors import OutputError
from quotes.inputs import Document
from quotes.inputs.reading import read_file
from quotes.schema import DocumentRecord

TEXTS = [f"Word{n} of many" for n in range(8)]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    found = Folder(tmp_path / "run")
    found.create()
    return found


def shard_of(path: Path) -> Shard:
    (shard,) = plan([str(path)], "auto", 10**6, lambda e, _: None)[0]
    return shard


@pytest.fixture
def shard(tmp_path: Path) -> Shard:
    return shard_of(lines(tmp_path / "in.jsonl", TEXTS))


def records(folder: Folder, shard: Shard) -> list[dict[str, Any]]:
    return [json.loads(line) for line in folder.part(shard, False).read_bytes().splitlines()]


def failures(folder: Folder, shard: Shard) -> list[dict[str, Any]]:
    path = folder.errors(shard)
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


class Counting:
    """A reader that counts the documents it was given, and does something odd at some texts."""

    def __init__(self, odd: Any = None, at: tuple[int, ...] = ()) -> None:
        self.seen: list[str] = []
        self.odd, self.at = odd, {TEXTS[n] for n in at}
        self.reader = Reader(self.read, MODEL)

    def read(self, document: Document) -> DocumentRecord:
        self.seen.append(document.id)
        if document.text in self.at:
            self.odd()
        return read(document)


def test_a_shard_becomes_records_and_a_marker(folder: Folder, shard: Shard) -> None:
    job = a_job(folder.root)
    done = run_shard(job, Task(shard), READER)
    assert folder.done(shard, job) == done
    assert (done.documents, done.quotes, done.unresolved, done.failed, done.errors) == (8, 8, 8, 0, 0)
    assert [r["id"] for r in records(folder, shard)] == [f"d{n}" for n in range(8)]
    assert not list(folder.root.glob("work/*"))
    assert not failures(folder, shard)


def stop() -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("at", [0, 3, 7])
def test_a_second_attempt_does_only_what_is_missing(folder: Folder, shard: Shard, at: int) -> None:
    job, first, second = a_job(folder.root), Counting(stop, (at,)), Counting()
    with pytest.raises(KeyboardInterrupt):
        run_shard(job, Task(shard), first.reader)
    assert folder.done(shard, job) is None
    run_shard(job, Task(shard), second.reader)
    assert second.seen == [f"d{n}" for n in range(at, 8)]
    undisturbed = Folder(folder.root.with_name("other"))
    undisturbed.create()
    run_shard(a_job(undisturbed.root), Task(shard), READER)
    assert folder.part(shard, False).read_bytes() == undisturbed.part(shard, False).read_bytes()


@pytest.mark.parametrize("damage", [b'{"schema_version":"quotedesk/1","id', b"\0" * 40, b"noise\n"])
def test_a_torn_end_of_a_draft_is_done_again(folder: Folder, shard: Shard, damage: bytes) -> None:
    job = a_job(folder.root)
    with pytest.raises(KeyboardInterrupt):
        run_shard(job, Task(shard), Counting(stop, (4,)).reader)
    (draft,) = folder.root.glob("work/*")
    draft.write_bytes(draft.read_bytes() + damage)
    again = Counting()
    run_shard(job, Task(shard), again.reader)
    assert again.seen == ["d4", "d5", "d6", "d7"]
    assert len(records(folder, shard)) == 8


def test_a_draft_of_another_configuration_is_not_used(folder: Folder, shard: Shard) -> None:
    with pytest.raises(KeyboardInterrupt):
        run_shard(a_job(folder.root), Task(shard), Counting(stop, (4,)).reader)
    again = Counting()
    run_shard(a_job(folder.root, with_text=True), Task(shard), again.reader)
    assert len(again.seen) == 8


def raise_it() -> None:
    raise ValueError("no such verb")


def test_what_breaks_the_reader_is_flagged_and_named(folder: Folder, shard: Shard) -> None:
    done = run_shard(a_job(folder.root), Task(shard, poison=frozenset({5})), Counting(raise_it, (2,)).reader)
    assert (done.documents, done.failed) == (8, 2)
    found = records(folder, shard)
    assert [r["warnings"][0]["code"] for r in found if r["warnings"]] == ["W204", "W203"]
    assert found[2]["quotes"] == []
    assert [(f["line"], f["code"]) for f in failures(folder, shard)] == [(3, "Q604"), (6, "Q604")]
    assert "ValueError: no such verb" in failures(folder, shard)[0]["error"]


def test_what_is_too_long_is_flagged_and_a_retry_reads_that_alone(folder: Folder, tmp_path: Path) -> None:
    shard = shard_of(lines(tmp_path / "in.jsonl", ["short one", "x" * 50, "last one"]))
    run_shard(a_job(folder.root, max_chars=20), Task(shard), READER)
    assert records(folder, shard)[1]["warnings"][0]["code"] == "W201"
    assert "50 characters" in failures(folder, shard)[0]["error"]
    again = Counting()
    done = run_shard(a_job(folder.root, max_chars=60), Task(shard, retry=True), again.reader)
    assert again.seen == ["d1"]
    assert (done.documents, done.failed) == (3, 0)
    assert not folder.errors(shard).exists()


def test_what_takes_too_long_is_flagged(folder: Folder, shard: Shard) -> None:
    odd = Counting(lambda: time.sleep(30), (1,))
    started = time.monotonic()
    run_shard(a_job(folder.root, timeout=0.2), Task(shard), odd.reader)
    assert time.monotonic() - started < 10
    assert [r["warnings"][0]["code"] for r in records(folder, shard) if r["warnings"]] == ["W202"]
    assert len(odd.seen) == 8


def test_the_time_limit_beats_code_that_swallows_exceptions() -> None:
    def stubborn() -> None:
        while True:
            with suppress(Exception):  # as a library may do
                time.sleep(30)

    with pytest.raises(TimedOut), time_limit(0.1):
        stubborn()


def test_bad_lines_are_failures_and_the_rest_is_read(folder: Folder, tmp_path: Path) -> None:
    path = lines(tmp_path / "in.jsonl", ["a b", "c d"])
    path.write_text(path.read_text() + '{"id": 1}\n' + path.read_text())
    done = run_shard(a_job(folder.root), Task(shard_of(path)), READER)
    assert (done.documents, done.failed, done.errors) == (4, 0, 1)
    assert failures(folder, shard_of(path))[0]["line"] == 3


def test_a_truncated_gzip_keeps_what_came_before(folder: Folder, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl.gz"
    texts = lines(tmp_path / "in.jsonl", [f"{n * 7919} {n * 104729}" for n in range(4000)]).read_bytes()
    path.write_bytes(gzip.compress(texts)[:-3000])
    done = run_shard(a_job(folder.root), Task(shard_of(path)), READER)
    assert 100 < done.documents < 4000
    assert done.errors == 1
    assert "in.jsonl.gz" in failures(folder, shard_of(path))[0]["error"]


def test_packed_records_are_the_same_on_every_run(folder: Folder, shard: Shard) -> None:
    job = a_job(folder.root, gzip=True)
    run_shard(job, Task(shard), READER)
    first = folder.part(shard, True).read_bytes()
    time.sleep(1.1)
    run_shard(job, Task(shard, retry=True), READER)
    assert folder.part(shard, True).read_bytes() == first
    assert len(list(drafts.whole_lines(folder.part(shard, True)))) == 8
    assert not list(folder.root.glob("work/*"))


def test_a_marker_without_whole_records_does_not_count(folder: Folder, shard: Shard) -> None:
    job = a_job(folder.root)
    run_shard(job, Task(shard), READER)
    part = folder.part(shard, False)
    part.write_bytes(part.read_bytes()[:-10])
    assert folder.done(shard, job) is None
    assert folder.done(shard, a_job(folder.root, gzip=True)) is None
    run_shard(job, Task(shard), READER)
    assert isinstance(folder.done(shard, job), Done)


@pytest.fixture
def small_disk() -> Iterator[None]:
    """Let no file grow over 2,000 bytes, which is what a full disk looks like."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_named_and_what_was_written_is_used(folder: Folder, shard: Shard, small_disk: None) -> None:
    job, first, again = a_job(folder.root), Counting(), Counting()
    with pytest.raises(OutputError, match="make room"):
        run_shard(job, Task(shard), first.reader)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    run_shard(job, Task(shard), again.reader)
    assert 0 < len(again.seen) < 8
    assert len(records(folder, shard)) == 8


def test_no_permission_is_named(folder: Folder, shard: Shard, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*given: object, **named: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(OutputError, match="Permission denied"):
        drafts.Draft(folder, a_job(folder.root), shard)


def test_deaths_over_one_document_leave_it_out_and_chance_does_not(folder: Folder, shard: Shard) -> None:
    attempts, task = Attempts(a_job(folder.root)), Task(shard)
    for place in range(10):
        assert attempts.after(task, place) == task
    for _ in range(DEATHS - 2):
        assert attempts.after(task, 4) == task
    changed = attempts.after(task, 4)
    assert changed is not None
    assert changed.poison == {4}
    sure = attempts.after(changed, 6, sure=True)
    assert sure is not None
    assert sure.poison == {4, 6}


def test_deaths_while_an_input_is_read_leave_out_the_rest_of_it(folder: Folder, tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(f"{name} and more")
    shards, _ = plan([str(tmp_path / f"{n}.txt") for n in "abc"], "auto", 10**6, lambda e, _: None)
    attempts, task = Attempts(a_job(folder.root)), Task(shards[0])
    assert [attempts.after(task, 1, part=1) for _ in range(DEATHS - 1)] == [task] * (DEATHS - 1)
    changed = attempts.after(task, 1, part=1)
    assert changed is not None
    assert changed.unread == {(1, 1)}
    assert Task.from_tuple(changed.to_tuple()) == changed
    run_shard(a_job(folder.root), changed, READER)
    assert [Path(r["id"]).name for r in records(folder, shards[0])] == ["a.txt", "c.txt"]
    (row,) = failures(folder, shards[0])
    assert "b.txt" in row["error"]
    assert attempts.after(changed, 1, part=1, sure=True) is None


def test_a_reader_of_inputs_that_breaks_costs_the_rest_of_its_file(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines(tmp_path / "a.jsonl", TEXTS[:3])
    (tmp_path / "b.txt").write_text("b and more")
    shards, _ = plan([str(tmp_path / "a.jsonl"), str(tmp_path / "b.txt")], "auto", 10**6, lambda e, _: None)

    def breaks(path: str, how: Any) -> Iterator[Document]:
        for number, document in enumerate(read_file(path, how)):
            if number == 2:
                raise RecursionError("too deep")
            yield document

    monkeypatch.setattr("quotes.batch.documents.read_file", breaks)
    done = run_shard(a_job(folder.root), Task(shards[0]), READER)
    assert (done.documents, done.errors) == (3, 1)
    assert "RecursionError: too deep" in failures(folder, shards[0])[0]["error"]


def test_a_death_that_nobody_saw_is_placed_by_the_draft(folder: Folder, shard: Shard) -> None:
    job = a_job(folder.root)
    with pytest.raises(KeyboardInterrupt):
        run_shard(job, Task(shard), Counting(stop, (4,)).reader)
    attempts, task = Attempts(job), Task(shard)
    assert [attempts.unseen(task) for _ in range(DEATHS - 1)] == [task] * (DEATHS - 1)
    changed = attempts.unseen(task)
    assert changed is not None
    assert changed.poison == {4}


def test_limits_do_not_change_the_configuration_and_options_do(folder: Folder) -> None:
    job = a_job(folder.root)
    assert job.hash == a_job(folder.root, timeout=1.0, max_chars=1).hash
    assert job.hash != a_job(folder.root, text_key="body").hash
    assert Job.from_dict(job.to_dict()) == job
