"""`quotes models`: which models there are, and where."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from quotes.commands.groups import Group
from quotes.errors import ModelDamaged
from quotes.paths import DEFAULT_MODEL, find_model, installed_models, model_folders


@click.group("models", cls=Group)
def command() -> None:
    """List the models that are installed, or print where one is. Models come with the package or are copied into
    $QUOTES_MODELS; nothing is downloaded.

    \b
    quotes models list
    quotes models path en_quotes_sm
    """


@command.command("list")
def list_models() -> int:
    """Print name, version, state and folder of each model, separated by tabs. Exit 1 where one is damaged.

    \b
    quotes models list
    """
    states = [(name, state(find_model(name))) for name in installed_models()]
    for name, words in states:
        click.echo("\t".join((name, version(find_model(name)), words, str(find_model(name)))))
    if not states:
        click.echo(f"No models in: {', '.join(map(str, model_folders()))}", err=True)
    return int(any(words != "whole" for _, words in states))


@command.command("path")
@click.argument("name", default=DEFAULT_MODEL)
def path(name: str) -> None:
    """Print the folder of the model NAME (en_quotes_sm, if none is given).

    \b
    quotes models path
    """
    click.echo(str(find_model(name).resolve()))


def labels() -> Iterator[str]:
    """Yield name and version of each installed model."""
    for name in installed_models():
        yield f"{name} {version(find_model(name))}"


def version(folder: Path) -> str:
    """Return the version of the model in a folder, `?` where its metadata can't be read."""
    try:
        return str(json.loads((folder / "meta.json").read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return "?"


def state(folder: Path) -> str:
    """Return `whole` if every file of a model has its checksum, else what is wrong."""
    from quotes.reader.session import check_files, read_meta

    try:
        check_files(folder, read_meta(folder))
    except ModelDamaged as error:
        return error.message
    return "whole"
