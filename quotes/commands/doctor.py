"""`quotes doctor`: what is installed, what is missing."""

from __future__ import annotations

import os
import platform
import tempfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import click

from quotes.commands.options import load_pipeline, pipeline_options
from quotes.errors import QuotesError

NEEDED = (
    *("spacy", "textacy", "pydantic", "click", "trafilatura", "rapidfuzz", "onnxruntime", "tokenizers"),
    *("sqlite-utils", "starlette", "uvicorn"),
)


SENTENCE = "“It works,” Ann Lee said."


@click.command("doctor")
@pipeline_options
def command(**options: Any) -> int:
    """Show versions, the spaCy pipeline, the models found and whether they are whole. Exit 3 where one is missing.

    \b
    quotes doctor
    quotes doctor --spacy-model en_core_web_sm
    """
    bad = False
    for name, fine, words in checks(options):
        click.echo(f"{'ok ' if fine else 'BAD'} {name:<18} {' '.join(words.split())}")
        bad = bad or not fine
    return 3 if bad else 0


def checks(options: dict[str, Any]) -> Iterator[tuple[str, bool, str]]:
    """Yield (what, whether it is fine, in words)."""
    from quotes import __version__

    yield "quotedesk", True, f"{__version__}, Python {platform.python_version()}, {platform.system()}"
    for name in NEEDED:
        try:
            yield name, True, metadata.version(name)
        except metadata.PackageNotFoundError:
            yield name, False, f"not installed: pip install {name}"
    yield from _models(options["model"])
    yield _trial(options)
    folder = tempfile.gettempdir()
    yield "temporary files", os.access(folder, os.W_OK), folder
    note = "" if os.access(Path.cwd(), os.W_OK) else " (can't be written to: give -o a path elsewhere)"
    yield "this folder", True, f"{Path.cwd()}{note}"
    yield "network", True, "not used: models are installed, nothing is downloaded"


def _models(wanted: str | None) -> Iterator[tuple[str, bool, str]]:
    from quotes.commands.models import state, version
    from quotes.paths import find_model, installed_models, model_folders

    names = dict.fromkeys((*installed_models(), *([wanted] if wanted else [])))
    if not names:
        places = ", ".join(str(folder) for folder in model_folders())
        yield "models", True, f"none: quotations are found by rules alone. Looked in {places}"
    for name in names:
        try:
            folder = find_model(name)
        except QuotesError as error:
            yield f"model {name}", False, str(error)
            continue
        words = state(folder)
        yield f"model {name}", words == "whole", f"{version(folder)}, {words}, in {folder}"


def _trial(options: dict[str, Any]) -> tuple[str, bool, str]:
    """Load the pipeline and read one sentence."""
    try:
        from quotes.pipeline import extract

        (record,) = extract([SENTENCE], nlp=load_pipeline(options))
    except (QuotesError, ImportError) as error:
        return "pipeline", False, str(error)
    found = [q.speaker for q in record.quotes] == ["Ann Lee"]
    words = "reads a sentence" if found else f"can't read this right: {SENTENCE}"
    return "pipeline", found, f"{record.model.spacy}, {record.model.pipeline}; {words}"
