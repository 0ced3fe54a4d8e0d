"""A server that is killed while two reviewers decide loses nothing that it has acknowledged."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from desk_cases import article, desk_on, record
from web_desk import WRITE

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("Ann", "Bob")
ACTIONS = ("accept", "reject", "unsure", "note")


class Host:
    """The process that forks servers."""

    def __init__(self) -> None:
        command = [sys.executable, str(Path(__file__).with_name("kill_host.py"))]
        pipe = subprocess.PIPE
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, env=env, text=True)

    def server(self, path: Path) -> tuple[int, str]:
        """Return (process id, address) of a new server on a database."""
        stdin, stdout = self.process.stdin, self.process.stdout
        if stdin is None or stdout is None:
            raise AssertionError
        stdin.write(f"{path}\n")
        stdin.flush()
        pid, url = stdout.readline().split()
        return int(pid), url

    def close(self) -> None:
        self.process.communicate(timeout=30)


@pytest.fixture
def host() -> Iterator[Host]:
    host = Host()
    yield host
    host.close()


class Reviewer(threading.Thread):
    """Decides at random until the server is gone; keeps what was acknowledged as (seq, quote, action)."""

    def __init__(self, url: str, name: str, seed: int) -> None:
        super().__init__(daemon=True)
        self.client = httpx.Client(base_url=url, headers={**WRITE, "X-Reviewer": name}, timeout=20, trust_env=False)
        self.name, self.chance = name, random.Random(seed)
        self.acknowledged: list[tuple[int, str, str]] = []
        self.refused: list[Any] = []

    def run(self) -> None:
        try:
            doc = self.client.get("/api/documents").json()["documents"][0]["id"]
            revisions = {q["id"]: q["revision"] for q in self.client.get(f"/api/documents/{doc}").json()["quotes"]}
            while True:
                quote, action = self.chance.choice(list(revisions)), self.chance.choice(ACTIONS)
                body = {"doc": doc, "quote": quote, "action": action, "base_revision": revisions[quote], "note": "n"}
                answer = self.client.post("/api/decisions", json=body)
                if answer.status_code != 200:
                    self.refused.append(answer.text)
                    return
                revisions[quote] = answer.json()["quote"]["revision"]
                self.acknowledged.append((answer.json()["seq"], quote, action))
        except httpx.TransportError:
            return
        finally:
            self.client.close()


def lost(path: Path, acknowledged: dict[str, list[tuple[int, str, str]]]) -> list[Any]:
    """Return what was acknowledged and is not in the log as it was."""
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        log = {row[0]: row[1:] for row in connection.execute("SELECT seq, reviewer, quote, action FROM log")}
    finally:
        connection.close()
    return [(name, row) for name, rows in acknowledged.items() for row in rows if log.get(row[0]) != (name, *row[1:])]


def reviewed_under_fire(host: Host, path: Path, kills: int, seed: int) -> int:
    """Kill the server so often while two decide; return how many decisions were acknowledged, none of them lost."""
    chance = random.Random(seed)
    desk_on(path, record(article(40))).store.close()
    acknowledged: dict[str, list[tuple[int, str, str]]] = {name: [] for name in NAMES}
    for number in range(kills):
        pid, url = host.server(path)
        reviewers = [Reviewer(url, name, seed * 1000 + number * 2 + i) for i, name in enumerate(NAMES)]
        for reviewer in reviewers:
            reviewer.start()
        deadline = time.monotonic() + 20
        wanted = chance.randint(0, 6)
        while time.monotonic() < deadline and sum(len(r.acknowledged) for r in reviewers) < wanted:
            time.sleep(0.001)
        time.sleep(chance.random() * 0.03)
        os.kill(pid, signal.SIGKILL)
        for reviewer in reviewers:
            reviewer.join(timeout=30)
            assert reviewer.refused == []
            acknowledged[reviewer.name] += reviewer.acknowledged
    assert lost(path, acknowledged) == []
    return sum(map(len, acknowledged.values()))


def test_five_kills_lose_nothing(host: Host, tmp_path: Path) -> None:
    assert reviewed_under_fire(host, tmp_path / "desk.db", kills=5, seed=1) > 5


@pytest.mark.slow
def test_two_hundred_kills_lose_nothing(host: Host, tmp_path: Path) -> None:
    assert reviewed_under_fire(host, tmp_path / "desk.db", kills=200, seed=2) > 400


def test_the_check_sees_a_loss(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    desk_on(path).store.close()
    assert lost(path, {"Ann": [(99, "q", "accept")]}) == [("Ann", (99, "q", "accept"))]
