"""The engine on a Ray cluster: one task a shard. All nodes must see the inputs and the folder under the same paths."""

from __future__ import annotations

import os
import socket
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from quotes.batch.attempts import Attempts
from quotes.batch.engine import Heard, Result
from quotes.batch.folder import Done
from quotes.batch.job import Job, Reader
from quotes.batch.work import Task, run_shard
from quotes.batch.worker import one_thread
from quotes.errors import ExtraMissing, QuotesError, ShardFailed, UsageError, in_short

AHEAD = 2
"""Tasks that wait at the cluster for each that runs, so that no node is ever idle."""


@dataclass(slots=True)
class Ray:
    """`address` of a cluster, None for one on this machine; at most `workers` shards at a time, None for no limit."""

    address: str | None = None
    workers: int | None = None

    def __call__(self, job: Job, tasks: Iterable[Task], *, heard: Heard) -> Iterator[Result]:
        """Yield the result of each task. Raises `ExtraMissing` without Ray, `UsageError` without a cluster."""
        ray = _ray()
        ours = not ray.is_initialized()
        if ours:
            _start(ray, self.address, self.workers)
        try:
            yield from _run(ray, job, deque(tasks), self.workers, heard)
        finally:
            if ours:
                ray.shutdown()


def _ray() -> Any:
    try:
        import ray
    except ImportError as error:
        raise ExtraMissing("--engine ray needs Ray. Install it with `pip install 'quotedesk[ray]'`.") from error
    return ray


def _start(ray: Any, address: str | None, workers: int | None) -> None:
    if address:
        _check(address)
    local = {"address": "local", "num_cpus": workers, "include_dashboard": False}  # not one that is left over
    given = {"address": address} if address else local
    try:
        ray.init(**given, log_to_driver=False, configure_logging=False)
    except Exception as error:  # Ray raises plain exceptions here
        what = f"reach the Ray cluster '{address}'" if address else "start Ray on this machine"
        raise UsageError(f"Can't {what}: {in_short(error, 200)}") from error


def _check(address: str) -> None:
    """Raise `UsageError` where nobody listens at `host:port`; Ray itself would wait for minutes."""
    host, _, port = address.rpartition(":")
    if "://" in address or not port.isdigit():
        return
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=10).close()
    except OSError as error:
        raise UsageError(f"Can't reach the Ray cluster '{address}': {error.strerror or error}.") from error


def _run(ray: Any, job: Job, waiting: deque[Task], workers: int | None, heard: Heard) -> Iterator[Result]:
    remote = ray.remote(num_cpus=1, max_retries=0)(do)
    attempts, running = Attempts(job), dict[Any, Task]()
    while waiting or running:
        room = workers or AHEAD * max(1, int(ray.cluster_resources().get("CPU", 1)))
        while waiting and len(running) < room:
            task = waiting.popleft()
            running[remote.remote(job.to_dict(), task.to_tuple())] = task
        for reference in ray.wait(list(running), timeout=5.0)[0]:
            task = running.pop(reference)
            result = _result(ray, reference, task, attempts)
            if isinstance(result, Task):
                waiting.appendleft(result)
                continue
            if result.done is not None:
                heard(task.shard, result.done.documents)
            yield result


def _result(ray: Any, reference: Any, task: Task, attempts: Attempts) -> Result | Task:
    """Return the result of a task, or the task to do next where its worker or node died."""
    try:
        found = ray.get(reference)
    except ray.exceptions.RayTaskError as error:
        lines = str(getattr(error, "cause", None) or error).strip().splitlines()
        return Result(task.shard, None, ShardFailed.code, lines[-1] if lines else "unknown error")
    except ray.exceptions.RayError as error:
        words = f"Its worker died again and again ({type(error).__name__}). Look at that input."
        return attempts.unseen(task) or Result(task.shard, None, ShardFailed.code, words)
    return Result(task.shard, Done(**found[1])) if found[0] else Result(task.shard, None, found[1], found[2])


def do(job: dict[str, Any], task: tuple[Any, ...]) -> tuple[Any, ...]:
    """Do a shard on a node, and return (true, marker) or (false, code, words). The pipeline is loaded once."""
    one_thread()
    ours = Job.from_dict(job)
    os.chdir(ours.cwd)
    try:
        reader = _reader(ours.hash, ours.loader, tuple(ours.options.items()))
        done = run_shard(ours, Task.from_tuple(task), reader)
    except QuotesError as error:
        return False, error.code, error.message
    return True, {name: getattr(done, name) for name in Done.__slots__}


@lru_cache(maxsize=1)
def _reader(hash: str, loader: str, options: tuple[tuple[str, Any], ...]) -> Reader:
    return Job("", "", dict(options), {}, loader=loader).load()
