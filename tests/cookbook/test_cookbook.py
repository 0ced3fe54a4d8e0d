"""Every command of COOKBOOK.md, run as it stands, and a look at what came out."""

from __future__ import annotations

import csv
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WAIT = 600
NEEDS = {
    "A folder to SQLite and Datasette": ("datasette",),
    "Common Crawl News to Parquet and DuckDB": ("duckdb", "fastwarc", "pyarrow"),
    "Import into INCEpTION": ("cassis",),
    "A notebook": ("pandas", "nbclient", "ipykernel"),
    "A Ray cluster": ("ray", "fastwarc"),
    "A Spark cluster": ("pyspark", "pandas", "pyarrow"),
}


def recipes() -> dict[str, list[tuple[str, str]]]:
    """Return (language, code) of the blocks of each recipe."""
    text = (ROOT / "COOKBOOK.md").read_text(encoding="utf-8")
    sections = [s.partition("\n") for s in re.split(r"^## ", text, flags=re.MULTILINE)[1:]]
    return {title.strip(): BLOCK.findall(body) for title, _, body in sections}


def page(text: str, number: int) -> str:
    """Return an article as a page."""
    title, _, rest = text.partition("\n")
    paragraphs = "".join(f"<p>{p}</p>" for p in rest.split("\n\n") if p.strip())
    head = f'<title>{title}</title><meta property="article:published_time" content="2026-03-0{number + 1}">'
    return f"<html><head>{head}</head><body><article><h1>{title}</h1>{paragraphs}</article></body></html>"


def warc(path: Path, texts: list[str]) -> None:
    """Write pages as an archive, packed record by record."""
    with path.open("wb") as file:
        for number, text in enumerate(texts):
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page(text, number).encode()
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:08}>\r\n"
                f"WARC-Target-URI: https://news{number % 2}.example/{number}\r\nWARC-Date: 2026-03-01T00:00:00Z\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
            ).encode()
            file.write(gzip.compress(head + http + b"\r\n\r\n", mtime=0))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that the recipes begin with."""
    lines = (ROOT / "tests/corpus/gold.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines[:4]]
    shutil.copy(ROOT / "tests/corpus/example.txt", tmp_path / "story.txt")
    (tmp_path / "news").mkdir()
    for number, text in enumerate(texts):
        (tmp_path / f"news/{number}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "warcs").mkdir()
    warc(tmp_path / "warcs/CC-NEWS-20260301.warc.gz", texts)
    monkeypatch.setenv("QUOTES_PIPELINE", "rules")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "none"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "quotes").write_text(f'#!/bin/sh\nexec "{sys.executable}" "{ROOT}/cli.py" "$@"\n')
    (tools / "quotes").chmod(0o755)
    monkeypatch.setenv("PATH", os.pathsep.join([str(tools), str(Path(sys.executable).parent), os.environ["PATH"]]))
    return tmp_path


def run(language: str, code: str, place: Path) -> str:
    """Run one block and return what it printed."""
    argv = {"sh": ["bash", "-euo", "pipefail", "-c", code], "python": [sys.executable, "-c", code]}[language]
    done = subprocess.run(argv, cwd=place, capture_output=True, text=True, timeout=WAIT, check=False)
    assert done.returncode == 0, f"{code}\n{done.stdout}\n{done.stderr}"
    assert "Traceback" not in done.stderr
    return done.stdout


def as_notebook(blocks: list[tuple[str, str]], place: Path) -> str:
    """Run blocks as the cells of one notebook."""
    import nbclient
    import nbformat

    cells = [nbformat.v4.new_code_cell(code) for _, code in blocks]
    notebook = nbformat.v4.new_notebook(cells=cells)
    nbclient.NotebookClient(notebook, timeout=WAIT, resources={"metadata": {"path": str(place)}}).execute()
    return str(cells[-1].outputs)


def spreadsheet(place: Path, printed: list[str]) -> None:
    with (place / "story.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) > 10
    assert any(r["speaker"] for r in rows)
    assert "because" in printed[1]


def database(place: Path, printed: list[str]) -> None:
    assert "quotations" in printed[0]
    assert '"type": "direct"' in printed[0]


def archive(place: Path, printed: list[str]) -> None:
    assert "4 articles" in printed[0]
    assert (place / "quotes.parquet").stat().st_size > 1000
    assert "│" in printed[1]


def who(place: Path, printed: list[str]) -> None:
    assert "Who is quoted" in printed[0]
    assert "<svg" in (place / "report.html").read_text(encoding="utf-8")
    assert (place / "tables/outlets.csv").is_file()
    assert "left out" in printed[1]
    assert "By desk" in printed[1]


def inception(place: Path, printed: list[str]) -> None:
    import cassis

    types = cassis.load_typesystem((place / "inception/TypeSystem.xml").open("rb"))
    files = list((place / "inception").glob("*.xmi"))
    assert len(files) == 4
    for file in files:
        with file.open("rb") as stream:
            found = cassis.load_cas_from_xmi(stream, typesystem=types).select("webanno.custom.Quote")
        assert found
        assert all(q.get_covered_text() for q in found)


def label_studio(place: Path, printed: list[str]) -> None:
    tasks = json.loads((place / "labelstudio/tasks.json").read_text(encoding="utf-8"))
    assert len(tasks) == 4
    assert all(t["predictions"][0]["result"] for t in tasks)
    assert "<Labels" in (place / "labelstudio/label_config.xml").read_text(encoding="utf-8")


def components(place: Path, printed: list[str]) -> None:
    assert "Ann Lee" in printed[0]
    assert "new library" in printed[0]


def notebook(place: Path, printed: list[str]) -> None:
    assert "Ann Lee" in printed[0]
    assert "Tom Ray" in printed[0]


def on_ray(place: Path, printed: list[str]) -> None:
    assert len(list((place / "run-on-ray/parts").iterdir())) == 1


def on_spark(place: Path, printed: list[str]) -> None:
    assert list((place / "records.parquet").glob("*.parquet"))


LOOK: dict[str, Callable[[Path, list[str]], None]] = {
    "One story to a spreadsheet": spreadsheet,
    "A folder to SQLite and Datasette": database,
    "Common Crawl News to Parquet and DuckDB": archive,
    "Who is quoted": who,
    "Import into INCEpTION": inception,
    "Import into Label Studio": label_studio,
    "A spaCy pipeline of your own": components,
    "A notebook": notebook,
    "A Ray cluster": on_ray,
    "A Spark cluster": on_spark,
}


def test_every_recipe_is_run_and_looked_at() -> None:
    found = recipes()
    assert set(found) == set(LOOK)
    assert all(found.values())
    assert {language for blocks in found.values() for language, _ in blocks} <= {"sh", "python"}


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::FutureWarning")
@pytest.mark.parametrize("title", LOOK)
def test_recipe(title: str, place: Path) -> None:
    missing = [name for name in NEEDS.get(title, ()) if find_spec(name) is None]
    if missing or (title == "A Spark cluster" and shutil.which("java") is None):
        pytest.skip(f"not installed: {', '.join(missing) or 'java'}")
    blocks = recipes()[title]
    if title == "A notebook":
        LOOK[title](place, [as_notebook(blocks, place)])
    else:
        LOOK[title](place, [run(language, code, place) for language, code in blocks])
