"""The engine on one machine: a pool of processes that goes on when any of them is killed."""

from __future__ import annotations

import signal
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import wait
from typing import Any

from quotes import errors
from quotes.batch.attempts import Attempts
from quotes.batch.engine import Heard, Result
from quotes.batch.job import Job
from quotes.batch.work import Task
from quotes.batch.worker import main
from quotes.errors import QuotesError, ShardFailed

SLACK = 15.0
"""Seconds beyond a document's time after which its worker, which did not stop by itself, is killed."""
READING = 1800.0
"""Seconds that reading one document from its input may take."""
STARTS = 3
"""So many workers in a row may die before they are ready."""


@dataclass(slots=True)
class Worker:
    """A process, its pipe and its task; `since` is when it was heard last.

    `place` is that of the first document not done, `part` the part of the shard that is read, `in_hand` whether the
    pipeline has the document.
    """

    process: Any
    pipe: Any
    task: Task | None = None
    ready: bool = False
    place: int = 0
    part: int = 0
    in_hand: bool = False
    late: bool = False
    since: float = field(default_factory=time.monotonic)


@dataclass(slots=True)
class Pool:
    """`workers` processes. Calling it does tasks; see `quotes.batch.engine.Engine`."""

    workers: int

    def __call__(self, job: Job, tasks: Iterable[Task], *, heard: Heard) -> Iterator[Result]:
        """Yield the result of each task. Raises what keeps the workers from loading the pipeline."""
        waiting = deque(tasks)
        running = _Running(job, waiting, heard)
        try:
            for _ in range(min(self.workers, len(waiting))):
                running.start()
            yield from running.results()
        finally:
            running.end()


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Hold back Ctrl-C: a process that is born in here does not get it while it starts, ours gets it right after."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Running:
    def __init__(self, job: Job, waiting: deque[Task], heard: Heard) -> None:
        self.job, self.waiting, self.heard = job, waiting, heard
        self.attempts = Attempts(job)
        self.context = get_context("spawn")
        self.workers: list[Worker] = []
        self.unborn = 0

    def start(self) -> None:
        ours, theirs = self.context.Pipe()
        process = self.context.Process(target=main, args=(theirs, self.job.to_dict()), daemon=True)
        with _deaf_to_ctrl_c():
            process.start()
        theirs.close()
        self.workers.append(Worker(process, ours))

    def end(self) -> None:
        for worker in self.workers:
            worker.process.kill()
        for worker in self.workers:
            worker.process.join()
            worker.pipe.close()

    def results(self) -> Iterator[Result]:
        while self.waiting or any(w.task for w in self.workers):
            by_pipe = {w.pipe: w for w in self.workers}
            for pipe in wait(list(by_pipe), timeout=1.0):
                result = self._hear(by_pipe[pipe])
                if result is not None:
                    yield result
            self._kill_the_late()

    def _hear(self, worker: Worker) -> Result | None:
        try:
            message = worker.pipe.recv()
        except (EOFError, OSError):
            return self._dead(worker)
        worker.since = time.monotonic()
        kind, rest, task = message[0], message[1:], worker.task
        if kind == "unusable":
            found: type[QuotesError] = getattr(errors, rest[0])
            raise found(rest[1])
        if task is not None and kind in ("part", "begins", "done"):
            self._beat(worker, task, kind, rest[0])
            return None
        if kind == "ready":
            worker.ready, self.unborn = True, 0
        worker.task, worker.place, worker.part, worker.in_hand = None, 0, 0, False
        self._give(worker)
        if kind == "ready" or task is None:
            return None
        if kind == "finished":
            return Result(task.shard, rest[0])
        return Result(task.shard, None, rest[0], rest[1])

    def _beat(self, worker: Worker, task: Task, stage: str, number: int) -> None:
        worker.in_hand = stage == "begins"
        if stage == "part":
            worker.part = number
        else:
            worker.place = number + (stage == "done")
        if stage == "done":
            self.heard(task.shard, worker.place)

    def _give(self, worker: Worker) -> None:
        """Give a worker the next task, or let it go home."""
        if not self.waiting:
            worker.pipe.close()
            worker.process.join(SLACK)
            self.workers.remove(worker)
            return
        task = worker.task = self.waiting.popleft()
        worker.since = time.monotonic()
        with suppress(OSError):  # it died meanwhile, which its pipe will say
            worker.pipe.send(task.to_tuple())

    def _dead(self, worker: Worker) -> Result | None:
        worker.process.join()
        worker.pipe.close()
        self.workers.remove(worker)
        result = None
        if not worker.ready:
            self.unborn += 1
            if self.unborn >= STARTS * max(1, len(self.workers) + 1):
                raise ShardFailed(
                    f"Workers die while they load the pipeline (exit status {worker.process.exitcode}). Is there "
                    "memory for so many? Try fewer --workers."
                )
        if worker.task is not None:
            part = None if worker.in_hand else worker.part
            again = self.attempts.after(worker.task, worker.place, part=part, sure=worker.late)
            if again is None:
                words = f"Its worker died again and again at document {worker.place + 1} (last exit status "
                words += f"{worker.process.exitcode}). Look at that input, or give the workers more memory."
                result = Result(worker.task.shard, None, ShardFailed.code, words)
            else:
                self.waiting.appendleft(again)
        if self.waiting:
            self.start()
        return result

    def _kill_the_late(self) -> None:
        now, limit = time.monotonic(), self.job.limits.timeout
        for worker in self.workers:
            most = limit + SLACK if worker.in_hand else READING
            if worker.task is not None and limit > 0 and now - worker.since > most:
                worker.late = True
                worker.process.kill()
