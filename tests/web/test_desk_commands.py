"""`quotes review`, `quotes export` and `quotes evaluate --db` on the command line; no server is started."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from command_line import Run
from desk_cases import Desk, article, decide, desk_on, record, write_jsonl

from quotes.review.database import open_to_read
from quotes.schema import DocumentRecord


@pytest.fixture
def run(quick: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, served: list[dict[str, Any]]) -> Run:
    """Run the command line in a folder of its own; the server ends at once."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "none"))
    return quick


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the server was started with."""
    calls: list[dict[str, Any]] = []

    def serve(desk: Desk, **given: Any) -> None:
        names = [row["name"] for row in desk.documents("Ann")["documents"]]
        calls.append({"names": names, **given})

    monkeypatch.setattr("quotes.web.server.serve", serve)
    return calls


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the texts that went through the pipeline, which is a stand-in."""
    seen: list[str] = []

    def extract(documents: Any, **options: Any) -> Any:
        for document in documents:
            seen.append(document.id)
            yield record(document.text, id=document.id)

    monkeypatch.setattr("quotes.pipeline.load", lambda **given: None)
    monkeypatch.setattr("quotes.pipeline.extract", extract)
    return seen


def test_records_open_the_desk(run: Run, served: list[dict[str, Any]], tmp_path: Path) -> None:
    file = write_jsonl(tmp_path / "q.jsonl", record(), record(id="b"))
    done = run("review", file, "--no-browser", "--reviewer", "Ann", "--port", "9000")
    assert (done.status, done.err) == (0, "")
    (call,) = served
    assert (call["names"], call["reviewer"], call["port"], call["host"]) == (["a.txt", "b"], "Ann", 9000, "127.0.0.1")


