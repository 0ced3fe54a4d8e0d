"""`quotes batch` from the outside: the whole way, what goes wrong, and what a second run does."""

from __future__ import annotations

import fcntl
import json
import os
import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from batch_cases import PROGRAM, WAIT, Batch, lines

TEXTS = [f"Word{n} and more" for n in range(60)]


def ids(path: Path) -> list[str]:
    return [json.loads(line)["id"] for line in path.read_text().splitlines()]


def test_the_whole_way_and_a_second_run_that_has_nothing_to_do(tmp_path: Path, inline: Batch) -> None:
    lines(tmp_path / "in.jsonl", TEXTS)
    first = inline("run", "in.jsonl", "-o", "run", "--shard-mb", "0.001")
    assert (first.returncode, first.stdout) == (0, ""), first.stderr
    assert "60 articles, 60 quotes, 60 unresolved, 0 failed" in first.stderr
    assert len(list((tmp_path / "run/parts").iterdir())) > 2
    times = {p: p.stat().st_mtime_ns for p in (tmp_path / "run/parts").iterdir()}
    again = inline("run", "in.jsonl", "-o", "run", "--shard-mb", "0.001", "--timeout", "7")
    assert (again.returncode, again.stderr) == (0, first.stderr)
    assert {p: p.stat().st_mtime_ns for p in (tmp_path / "run/parts").iterdir()} == times
    status = inline("status", "run")
    assert status.returncode == 0
    assert "60 articles" in status.stdout
    assert inline("merge", "run", "-o", "all.jsonl").returncode == 0
    assert ids(tmp_path / "all.jsonl") == [f"d{n}" for n in range(60)]
    assert len(inline("merge", "run", "--format", "csv").stdout.splitlines()) == 61


def test_workers_write_the_same_as_one_process(tmp_path: Path, batch: Batch, inline: Batch) -> None:
    lines(tmp_path / "in.jsonl", [*TEXTS[:20], "RAISE it", *TEXTS[20:]])
    done = batch("run", "in.jsonl", "-o", "two", "--shard-mb", "0.001", "--workers", "2", "--gzip")
    assert (done.returncode, done.stdout) == (1, "")
    assert inline("run", "in.jsonl", "-o", "one", "--shard-mb", "0.001", "--gzip").returncode == 1
    for folder in ("parts", "errors"):
        names = sorted(p.name for p in (tmp_path / "one" / folder).iterdir())
        assert names == sorted(p.name for p in (tmp_path / "two" / folder).iterdir())
        for name in names:
            assert (tmp_path / "one" / folder / name).read_bytes() == (tmp_path / "two" / folder / name).read_bytes()


def test_a_document_that_kills_workers_is_left_out(tmp_path: Path, batch: Batch) -> None:
    lines(tmp_path / "in.jsonl", [*TEXTS[:10], "DIE here", *TEXTS[:5]])
    done = batch("run", "in.jsonl", "-o", "run", "--workers", "1")
    assert done.returncode == 1
    assert "16 articles, 15 quotes" in done.stderr
    (row,) = (json.loads(line) for line in (tmp_path / "run/errors/part-00000.jsonl").read_text().splitlines())
    assert (row["line"], row["code"]) == (11, "Q604")
    assert "killed its worker" in row["error"]


def test_what_is_wrong_with_some_is_named_and_the_rest_goes_on(tmp_path: Path, inline: Batch) -> None:
    texts = [*TEXTS[:10], "RAISE it", "x" * 3000, "SLEEP long", *TEXTS[:5]]
    lines(tmp_path / "in.jsonl", texts)
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "loop").symlink_to(tmp_path / "more", target_is_directory=True)
    (tmp_path / "more" / "a.txt").write_text("Fine words.")
    (tmp_path / "more" / "b.txt").write_bytes(b"\0\1\2" * 50)
    options = ("-o", "run", "--timeout", "0.5", "--max-chars", "1000", "--shard-mb", "0.002")
    done = inline("run", "in.jsonl", "more", "none.txt", *options)
    assert done.returncode == 1
    assert "19 articles, 16 quotes" in done.stderr
    assert "5 failures, listed in" in done.stderr
    rows = [json.loads(line) for p in (tmp_path / "run/errors").iterdir() for line in p.read_text().splitlines()]
    assert sorted((r["code"], Path(r["source"]).name) for r in rows) == [
        ("Q202", "none.txt"),
        ("Q203", "b.txt"),
        *[("Q604", "in.jsonl")] * 3,
    ]
    again = inline("run", "in.jsonl", "more", "none.txt", *options)
    assert (again.returncode, again.stderr) == (1, done.stderr)
    assert inline("status", "run").returncode == 1
    (tmp_path / "none.txt").write_text("Now it is here.")
    third = inline("run", "in.jsonl", "more", "none.txt", *options)
    assert "20 articles, 17 quotes" in third.stderr
    retried = inline("retry", "run", "--max-chars", "5000", "--timeout", "0.5")
    assert "20 articles, 18 quotes" in retried.stderr
    assert retried.returncode == 1


