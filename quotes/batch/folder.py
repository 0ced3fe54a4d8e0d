"""The folder of a run: its configuration, its plan, the records of each shard, what failed, and what is done.

batch.json             configuration, its hash, limits
plan.jsonl             a shard a line
parts/part-00000.jsonl records, one document a line, in the order of the inputs
errors/                failed documents and inputs of a shard, as JSON Lines; no file where nothing failed
done/                  a marker a shard, written last: counts, and the hash of the configuration
work/                  what running or interrupted workers have written so far
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotes.batch import job as job_module
from quotes.batch.job import Job
from quotes.batch.shards import Shard
from quotes.errors import BatchBusy, BatchMismatch, DataMissing, OutputError
from quotes.output.target import write_whole

FOLDERS = ("parts", "errors", "done", "work")


@dataclass(frozen=True, slots=True)
class Done:
    """What a marker says of a finished shard. `failed` are documents without a result, `errors` unreadable inputs."""

    shard: str
    key: str
    configuration: str
    size: int
    documents: int = 0
    quotes: int = 0
    unresolved: int = 0
    failed: int = 0
    errors: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Folder:
    """Paths and files of a run."""

    root: Path

    def part(self, shard: Shard, packed: bool) -> Path:
        """Where the records of a shard go."""
        return self.root / "parts" / f"{shard.name}.jsonl{'.gz' if packed else ''}"

    def errors(self, shard: Shard) -> Path:
        """Where the failures of a shard go."""
        return self.root / "errors" / f"{shard.name}.jsonl"

    def marker(self, shard: Shard) -> Path:
        """The file that says that a shard is done."""
        return self.root / "done" / f"{shard.name}.json"

    def done(self, shard: Shard, job: Job) -> Done | None:
        """Return what the marker of a shard says if it is of this job and the records are whole, else None."""
        try:
            found = Done(**json.loads(self.marker(shard).read_text(encoding="utf-8")))
            size = self.part(shard, bool(job.options.get("gzip"))).stat().st_size
        except (OSError, ValueError, TypeError):
            return None
        return found if (found.key, found.configuration, found.size) == (shard.key, job.hash, size) else None

    def create(self) -> None:
        """Make the folders. Raises `OutputError`."""
        with told(self.root):
            for name in FOLDERS:
                (self.root / name).mkdir(parents=True, exist_ok=True)

    def write_job(self, job: Job) -> None:
        """Write the configuration. Raises `OutputError`."""
        data = {"configuration": job.hash} | {k: v for k, v in job.to_dict().items() if k not in ("folder", "loader")}
        write(self.root / "batch.json", json.dumps(data, indent=1) + "\n")

    def read_job(self) -> Job | None:
        """Return the job of the folder; None where there is none. Raises `BatchMismatch` where it is damaged."""
        path = self.root / "batch.json"
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            data.pop("configuration")
            return Job.from_dict(data | {"folder": str(self.root), "loader": job_module.LOADER})
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BatchMismatch(f"Can't use '{path}': {error}. Pass --overwrite, or another folder.") from error

    def write_plan(self, shards: Sequence[Shard]) -> None:
        """Write the plan. Raises `OutputError`."""
        write(self.root / "plan.jsonl", "".join(json.dumps(s.to_dict()) + "\n" for s in shards))

    def read_plan(self) -> list[Shard]:
        """Return the shards of the plan, none where there is no plan. Raises `BatchMismatch` where it is damaged."""
        path = self.root / "plan.jsonl"
        try:
            with path.open(encoding="utf-8") as lines:
                return [Shard.from_dict(json.loads(line)) for line in lines]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BatchMismatch(f"Can't use '{path}': {error}. Pass --overwrite, or another folder.") from error

    def clear(self) -> None:
        """Remove what earlier runs have left, and nothing that is not theirs."""
        with told(self.root):
            for name in FOLDERS:
                for file in self.root.glob(f"{name}/part-*"):
                    file.unlink(missing_ok=True)
            for name in ("plan.jsonl", "batch.json"):
                (self.root / name).unlink(missing_ok=True)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep a second run off the folder. Raises `BatchBusy`."""
        with told(self.root):
            stream = (self.root / "lock").open("w")
        with stream:
            try:
                import fcntl

                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise BatchBusy(f"Another run works on '{self.root}'. Wait for it, or stop it first.") from error
            except (ImportError, OSError):  # a system or a file system without locks
                pass
            yield


def existing(path: str) -> tuple[Folder, Job, list[Shard]]:
    """Return the folder of an earlier run with its job and plan. Raises `DataMissing`."""
    folder = Folder(Path(path))
    job = folder.read_job()
    if job is None:
        raise DataMissing(f"There is no run in '{path}'. Start one with `quotes batch run INPUT... -o {path}`.")
    return folder, job, folder.read_plan()


def write(path: Path, text: str) -> None:
    """Write a small file whole or not at all. Raises `OutputError`."""
    with told(path):
        write_whole(path, text)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what the system says about a path into an `OutputError`."""
    try:
        yield
    except OSError as error:
        cure = "Choose another place with -o, or make room, and run it again: what is done stays."
        raise OutputError(f"Can't write to '{path}': {error.strerror or error}. {cure}") from error


def marker(done: Done) -> str:
    """Return the text of a marker."""
    fields: dict[str, Any] = {name: getattr(done, name) for name in Done.__slots__}
    return json.dumps(fields) + "\n"
