"""`quotes train`: train a reader (needs the extra `train`)."""

from __future__ import annotations

from importlib.util import find_spec

import click

from quotes.errors import ExtraMissing


@click.command("train")
@click.argument("config", type=click.Path(exists=True, dir_okay=False))
@click.option("--data", envvar="QUOTES_DATA", type=click.Path(), required=True, help="The folder of the corpora.")
@click.option("--out", type=click.Path(file_okay=False), required=True, help="Folder for checkpoints and the model.")
def command(config: str, data: str, out: str) -> None:
    """Train a reader as CONFIG says: checkpoints, resume after a kill, scores on dev after every epoch.

    \b
    quotes train models/en_quotes_sm/config.toml --data corpora --out runs/first
    """
    if find_spec("torch") is None:
        raise ExtraMissing('Training needs PyTorch. Install it with `pip install "quotedesk[train]"`.')
    from quotes.training import train

    train(config, data=data, out=out)
