"""`quotes config`: the settings and where each comes from."""

from __future__ import annotations

import json

import click

from quotes.commands.groups import Group
from quotes.commands.options import config_options, settings


@click.group("config", cls=Group)
def command() -> None:
    """Show the settings and where each comes from.

    \b
    quotes config show
    """


@command.command("show")
@config_options
def show() -> None:
    """Print every setting as TOML, with its origin in a comment; a setting that is not set is commented out.

    \b
    quotes config show
    QUOTES_PIPELINE=rules quotes config show --isolated
    """
    for name, found in settings().items():
        text = json.dumps(found.value, ensure_ascii=False) if found.value is not None else '""'
        lead = "# " if found.value is None else ""
        click.echo(f"{f'{lead}{name} = {text}':<32}  # {found.origin}")
