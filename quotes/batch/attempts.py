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
"""So often may workers die at one place, which may be chance, before a document is left out or a shard given up."""


@dataclass(slots=True)
class Attempts:
    """Counts the deaths of workers by shard and place."""

    job: Job
    deaths: Counter[tuple[int, int, bool]] = field(default_factory=Counter)

    def after(self, task: Task, place: int, *, in_hand: bool, sure: bool = False) -> Task | None:
        """Return the task to do next, None where the shard is to be given up.

        `place` is that of the first document that is not done, `in_hand` whether the pipeline was at it or it was still
        being read from its input. `sure` says that the document was the reason: it took far too long.
        """
        key = (task.shard.number, place, in_hand)
        self.deaths[key] += 1
        if not (sure and in_hand) and self.deaths[key] < DEATHS:
            return task
        if not in_hand or place in task.poison:
            return None
        return replace(task, poison=task.poison | {place})

    def unseen(self, task: Task) -> Task | None:
        """The same where nobody saw the worker die: the place is the first that its draft lacks."""
        _, place = best_leftover(Folder(Path(self.job.folder)), self.job, task.shard)
        return self.after(task, place, in_hand=place not in task.poison)