def test_articles_are_extracted_once(run: Run, served: list[dict[str, Any]], reads: list[str], tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(article(), encoding="utf-8")
    for options in ((), (), ("--again",)):
        assert run("review", file, *options).status == 0
    assert len(reads) == 2
    file.write_text(article(2), encoding="utf-8")
    assert run("review", file).status == 0
    assert len(reads) == 3
    assert len(served) == 4


def test_an_existing_database_opens_without_an_article(run: Run, served: list[dict[str, Any]], tmp_path: Path) -> None:
    desk_on(tmp_path / "n.db").store.close()
    assert run("review", "--db", "n.db").status == 0
    assert served[0]["names"] == ["a.txt"]


def test_nothing_to_review_is_told_and_no_database_is_made(run: Run, tmp_path: Path) -> None:
    done = run("review")
    assert done.status == 2
    assert "[Q001] Nothing to review" in done.err
    assert list(tmp_path.glob("*.db")) == []


def test_a_missing_article_is_told(run: Run, served: list[dict[str, Any]]) -> None:
    done = run("review", "none.txt")
    assert done.status == 3
    assert "[Q202]" in done.err
    assert "no input could be used" in done.err
    assert served == []


def test_records_that_do_not_fit_are_told_and_the_rest_opens(
    run: Run, served: list[dict[str, Any]], tmp_path: Path
) -> None:
    good, bad = record(id="good"), record(id="bad").model_copy(update={"text": article().replace("Point", "Paint")})
    done = run("review", write_jsonl(tmp_path / "q.jsonl", bad, good))
    assert done.status == 0
    assert "[Q201] The record of 'bad' belongs to another text" in done.err
    assert served[0]["names"] == ["good"]


def test_text_that_records_left_out_is_read_from_their_file(
    run: Run, served: list[dict[str, Any]], tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(article(), encoding="utf-8")
    bare = record().model_copy(update={"text": None})
    assert run("review", write_jsonl(tmp_path / "q.jsonl", bare)).status == 0
    assert served[0]["names"] == ["a.txt"]
    (tmp_path / "a.txt").write_text("Changed.", encoding="utf-8")
    done = run("review", write_jsonl(tmp_path / "q.jsonl", bare), "--db", "other.db")
    assert done.status == 3
    assert "has no text. Write it with `quotes extract --with-text`" in done.err


@pytest.mark.parametrize("name", ["", "   ", "x" * 500])
def test_a_name_that_nobody_can_have_is_told(run: Run, tmp_path: Path, name: str) -> None:
    file = write_jsonl(tmp_path / "q.jsonl", record())
    done = run("review", file, "--reviewer", name)
    assert (done.status, name == "") in ((2, False), (0, True))


@pytest.mark.parametrize(
    ("format", "begin"),
    [("jsonl", '{"schema_version"'), ("json", "["), ("csv", "document,"), ("html", "<!doctype"), ("log", '{"seq"')],
)
def test_export_writes_each_format(run: Run, tmp_path: Path, format: str, begin: str) -> None:
    desk = desk_on(tmp_path / "n.db")
    decide(desk, 0)
    desk.store.close()
    done = run("export", "n.db", "--format", format)
    assert done.status == 0
    assert done.out.startswith(begin)
    assert run("export", "n.db", "--format", format, "--out", "x.out").status == 0
    assert (tmp_path / "x.out").read_text(encoding="utf-8").startswith(begin)


def test_export_goes_by_the_name_of_the_file(run: Run, tmp_path: Path) -> None:
    desk_on(tmp_path / "n.db").store.close()
    for name, begin in (("r.html", "<!doctype"), ("r.csv", "document,"), ("r.jsonl", '{"schema')):
        assert run("export", "n.db", "-o", name).status == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begin)


def test_what_export_writes_can_be_reviewed_again(run: Run, served: list[dict[str, Any]], tmp_path: Path) -> None:
    desk = desk_on(tmp_path / "n.db")
    decide(desk, 0, "correct", after={"speaker_name": "Zoe Quist"})
    desk.store.close()
    run("export", "n.db", "-o", "again.jsonl")
    assert run("validate", "again.jsonl").status == 0
    assert run("review", "again.jsonl", "--db", "second.db").status == 0
    assert served[0]["names"] == ["a.txt"]
    line = (tmp_path / "again.jsonl").read_text(encoding="utf-8")
    assert DocumentRecord.model_validate(json.loads(line)).quotes[0].speaker == "Zoe Quist"


def test_export_of_nothing_is_told(run: Run, tmp_path: Path) -> None:
    done = run("export", "none.db")
    assert (done.status, "[Q501] There is no database 'none.db'" in done.err) == (1, True)
    assert not (tmp_path / "none.db").exists()
    assert run("export", "none.db", "--bom", "-f", "json").status == 2


def test_evaluate_measures_the_extractor_on_the_newsrooms_decisions(run: Run, tmp_path: Path) -> None:
    desk = desk_on(tmp_path / "n.db", record(), record(id="b"))
    for number, action in enumerate(("accept", "reject", "accept", "accept")):
        decide(desk, number, action)
    desk.store.close()
    done = run("evaluate", "--db", "n.db", "--json")
    assert done.status == 0
    assert "1 article with undecided quotations left out" in done.err
    exact = json.loads(done.out)["overall"]["detection"]["exact"]
    assert (exact["p"], exact["r"], exact["gold"]) == (0.75, 1.0, 3)


def test_evaluate_tells_what_can_not_be_measured(run: Run, tmp_path: Path) -> None:
    desk_on(tmp_path / "n.db").store.close()
    assert run("evaluate").status == 2
    assert run("evaluate", "gold.jsonl", "--db", "n.db").status == 2
    assert run("evaluate", "--db", "n.db", "--given", "quotes").status == 2
    done = run("evaluate", "--db", "n.db")
    assert (done.status, "is reviewed to the end" in done.err) == (3, True)


def test_evaluate_can_run_the_pipeline_again(run: Run, reads: list[str], tmp_path: Path) -> None:
    desk = desk_on(tmp_path / "n.db")
    desk.accept_above("Ann", {"above": 0})
    desk.store.close()
    done = run("evaluate", "--db", "n.db", "--again", "--json")
    assert json.loads(done.out)["overall"]["detection"]["exact"]["f1"] == 1.0
    assert reads == ["a.txt"]


def test_reading_a_database_needs_no_right_to_write(tmp_path: Path) -> None:
    desk = desk_on(tmp_path / "n.db")
    desk.store.close()
    store = open_to_read(tmp_path / "n.db")
    assert Desk(store).documents("Ann")["progress"]["total"] == 4
    store.close()
    assert sorted(p.name for p in tmp_path.iterdir() if p.suffix != ".db-shm" and p.suffix != ".db-wal") == ["n.db"]
