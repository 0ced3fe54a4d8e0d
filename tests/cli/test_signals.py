"""What only a real process can show: pipes that close, Ctrl-C, several workers, locales, terminals."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import Run

ROOT = Path(__file__).parents[2]
PROGRAM = [sys.executable, str(ROOT / "cli.py")]
STAND_IN = [sys.executable, str(Path(__file__).with_name("stand_in.py"))]
"""The same, on a pipeline that takes no time to load."""
RULES = ["extract", "--pipeline", "rules", "--isolated"]
ARTICLE = '"We will win the vote," said Anna Lee, the mayor. Tom Ray said the plan was too dear.\n'
WAIT = 60


@pytest.fixture(autouse=True)
def from_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A file with more articles than fit into a pipe."""
    path = tmp_path / "many.jsonl"
    path.write_text("".join(json.dumps({"id": str(n), "text": ARTICLE}) + "\n" for n in range(400)))
    return path


@pytest.fixture
def waiting() -> Iterator[subprocess.Popen[bytes]]:
    """A run that has written its first record and waits for more on standard input."""
    argv = [*STAND_IN, *RULES, "--from", "jsonl", "--batch-size", "1", "-"]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(
            json.dumps({"text": ARTICLE}).encode() + b"\n" + json.dumps({"text": ARTICLE}).encode() + b"\n"
        )
        process.stdin.flush()
        yield process
        process.kill()


def test_a_reader_that_has_gone_ends_the_run_quietly(many: Path) -> None:
    argv = [*STAND_IN, *RULES, str(many)]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        first = process.stdout.readline()
        process.stdout.close()
        err = process.stderr.read()
        assert process.wait(WAIT) == 0
    assert json.loads(first)["id"] == "0"
    assert err == b""


def test_ctrl_c_ends_the_run_with_130_and_no_traceback(waiting: subprocess.Popen[bytes]) -> None:
    assert waiting.stdout is not None
    assert json.loads(waiting.stdout.readline())["id"] == "-:1"
    waiting.send_signal(signal.SIGINT)
    out, err = waiting.communicate(timeout=WAIT)
    assert waiting.returncode == 130
    assert b"Traceback" not in err
    assert len(err.splitlines()) <= 2
    assert all(json.loads(line) for line in out.splitlines())


@pytest.mark.slow
def test_ctrl_c_is_quiet_with_two_workers_too(many: Path) -> None:
    argv = [*PROGRAM, *RULES, "--from", "jsonl", "--n-process", "2", "--batch-size", "1", "-"]
    pipe = subprocess.PIPE
    with subprocess.Popen(argv, stdin=pipe, stdout=pipe, stderr=pipe, start_new_session=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"".join(many.read_bytes().splitlines(keepends=True)[:30]))
        process.stdin.flush()
        assert process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=WAIT)
    assert process.returncode == 130
    assert b"Traceback" not in err


def test_two_workers_write_what_one_writes(tmp_path: Path, many: Path, run: Run) -> None:
    few = tmp_path / "few.jsonl"
    few.write_text("".join(many.read_text().splitlines(keepends=True)[:20]))
    argv = [*PROGRAM, *RULES, "--n-process", "2", "--batch-size", "4", str(few)]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=WAIT, check=True)
    assert "20 articles, 40 quotes" in done.stderr
    assert done.stdout == run(*RULES, few).out


def test_output_is_utf8_whatever_the_locale(tmp_path: Path) -> None:
    (tmp_path / "Łódź.txt").write_text(ARTICLE)
    env = {**os.environ, "LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "PYTHONCOERCECLOCALE": "0"}
    paths = [os.fsencode(tmp_path / name) for name in ("Łódź.txt", "né.txt")]
    for to in ("jsonl", "csv", "table", "text"):
        argv = [*STAND_IN, *RULES, "--format", to, *paths]
        done = subprocess.run(argv, capture_output=True, env=env, timeout=WAIT)
        assert done.returncode == 1
        assert "Anna Lee" in done.stdout.decode("utf-8")
        assert b"[Q202]" in done.stderr
        assert b"Traceback" not in done.stderr


def test_without_input_in_a_terminal_the_help_is_shown() -> None:
    done = in_terminal([*STAND_IN, "extract"], stdout=True)
    assert done[0] == 2
    assert "quotes extract article.txt" in done[1]


def test_a_terminal_gets_a_table_in_colour_unless_no_color_is_set(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)
    argv = [*STAND_IN, *RULES, str(tmp_path / "a.txt")]
    env = {**os.environ, "TERM": "xterm"}
    env.pop("NO_COLOR", None)
    for more, colored in (({}, True), ({"NO_COLOR": "1"}, False)):
        status, out = in_terminal(argv, stdout=True, env=env | more)
        assert status == 0
        assert "Anna Lee" in out
        assert "schema_version" not in out
        assert ("\x1b[" in out) == colored


def test_a_count_is_shown_on_a_terminal_only_while_records_go_elsewhere(tmp_path: Path, many: Path) -> None:
    argv = [*STAND_IN, *RULES, "--batch-size", "1", "-o", str(tmp_path / "out.jsonl"), str(many)]
    status, shown = in_terminal(argv, stdout=False)
    assert status == 0
    assert "\r1 article, 1 quote," in shown
    assert shown.rstrip().endswith("400 articles, 400 quotes, 0 unresolved, 0 failed")


def in_terminal(argv: list[str], *, stdout: bool, env: dict[str, str] | None = None) -> tuple[int, str]:
    """Run with stdin and stderr (and stdout) on a terminal of its own; return the exit status and what it showed."""
    ours, theirs = pty.openpty()
    out = theirs if stdout else subprocess.DEVNULL
    with subprocess.Popen(argv, stdin=theirs, stdout=out, stderr=theirs, env=env, start_new_session=True) as process:
        os.close(theirs)
        shown, end = b"", time.monotonic() + WAIT
        while time.monotonic() < end and select.select([ours], [], [], WAIT)[0]:
            try:
                piece = os.read(ours, 4096)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        os.close(ours)
        return process.wait(WAIT), shown.decode("utf-8")


@pytest.mark.parametrize("command", [["schema"], ["--help"], ["extract", "-"], ["validate", "-"]])
def test_a_full_disk_is_one_line(command: list[str]) -> None:
    if not Path("/dev/full").is_char_device():
        pytest.skip("no /dev/full here")
    with Path("/dev/full").open("wb") as full:
        given = b"{}" if command[0] == "validate" else ARTICLE.encode()
        done = subprocess.run([*STAND_IN, *command], input=given, stdout=full, stderr=subprocess.PIPE, timeout=WAIT)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(b"quotes: [Q401] Can't write to standard output")
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("closed", "command", "status"),
    [
        ("<&-", "extract", 2),
        ("<&-", "extract -", 0),
        ("<&-", "extract {path}", 0),
        (">&-", "schema", 0),
        (">&-", "extract {path}", 1),
        (">&-", "extract -o {path}.out {path}", 0),
        ("2>&-", "extract {path} {path}.none", 1),
    ],
)
def test_a_closed_stream_is_no_crash(tmp_path: Path, closed: str, command: str, status: int) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ARTICLE)
    line = f'"$@" {command.format(path=path)} {closed}'
    done = subprocess.run(["sh", "-c", line, "sh", *STAND_IN], capture_output=True, text=True, timeout=WAIT)
    assert done.returncode == status
    assert "Traceback" not in done.stderr
