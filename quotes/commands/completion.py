"""`quotes completion`: the completion script for a shell."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

VARIABLE = "_QUOTES_COMPLETE"


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the completion script for SHELL: bash, zsh or fish.

    \b
    quotes completion bash > ~/.local/share/bash-completion/completions/quotes
    quotes completion zsh > ~/.zfunc/_quotes
    quotes completion fish > ~/.config/fish/completions/quotes.fish
    """
    kind = get_completion_class(shell)
    if kind is not None:
        click.echo(_script(kind(ctx.find_root().command, {}, "quotes", VARIABLE)))


def _script(completion: click.shell_completion.ShellComplete) -> str:
    """Fill in the template; `source()` would start a shell to look at its version."""
    return completion.source_template % completion.source_vars()
