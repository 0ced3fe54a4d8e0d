"""The command line as scripts and people meet it: help, errors of one line, exit codes, every command."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from cli_cases import Run, records

from quotes.cli import COMMANDS, quotes

ARTICLE = '"We will win the vote," said Anna Lee, the mayor. Tom Ray said the plan was too dear.\n'
EMPTY = "The sun rose over the town at six.\n"
UNKNOWN = '"We will all go home now and wait for better days."\n'
HEAVY = ("spacy", "textacy", "trafilatura", "onnxruntime", "torch", "numpy")
CODE = re.compile(r"\[Q\d{3}\]")


def commands() -> Iterator[tuple[str, click.Command]]:
    """Yield every command and subcommand with its full name."""
    context = click.Context(quotes, info_name="quotes")
    for name in quotes.list_commands(context):
        command = quotes.get_command(context, name)
        assert command is not None
        yield name, command
        if isinstance(command, click.Group):
            for sub in command.list_commands(context):
                yield f"{name} {sub}", command.commands[sub]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def lines_of(path: Path, *values: object) -> Path:
    """Write JSON Lines; a string goes in as it is."""
    path.write_text("".join((v if isinstance(v, str) else json.dumps(v)) + "\n" for v in values), encoding="utf-8")
    return path


# ---- help and wrong usage


@pytest.mark.parametrize(("name", "command"), list(commands()))
def test_every_command_and_option_has_help_and_an_example(name: str, command: click.Command, quick: Run) -> None:
    options = [p for p in command.params if isinstance(p, click.Option)]
    assert [o.name for o in options if not o.help] == []
    result = quick(*name.split(), "--help")
    assert result.status == 0
    assert f"quotes {name}" in (command.help or "")
    assert all(o.opts[-1] in result.out for o in options)


def test_the_first_help_lists_all_commands_and_exit_codes(quick: Run) -> None:
    result = quick("--help")
    assert result.status == 0
    assert all(f"\n  {name} " in result.out for name in COMMANDS)
    assert "130" in result.out
    assert "quotes extract article.txt" in result.out


@pytest.mark.parametrize("argv", [["--help"], ["schema"], ["--version"], ["extract", "--help"], ["completion", "zsh"]])
def test_start_up_imports_nothing_heavy(argv: list[str]) -> None:
    program = (
        "import sys; from quotes.cli import main\n"
        f"try: main({argv!r})\n"
        f"finally: print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=30)
    assert done.stderr.strip() == "[]"
    assert done.stdout


def test_a_typing_error_in_a_command_is_corrected(quick: Run) -> None:
    result = quick("extrct", "a.txt")
    assert (result.status, result.out) == (2, "")
    assert "Did you mean 'extract'?" in result.err


def test_a_command_like_no_other_lists_all(quick: Run) -> None:
    result = quick("zzz")
    assert result.status == 2
    assert all(name in result.err for name in COMMANDS)


@pytest.mark.parametrize(
    ("argv", "values"),
    [
        (["extract", "--format", "xml", "a"], ["jsonl", "csv", "table"]),
        (["extract", "--from", "docx", "a"], ["auto", "html", "jsonl"]),
        (["extract", "--on-error", "cry", "a"], ["skip", "stop"]),
        (["extract", "--pipeline", "best", "a"], ["rules", "full"]),
        (["evaluate", "--given", "all", "a"], ["quotes", "sources"]),
        (["completion", "tcsh"], ["bash", "zsh", "fish"]),
    ],
)
def test_a_wrong_value_lists_the_right_ones(quick: Run, argv: list[str], values: list[str]) -> None:
    result = quick(*argv)
    assert (result.status, result.out) == (2, "")
    assert all(value in result.err for value in values)


@pytest.mark.parametrize(
    "argv",
    [
        ["extract", "--min-confidence", "2", "a"],
        ["extract", "--n-process", "0", "a"],
        ["extract", "--min-confidnce", "1", "a"],
        ["explain"],
        ["evaluate"],
    ],
)
def test_wrong_usage_exits_with_2(quick: Run, argv: list[str]) -> None:
    result = quick(*argv)
    assert (result.status, result.out) == (2, "")
    assert result.err


def test_a_near_option_is_named(quick: Run) -> None:
    assert "--min-confidence" in quick("extract", "--min-confidnce", "1", "a").err


# ---- extract: bad inputs


BAD = {
    "missing": None,
    "binary": bytes(range(256)) * 8,
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + bytes(range(128, 256)) * 4,
    "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(64),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_one_line_and_the_others_are_done(run: Run, tmp_path: Path, article: Path, kind: str) -> None:
    bad, data = tmp_path / f"{kind}.txt", BAD[kind]
    if data is not None:
        bad.write_bytes(data)
    result = run("extract", "--pipeline", "rules", "-q", bad, article)
    (line,) = result.err.splitlines()
    assert result.status == 1
    assert CODE.search(line)
    assert bad.name in line
    assert [r.id for r in records(result.out)] == [str(article)]


def test_a_directory_without_texts_says_what_was_looked_for(run: Run, tmp_path: Path, article: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run("extract", "--pipeline", "rules", "-q", tmp_path / "empty", article)
    assert result.status == 1
    assert "[Q201]" in result.err
    assert ".jsonl" in result.err
    assert len(records(result.out)) == 1


def test_a_directory_is_walked_in_order(run: Run, tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.md", ".hidden.txt", "d.bin"):
        (tmp_path / "news" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "news" / name).write_text(ARTICLE)
    result = run("extract", "--pipeline", "rules", tmp_path / "news")
    assert result.status == 0
    assert [Path(r.id).name for r in records(result.out)] == ["a.txt", "b.txt", "c.md"]
    assert "3 articles" in result.err


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"text": "broken', "column"),
        ("[1, 2]", "list"),
        ('{"body": "x", "uid": 1}', "'body', 'uid'"),
        ('{"text": 7}', "number"),
        ("{" * 5000, "JSON"),
        ('{"text": null}', "null"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_the_rest_goes_on(
    run: Run, tmp_path: Path, line: str, told: str
) -> None:
    path = lines_of(tmp_path / "in.jsonl", {"id": "a", "text": ARTICLE}, line, {"id": "c", "text": ARTICLE})
    result = run("extract", "--pipeline", "rules", "-q", path)
    assert result.status == 1
    assert len(result.err.splitlines()) == 1
    assert "[Q204]" in result.err
    assert "line 2" in result.err
    assert told in result.err
    assert [r.id for r in records(result.out)] == ["a", "c"]


@pytest.mark.parametrize(
    "text",
    ["", " \n\n", "\0", '"a\0b," said Anna Lee.', "\ud800", '"\ud83d we go," said Anna\udc00 Lee.', "\x1b[2J\x07\x9b",
     '"\x01\x02We will go home,\x7f" said Anna Lee.', "\ufeff", '"' * 50, "\r\n\r\r\n", "\u2028\u2029\x0c"],
    ids=range(12),
)  # fmt: skip
@pytest.mark.parametrize("to", ["jsonl", "json", "csv", "table", "text"])
def test_odd_texts_give_records_in_every_format(run: Run, tmp_path: Path, text: str, to: str) -> None:
    path = lines_of(tmp_path / "in.jsonl", {"id": "odd", "text": text}, {"id": "last", "text": ARTICLE})
    result = run("extract", "--pipeline", "rules", "-q", "--format", to, path)
    assert (result.status, result.err) == (0, "")
    if to == "jsonl":
        assert [r.id for r in records(result.out)] == ["odd", "last"]
    if to == "json":
        assert [r["id"] for r in json.loads(result.out)] == ["odd", "last"]
    if to in ("table", "text"):
        assert not set(result.out) & {"\0", "\x1b", "\x07", "\x08", "\x9b", "\x7f"}
    assert "Anna Lee" in result.out


def test_odd_names_and_ids_are_written_as_utf8(run: Run, tmp_path: Path) -> None:
    path = lines_of(tmp_path / "in.jsonl", {"id": "a\ud800\n\x1b[31m", "text": ARTICLE, "url": "\udfff"})
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt"))
    odd.write_text(ARTICLE)
    for to in ("jsonl", "table", "csv"):
        result = run("extract", "--pipeline", "rules", "--format", to, path, odd)
        assert result.status == 0
        assert result.out.encode("utf-8")


@pytest.mark.slow
def test_a_megabyte_without_a_space_is_no_trouble(run: Run) -> None:
    result = run("extract", "--pipeline", "rules", "-", stdin=b"x" * 1_000_000)
    assert result.status == 0
    assert len(records(result.out)) == 1


def test_stop_tells_the_error_once_and_writes_no_file(run: Run, tmp_path: Path, article: Path) -> None:
    out = tmp_path / "out.jsonl"
    result = run("extract", "--pipeline", "rules", "--on-error", "stop", "-o", out, article, tmp_path / "none.txt")
    assert result.status == 1
    assert result.err.count("[Q202]") == 1
    assert not out.exists()


# ---- extract: what comes out


def test_standard_input_is_read_without_paths_and_with_a_dash(run: Run) -> None:
    first = run("extract", "--pipeline", "rules", stdin=ARTICLE.encode())
    second = run("extract", "--pipeline", "rules", "-", stdin=ARTICLE.encode())
    assert first.out == second.out
    (record,) = records(first.out)
    assert [(q.type, q.speaker) for q in record.quotes] == [("direct", "Anna Lee"), ("indirect", "Tom Ray")]
    assert first.err == "1 article, 2 quotes, 0 unresolved, 0 failed\n"


def test_records_fit_the_schema_that_the_program_prints(run: Run, article: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(run("schema").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(run("extract", "--pipeline", "rules", article).out), schema)


def test_jsonl_keeps_ids_and_order(run: Run, tmp_path: Path) -> None:
    ids = ["z", "7", "a b", "é", "0"]
    path = lines_of(tmp_path / "in.dump", *[{"uid": i, "body": ARTICLE if i != "a b" else EMPTY} for i in ids])
    result = run("extract", "--pipeline", "rules", "--from", "jsonl", "--text-key", "body", "--id-key", "uid", path)
    assert [r.id for r in records(result.out)] == ids
    assert [len(r.quotes) for r in records(result.out)] == [2, 2, 0, 2, 2]


def test_the_output_file_is_what_would_have_been_printed(run: Run, tmp_path: Path, article: Path) -> None:
    out = tmp_path / "out.jsonl"
    printed = run("extract", "--pipeline", "rules", article).out
    result = run("extract", "--pipeline", "rules", "-o", out, article)
    assert (result.status, result.out) == (0, "")
    assert out.read_text(encoding="utf-8") == printed
    assert sorted(p.name for p in tmp_path.iterdir()) == ["article.txt", "out.jsonl"]


def test_an_output_that_cannot_be_written_exits_with_1(run: Run, tmp_path: Path, article: Path) -> None:
    result = run("extract", "--pipeline", "rules", "-o", tmp_path / "none" / "out", article)
    assert result.status == 1
    assert "[Q401]" in result.err


def test_failed_inputs_go_to_the_file_of_errors(run: Run, tmp_path: Path, article: Path) -> None:
    errors = tmp_path / "errors.jsonl"
    bad = lines_of(tmp_path / "bad.jsonl", "{", {"text": ARTICLE})
    result = run("extract", "--pipeline", "rules", "--errors", errors, tmp_path / "none.txt", bad, article)
    rows = [json.loads(line) for line in errors.read_text().splitlines()]
    assert result.status == 1
    assert [row["code"] for row in rows] == ["Q202", "Q204"]
    assert [Path(row["source"]).name for row in rows] == ["none.txt", "bad.jsonl"]
    assert "2 failed" in result.err


def test_the_file_of_errors_is_empty_where_nothing_failed(run: Run, tmp_path: Path, article: Path) -> None:
    assert run("extract", "--pipeline", "rules", "--errors", tmp_path / "errors", article).status == 0
    assert (tmp_path / "errors").read_text() == ""


@pytest.mark.parametrize(
    ("text", "flags", "status"),
    [
        (EMPTY, [], 0),
        (EMPTY, ["--fail-on-empty"], 1),
        (ARTICLE, ["--fail-on-empty", "--strict"], 0),
        (UNKNOWN, ["--fail-on-empty"], 0),
        (UNKNOWN, ["--strict"], 1),
    ],
)
def test_exit_codes_for_scripts(run: Run, text: str, flags: list[str], status: int) -> None:
    assert run("extract", "--pipeline", "rules", *flags, stdin=text.encode()).status == status


def test_quiet_says_nothing(run: Run, article: Path) -> None:
    assert run("extract", "--pipeline", "rules", "-q", article).err == ""


def test_min_confidence_leaves_out_what_is_below(run: Run, article: Path) -> None:
    (record,) = records(run("extract", "--pipeline", "rules", article).out)
    low, high = sorted(q.confidence for q in record.quotes)
    assert low < high
    (kept,) = records(run("extract", "--pipeline", "rules", "--min-confidence", str(high), article).out)
    assert [q.confidence for q in kept.quotes] == [high]
    assert run("extract", "--pipeline", "rules", "--min-confidence", "1", "--fail-on-empty", article).status == 1


def test_csv_has_a_row_per_quote_over_all_inputs(run: Run, article: Path) -> None:
    result = run("extract", "--pipeline", "rules", "--format", "csv", article, article, stdin=b"")
    assert len(result.out.splitlines()) == 5
    assert not result.out.startswith("\ufeff")


def test_the_byte_order_mark_is_for_csv(run: Run, article: Path) -> None:
    result = run("extract", "--pipeline", "rules", "--format", "csv", "--bom", article)
    assert result.out.startswith("\ufeffdocument,")
    assert result.out.count("\ufeff") == 1


@pytest.mark.parametrize(
    ("flags", "no_color", "colored"),
    [([], "", False), (["--color"], "", True), (["--color"], "1", True), (["--no-color"], "", False)],
)
@pytest.mark.parametrize("to", ["text", "table"])
def test_colour_is_for_terminals_or_when_asked_for(
    run: Run, article: Path, monkeypatch: pytest.MonkeyPatch, flags: list[str], no_color: str, colored: bool, to: str
) -> None:
    monkeypatch.setenv("NO_COLOR", no_color)
    result = run("extract", "--pipeline", "rules", "--format", to, *flags, article)
    assert ("\x1b[" in result.out) == colored
    assert "Anna Lee" in result.out


def test_the_marked_text_is_the_article(run: Run, article: Path) -> None:
    result = run("extract", "--pipeline", "rules", "--format", "text", article)
    assert re.sub(r"[\[\]<>{}]|\(\d\)", "", result.out).startswith(ARTICLE)


# ---- the other commands


@pytest.fixture
def extracted(run: Run, tmp_path: Path, article: Path) -> Path:
    """Records with their text."""
    path = tmp_path / "out.jsonl"
    assert run("extract", "--pipeline", "rules", "--with-text", "-o", path, article).status == 0
    return path


def test_validate_accepts_what_extract_writes(run: Run, extracted: Path) -> None:
    result = run("validate", extracted)
    assert (result.status, result.out) == (0, "")
    assert run("validate", "-", stdin=extracted.read_bytes()).status == 0


def test_validate_accepts_lone_surrogates(run: Run, tmp_path: Path) -> None:
    path = lines_of(tmp_path / "in.jsonl", {"text": '"\ud83d we go home," said Anna Lee.'})
    assert run("validate", "-", stdin=run("extract", "--with-text", path).out.encode()).status == 0


def test_validate_refuses_a_shifted_span(run: Run, extracted: Path) -> None:
    data = json.loads(extracted.read_text())
    span = data["quotes"][1]["content"][0]
    span["start"], span["end"] = span["start"] + 1, span["end"] + 1
    result = run("validate", lines_of(extracted, data, {"id": "x"}, "{"))
    assert result.status == 1
    assert "line 1: quotes.1.content: the text from" in result.out
    assert "line 2: text_sha256" in result.out
    assert "line 3: not valid JSON" in result.out


@pytest.mark.parametrize("change", [{"surprise": 1}, {"schema_version": "quotedesk/9"}, {"quotes": [{}]}])
def test_validate_refuses_what_is_not_in_the_schema(run: Run, extracted: Path, change: dict[str, object]) -> None:
    data = json.loads(extracted.read_text()) | change
    result = run("validate", lines_of(extracted, data))
    assert result.status == 1
    assert next(iter(change)) in result.out


def test_explain_by_number_and_by_id_say_the_same(run: Run, article: Path) -> None:
    every = run("explain", "--pipeline", "rules", article)
    second = run("explain", "--pipeline", "rules", article, "2")
    key = re.findall(r"q_\w+", second.out)[0]
    assert every.status == second.status == 0
    assert second.out == run("explain", "--pipeline", "rules", article, key).out
    assert "Tom Ray" in second.out
    assert "because" in second.out
    assert "Anna Lee" not in second.out
    assert "Anna Lee" in every.out


@pytest.mark.parametrize("which", ["0", "3", "q_none", "-1", "²"])
def test_explain_refuses_a_wrong_number(run: Run, article: Path, which: str) -> None:
    result = run("explain", "--pipeline", "rules", article, "--", which)
    assert (result.status, result.out) == (2, "")
    assert "[Q001]" in result.err
    assert "from 1 to 2" in result.err


def test_explain_without_a_file_is_one_line(run: Run, tmp_path: Path) -> None:
    result = run("explain", "--pipeline", "rules", tmp_path / "none.txt")
    assert result.status == 1
    assert "[Q202]" in result.err
    assert len(result.err.splitlines()) == 1


def test_explain_keeps_escapes_from_the_terminal(run: Run, tmp_path: Path) -> None:
    path = lines_of(tmp_path / "in.jsonl", {"text": '"\x1b[2J\ud800We will go," said Anna Lee.'})
    result = run("explain", "--pipeline", "rules", path)
    assert result.status == 0
    assert "\x1b" not in result.out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_for_the_shell(quick: Run, shell: str) -> None:
    result = quick("completion", shell)
    assert result.status == 0
    assert f"_QUOTES_COMPLETE={shell}_complete" in result.out


def test_completion_completes_commands() -> None:
    env = {**os.environ, "_QUOTES_COMPLETE": "bash_complete", "COMP_WORDS": "quotes ex", "COMP_CWORD": "1"}
    program = "from quotes.cli import main; main([])"
    done = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True, timeout=30)
    assert done.stdout.split() == ["plain,extract", "plain,explain"]


def test_a_spacy_pipeline_that_is_not_there_exits_with_3(quick: Run, article: Path) -> None:
    result = quick("extract", "--pipeline", "rules", "--spacy-model", "xx_none", article)
    assert (result.status, result.out) == (3, "")
    assert "[Q101]" in result.err
    assert "xx_none" in result.err
    assert "pip install" in result.err
    assert len(result.err.splitlines()) == 1


def test_doctor_is_content_with_a_whole_installation(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.paths.installed_models", lambda: [])
    result = run("doctor")
    assert result.status == 0
    assert "spacy" in result.out
    assert "rules alone" in result.out


def test_doctor_exits_with_3_where_something_is_missing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.paths.installed_models", lambda: [])
    monkeypatch.setattr("quotes.commands.doctor.NEEDED", ("spacy", "no-such-package"))
    result = run("doctor")
    assert result.status == 3
    assert "pip install no-such-package" in result.out
