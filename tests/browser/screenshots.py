"""Take the README's screenshots of the desk, of adjudication and of the report: `python tests/browser/screenshots.py`.

Needs what `setup.sh` installs. The article is `tests/corpus/example.txt`, read by the best pipeline that is installed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from desk_server import ROOT, Server
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

OUT = Path(__file__).parent / "screenshots"
ARTICLE = ROOT / "tests" / "corpus" / "example.txt"
SIZE = {"width": 1280, "height": 800}
COLOURS = 128
LARGEST = 200_000
"""Bytes of a picture."""


def post(desk: Server, path: str, reviewer: str, **body: Any) -> Any:
    """POST to the desk's API as a reviewer."""
    headers = {"Content-Type": "application/json", "X-Quotes-Desk": "1", "X-Reviewer": reviewer}
    with urlopen(Request(desk.url + path, json.dumps(body).encode(), headers), timeout=60) as answer:
        return json.load(answer)


def decide(desk: Server, reviewer: str, quote: Any, action: str, **after: Any) -> None:
    """Decide on a quotation."""
    doc = desk.document()["document"]["id"]
    facts = {"doc": doc, "quote": quote["id"], "base_revision": quote["revision"]}
    post(desk, "/api/decisions", reviewer, action=action, after=after, **facts)


def picture(browser: Browser, address: str, name: str, scheme: str = "light", wait: str = "h1") -> None:
    """Open an address and keep what is seen as a picture."""
    page = browser.new_page(viewport=SIZE, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.goto(address)
    page.wait_for_selector(wait)
    page.wait_for_timeout(500)
    path = OUT / f"{name}.png"
    with Image.open(BytesIO(page.screenshot())) as image:  # a palette halves the file, and text loses nothing
        image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    page.close()
    size = path.stat().st_size
    sys.stdout.write(f"{path.relative_to(ROOT)} {size:,} bytes\n")
    if size > LARGEST:
        raise SystemExit(f"{path} is larger than {LARGEST:,} bytes")


def desk_and_adjudication(browser: Browser, desk: Server) -> None:
    """Let two reviewers work, and take pictures on the way."""
    found = desk.document()
    doc = found["document"]["id"]
    for quote in [q for q in found["quotes"] if q["confidence"] > 0.93][:9]:
        decide(desk, "Ann", quote, "accept")
    shown = max(desk.document()["quotes"], key=lambda q: (len(q["chain"]) > 1, len(q["candidates"]), q["doubt"]))
    for scheme in ("light", "dark"):
        name = "desk" if scheme == "light" else "desk-dark"
        picture(browser, f"{desk.url}/d/{doc}?q={shown['id']}", name, scheme, "mark.content")
    doubtful = sorted((q for q in desk.document()["quotes"] if q["status"] == "unreviewed"), key=lambda q: -q["doubt"])
    for quote in doubtful[:3]:
        decide(desk, "Ann", quote, "reject")
    cut = doubtful[4]["content"]
    decide(desk, "Bo", doubtful[4], "correct", content=[[cut[0][0], cut[-1][1]]], speaker_name="Mayor Calder")
    for reviewer in ("Ann", "Bo"):
        post(desk, "/api/decisions/bulk", reviewer, doc=doc, above=0, action="accept")
        post(desk, f"/api/documents/{doc}/finish", reviewer)
    picture(browser, f"{desk.url}/adjudicate/{doc}", "adjudication", wait=".version")
    items = desk.get(f"/api/adjudication/{doc}")["items"]
    for item in items:
        if item["final"] is None:
            post(desk, "/api/adjudication", "Ann", doc=doc, quote=item["quote"], choose="Ann", base_revision=0)


def report(browser: Browser, desk: Server, folder: Path) -> None:
    """Export the report and take a picture of the file itself, without the desk."""
    with urlopen(f"{desk.url}/api/export?format=html", timeout=60) as answer:
        path = folder / "report.html"
        path.write_bytes(answer.read())
    picture(browser, path.as_uri(), "report")


def main() -> None:
    """Take all pictures."""
    OUT.mkdir(exist_ok=True)
    chromium = os.environ.get("QUOTES_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        records = folder / "records.jsonl"
        argv = [
            sys.executable,
            "cli.py",
            "extract",
            str(ARTICLE),
            "--format",
            "jsonl",
            "--with-text",
            "-o",
            str(records),
        ]
        subprocess.run(argv, cwd=ROOT, check=True)
        desk = Server(folder, records).start()
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        try:
            desk_and_adjudication(browser, desk)
            report(browser, desk, folder)
        finally:
            browser.close()
            desk.stop()


if __name__ == "__main__":
    main()
