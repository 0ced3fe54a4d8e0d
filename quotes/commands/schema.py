"""`quotes schema`: the JSON Schema of a document record."""

from __future__ import annotations

import json

import click


@click.command("schema")
def command() -> None:
    """Print the JSON Schema (2020-12) of a document record.

    \b
    quotes schema > document.schema.json
    """
    from quotes.schema import json_schema

    click.echo(json.dumps(json_schema(), indent=1, ensure_ascii=False))
