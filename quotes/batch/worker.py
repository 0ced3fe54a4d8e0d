"""A worker process of the local pool: loads the pipeline once, then does shards as they come through its pipe."""

from __future__ import annotations

import os
import signal
import threading
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from typing import Any

from quotes.batch.job import Job
from quotes.batch.work import Task, run_shard
from quotes.errors import QuotesError, ShardFailed

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "QUOTES_READER_THREADS")


def one_thread() -> None:
    """Keep the numeric libraries to one thread in this process; only before they are imported."""
    for name in THREADS:
        os.environ.setdefault(name, "1")


def main(pipe: Connection[Any, Any], job: dict[str, Any]) -> None:
    """Serve tasks until the pipe closes. Sends tuples whose first item says what they are."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started us
    threading.Thread(target=_end_with_parent, daemon=True).start()
    one_thread()
    ours = Job.from_dict(job)
    os.chdir(ours.cwd)
    try:
        reader = ours.load()
    except QuotesError as error:
        pipe.send(("unusable", type(error).__name__, error.message))
        return
    pipe.send(("ready",))
    while True:
        try:
            task = Task.from_tuple(pipe.recv())
        except EOFError:
            return
        try:
            done = run_shard(ours, task, reader, lambda stage, number: pipe.send((stage, number)))
        except QuotesError as error:
            pipe.send(("failed", error.code, error.message))
        except Exception as error:  # noqa: BLE001 - a bug costs its shard, not the run
            pipe.send(("failed", ShardFailed.code, f"{type(error).__name__}: {error}"))
        else:
            pipe.send(("finished", done))


def _end_with_parent() -> None:
    """End at once where the parent has gone without a word, so that nobody works for nobody."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
