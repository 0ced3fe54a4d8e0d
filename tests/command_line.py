"""The command line run within the test's process, and what such a run leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from quotes.cli import main


@dataclass(frozen=True)
class Result:
    """What a run left behind."""

    status: int
    out: str
    err: str


Run = Callable[..., Result]


def run_line(capfd: pytest.CaptureFixture[str], *argv: str | Path) -> Result:
    """Run the command line; it ends with a status and without a traceback."""
    with pytest.raises(SystemExit) as caught:
        main([str(a) for a in argv])
    out, err = capfd.readouterr()
    assert "Traceback" not in out + err
    assert isinstance(caught.value.code, int)
    return Result(caught.value.code, out, err)
