"""Fixtures and command-line options of the whole test suite."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from command_line import Result, Run, run_line

if TYPE_CHECKING:
    from spacy.language import Language

ROOT = Path(__file__).resolve().parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the flags that rewrite pinned results."""
    group = parser.getgroup("quotedesk")
    group.addoption("--golden-update", action="store_true", help="rewrite the golden files; review them as a diff")
    group.addoption("--update-floors", action="store_true", help="pin the score floors anew; they may only rise")
    group.addoption("--lower-floors", action="store_true", help="with --update-floors: floors may fall as well")
    group.addoption("--slow", action="store_true", help="run the slow tests too, as CI does")
    group.addoption("--browser", action="store_true", help="run the tests in Chromium (tests/browser/setup.sh first)")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip the slow tests and those in a browser, visibly, unless they are asked for."""
    for name in ("slow", "browser"):
        skip = pytest.mark.skip(reason=f"{name}: run with --{name}")
        for item in () if config.getoption(f"--{name}") else items:
            if item.get_closest_marker(name):
                item.add_marker(skip)


@pytest.fixture(scope="session")
def nlp_rules() -> Language:
    """The pipeline of marks and rules, loaded once."""
    from quotes.pipeline import load

    return load(pipeline="rules")


@pytest.fixture(scope="session")
def nlp_full() -> Language:
    """The pipeline with the learned reader, loaded once; skips where no model is installed."""
    from quotes.paths import DEFAULT_MODEL, installed_models

    if DEFAULT_MODEL not in installed_models():
        pytest.skip(f"no model '{DEFAULT_MODEL}' in models/ or $QUOTES_MODELS")
    from quotes.pipeline import load

    return load(pipeline="full")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of gold data beside the repository, or `$QUOTES_SHARED`; skips where it is missing."""
    folder = Path(os.environ.get("QUOTES_SHARED") or ROOT.parent / "shared")
    if not (folder / "data").is_dir():
        pytest.skip(f"no gold data in {folder}; set QUOTES_SHARED to measure on it")
    return folder


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run the command line with bytes on standard input."""

    def run(*argv: str | Path, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        return run_line(capfd, *argv)

    return run


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of our own annotated articles."""
    return ROOT / "tests" / "corpus"
