"""What a run tells on stderr: failed inputs, warnings, a running count, and the summary at the end."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import click

from quotes.commands.groups import say
from quotes.errors import InputError, OutputError
from quotes.output.table import counted
from quotes.schema import DocumentRecord

EVERY = 0.2
LINE = re.compile(r", (?:line|item) (\d+):")


@dataclass(slots=True)
class Report:
    """The counts of a run, and how much of them is told while it goes on.

    `live` shows a running count, `loud` a line per article, `quiet` nothing but errors. `errors` gets failed inputs as
    JSON Lines.
    """

    quiet: bool = False
    loud: bool = False
    live: bool = False
    errors: IO[str] | None = None
    articles: int = 0
    quotes: int = 0
    unresolved: int = 0
    failed: int = 0
    warnings: int = 0
    shown: float = 0.0

    def add(self, record: DocumentRecord) -> None:
        """Count a record and tell what is to be told about it."""
        self.articles += 1
        self.quotes += len(record.quotes)
        self.unresolved += sum(q.speaker is None for q in record.quotes)
        self.warnings += len(record.warnings)
        self.clear()
        for warning in () if self.quiet else record.warnings:
            say(f"warning: {record.id}: [{warning.code}] {warning.message}")
        if self.loud:
            say(f"{record.id}: {counted(len(record.quotes), 'quote')}")
        if self.live and time.monotonic() - self.shown > EVERY:
            self.shown = time.monotonic()
            click.echo(f"\r{self}", err=True, nl=False)

    def fail(self, error: InputError, source: str) -> None:
        """Count a failed input, tell it, and write it to the file of errors."""
        self.failed += 1
        self.clear()
        say(str(error))
        if self.errors is not None:
            found = LINE.search(error.message)
            line = int(found[1]) if found else None
            row = {"source": source, "line": line, "code": error.code, "error": error.message}
            self.errors.write(json.dumps(row) + "\n")
            self.errors.flush()

    def clear(self) -> None:
        """Take the running count off the terminal."""
        if self.live and self.shown:
            click.echo("\r\x1b[K", err=True, nl=False)

    def finish(self) -> None:
        """Tell the summary."""
        self.clear()
        if not self.quiet:
            click.echo(str(self), err=True)

    def __str__(self) -> str:
        parts = [counted(self.articles, "article"), counted(self.quotes, "quote")]
        return ", ".join([*parts, f"{self.unresolved:,} unresolved", f"{self.failed:,} failed"])


def wants_count(progress: bool, output: str | None) -> bool:
    """Return whether a running count is shown: stderr is a terminal that no output goes to."""
    return progress and _is_terminal(sys.stderr) and (output is not None or not _is_terminal(sys.stdout))


def _is_terminal(stream: IO[str] | None) -> bool:
    return stream is not None and stream.isatty()


@contextmanager
def error_file(path: str | None) -> Iterator[IO[str] | None]:
    """Open the file of failed inputs, which is written as the run goes on. Raises `OutputError`."""
    if path is None:
        yield None
        return
    try:
        stream = Path(path).open("w", encoding="utf-8", newline="\n")  # noqa: SIM115 - only opening may fail here
    except OSError as error:
        raise OutputError(f"Can't write to '{path}': {error.strerror}. Choose another place with --errors.") from error
    with stream:
        yield stream
