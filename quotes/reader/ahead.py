"""Threads that read windows while the caller goes on: a window each, so that the next Docs are parsed meanwhile."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")


@lru_cache(maxsize=1)
def _pool() -> ThreadPoolExecutor:
    """$QUOTES_READER_THREADS threads, or 2; the worker processes of a batch run have one each."""
    return ThreadPoolExecutor(int(os.environ.get("QUOTES_READER_THREADS") or 2), thread_name_prefix="reader")


os.register_at_fork(after_in_child=_pool.cache_clear)  # threads do not live on in a forked process


def begin(jobs: Iterable[Callable[[], T]]) -> list[Future[T]]:
    """Hand jobs to the threads, which begin with the first."""
    return [_pool().submit(job) for job in jobs]


def drop(futures: Iterable[Future[T]]) -> None:
    """Give up what has not begun, so that a program that is being stopped does not wait for it."""
    for future in futures:
        future.cancel()
