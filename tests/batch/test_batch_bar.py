"""The progress bar: what it counts, and that it is shown in a terminal alone."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from batch_cases import READER, a_job, lines

from quotes.batch.folder import Folder
from quotes.batch.plan import plan
from quotes.batch.run import State, look, tasks
from quotes.batch.work import Task, run_shard
from quotes.commands.bar import GUESS, Bar


@pytest.fixture
def state(tmp_path: Path) -> State:
    """Three shards that are not done."""
    path = lines(tmp_path / "in.jsonl", ["some words here"] * 60)
    folder = Folder(tmp_path / "run")
    folder.create()
    shards, _ = plan([str(path)], "auto", path.stat().st_size // 3 + 1, lambda e, _: None)
    return look(folder, a_job(folder.root), shards)


def test_bytes_are_those_of_done_shards_and_guessed_for_the_others(state: State, tmp_path: Path) -> None:
    first, second, _ = state.shards
    bar = Bar(state, tasks(state, retry=False), shown=False)
    bar.heard(first, 1)
    assert bar.bytes() == min(GUESS, first.size)
    state.done[0] = run_shard(a_job(tmp_path / "run"), Task(first), READER)
    bar.heard(first, state.done[0].documents)
    bar.heard(second, 10)
    assert bar.articles() == state.done[0].documents + 10
    assert first.size < bar.bytes() < first.size + second.size
    assert bar.words().startswith(f"{bar.articles()} articles, ")
    bar.heard(second, 10**6)
    assert bar.bytes() <= bar.total


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_rate_and_time_left_are_shown_in_a_terminal(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setattr("quotes.commands.bar.EVERY", 0.0)
    with Bar(state, tasks(state, retry=False), shown=True) as bar:
        for number in range(1, 8):
            bar.heard(state.shards[0], number)
    shown = sys.stderr.getvalue()
    assert "articles, " in shown
    assert "/s" in shown
    assert "%" in shown


def test_nothing_is_shown_elsewhere(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with Bar(state, tasks(state, retry=False), shown=True) as bar:
        bar.heard(state.shards[0], 5)
    assert sys.stderr.getvalue() == ""
