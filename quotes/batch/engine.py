"""What the engines share: the result of a shard, and what a run hears of the work in hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from quotes.batch.folder import Done
from quotes.batch.job import Job
from quotes.batch.shards import Shard
from quotes.batch.work import Task


@dataclass(frozen=True, slots=True)
class Result:
    """A shard with its marker, or with the reason (code and words) why it has none."""

    shard: Shard
    done: Done | None = None
    code: str = ""
    error: str = ""


Heard = Callable[[Shard, int], None]
"""Called with a shard in work and the number of its documents that are done."""


class Engine(Protocol):
    """Does shards somewhere. Yields a result per task, in any order; ends its workers when it is closed."""

    def __call__(self, job: Job, tasks: Iterable[Task], *, heard: Heard) -> Iterator[Result]:
        """Do the tasks. Raises a `QuotesError` where no worker can be started."""
