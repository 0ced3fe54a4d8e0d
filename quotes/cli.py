"""The command `quotes`: a click group whose commands are imported when they are run, so that `--help` is quick."""

from __future__ import annotations

from typing import Any

import click

from quotes import __version__
from quotes.commands.groups import Program
from quotes.commands.options import config_options

COMMANDS = {
    "extract": "Find the quotations in articles and who said them.",
    "batch": "Read archives of any size with several workers or a cluster, and resume.",
    "report": "Count who is quoted in many articles: how often, how long, as what, where, when.",
    "convert": "Turn stored records into another format: SQLite, Parquet, brat, TEI, INCEpTION ...",
    "explain": "Say why a quotation has the speaker it has.",
    "review": "Open a desk in the browser to confirm and correct what was found.",
    "export": "Write what was reviewed: CSV, JSON, Web Annotation, an HTML report.",
    "evaluate": "Score the pipeline, or predictions, against gold data.",
    "validate": "Check records against the schema and their spans against the text.",
    "schema": "Print the JSON Schema of a document record.",
    "doctor": "Show versions, models and what is missing.",
    "models": "List the models that are installed, or print where one is.",
    "config": "Show the settings and where each comes from.",
    "completion": "Print the completion script for a shell.",
    "train": "Train a reader from a configuration (needs the extra `train`).",
}
EPILOG = """Exit status: 0 done (also with no quotations); 1 some inputs failed, or a check did not pass; 2 wrong usage
or configuration; 3 a model, a package or data is missing; 130 interrupted. No command uses the network.

Settings: flags, then QUOTES_* variables, then quotes.toml or [tool.quotes] in pyproject.toml (this folder or above),
then quotes/quotes.toml in the user's configuration folder. `quotes config show` prints them."""


def _version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if not value:
        return
    from quotes.commands.models import labels

    models = ", ".join(labels()) or "no model (rules alone)"
    click.echo(f"quotes {__version__}; {models}")
    ctx.exit()


@click.group(
    cls=Program,
    summaries=COMMANDS,
    epilog=EPILOG,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@config_options
@click.option(
    "-V",
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Show the versions of the program and of the models.",
)
def quotes() -> None:
    """Who said what, in any article.

    \b
    quotes extract article.txt                      a table in the terminal
    quotes extract article.html > quotes.jsonl      JSON Lines when piped
    quotes extract article.txt --format text        the article with its quotations marked
    quotes explain article.txt 3                    why the third quotation has its speaker
    """


def main(argv: list[str] | None = None) -> Any:
    """Run the command line and exit."""
    quotes.main(args=argv, prog_name="quotes")
