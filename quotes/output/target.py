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
    with _whole(target) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as stream:
        yield stream


@contextmanager
def replaced(path: str) -> Iterator[Path]:
    """Give the path of an empty temporary file, which takes a name when all went well. Raises `OutputError`."""
    with _told(f"'{path}'"):
        target = Path(os.path.realpath(path))
        if target.exists() and not target.is_file():
            raise OutputError(f"'{path}' is not a file that can be replaced. Choose another place with -o.")
        with _whole(target) as temporary:
            yield temporary


@contextmanager
def folder_at(path: str) -> Iterator[Path]:
    """Give a folder, made where it is missing. Raises `OutputError`."""
    with _told(f"'{path}'"):
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        yield folder


def write_whole(path: Path, data: str) -> None:
    """Write a small file in UTF-8 that appears under its name only when it is whole, and on the disk."""
    with _replacing(path) as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


@contextmanager
def _whole(target: Path) -> Iterator[Path]:
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.")
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(mode)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
