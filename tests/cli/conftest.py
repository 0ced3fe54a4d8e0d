"""The command line run within the test's process, on the pipeline that the whole suite shares."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cli_cases import ARTICLE
from command_line import Run

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep settings of the person who runs the tests out of them."""
    for name in [n for n in os.environ if n.startswith("QUOTES_")] + ["NO_COLOR", "COLUMNS"]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "no_config"))


@pytest.fixture
def run(quick: Run, monkeypatch: pytest.MonkeyPatch, nlp_rules: Language) -> Run:
    """Run the command line; commands that load a pipeline get the one of rules, whatever they ask for."""
    monkeypatch.setattr("quotes.pipeline.load", lambda *given, **named: nlp_rules)
    return quick


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """A file with two quotations."""
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path
