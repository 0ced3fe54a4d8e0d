"""Archive runs of the real pipeline that are killed; `kills.py` does it twenty times."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from bench import kills


@pytest.mark.slow
def test_a_killed_run_of_the_real_pipeline_ends_with_the_same_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "none"))
    argv = kills.make(tmp_path, 40)
    began, chance, hits = time.monotonic(), random.Random(3), 0
    assert kills.finish(kills.start(tmp_path, argv, "calm")) == 0
    seconds, calm = time.monotonic() - began, kills.parts(tmp_path / "calm")
    assert sum(part.count(b"\n") for part in calm.values()) == 40
    for what in kills.WHAT:
        hits += kills.disturbed(tmp_path, argv, what, what, chance, seconds)
        assert kills.parts(tmp_path / what) == calm
    assert hits
