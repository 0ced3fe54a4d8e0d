"""The records of a shard while they are written, and what an interrupted attempt has left of them."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from quotes.batch.folder import Folder, told
from quotes.batch.job import Job
from quotes.batch.shards import Shard
from quotes.ids import text_hash
from quotes.inputs import Document

BEGINNING, END = b'{"schema_version":', b"}\n"


class Draft:
    """A file in `work/` of this attempt alone, which becomes the shard's file of records when it is whole.

    Each line reaches the system at once, so that a killed worker loses no more than the document in hand.
    """

    def __init__(self, folder: Folder, job: Job, shard: Shard) -> None:
        token = f"{socket.gethostname()}-{os.getpid()}-{time.monotonic_ns():x}"
        self.path = folder.root / "work" / f"{_stem(job, shard)}.{token}"
        self.target = folder.part(shard, bool(job.options.get("gzip")))
        with told(self.path):
            self.stream = self.path.open("wb", buffering=0)

    def write(self, line: bytes) -> None:
        """Write one record. Raises `OutputError`."""
        with told(self.path):
            written = 0
            while written < len(line):
                written += self.stream.write(line[written:]) or 0

    def close(self) -> None:
        """Close the file; what was written stays for the next attempt."""
        with suppress(OSError):
            self.stream.close()

    def finish(self) -> int:
        """Make it the shard's file of records and return its size in bytes. Raises `OutputError`."""
        with told(self.path):
            if self.target.suffix == ".gz":
                packed = self.path.with_name(f"{self.path.name}.gz")
                with self.path.open("rb") as plain, packed.open("wb") as raw:
                    with gzip.GzipFile(filename="", fileobj=raw, mode="wb", compresslevel=6, mtime=0) as stream:
                        shutil.copyfileobj(plain, stream, 1 << 20)
                    raw.flush()
                    os.fsync(raw.fileno())
                self.close()
                self.path.unlink()
                packed.replace(self.target)
            else:
                os.fsync(self.stream.fileno())
                self.close()
                self.path.replace(self.target)
            return self.target.stat().st_size


def _stem(job: Job, shard: Shard) -> str:
    return f"{shard.name}.{job.hash[:12]}.{shard.key}"


def leftovers(folder: Folder, job: Job, shard: Shard) -> list[Path]:
    """Return the drafts that earlier attempts have left, in any state."""
    return sorted((folder.root / "work").glob(f"{_stem(job, shard)}.*"))


def best_leftover(folder: Folder, job: Job, shard: Shard) -> tuple[Path | None, int]:
    """Return the draft with the most whole records, and how many they are."""
    best: tuple[Path | None, int] = (None, 0)
    for path in leftovers(folder, job, shard):
        with suppress(OSError):
            count = sum(1 for _ in whole_lines(path))
            if count > best[1]:
                best = (path, count)
    return best


def whole_lines(path: Path) -> Iterator[bytes]:
    """Yield the records of a file, plain or packed, up to the first line that is not whole."""
    with path.open("rb") as raw, gzip.open(raw) if path.suffix == ".gz" else raw as lines:
        try:
            for line in lines:
                if not (line.startswith(BEGINNING) and line.endswith(END)) or b"\0" in line:
                    return
                yield line
        except (EOFError, gzip.BadGzipFile):
            return


def clean_up(folder: Folder, shard: Shard) -> None:
    """Remove the drafts of a shard that is done."""
    for path in (folder.root / "work").glob(f"{shard.name}.*"):
        with suppress(OSError):
            path.unlink()


class Earlier:
    """Records of an earlier attempt in order, given out for the documents that they belong to."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self.lines = lines
        self.line = next(lines, None)
        self.data: dict[str, Any] = json.loads(self.line) if self.line else {}

    def take(self, document: Document) -> tuple[bytes, dict[str, Any]] | None:
        """Return the record of a document as a line and as data; None where the next one is another document's."""
        line, data = self.line, self.data
        if line is None or data["id"] != document.id or data["text_sha256"] != text_hash(document.text):
            return None
        self.line = next(self.lines, None)
        self.data = json.loads(self.line) if self.line else {}
        return line, data
