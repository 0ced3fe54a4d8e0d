"""The group of all commands: imports a command when it is asked for, corrects typing errors, and ends every run."""

from __future__ import annotations

import difflib
import errno
import os
import sys
import warnings
from collections.abc import Iterable, Mapping
from contextlib import suppress
from importlib import import_module
from typing import Any, NoReturn

import click

from quotes.errors import OutputError, QuotesError, QuotesWarning, UsageError

INTERRUPTED = 130
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


class Group(click.Group):
    """A group that answers an unknown command with the nearest one, or with all there are."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        names = self.list_commands(ctx)
        if args and not args[0].startswith("-") and args[0] not in names:
            raise click.UsageError(unknown("command", args[0], names), ctx)
        return super().resolve_command(ctx, args)


def unknown(what: str, given: str, names: Iterable[str]) -> str:
    """Return the message for a name that does not exist: the nearest one that does, or all."""
    names = list(names)
    near = difflib.get_close_matches(given, names, n=1)
    hint = f"Did you mean '{near[0]}'?" if near else f"There are: {', '.join(names)}."
    return f"There is no {what} '{given}'. {hint}"


class Program(Group):
    """The outermost group. `summaries` names its commands, each a module of `quotes.commands` with a `command`."""

    def __init__(self, *args: Any, summaries: Mapping[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.summaries = summaries

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.summaries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.summaries:
            return None
        command: click.Command = import_module(f"quotes.commands.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(self.summaries.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a pipe that closes (`| head`) ends it well, where click would exit with 1."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            return _nobody_reads_on()

    def main(self, args: Any = None, prog_name: str | None = None, *rest: Any, **more: Any) -> NoReturn:
        """Run and exit: one line on stderr for what a user can cure, a traceback only for a bug."""
        more["standalone_mode"] = False
        with warnings.catch_warnings():
            warnings.simplefilter("always", QuotesWarning)
            warnings.showwarning = _show_warning
            sys.exit(_status(lambda: super(Program, self).main(args, prog_name or "quotes", *rest, **more)))


def _status(run: Any) -> int:
    try:
        result = run()
        if sys.stdout is not None:
            sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except QuotesError as error:
        say(str(error))
        return error.exit_status
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "", err=True)
        return UsageError.exit_status
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        hint = f" Try '{context.command_path} --help'." if context else ""
        say(f"[{UsageError.code}] {' '.join(error.format_message().split())}{hint}")
        return UsageError.exit_status
    except (KeyboardInterrupt, click.Abort):
        say("stopped")
        return INTERRUPTED
    except BrokenPipeError:
        return _nobody_reads_on()
    except OSError as error:
        if error.errno not in FULL:
            raise
        _nobody_reads_on()
        say(f"[{OutputError.code}] Can't write to standard output: {error.strerror}.")
        return OutputError.exit_status


def _nobody_reads_on() -> int:
    with suppress(OSError, ValueError, AttributeError):  # let the last flush go nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def say(message: str) -> None:
    """Write one line for the user to stderr."""
    line = " ".join(message.split())
    with suppress(OSError):
        click.echo(f"quotes: {line.encode('utf-8', 'replace').decode('utf-8')}", err=True)


def _show_warning(message: Warning | str, category: type[Warning], *place: Any, **more: Any) -> None:
    if issubclass(category, QuotesWarning):
        say(f"warning: {message}")