def test_results_of_another_configuration_are_left_alone(tmp_path: Path, inline: Batch) -> None:
    lines(tmp_path / "in.jsonl", TEXTS[:3])
    assert inline("run", "in.jsonl", "-o", "run").returncode == 0
    before = (tmp_path / "run/parts/part-00000.jsonl").read_bytes()
    other = inline("run", "in.jsonl", "-o", "run", "--with-text")
    assert other.returncode == 2
    assert "[Q601]" in other.stderr
    assert "with_text: False there, True now" in other.stderr
    assert (tmp_path / "run/parts/part-00000.jsonl").read_bytes() == before
    assert inline("run", "in.jsonl", "-o", "run", "--with-text", "--overwrite").returncode == 0
    (tmp_path / "run/batch.json").write_text("{")
    assert "[Q601]" in inline("run", "in.jsonl", "-o", "run").stderr


@pytest.mark.parametrize(
    ("argv", "status", "words"),
    [
        (("run", "-o", "new"), 2, "Name files or directories"),
        (("run", "-o", "new", "--overwrite"), 2, "Name files or directories"),
        (("run", "-", "-o", "new"), 2, "standard input"),
        (("run", "in.jsonl", "-o", "new", "--address", "x"), 2, "--engine ray"),
        (("run", "in.jsonl", "-o", "new", "--model", "none", "--pipeline", "rules"), 3, "[Q101]"),
        (("run", "in.jsonl", "-o", "in.jsonl"), 1, "[Q401]"),
        (("status", "nothing"), 3, "There is no run in 'nothing'"),
        (("merge", "nothing"), 3, "There is no run in 'nothing'"),
        (("rnu",), 2, "Did you mean 'run'"),
    ],
)
def test_wrong_use_is_one_line(tmp_path: Path, inline: Batch, argv: tuple[str, ...], status: int, words: str) -> None:
    lines(tmp_path / "in.jsonl", TEXTS[:3])
    done = inline(*argv)
    assert done.returncode == status
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_worker_without_a_model_ends_the_run_with_its_cure(tmp_path: Path, batch: Batch) -> None:
    lines(tmp_path / "in.jsonl", TEXTS[:3])
    done = batch("run", "in.jsonl", "-o", "new", "--model", "none", "--pipeline", "rules", "--workers", "1")
    assert (done.returncode, done.stderr) == (3, "quotes: [Q101] Can't find the model 'none'.\n")


def test_a_folder_that_may_not_be_written_to(tmp_path: Path, inline: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*given: object, **named: object) -> None:
        raise PermissionError(13, "Permission denied")

    lines(tmp_path / "in.jsonl", TEXTS[:3])
    monkeypatch.setattr(Path, "mkdir", refuse)
    done = inline("run", "in.jsonl", "-o", "locked/run")
    assert (done.returncode, done.stderr.count("[Q401]")) == (1, 1)
    assert "Permission denied" in done.stderr


