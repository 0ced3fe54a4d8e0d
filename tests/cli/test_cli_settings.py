"""Settings from flags, environment and files as the command line shows and follows them; models; versions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from cli_cases import records
from command_line import Run


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project's settings, in the folder that the run is started from."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "quotes.toml"
    path.write_text('pipeline = "rules"\nformat = "csv"\nmin_confidence = 0.5\n')
    return path


def shown(run: Run, name: str, *flags: str) -> str:
    """Return the line of a setting."""
    lines = run("config", "show", *flags).out.splitlines()
    return next(line for line in lines if re.match(rf"(# )?{name} =", line))


def test_the_nearer_setting_wins_and_its_origin_is_shown(
    quick: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert 'format = "csv"' in shown(quick, "format")
    assert str(project) in shown(quick, "format")
    monkeypatch.setenv("QUOTES_FORMAT", "json")
    assert 'format = "json"' in shown(quick, "format")
    assert "$QUOTES_FORMAT" in shown(quick, "format")
    assert "default" in shown(quick, "min_confidence", "--isolated")


def test_a_run_follows_files_then_environment_then_flags(
    run: Run, project: Path, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("extract", article).out.startswith("document,id,")
    monkeypatch.setenv("QUOTES_FORMAT", "json")
    assert run("extract", article).out.startswith("[\n")
    assert len(records(run("extract", "--format", "jsonl", article).out)) == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('formt = "csv"\n', "format"),
        ('format = "xml"\n', "jsonl, json, csv"),
        ("min_confidence = 7\n", "min_confidence"),
        ("format = \n", "TOML"),
        ('n_process = "two"\n', "n_process"),
    ],
)
def test_a_wrong_file_names_itself_the_key_and_the_cure(
    quick: Run, project: Path, article: Path, content: str, told: str
) -> None:
    project.write_text(content)
    result = quick("extract", article)
    assert (result.status, result.out) == (2, "")
    assert "[Q002]" in result.err
    assert "quotes.toml" in result.err
    assert told in result.err
    assert len(result.err.splitlines()) == 1


def test_a_wrong_variable_is_named(quick: Run, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTES_PIPELINE", "best")
    result = quick("extract", article)
    assert result.status == 2
    assert "$QUOTES_PIPELINE" in result.err
    assert "rules, full" in result.err


def test_the_format_follows_the_name_of_the_output(run: Run, tmp_path: Path, article: Path) -> None:
    for name, start in (("o.csv", "document,"), ("o.json", "[\n"), ("o.jsonl", '{"schema'), ("o.txt", "["), ("o", "{")):
        assert run("extract", "-o", tmp_path / name, article).status == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_version_names_the_program_and_its_models(quick: Run) -> None:
    from quotes import __version__

    for flag in ("-V", "--version"):
        assert quick(flag).out.startswith(f"quotes {__version__}; ")


def test_a_model_that_is_not_there_lists_those_that_are(quick: Run) -> None:
    result = quick("models", "path", "nope")
    assert (result.status, result.out) == (3, "")
    assert "[Q101]" in result.err
    assert "nope" in result.err


def test_models_are_listed_with_their_folders(quick: Run) -> None:
    from quotes.paths import installed_models

    result = quick("models", "list")
    assert result.status == 0
    assert [line.split("\t")[0] for line in result.out.splitlines()] == list(installed_models())


def test_a_typing_error_in_a_subcommand_is_corrected(quick: Run) -> None:
    result = quick("config", "shwo")
    assert result.status == 2
    assert "Did you mean 'show'?" in result.err


def test_verbose_tells_each_article(run: Run, article: Path) -> None:
    result = run("extract", "-v", article)
    assert f"quotes: {article}: 2 quotes" in result.err
