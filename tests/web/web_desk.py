"""The desk as a test sees it: behind Starlette's client, or as a process on a free port of this machine."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2 as httpx
from desk_cases import Desk, record, write_jsonl
from starlette.testclient import TestClient

from quotes.schema import DocumentRecord
from quotes.web.app import make_app
from quotes.web.security import Rules

WRITE = {"X-Quotes-Desk": "1"}
PATIENCE = 60.0


def client_of(desk: Desk, *, token: str | None = None, host: str = "127.0.0.1", **rules: Any) -> TestClient:
    """Return a client that speaks to a desk like its own page."""
    app = make_app(desk, reviewer="Ann", rules=Rules(host, 8765, token, **rules))
    return TestClient(app, base_url="http://127.0.0.1:8765", headers=WRITE, raise_server_exceptions=False)


class Server:
    """`quotes review` in a process; `start` again after `kill` opens the same database."""

    def __init__(self, folder: Path, *records: DocumentRecord) -> None:
        self.folder = folder
        self.db = folder / "desk.db"
        self.input = write_jsonl(folder / "input.jsonl", *(records or (record(),)))
        self.process: subprocess.Popen[str] | None = None
        self.url = ""
        self.clients: list[httpx.Client] = []

    def start(self, *options: str, prepare: Callable[[], None] | None = None) -> httpx.Client:
        """Start the server and return a client of it when it answers."""
        command = [
            sys.executable,
            "-c",
            "from quotes.cli import main; main()",
            "review",
            str(self.input),
            "--db",
            str(self.db),
            "--no-browser",
        ]
        self.process = subprocess.Popen(
            [*command, "--port", "0", "--reviewer", "Ann", *options],
            cwd=self.folder,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=prepare,
        )
        line = self.process.stdout.readline() if self.process.stdout else ""
        found = re.search(r"http://\S+", line)
        assert found, line + self.process.communicate(timeout=PATIENCE)[1]
        self.url = found[0]
        client = self.client()
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                client.get("/api/session")
                return client
            except httpx.TransportError:
                assert time.monotonic() < deadline, "the server does not answer"
                time.sleep(0.02)

    def client(self, **headers: str) -> httpx.Client:
        """Return a client that speaks like the desk's page."""
        address = self.url.split("?")[0].replace("0.0.0.0", "127.0.0.1")
        made = httpx.Client(base_url=address, headers={**WRITE, **headers}, timeout=PATIENCE, trust_env=False)
        self.clients.append(made)
        return made

    def kill(self) -> None:
        """Kill the process at once, with no chance to tidy up, and close its clients."""
        while self.clients:
            self.clients.pop().close()
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.communicate()
            self.process = None
