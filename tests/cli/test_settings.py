"""Settings: which source wins, what a wrong value is told, and what every command shows of it."""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path

import click
import pytest
from cli_cases import ARTICLE, records
from command_line import Run

from quotes.cli import quotes
from quotes.config import SETTINGS, project_file, resolve, user_file
from quotes.errors import ConfigError
from quotes.reader.session import FILES, FORMAT, KEYS

GOOD = {"choice": None, "text": "x", "share": "0.5", "count": "3", "switch": "yes"}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with a folder of the user beside it."""
    work = tmp_path / "work" / "sub"
    work.mkdir(parents=True)
    monkeypatch.chdir(work)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "user"))
    return tmp_path


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_everything_is_a_default_where_nothing_is_set(home: Path) -> None:
    found = resolve()
    assert list(found) == list(SETTINGS)
    assert {v.origin for v in found.values()} == {"default"}
    assert {n: v.value for n, v in found.items()} == {n: s.default for n, s in SETTINGS.items()}


def test_the_nearer_source_wins_and_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    user = put(home / "user/quotes/quotes.toml", 'text_key = "u"\nid_key = "u"\nmodel = "u"\n')
    project = put(home / "work/quotes.toml", 'id-key = "p"\nmodel = "p"\n')
    monkeypatch.setenv("QUOTES_MODEL", "e")
    found = resolve()
    assert [(found[n].value, found[n].origin) for n in ("text_key", "id_key", "model")] == [
        ("u", str(user)),
        ("p", str(project)),
        ("e", "$QUOTES_MODEL"),
    ]


def test_isolated_reads_no_file_but_the_environment(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(home / "user/quotes/quotes.toml", "broken = ")
    put(home / "work/quotes.toml", 'model = "p"')
    monkeypatch.setenv("QUOTES_ID_KEY", "e")
    found = resolve(isolated=True)
    assert (found["model"].value, found["id_key"].value) == (None, "e")


def test_a_named_file_stands_in_for_the_projects(home: Path) -> None:
    put(home / "work/quotes.toml", 'model = "p"\nid_key = "p"')
    named = put(home / "other.toml", 'model = "o"')
    found = resolve(file=str(named))
    assert (found["model"].value, found["id_key"].value) == ("o", "id")
    with pytest.raises(ConfigError, match=r"missing\.toml"):
        resolve(file=str(home / "missing.toml"))


def test_the_nearest_project_file_is_found_and_others_passed_over(home: Path) -> None:
    assert project_file() is None
    upper = put(home / "work/pyproject.toml", '[tool.quotes]\nmodel = "up"\n')
    put(home / "work/sub/pyproject.toml", '[project]\nname = "x"\n')
    assert project_file() == upper
    assert resolve()["model"].value == "up"
    nearer = put(home / "work/sub/quotes.toml", "")
    assert project_file() == nearer


def test_the_users_file_needs_a_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.setenv("HOME", "/home/ann")
    assert user_file() == Path("/home/ann/.config/quotes/quotes.toml")
    monkeypatch.setenv("XDG_CONFIG_HOME", "relative")
    assert user_file() is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("pipelin = 1", "Settings: pipeline"),
        ('pipeline = "best"', "rules, full"),
        ("n_process = 0", "whole number from 1"),
        ("n_process = true", "whole number from 1"),
        ("n_process = 1.5", "whole number from 1"),
        ("min_confidence = 2", "0 to 1"),
        ('with_text = "yes"', "true or false"),
        ('text_key = ""', "a text"),
        ("model = [1]", "a text"),
        ("format = [1]", "jsonl"),
        ("x = ", "not valid TOML"),
    ],
)
def test_a_wrong_file_is_one_line_with_file_key_and_cure(home: Path, quick: Run, text: str, told: str) -> None:
    path = put(home / "work/sub/quotes.toml", text)
    result = quick("extract", "none.txt")
    assert (result.status, result.out) == (2, "")
    (line,) = result.err.splitlines()
    assert "[Q002]" in line
    assert str(path) in line
    assert told in line


@pytest.mark.parametrize(
    ("name", "value"), [("FORMAT", "xml"), ("N_PROCESS", "two"), ("WITH_TEXT", "maybe"), ("MIN_CONFIDENCE", "nan")]
)
def test_a_wrong_variable_is_named(quick: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"QUOTES_{name}", value)
    result = quick("config", "show")
    assert result.status == 2
    assert f"$QUOTES_{name}" in result.err
    assert value in result.err


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_can_come_from_the_environment(home: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    setting = SETTINGS[name]
    monkeypatch.setenv(setting.variable, GOOD[setting.kind] or setting.choices[-1])
    found = resolve()
    assert found[name].origin == f"${setting.variable}"
    assert found[name].value in (*setting.choices, "x", 0.5, 3, True)


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_an_option_of_a_command(name: str) -> None:
    context = click.Context(quotes)
    commands = [quotes.get_command(context, c) for c in ("extract", "explain", "evaluate", "doctor")]
    options = [p for c in commands if c for p in c.params if p.name == name]
    assert options
    assert {o.help for o in options if isinstance(o, click.Option)} == {SETTINGS[name].help}


def test_show_prints_toml_that_says_the_same_again(home: Path, quick: Run) -> None:
    put(home / "work/quotes.toml", 'text_key = "bo\\"dy"\nmin-confidence = 0.25\nwith_text = true')
    shown = quick("config", "show").out
    values = tomllib.loads(shown)
    assert (values["text_key"], values["min_confidence"], values["with_text"]) == ('bo"dy', 0.25, True)
    assert "pipeline" not in values
    assert quick("config", "show", "--config", put(home / "again.toml", shown)).status == 0
    assert quick("--isolated", "config", "show").out == quick("config", "show", "--isolated").out
    assert 'text_key = "text"' in quick("--isolated", "config", "show").out


def test_extract_follows_the_file_and_a_flag_wins(home: Path, run: Run) -> None:
    put(home / "work/sub/quotes.toml", 'from = "jsonl"\ntext_key = "body"\nwith_text = true')
    line = json.dumps({"id": "a", "body": ARTICLE}).encode()
    (record,) = records(run("extract", stdin=line).out)
    assert record.text == ARTICLE
    assert records(run("extract", "--no-text", stdin=line).out)[0].text is None
    assert run("extract", "--isolated", "--from", "jsonl", stdin=line).status == 1


# ---- models


def test_models_are_listed_with_their_state_and_found_by_name(
    quick: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUOTES_MODELS", str(tmp_path))
    monkeypatch.setattr("quotes.paths.PACKAGE", tmp_path / "none" / "quotes")
    none = quick("models", "list")
    assert (none.status, none.out) == (0, "")
    assert str(tmp_path) in none.err
    for name, version in (("en_test", "2.1"), ("en_bad", "1")):
        hashes = {file: hashlib.sha256(b"x").hexdigest() for file in FILES["reader"]}
        meta = dict.fromkeys(KEYS["reader"], 0) | {"format": FORMAT, "name": name, "version": version, "files": hashes}
        put(tmp_path / name / "meta.json", json.dumps(meta))
    for file in FILES["reader"]:
        put(tmp_path / "en_test" / file, "x")
    result = quick("models", "list")
    assert result.status == 1
    bad, fine = (line.split("\t") for line in result.out.splitlines())
    assert fine == ["en_test", "2.1", "whole", str(tmp_path / "en_test")]
    assert "is missing" in bad[2]
    assert quick("models", "path", "en_test").out.strip() == str((tmp_path / "en_test").resolve())
    assert "en_test 2.1" in quick("--version").out
    missing = quick("models", "path", "nope")
    assert (missing.status, missing.out) == (3, "")
    assert "[Q101]" in missing.err
