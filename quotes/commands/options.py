"""Options that several commands share, and the loading of the pipeline that they name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from spacy.language import Language

Command = Callable[..., Any]


def pipeline_options(command: Command) -> Command:
    """Add `--pipeline`, `--spacy-model` and `--model`. Each can be set by an environment variable as well."""
    for option in (
        click.option("--model", envvar="QUOTES_MODEL", help="The reader's model: a name or a folder."),
        click.option("--spacy-model", envvar="QUOTES_SPACY_MODEL", help="An installed spaCy pipeline for English."),
        click.option(
            "--pipeline",
            type=click.Choice(["rules", "full"]),
            envvar="QUOTES_PIPELINE",
            help="Rules alone, or rules and the learned reader (default where a model is installed).",
        ),
    ):
        command = option(command)
    return command


def input_options(command: Command) -> Command:
    """Add `--from`, `--text-key` and `--id-key`."""
    for option in (
        click.option("--id-key", default="id", show_default=True, help="Key of the id in JSON Lines."),
        click.option("--text-key", default="text", show_default=True, help="Key of the text in JSON Lines."),
        click.option(
            "--from",
            "format_",
            type=click.Choice(["auto", "text", "html", "jsonl"]),
            default="auto",
            show_default=True,
            help="How to read the inputs.",
        ),
    ):
        command = option(command)
    return command


def load_pipeline(pipeline: str | None, spacy_model: str | None, model: str | None) -> Language:
    """Load the pipeline that the options name."""
    from quotes.pipeline import load

    return load(spacy_model=spacy_model, pipeline=pipeline, model=model)  # type: ignore[arg-type]
