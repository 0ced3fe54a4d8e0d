"""The page: whole, self-contained, escaped; and the command around it."""

from __future__ import annotations

import gzip
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from command_line import run_line
from lxml import etree
from report_cases import record, speaker, tally_of

from quotes.exporters.json_records import to_json
from quotes.report.page import page
from quotes.report.plots import bars, columns
from quotes.report.tables import tables
from quotes.schema import DocumentRecord

EVIL = "<script>alert(1)</script>"
RECORDS = [
    record(
        (speaker("Ann Lee", role=EVIL), "we will win"), (None, "no"), meta={"site": EVIL, "date": f"2026-0{n + 1}-02"}
    )
    for n in range(3)
]


class Checker(HTMLParser):
    """Collects tags and whatever would load something."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loads: list[str] = []
        self.depth: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loads += [f"{k}={v}" for k, v in attrs if k in ("src", "href", "srcset", "action") or k.startswith("on")]
        if tag not in ("meta", "rect", "line", "br"):
            self.depth.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("rect", "line"):
            assert self.depth.pop() == tag


def test_the_page_is_whole_and_loads_nothing() -> None:
    tally = tally_of(*RECORDS)
    text = "".join(page(tally, tables(tally), title=f"Report {EVIL}", top=5))
    checker = Checker()
    checker.feed(text)
    assert checker.depth == []
    assert checker.loads == []
    assert "script" not in checker.tags
    assert "url(" not in text
    assert "@import" not in text
    assert checker.tags.count("svg") >= 4
    assert "Ann Lee" in text
    assert "6 quotations in 3 articles" in text


@pytest.mark.parametrize("draw", [bars, columns])
@pytest.mark.parametrize("rows", [[], [("a", [0, 0, 0])], [(EVIL * 9, [1, 2, 3]), ("b" * 99, [10**9, 0, 1])]])
def test_plots_are_well_formed(draw: object, rows: list[tuple[str, list[int]]]) -> None:
    svg = etree.fromstring(draw(rows, "Title & more"))  # type: ignore[operator]
    numbers = [float(e.get("width")) for e in svg.iter() if e.tag.endswith("rect")]
    assert all(0 <= n <= 800 for n in numbers)
    assert len(numbers) == sum(1 for _, counts in rows for c in counts if c)


def written(path: Path, records: list[DocumentRecord]) -> Path:
    path.write_text("".join(to_json(r) + "\n" for r in records), encoding="utf-8")
    return path


def run(capfd: pytest.CaptureFixture[str], *argv: str | Path) -> tuple[int, str, str]:
    result = run_line(capfd, "report", *argv)
    return result.status, result.out, result.err


def test_the_command_reads_files_packed_files_and_folders(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    one = written(tmp_path / "a.jsonl", RECORDS)
    parts = tmp_path / "run/parts"
    parts.mkdir(parents=True)
    (parts / "part-00000.jsonl.gz").write_bytes(gzip.compress(one.read_bytes()))
    written(parts / "part-00001.jsonl", RECORDS[:1])
    status, out, _ = run(capfd, one, tmp_path / "run", "--html", tmp_path / "r.html", "--csv", tmp_path / "t")
    assert status == 0
    assert "14 quotations in 7 articles" in out
    assert "Who is quoted" in out
    assert (tmp_path / "r.html").read_text(encoding="utf-8").endswith("</html>\n")
    assert (tmp_path / "t/speakers.csv").is_file()


def test_a_bad_record_is_named_and_the_rest_is_counted(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path / "a.jsonl", RECORDS)
    path.write_text('{"id": 1}\n{oops\n' + path.read_text() + json.dumps([1]) + "\n")
    status, out, err = run(capfd, path)
    assert status == 1
    assert "6 quotations in 3 articles" in out
    assert err.splitlines()[0].startswith(f"quotes: [Q201] {path}, line 1")
    assert len(err.splitlines()) == 3


@pytest.mark.parametrize(
    ("argv", "status", "words"),
    [
        (["none.jsonl"], 3, "[Q103]"),
        (["none.jsonl.gz"], 3, "[Q103]"),
        (["."], 3, "There are no records"),
        ([], 2, "Missing argument"),
        (["a.txt", "--people", "none.csv"], 3, "--people"),
        (["a.txt", "--html", "none/x.html"], 1, "[Q401]"),
    ],
)
def test_wrong_use_is_one_line(
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    argv: list[str],
    status: int,
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("")
    found = run(capfd, *argv)
    assert (found[0], words in found[2], len(found[2].splitlines())) == (status, True, 1)
