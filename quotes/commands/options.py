"""Options that several commands share: those with a setting behind them, and what stands on every command."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO

import click

from quotes.config import SETTINGS, Value, resolve
from quotes.errors import UsageError

if TYPE_CHECKING:
    from spacy.language import Language

Decorate = Callable[[Callable[..., Any]], Callable[..., Any]]

_TYPES: dict[str, Callable[[], Any]] = {
    "text": lambda: click.STRING,
    "share": lambda: click.FloatRange(0, 1),
    "count": lambda: click.IntRange(min=1),
}
_FLAGS = {"with_text": "--with-text/--no-text", "progress": "--progress/--no-progress", "color": "--color/--no-color"}


def setting_option(name: str) -> Decorate:
    """Return the option of a setting; without the flag, its value comes from the configuration."""
    setting = SETTINGS[name]
    flag = _FLAGS.get(name, f"--{name.replace('_', '-')}")
    default = partial(_configured, name)
    if setting.kind == "switch":
        return click.option(flag, name, default=default, help=setting.help)
    kind = click.Choice(setting.choices) if setting.kind == "choice" else _TYPES[setting.kind]()
    return click.option(flag, name, type=kind, default=default, help=setting.help)


def config_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--config` and `--isolated`; they are read first, so that all other defaults can depend on them."""
    for option in (
        click.option("--isolated", **_EAGER, is_flag=True, default=None, help="Read no configuration file."),
        click.option(
            "--config",
            **_EAGER,
            type=click.Path(exists=True, dir_okay=False),
            help="Read this configuration file in place of the project's.",
        ),
    ):
        command = option(command)
    return command


def _remember(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    if value is not None and param.name is not None:
        ctx.meta[_key(param.name)] = value


_EAGER: dict[str, Any] = {"is_eager": True, "expose_value": False, "callback": _remember}


def settings() -> Mapping[str, Value]:
    """Return the settings as environment and files have them, read once per run."""
    meta = click.get_current_context().meta
    if _key("settings") not in meta:
        isolated, file = meta.get(_key("isolated"), False), meta.get(_key("config"))
        meta[_key("settings")] = resolve(isolated=isolated, file=file)
    found: Mapping[str, Value] = meta[_key("settings")]
    return found


def _configured(name: str) -> Any:
    return None if click.get_current_context().resilient_parsing else settings()[name].value


def _key(name: str) -> str:
    return f"quotes.{name}"


def standard_input() -> BinaryIO:
    """Return standard input; nothing to read where it is closed, as under some schedulers."""
    return io.BytesIO() if sys.stdin is None else sys.stdin.buffer


def pipeline_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--pipeline`, `--spacy-model` and `--model`, and the options of the configuration."""
    for option in (config_options, *map(setting_option, ("model", "spacy_model", "pipeline"))):
        command = option(command)
    return command


def context_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--context`: the names of known speakers."""
    return click.option(
        "--context",
        "characters",
        type=click.File(encoding="utf-8"),
        callback=_lines,
        metavar="FILE",
        help="Known speakers (of a whole book, say): one a line, other names of the same one after semicolons.",
    )(command)


def _lines(ctx: click.Context, param: click.Parameter, file: TextIO | None) -> tuple[str, ...]:
    try:
        return () if file is None else tuple(file.read().splitlines())
    except UnicodeDecodeError as error:
        raise UsageError(f"The file of --context is not UTF-8 ({error}). Save it as UTF-8.") from error


def input_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--from`, `--text-key`, `--id-key`, `--url-for` and `--max-mb`."""
    command = click.option(
        "--url-for",
        metavar="URL",
        help="The URL of the inputs; {id}, {name} and {stem} stand for a document's id and its file's name.",
    )(command)
    for name in ("max_mb", "id_key", "text_key", "from"):
        command = setting_option(name)(command)
    return command


def load_pipeline(options: Mapping[str, Any]) -> Language:
    """Load the pipeline that the options name."""
    from quotes.pipeline import load

    characters = options.get("characters") or ()
    return load(
        spacy_model=options["spacy_model"], pipeline=options["pipeline"], model=options["model"], characters=characters
    )
