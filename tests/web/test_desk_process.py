"""`quotes review` as a process: it starts, survives a kill, fills its disk, and says what is wrong with its port."""

from __future__ import annotations

import resource
import signal
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from desk_cases import article, record, write_jsonl
from web_desk import Server

from quotes.errors import ServerError
from quotes.web.server import PORT, address, bind, is_loopback


def decide(client: httpx.Client, number: int, action: str = "accept", **more: Any) -> httpx.Response:
    doc = client.get("/api/documents").json()["documents"][0]["id"]
    quote = client.get(f"/api/documents/{doc}").json()["quotes"][number]
    body = {"doc": doc, "quote": quote["id"], "action": action, "base_revision": quote["revision"]}
    return client.post("/api/decisions", json=body | more)


def test_a_decision_is_there_after_a_kill_and_a_start(server: Server) -> None:
    client = server.start()
    assert decide(client, 0, "reject").status_code == 200
    server.kill()
    client = server.start()
    doc = client.get("/api/documents").json()["documents"][0]
    assert (doc["decided"], doc["left"]) == (1, 3)
    assert client.post("/api/undo", json={}).json()["undone"]["action"] == "reject"


def test_it_ends_well_when_it_is_interrupted(server: Server) -> None:
    server.start()
    process = server.process
    assert process is not None
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert not server.db.with_name("desk.db-wal").exists()


def test_a_full_disk_loses_nothing_and_the_desk_goes_on(server: Server) -> None:
    """A limit on the size of files stands in for a full disk: the system refuses to write on."""
    limit = 400_000
    client = server.start(prepare=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
    saved = 0
    for _ in range(200):
        answer = decide(client, 0, "note", note=f"{saved} " + "x" * 15_000)
        if answer.status_code != 200:
            break
        saved += 1
    assert (answer.status_code, answer.json()["error"]["code"]) == (507, "disk_full")
    assert saved > 2
    doc = client.get("/api/documents").json()["documents"][0]["id"]
    assert client.get(f"/api/documents/{doc}").json()["quotes"][0]["note"].startswith(f"{saved - 1} ")
    server.kill()
    client = server.start()
    assert client.get(f"/api/documents/{doc}").json()["quotes"][0]["note"].startswith(f"{saved - 1} ")
    assert decide(client, 1).status_code == 200


def test_two_servers_on_one_database_see_each_others_decisions(server: Server, tmp_path: Path) -> None:
    one = server.start()
    (tmp_path / "second").mkdir()
    second = Server(tmp_path / "second")
    second.db = server.db
    try:
        two = second.start()
        assert decide(one, 0).status_code == 200
        assert two.get("/api/documents").json()["progress"]["decided"] == 1
    finally:
        second.kill()


def test_a_token_is_made_where_others_can_reach_the_desk(server: Server) -> None:
    server.start("--host", "0.0.0.0")
    token = server.url.split("?token=")[1]
    assert len(token) >= 32
    plain = server.client()
    assert plain.get("/api/documents").status_code == 401
    assert plain.get("/", params={"token": "forged"}).status_code == 403
    assert plain.get("/", params={"token": token}).status_code == 200
    assert plain.get("/api/documents").status_code == 200


def test_a_port_in_use_is_told() -> None:
    with bind("127.0.0.1", 0) as taken:
        with pytest.raises(ServerError, match=r"is in use\. Choose another with --port") as caught:
            bind("127.0.0.1", taken.getsockname()[1])
        assert (caught.value.code, caught.value.exit_status) == ("Q511", 1)


def test_without_a_wish_the_next_free_port_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setattr("quotes.web.server.PORT", taken.getsockname()[1])
        with bind("127.0.0.1", None) as other:
            assert other.getsockname()[1] != taken.getsockname()[1]
    assert PORT == 8765


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid"])
def test_an_address_of_another_machine_is_told(host: str) -> None:
    with pytest.raises(ServerError, match="Give an address of this machine"):
        bind(host, 0)


@pytest.mark.parametrize(
    ("host", "loop"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False)]
)
def test_loopback(host: str, loop: bool) -> None:
    assert is_loopback(host) is loop


def test_addresses() -> None:
    assert address("127.0.0.1", 1, None) == "http://127.0.0.1:1/"
    assert address("::1", 1, "t") == "http://[::1]:1/?token=t"


def test_small_answers_are_not_held_back() -> None:
    """asyncio sets TCP_NODELAY only on sockets whose protocol is named; without it each answer takes 40 ms more."""
    with bind("127.0.0.1", 0) as listening:
        assert listening.proto == socket.IPPROTO_TCP


def review(*argv: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from quotes.cli import main; main()", "review", "--no-browser", *map(str, argv)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=120)


def test_a_start_on_a_locked_database_is_told(tmp_path: Path) -> None:
    file = write_jsonl(tmp_path / "input.jsonl", record())
    other = sqlite3.connect(tmp_path / "desk.db", isolation_level=None)
    other.execute("CREATE TABLE x (y)")
    other.execute("DROP TABLE x")
    other.execute("BEGIN EXCLUSIVE")
    done = review(file, "--db", "desk.db", cwd=tmp_path)
    other.close()
    assert done.returncode == 1
    assert "[Q503] 'desk.db' is locked by another program." in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_in_use_ends_the_command_and_keeps_the_database(tmp_path: Path) -> None:
    file = write_jsonl(tmp_path / "input.jsonl", record(article(1)))
    with bind("127.0.0.1", 0) as taken:
        done = review(file, "--port", str(taken.getsockname()[1]), cwd=tmp_path)
    assert done.returncode == 1
    assert "[Q511] Port" in done.stderr
    assert (tmp_path / "quotes-review.db").is_file()
