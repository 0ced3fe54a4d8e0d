"""What to do with a shard whose worker died: again, again without the document in hand, or give it up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from quotes.batch.drafts import best_leftover
from quotes.batch.folder import Folder
from quotes.batch.job import Job
from quotes.batch.work import Task

DEATHS = 3
"""So often may workers die at one place, which may be chance, before something is left out."""


@dataclass(slots=True)
class Attempts:
    """Counts the deaths of workers by shard, part (None in the pipeline) and place."""

    job: Job
    deaths: Counter[tuple[int, int | None, int]] = field(default_factory=Counter)

    def after(self, task: Task, place: int, *, part: int | None = None, sure: bool = False) -> Task | None:
        """Return the task to do next, None where the shard is to be given up.

        `place` is that of the first document that is not done. `part` is the part of the shard from which it was being
        read, None where the pipeline had it. `sure` says that the place was the reason: it took far too long.
        """
        key = (task.shard.number, part, place)
        self.deaths[key] += 1
        if not sure and self.deaths[key] < DEATHS:
            return task
        if part is None:
            return None if place in task.poison else replace(task, poison=task.poison | {place})
        return None if (part, place) in task.unread else replace(task, unread=task.unread | {(part, place)})

    def unseen(self, task: Task) -> Task | None:
        """The same where nobody saw the worker die: the place is the first that its draft lacks."""
        _, place = best_leftover(Folder(Path(self.job.folder)), self.job, task.shard)
        return self.after(task, place)
