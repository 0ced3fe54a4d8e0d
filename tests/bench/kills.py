"""Kill archive runs of the real pipeline: `python tests/bench/kills.py [--articles 120] [--runs 20]`.

Reads articles once undisturbed. Then each run is killed with SIGKILL at a random moment (a worker, the driver, and both
in turn), started again until it comes to its end, and its records are compared with the undisturbed ones byte for byte.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from bench.archive import GOLD, vary, write  # noqa: E402 - found by the line above

PROGRAM = [sys.executable, str(ROOT / "cli.py"), "batch", "run"]
WHAT = ("worker", "driver", "both")
SHARDS = 12
WAIT = 1800


def make(folder: Path, count: int) -> list[str]:
    """Write articles and return the arguments of a run on them."""
    base = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    size = write(folder / "articles.jsonl", vary(base, count))
    megabytes = max(0.001, size / SHARDS / 1e6)
    return ["articles.jsonl", "--workers", "2", "--shard-mb", f"{megabytes:.3f}", "--no-progress"]


def start(folder: Path, argv: list[str], output: str) -> subprocess.Popen[str]:
    """Start a run in a folder."""
    command = [*PROGRAM, *argv, "-o", output]
    return subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str]) -> int:
    """Wait for the end of a run. Raises `RuntimeError` where it ends with anything but success or a SIGKILL."""
    _, err = process.communicate(timeout=WAIT)
    if process.returncode not in (0, -signal.SIGKILL):
        raise RuntimeError(err)
    return process.returncode


def children(pid: int) -> list[int]:
    """Return the worker processes of a run, found in /proc."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split() if entry.name.isdigit() else []
            if fields and int(fields[1]) == pid and b"spawn_main" in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
        except (OSError, ValueError):
            continue
    return found


def kill(pid: int) -> None:
    """Send SIGKILL; a process that has gone is as good as killed."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def parts(folder: Path) -> dict[str, bytes]:
    """Return the files of records of a run."""
    return {p.name: p.read_bytes() for p in sorted(folder.glob("parts/*"))}


def disturbed(folder: Path, argv: list[str], output: str, what: str, chance: random.Random, seconds: float) -> bool:
    """Do a run, kill something of it at a moment before `seconds`, go on to the end; return whether a kill hit it."""
    process = start(folder, argv, output)
    with suppress(subprocess.TimeoutExpired):
        process.wait(chance.uniform(0, seconds))
    workers = children(process.pid)
    hit = process.poll() is None and (what == "driver" or bool(workers))
    for worker in [chance.choice(workers)] if workers and what != "driver" else []:
        kill(worker)
    if what != "worker":
        kill(process.pid)
    if finish(process) != 0:
        again = start(folder, argv, output)
        if finish(again) != 0:
            raise RuntimeError("the second run was killed by somebody else")
    return hit


def main() -> None:
    """Kill and compare; exit 1 where anything differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=120)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder, chance = Path(temporary), random.Random(given.seed)
        argv = make(folder, given.articles)
        began = time.monotonic()
        finish(start(folder, argv, "calm"))
        seconds, calm = time.monotonic() - began, parts(folder / "calm")
        print(f"undisturbed: {given.articles} articles, {len(calm)} shards, {seconds:.1f} s", flush=True)  # noqa: T201
        hits = number = different = 0
        while hits < given.runs:
            what, output = WHAT[hits % 3], f"run{number}"
            hit = disturbed(folder, argv, output, what, chance, seconds)
            equal = parts(folder / output) == calm
            hits, number, different = hits + hit, number + 1, different + (not equal)
            print(f"{what}{'' if hit else ' (missed)'}: {'the same' if equal else 'DIFFERENT'}", flush=True)  # noqa: T201
        print(f"{hits} kills, {different} runs with other records")  # noqa: T201
        sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
