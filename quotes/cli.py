"""The command `quotes`: a click group whose commands are imported when they are run, so that `--help` is quick."""

from __future__ import annotations

import difflib
import os
import sys
from importlib import import_module
from typing import Any

import click

from quotes import __version__
from quotes.errors import QuotesError

COMMANDS = {
    "extract": "Find the quotations in articles and who said them.",
    "explain": "Say why a quotation has the speaker it has.",
    "evaluate": "Score the pipeline, or predictions, against gold data.",
    "validate": "Check records against the schema and their spans against the text.",
    "schema": "Print the JSON Schema of a document record.",
    "doctor": "Show versions, models and what is missing.",
    "train": "Train a reader from a configuration (needs the extra `train`).",
}
EPILOG = """Exit status: 0 done (also with no quotations); 1 some inputs failed, or a check did not pass; 2 wrong usage;
3 a model, a package or data is missing; 130 interrupted. No command uses the network."""


class Group(click.Group):
    """A group that loads a command's module only when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"quotes.commands.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in COMMANDS:
            near = difflib.get_close_matches(name, COMMANDS, n=1)
            hint = f" Did you mean '{near[0]}'?" if near else f" Commands: {', '.join(COMMANDS)}."
            raise click.UsageError(f"There is no command '{name}'.{hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=Group, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="quotes")
def quotes() -> None:
    """Who said what, in any article.

    \b
    quotes extract article.txt                      a table in the terminal
    quotes extract article.html > quotes.jsonl      JSON Lines when piped
    quotes extract article.txt --format text        the article with its quotations marked
    quotes explain article.txt 3                    why the third quotation has its speaker
    """


def main(argv: list[str] | None = None) -> Any:
    """Run the command line and exit: one line on stderr for an error of the user's, a traceback only for a bug."""
    try:
        result = quotes.main(args=argv, prog_name="quotes", standalone_mode=False)
    except QuotesError as error:
        click.echo(f"quotes: {error}", err=True)
        sys.exit(error.exit_status)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    sys.exit(result if isinstance(result, int) else 0)
