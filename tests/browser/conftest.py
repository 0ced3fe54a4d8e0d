"""A real Chromium and a real desk. Run `tests/browser/setup.sh` once, then `pytest --browser`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import stories
from desk_server import WAIT, Desks, Open, Server

from quotes.schema import DocumentRecord

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AXE = "axe-core@4"
NAMED = "sessionStorage.getItem('quotedesk.reviewer') ?? sessionStorage.setItem('quotedesk.reviewer', %s)"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of this machine, without a window."""
    api = pytest.importorskip("playwright.sync_api", reason="pip install 'quotedesk[browser]'")
    path = os.environ.get("QUOTES_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("no Chromium: run tests/browser/setup.sh, or name one in $QUOTES_CHROMIUM")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    """Start desks on records (the harbour article if none is given); all are stopped at the end."""
    started: list[Server] = []

    def start(*records: DocumentRecord, reviewer: str = "Ann") -> Server:
        folder = tmp_path / f"desk{len(started)}"
        folder.mkdir()
        given = stories.write(folder / "records.jsonl", *(records or (stories.harbour(),)))
        server = Server(folder, given, reviewer=reviewer)
        started.append(server)
        return server.start()

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def desk(desks: Desks) -> Server:
    """A desk with the harbour article."""
    return desks()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Open]:
    """Open an address in a window of its own (as a reviewer, if named); fails on script errors and CSP refusals."""
    contexts, wrong = [], []

    def open_(
        url: str, *, reviewer: str | None = None, width: int = 1280, height: int = 860, scheme: str = "light"
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,  # type: ignore[arg-type]
            reduced_motion="reduce",
            accept_downloads=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(WAIT)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if _is_wrong(message.text) else None)
        if reviewer:
            page.add_init_script(NAMED % json.dumps(reviewer))
        page.goto(url)
        page.wait_for_selector("h1", state="attached")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert wrong == []


def _is_wrong(text: str) -> bool:
    """Whether a line of the console is news of a broken page (a failed request is not: tests provoke some)."""
    return "Content Security Policy" in text or "SyntaxError" in text


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The source of axe-core, from the npm registry."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm: run tests/browser/setup.sh")
    folder = tmp_path_factory.mktemp("axe")
    done = subprocess.run(
        [npm, "pack", "--silent", AXE], cwd=folder, capture_output=True, text=True, timeout=180, check=False
    )
    assert done.returncode == 0, done.stderr
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        member = archive.extractfile("package/axe.min.js")
        assert member is not None
        return member.read().decode("utf-8")
