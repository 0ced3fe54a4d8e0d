"""SIGKILL of workers, of the driver, of both: after a resume the output is that of an undisturbed run."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from batch_cases import PROGRAM, WAIT, Batch, lines
from bench.kills import WHAT, children, kill, parts


class Disturbed:
    """A run that is killed at random moments and started again until it comes to its end."""

    def __init__(self, argv: list[str], cwd: Path, environment: dict[str, str], seed: int) -> None:
        self.argv, self.cwd, self.environment = argv, cwd, environment
        self.chance = random.Random(seed)
        self.drivers = self.kills = 0

    def to_its_end(self, kills: int, wait: Callable[[], float]) -> int:
        """Kill so many times, at moments when there are records in work; return the exit status of the last run."""
        while True:
            self.drivers += 1
            with subprocess.Popen(
                self.argv, cwd=self.cwd, env=self.environment, stderr=subprocess.PIPE, text=True
            ) as process:
                while self.kills < kills and self._alive(process, wait()):
                    what = WHAT[self.kills % 3]
                    workers = children(process.pid)
                    if not workers and what != "driver":
                        continue
                    self.kills += 1
                    for worker in [self.chance.choice(workers)] if what != "driver" else []:
                        kill(worker)
                    if what != "worker":
                        kill(process.pid)
                        process.wait(WAIT)
                if process.returncode != -signal.SIGKILL:
                    _, err = process.communicate(timeout=WAIT)
                    assert "Traceback" not in err, err
            if process.returncode != -signal.SIGKILL:
                return process.returncode

    def _alive(self, process: subprocess.Popen[str], seconds: float) -> bool:
        """Wait until there is work in hand, then some more; return whether the run goes on."""
        end = time.monotonic() + WAIT
        while process.poll() is None and time.monotonic() < end:
            if any(f.stat().st_size for f in self.cwd.glob("killed/work/*") if f.exists()):
                try:
                    process.wait(seconds)
                except subprocess.TimeoutExpired:
                    return True
            time.sleep(0.02)
        return process.poll() is None


def disturb(
    tmp_path: Path, batch: Batch, environment: dict[str, str], *, count: int, seconds: float, kills: int
) -> Disturbed:
    """Run undisturbed and killed, and compare."""
    lines(tmp_path / "in.jsonl", [f"Word{n} and more" for n in range(count)])
    options = ["in.jsonl", "--workers", "2", "--shard-mb", "0.002"]
    assert batch("run", *options, "-o", "calm").returncode == 0
    slow = environment | {"STAND_IN_SECONDS": str(seconds)}
    disturbed = Disturbed([*PROGRAM, "run", *options, "-o", "killed"], tmp_path, slow, seed=kills)
    assert disturbed.to_its_end(kills, lambda: disturbed.chance.uniform(0, 0.5)) == 0
    assert disturbed.kills == kills
    assert parts(tmp_path / "killed") == parts(tmp_path / "calm")
    assert not list(tmp_path.glob("killed/work/*"))
    assert not list(tmp_path.glob("killed/errors/*"))
    return disturbed


def test_three_kills(tmp_path: Path, batch: Batch, environment: dict[str, str]) -> None:
    disturbed = disturb(tmp_path, batch, environment, count=150, seconds=0.02, kills=3)
    assert disturbed.drivers >= 3


@pytest.mark.slow
def test_twenty_kills(tmp_path: Path, batch: Batch, environment: dict[str, str]) -> None:
    disturbed = disturb(tmp_path, batch, environment, count=1500, seconds=0.02, kills=20)
    assert disturbed.drivers >= 13


def test_workers_end_when_their_driver_is_killed(tmp_path: Path, environment: dict[str, str]) -> None:
    lines(tmp_path / "in.jsonl", ["Word and more"] * 200)
    argv = [*PROGRAM, "run", "in.jsonl", "-o", "killed", "--workers", "2", "--shard-mb", "0.002"]
    with subprocess.Popen(argv, cwd=tmp_path, env=environment | {"STAND_IN_SECONDS": "0.1"}) as process:
        end = time.monotonic() + WAIT
        while not list(tmp_path.glob("killed/work/*")) and time.monotonic() < end:
            time.sleep(0.05)
        workers = children(process.pid)
        kill(process.pid)
    assert workers
    while any(Path(f"/proc/{w}").exists() for w in workers) and time.monotonic() < end:
        time.sleep(0.05)
    assert not [w for w in workers if Path(f"/proc/{w}").exists()]


def test_ctrl_c_ends_with_130_and_can_be_resumed(tmp_path: Path, batch: Batch, environment: dict[str, str]) -> None:
    lines(tmp_path / "in.jsonl", ["Word and more"] * 600)
    argv = [*PROGRAM, "run", "in.jsonl", "-o", "killed", "--workers", "2", "--shard-mb", "0.002"]
    slow = environment | {"STAND_IN_SECONDS": "0.1"}
    hears = {"preexec_fn": partial(signal.signal, signal.SIGINT, signal.SIG_DFL)}  # whoever runs the tests may not
    with subprocess.Popen(
        argv, cwd=tmp_path, env=slow, stderr=subprocess.PIPE, text=True, start_new_session=True, **hears
    ) as p:
        end = time.monotonic() + WAIT
        while not list(tmp_path.glob("killed/work/*")) and time.monotonic() < end:
            time.sleep(0.05)
        os.killpg(p.pid, signal.SIGINT)
        _, err = p.communicate(timeout=WAIT)
    assert p.returncode == 130
    assert err.split() == ["quotes:", "stopped"]
    assert batch("run", "-o", "killed").returncode == 0
