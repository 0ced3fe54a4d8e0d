"""Open where the records go: standard output, or a file that appears under its name only when it is whole."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import IO

from quotes.errors import OutputError


@contextmanager
def opened(path: str | None) -> Iterator[IO[str]]:
    """Open standard output (None) or a file, in UTF-8. Raises `OutputError` where the file can't be written.

    A link is followed; a device or a named pipe is written to and never replaced.
    """
    if path is None:
        yield utf8_stdout()
        sys.stdout.flush()
        return
    target = Path(path).resolve()
    try:
        if target.exists() and not target.is_file():
            with target.open("w", encoding="utf-8", newline="\n") as stream:
                yield stream
        else:
            with _replaced(target) as stream:
                yield stream
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"Can't write to '{path}': {error.strerror}. Choose another place with -o.") from error


def utf8_stdout() -> IO[str]:
    """Return standard output, set to UTF-8 whatever the locale is."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape", newline="\n")
    return sys.stdout


@contextmanager
def _replaced(target: Path) -> Iterator[IO[str]]:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            yield stream
        temporary.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
