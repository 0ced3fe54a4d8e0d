"""A real desk in a process of its own, which a test can kill."""

from __future__ import annotations

import json
import os
import re
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[2]
DEADLINE = 90.0
WAIT = 60_000
"""Milliseconds that a test waits for the page: the machine may be busy."""

Open = Callable[..., Any]
"""Opens an address in a window of its own and returns the page."""


class Server:
    """`quotes review` on a database; `url` is where it listens, always the same port once it is known."""

    def __init__(self, folder: Path, *inputs: Path, reviewer: str = "Ann") -> None:
        self.folder, self.inputs, self.reviewer = folder, inputs, reviewer
        self.db = folder / "desk.db"
        self.port = 0
        self.process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        """The address of the list of articles, without the slash at its end."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> Server:
        """Start and wait until it listens."""
        given = [*map(str, self.inputs), "--db", str(self.db), "--no-browser"]
        argv = [sys.executable, "cli.py", "review", *given, "--port", str(self.port), "--reviewer", self.reviewer]
        env = {k: v for k, v in os.environ.items() if not k.startswith("QUOTES_")}
        log = (self.folder / "server.log").open("w", encoding="utf-8")
        with log:
            self.process = subprocess.Popen(
                argv, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=log, text=True, encoding="utf-8"
            )
        self.port = int(re.search(r":(\d+)/", self._first_line()).group(1))  # type: ignore[union-attr]
        return self

    def _first_line(self) -> str:
        assert self.process is not None
        assert self.process.stdout is not None
        with selectors.DefaultSelector() as waiting:
            waiting.register(self.process.stdout, selectors.EVENT_READ)
            end = time.monotonic() + DEADLINE
            while time.monotonic() < end and self.process.poll() is None:
                if waiting.select(0.2):
                    line = self.process.stdout.readline()
                    if "http://" in line:
                        return line
        raise AssertionError(f"the desk did not start: {(self.folder / 'server.log').read_text(encoding='utf-8')}")

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it as Ctrl-C does."""
        self._end(signal.SIGINT)

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(how)
        self.process.wait(timeout=DEADLINE)
        if self.process.stdout:
            self.process.stdout.close()
        self.process = None

    def get(self, path: str, reviewer: str | None = None) -> Any:
        """GET JSON of the API, as a reviewer."""
        request = Request(self.url + path, headers={"X-Reviewer": reviewer or self.reviewer})
        with urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def document(self, number: int = 0, reviewer: str | None = None) -> Any:
        """What the desk says of an article."""
        key = self.get("/api/documents")["documents"][number]["id"]
        return self.get(f"/api/documents/{key}", reviewer)


Desks = Callable[..., Server]
"""Starts a desk on records."""
