"""Where output goes: standard output, or a file that appears under its name only when it is whole; and its colour."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from quotes.errors import OutputError

ENDINGS = {".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".csv": "csv", ".txt": "text"}


def format_for(path: str | None, stream: IO[str]) -> str:
    """Return the format when none was asked for: by the file's name, else a table in a terminal, else jsonl."""
    if path is not None:
        return ENDINGS.get(Path(path).suffix.lower(), "jsonl")
    return "table" if stream.isatty() else "jsonl"


def use_color(wanted: bool | None, stream: IO[str]) -> bool:
    """Return whether a stream gets colour: as asked, else only in a terminal without NO_COLOR or TERM=dumb."""
    if wanted is not None:
        return wanted
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


@contextmanager
def opened(path: str | None) -> Iterator[IO[str]]:
    """Open the output in UTF-8. Raises `OutputError` where it can't be written; a broken pipe is passed on."""
    if path is None:
        with _told("standard output"):
            yield _standard_output()
            sys.stdout.flush()
        return
    with _told(f"'{path}'"):
        target = Path(os.path.realpath(path))
        if target.exists() and not target.is_file():  # /dev/null, a pipe: nothing to replace
            with target.open("w", encoding="utf-8", newline="\n") as stream:
                yield stream
            return
        with _replacing(target) as stream:
            yield stream


def _standard_output() -> IO[str]:
    if sys.stdout is None:
        raise OutputError("Standard output is closed. Give a file with -o.")
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="surrogateescape", newline="\n")
    return sys.stdout


@contextmanager
def _told(place: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"Can't write to {place}: {error.strerror}. Choose another place with -o.") from error


@contextmanager
def _replacing(target: Path) -> Iterator[IO[str]]:
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            yield stream
        temporary.chmod(mode)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