@pytest.fixture
def small_disk() -> Iterator[None]:
    """Let no file grow over 9,000 bytes, which is what a full disk looks like."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (9000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_fails_shards_and_a_second_run_does_what_is_missing(
    tmp_path: Path, inline: Batch, small_disk: None
) -> None:
    lines(tmp_path / "in.jsonl", [*TEXTS, *TEXTS])
    (tmp_path / "small.txt").write_text("A short one.")
    argv = ["run", "small.txt", "in.jsonl", "-o", "run", "--shard-mb", "0.002"]
    full = inline(*argv)
    assert full.returncode == 1
    assert "[Q401] part-0" in full.stderr
    assert "1 article" in full.stderr
    assert inline("merge", "run", "-o", "all.jsonl").returncode == 2
    assert inline("merge", "run", "-o", "some.jsonl", "--partial").returncode == 1
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert inline(*argv).returncode == 0
    assert inline("merge", "run", "-o", "all.jsonl").returncode == 0
    assert len(ids(tmp_path / "all.jsonl")) == 121


def test_a_retry_by_another_version_is_refused(tmp_path: Path, inline: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    lines(tmp_path / "in.jsonl", [*TEXTS[:3], "RAISE it"])
    assert inline("run", "in.jsonl", "-o", "run").returncode == 1
    monkeypatch.setattr("quotes.__version__", "99.0")
    done = inline("retry", "run")
    assert (done.returncode, "99.0 now" in done.stderr) == (2, True)


def test_a_folder_does_not_say_what_is_run(tmp_path: Path, inline: Batch) -> None:
    lines(tmp_path / "in.jsonl", [*TEXTS[:3], "RAISE it"])
    assert inline("run", "in.jsonl", "-o", "run").returncode == 1
    path = tmp_path / "run/batch.json"
    assert "loader" not in path.read_text()
    path.write_text(json.dumps(json.loads(path.read_text()) | {"loader": "os:abort"}))
    assert "4 articles, 3 quotes" in inline("retry", "run").stderr


def test_going_on_without_inputs_keeps_the_options_and_refuses_other_ones(tmp_path: Path, inline: Batch) -> None:
    (tmp_path / "in.jsonl").write_text('{"body": "Word and more"}\n')
    assert inline("run", "in.jsonl", "-o", "run", "--text-key", "body").returncode == 0
    assert inline("run", "-o", "run").returncode == 0
    assert "[Q601]" in inline("run", "-o", "run", "--text-key", "text").stderr


def test_two_runs_do_not_work_on_one_folder(tmp_path: Path, inline: Batch) -> None:
    lines(tmp_path / "in.jsonl", TEXTS[:3])
    assert inline("run", "in.jsonl", "-o", "run").returncode == 0
    with (tmp_path / "run/lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = inline("run", "in.jsonl", "-o", "run")
    assert (done.returncode, "[Q602]" in done.stderr) == (1, True)


def test_a_run_goes_on_from_elsewhere_without_its_inputs(
    tmp_path: Path, batch: Batch, environment: dict[str, str]
) -> None:
    lines(tmp_path / "in.jsonl", TEXTS[:9])
    assert batch("run", "in.jsonl", "-o", "run", "--workers", "1").returncode == 0
    for marker in (tmp_path / "run/done").iterdir():
        marker.unlink()
    (tmp_path / "else").mkdir()
    argv = [*PROGRAM, "run", "-o", str(tmp_path / "run"), "--workers", "1"]
    where = {"cwd": tmp_path / "else", "env": environment}
    done = subprocess.run(argv, capture_output=True, text=True, timeout=WAIT, **where)  # type: ignore[call-overload]
    assert done.returncode == 0, done.stderr
    assert "9 articles" in done.stderr
    wrong = subprocess.run(  # type: ignore[call-overload]
        [*argv, "in.jsonl"], capture_output=True, text=True, timeout=WAIT, **where
    )
    assert wrong.returncode == 2
    assert "was started in" in wrong.stderr


HEAVY = ("ray", "pyspark", "multiprocessing.pool", "concurrent.futures.process", "multiprocessing.context", "spacy")


@pytest.mark.parametrize(
    "argv", [["--help"], ["batch", "run", "--help"], ["report", "--help"], ["batch", "status", "run"]]
)
def test_no_engine_is_imported_unless_it_is_used(
    tmp_path: Path, inline: Batch, argv: list[str], environment: dict[str, str]
) -> None:
    lines(tmp_path / "in.jsonl", TEXTS[:3])
    assert inline("run", "in.jsonl", "-o", "run").returncode == 0
    code = (
        "import sys\nfrom quotes.cli import main\n"
        f"try: main({argv!r})\n"
        f"finally: print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [PROGRAM[0], "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=WAIT
    )
    assert done.stderr.splitlines()[-1] == "[]"


def test_a_second_worker_is_no_second_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    from quotes.batch.worker import THREADS, one_thread

    for name in THREADS:
        monkeypatch.setenv(name, "")  # so that it is put back as it was
        monkeypatch.delenv(name)
    one_thread()
    assert [os.environ[name] for name in THREADS] == ["1"] * len(THREADS)
