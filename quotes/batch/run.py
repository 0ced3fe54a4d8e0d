"""The run itself: what is missing is done by an engine, and everything is counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from quotes.batch.engine import Engine, Result
from quotes.batch.folder import Done, Folder
from quotes.batch.job import Job
from quotes.batch.shards import Shard
from quotes.batch.work import Task
from quotes.errors import BatchMismatch


@dataclass(slots=True)
class State:
    """What is done and what is not. `missing` are shards without a marker, `broken` those that gave up in this run."""

    shards: list[Shard]
    done: dict[int, Done] = field(default_factory=dict)
    broken: dict[int, Result] = field(default_factory=dict)

    @property
    def missing(self) -> list[Shard]:
        """The shards that are still to be done."""
        return [s for s in self.shards if s.number not in self.done]

    @property
    def faulty(self) -> list[Shard]:
        """The shards that are done and have failures in them."""
        return [s for s in self.shards if (d := self.done.get(s.number)) is not None and (d.failed or d.errors)]

    def total(self, name: str) -> int:
        """Return the sum of a count of `Done` over all shards that are done."""
        return sum(getattr(d, name) for d in self.done.values())

    @property
    def whole(self) -> bool:
        """Whether every shard is done and nothing failed."""
        return not (self.missing or self.faulty or self.broken)


def look(folder: Folder, job: Job, shards: Sequence[Shard]) -> State:
    """Return the state of a folder."""
    done = {s.number: d for s in shards if (d := folder.done(s, job)) is not None}
    return State(list(shards), done)


def check_same(folder: Folder, job: Job) -> bool:
    """Return whether the folder has an earlier run. Raises `BatchMismatch` where that had another configuration."""
    earlier = folder.read_job()
    if earlier is None:
        if any(folder.root.glob("parts/part-*")):
            raise BatchMismatch(f"'{folder.root}' has results but no batch.json. Pass --overwrite, or another folder.")
        return False
    if earlier.hash != job.hash:
        raise BatchMismatch(
            f"'{folder.root}' has results of another configuration ({'; '.join(_differences(earlier, job))}). "
            "Pass --overwrite to do them again, or another folder with -o."
        )
    return True


def _differences(earlier: Job, job: Job) -> Iterator[str]:
    for old, new in ((earlier.options, job.options), (earlier.versions, job.versions)):
        for key in sorted({*old, *new}):
            if old.get(key) != new.get(key):
                yield f"{key}: {_short(old.get(key))} there, {_short(new.get(key))} now"


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def tasks(state: State, *, retry: bool) -> list[Task]:
    """Return what is to be done: shards without a marker, with `retry` those with failures too."""
    again = [Task(s, retry=True) for s in state.faulty] if retry else []
    return [*(Task(s) for s in state.missing), *again]


def drop(folder: Folder, shards: Iterable[Shard], job: Job) -> None:
    """Remove the results of shards whose inputs have changed, the marker first."""
    for shard in shards:
        packed = bool(job.options.get("gzip"))
        for path in (folder.marker(shard), folder.part(shard, packed), folder.errors(shard)):
            with suppress(OSError):
                path.unlink(missing_ok=True)


def go(state: State, job: Job, todo: Sequence[Task], engine: Engine, *, heard: Callable[[Shard, int], None]) -> None:
    """Do the tasks and keep the state; returns when all are done or given up."""
    for result in engine(job, todo, heard=heard):
        if result.done is not None:
            state.done[result.shard.number] = result.done
        else:
            state.broken[result.shard.number] = result
