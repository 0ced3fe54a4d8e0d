"""What a worker does: one shard of documents to one file of records, a file of failures, and a marker."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from quotes.batch import drafts
from quotes.batch.documents import documents
from quotes.batch.folder import Done, Folder, marker, write
from quotes.batch.job import Job, Reader
from quotes.batch.limits import failure, read_one
from quotes.batch.shards import Shard
from quotes.errors import DocumentFailed, InputError
from quotes.exporters.json_records import to_json
from quotes.inputs import Document
from quotes.inputs.document import printable

LINE = re.compile(r", (?:line|row|item) (\d+):")
Beat = Callable[[str, int], None]
"""Called with `part` and the number of a part before it is read from its input, with `begins` and a document's place in
the shard before the pipeline has it, with `done` and the place after that.
"""


@dataclass(frozen=True, slots=True)
class Task:
    """A shard to do. `retry` does failed documents again.

    `poison` are places of documents that kill their worker; `unread` places that do so while they are read from their
    input, as (part, place).
    """

    shard: Shard
    poison: frozenset[int] = frozenset()
    retry: bool = False
    unread: frozenset[tuple[int, int]] = frozenset()

    def to_tuple(self) -> tuple[Any, ...]:
        """Return plain data, for workers elsewhere."""
        return self.shard.to_dict(), sorted(self.poison), self.retry, sorted(self.unread)

    @classmethod
    def from_tuple(cls, data: tuple[Any, ...]) -> Task:
        """Return the task that `to_tuple` made."""
        shard, poison, retry, unread = data
        return cls(Shard.from_dict(shard), frozenset(poison), retry, frozenset((a, b) for a, b in unread))


@dataclass(slots=True)
class Tally:
    """Counts of a shard so far, and the rows of its file of failures."""

    documents: int = 0
    quotes: int = 0
    unresolved: int = 0
    failed: int = 0
    rows: list[dict[str, Any]] = field(default_factory=list)

    def add(self, data: dict[str, Any]) -> None:
        """Count a record that came from JSON."""
        self.documents += 1
        self.quotes += len(data["quotes"])
        self.unresolved += sum(q["speaker"] is None for q in data["quotes"])

    def fail(self, error: InputError, source: str, line: int | None = None) -> None:
        """Keep a failure; without a line, that in its message."""
        found = LINE.search(error.message)
        line = int(found[1]) if line is None and found else line
        self.failed += isinstance(error, DocumentFailed)
        self.rows.append({"source": printable(source), "line": line, "code": error.code, "error": error.message})


def run_shard(job: Job, task: Task, reader: Reader, beat: Beat = lambda stage, number: None) -> Done:
    """Do a shard and write its marker. Raises `OutputError`; what could not be read stands in its file of failures.

    Records of an interrupted attempt are taken over. With `task.retry` all records are, but for the empty ones of
    documents that failed. A shard that is done already is left as it is.
    """
    started, folder, tally = time.monotonic(), Folder(Path(job.folder)), Tally()
    done = folder.done(task.shard, job)
    if done is not None and not task.retry:
        return done
    earlier = drafts.Earlier(_earlier(folder, job, task))
    draft = drafts.Draft(folder, job, task.shard)
    try:
        found = documents(
            task.shard, job.options, tally.fail, unread=task.unread, reads=lambda number: beat("part", number)
        )
        for place, document in enumerate(found):
            known = earlier.take(document)
            if known is None or (task.retry and failure(known[1])):
                beat("begins", place)
                record = read_one(document, reader, job.limits, poison=place in task.poison)
                line = to_json(record).encode("utf-8") + b"\n"
                known = line, json.loads(line)
            draft.write(known[0])
            beat("done", place)
            _count(tally, document, known[1])
        return _finish(folder, job, task.shard, draft, tally, time.monotonic() - started)
    finally:
        draft.close()


def _earlier(folder: Folder, job: Job, task: Task) -> Iterator[bytes]:
    if task.retry:
        part = folder.part(task.shard, bool(job.options.get("gzip")))
        return drafts.whole_lines(part) if part.is_file() else iter(())
    path, _ = drafts.best_leftover(folder, job, task.shard)
    return drafts.whole_lines(path) if path else iter(())


def _count(tally: Tally, document: Document, data: dict[str, Any]) -> None:
    tally.add(data)
    error = failure(data)
    if error is not None:
        tally.fail(error, document.source or document.id, document.line)


def _finish(folder: Folder, job: Job, shard: Shard, draft: drafts.Draft, tally: Tally, seconds: float) -> Done:
    """Put the files of a finished shard in their places, the marker last."""
    failures = folder.errors(shard)
    if tally.rows:
        write(failures, "".join(json.dumps(row) + "\n" for row in tally.rows))
    else:
        failures.unlink(missing_ok=True)
    done = Done(
        shard.name,
        shard.key,
        job.hash,
        draft.finish(),
        tally.documents,
        tally.quotes,
        tally.unresolved,
        tally.failed,
        len(tally.rows) - tally.failed,
        round(seconds, 3),
    )
    write(folder.marker(shard), marker(done))
    drafts.clean_up(folder, shard)
    return done
