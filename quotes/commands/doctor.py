"""`quotes doctor`: what is installed, what is missing."""

from __future__ import annotations

import os
import platform
import tempfile
from collections.abc import Iterator
from importlib import metadata

import click

NEEDED = ("spacy", "textacy", "pydantic", "click", "trafilatura", "rapidfuzz", "onnxruntime", "tokenizers")


@click.command("doctor")
def command() -> int:
    """Show versions, the spaCy pipeline, the models found and whether they are whole. Exit 3 where one is missing.

    \b
    quotes doctor
    """
    bad = False
    for name, fine, words in checks():
        click.echo(f"{'ok ' if fine else 'BAD'} {name:<18} {words}")
        bad = bad or not fine
    return 3 if bad else 0


def checks() -> Iterator[tuple[str, bool, str]]:
    """Yield (what, whether it is fine, in words)."""
    from quotes import __version__

    yield "quotedesk", True, f"{__version__}, Python {platform.python_version()}, works offline"
    for name in NEEDED:
        try:
            yield name, True, metadata.version(name)
        except metadata.PackageNotFoundError:
            yield name, False, f"not installed: pip install {name}"
    yield _spacy_pipeline()
    yield from _models()
    yield "temporary files", os.access(tempfile.gettempdir(), os.W_OK), tempfile.gettempdir()


def _spacy_pipeline() -> tuple[str, bool, str]:
    from quotes.errors import QuotesError
    from quotes.pipeline import load

    try:
        meta = load(pipeline="rules").meta
    except QuotesError as error:
        return "spaCy pipeline", False, str(error)
    return "spaCy pipeline", True, f"{meta['lang']}_{meta['name']} {meta['version']}"


def _models() -> Iterator[tuple[str, bool, str]]:
    from quotes.errors import QuotesError
    from quotes.paths import find_model, installed_models

    names = installed_models()
    if not names:
        yield "reader models", True, "none: quotations are found by rules alone"
    for name in names:
        try:
            from quotes.reader import load_reader

            yield f"model {name}", True, f"{load_reader(name).version}, checksum right, in {find_model(name)}"
        except QuotesError as error:
            yield f"model {name}", False, str(error)
