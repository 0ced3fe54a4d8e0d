"""The progress bar of an archive run: what is done, the rate, the time left."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any

import click

from quotes.output.table import counted

if TYPE_CHECKING:
    from quotes.batch.run import State
    from quotes.batch.shards import Shard
    from quotes.batch.work import Task

EVERY = 0.5


class Bar:
    """Counts bytes of inputs for the bar and the time left, articles for the rate. Shown where stderr is a terminal.

    The bytes of a shard in work are guessed from its articles and the bytes an article has had so far.
    """

    def __init__(self, state: State, todo: Sequence[Task], *, shown: bool) -> None:
        self.state = state
        self.total = sum(task.shard.size for task in todo) or 1
        self.before = state.total("documents")
        self.work: dict[int, tuple[int, int]] = {}
        self.started = self.last = time.monotonic()
        self.at = 0
        self.bar: Any = None
        if shown and sys.stderr is not None and sys.stderr.isatty():
            self.bar = click.progressbar(length=self.total, file=sys.stderr, item_show_func=lambda _: self.words())

    def __enter__(self) -> Bar:
        if self.bar is not None:
            self.bar.__enter__()
            self.bar.render_progress()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.bar is not None:
            self.bar.__exit__(kind, error, trace)

    def heard(self, shard: Shard, documents: int) -> None:
        """Take note of the number of documents of a shard that are done."""
        self.work[shard.number] = (documents, shard.size)
        now = time.monotonic()
        if self.bar is not None and now - self.last > EVERY:
            self.last = now
            at = min(self.total, round(self.bytes()))
            if at > self.at:
                self.bar.update(at - self.at)
                self.at = at
            else:
                self.bar.render_progress()

    def articles(self) -> int:
        """Return the number of articles done in this run."""
        return sum(count for count, _ in self.work.values())

    def bytes(self) -> float:
        """Return the bytes of inputs done in this run, guessed for shards in work."""
        finished = {n: (d.documents, self.work[n][1]) for n, d in self.state.done.items() if n in self.work}
        counts, sizes = sum(c for c, _ in finished.values()), sum(s for _, s in finished.values())
        each = sizes / counts if counts else GUESS
        return sizes + sum(min(c * each, s) for n, (c, s) in self.work.items() if n not in finished)

    def words(self) -> str:
        """Return the articles and the rate."""
        seconds = max(0.001, time.monotonic() - self.started)
        return f"{counted(self.articles(), 'article')}, {self.articles() / seconds:.1f}/s"


GUESS = 4000.0
