"""`quotes batch` on the stand-in: as a process of its own with workers, or all within the test's process."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from batch_cases import HERE, PROGRAM, ROOT, WAIT, Batch, Done
from batch_stand_in import LOADER
from command_line import run_line

from quotes.batch.engine import Result
from quotes.batch.job import Job
from quotes.batch.work import Task, run_shard
from quotes.errors import QuotesError


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The environment of a run: the stand-in can be imported, and no settings of the person who runs the tests."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("QUOTES_")}
    paths = os.pathsep.join([str(ROOT), str(HERE)])
    return kept | {"PYTHONPATH": paths, "XDG_CONFIG_HOME": str(tmp_path / "none")}


@pytest.fixture
def batch(tmp_path: Path, environment: dict[str, str]) -> Batch:
    """Run `quotes batch` in the test's folder to its end."""

    def run(*argv: str | Path, **more: str) -> Done:
        command = [*PROGRAM, *map(str, argv)]
        done = subprocess.run(
            command, cwd=tmp_path, env=environment | more, capture_output=True, text=True, timeout=WAIT, check=False
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done

    return run


def one_after_another(self: Any, job: Job, tasks: Iterable[Task], *, heard: Any) -> Iterator[Result]:
    """An engine without workers."""
    reader = job.load()
    for task in tasks:
        try:
            yield Result(task.shard, run_shard(job, task, reader))
        except QuotesError as error:
            yield Result(task.shard, None, error.code, error.message)


@pytest.fixture
def inline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Batch:
    """Run `quotes batch` in the test's folder, in this process and without workers."""
    for name in [n for n in os.environ if n.startswith("QUOTES_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "none"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("quotes.batch.job.LOADER", LOADER)
    monkeypatch.setattr("quotes.batch.pool.Pool.__call__", one_after_another)

    def run(*argv: str | Path) -> Done:
        result = run_line(capfd, "batch", *argv)
        return subprocess.CompletedProcess([], result.status, result.out, result.err)

    return run
