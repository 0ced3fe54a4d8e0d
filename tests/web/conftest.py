"""A desk behind the test client, and as a process of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_cases import Desk, desk_on, quick
from starlette.testclient import TestClient
from web_desk import Server, client_of


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with one article of four quotations."""
    return quick(desk_on(tmp_path / "desk.db"))


@pytest.fixture
def client(desk: Desk) -> TestClient:
    """The page of Ann."""
    return client_of(desk)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server of its own, not started yet."""
    server = Server(tmp_path)
    yield server
    server.kill()
