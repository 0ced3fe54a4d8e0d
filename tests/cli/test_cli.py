"""The command line as scripts and people meet it: help, errors of one line, exit codes, every command."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from command_line import Run

from quotes.cli import COMMANDS, quotes

HEAVY = ("spacy", "textacy", "trafilatura", "onnxruntime", "torch", "numpy", "lxml", "pyarrow", "fastwarc", "docx")
HEAVY += ("pypdf", "webvtt", "zstandard", "cassis", "sqlite3", "quotes.exporters.csv_rows", "quotes.inputs.pdf")


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


@pytest.mark.parametrize("argv", [["--help"], ["schema"], ["--version"], ["extract", "--help"], ["convert", "--help"]])
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
        (["extract", "--from", "odt", "a"], ["auto", "html", "jsonl"]),
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


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_for_the_shell(quick: Run, shell: str) -> None:
    result = quick("completion", shell)
    assert result.status == 0
    assert f"_QUOTES_COMPLETE={shell}_complete" in result.out


def test_completion_completes_commands() -> None:
    env = {**os.environ, "_QUOTES_COMPLETE": "bash_complete", "COMP_WORDS": "quotes ex", "COMP_CWORD": "1"}
    program = "from quotes.cli import main; main([])"
    done = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True, timeout=30)
    assert done.stdout.split() == ["plain,extract", "plain,explain", "plain,export"]


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
