"""Find input files: walk directories, say what is missing, read bytes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

from quotes.errors import InputError, InputMissing
from quotes.inputs.document import OnError, printable
from quotes.inputs.registry import AUTO, by_extension, endings


def expand(path: str, format: str, on_error: OnError) -> Iterator[str]:
    """Yield the path of a file, or of the files below a directory, sorted, hidden ones left out."""
    try:
        is_folder = path != "" and Path(path).is_dir()
    except (OSError, ValueError):
        is_folder = False
    if not is_folder:
        yield path
        return
    empty = True
    for file in _walk(path, on_error):
        if (found := by_extension(file)) and format in (AUTO, found):
            empty = False
            yield file
    if empty:
        wanted = ", ".join(endings(format))
        on_error(InputError(f"No texts in '{printable(path)}'. Looked for {wanted}; pass other files by name."), path)


def _walk(top: str, on_error: OnError) -> Iterator[str]:
    def failed(error: OSError) -> None:
        where = str(error.filename or top)
        on_error(InputMissing(f"Can't read the directory '{printable(where)}': {error.strerror}."), where)

    seen: set[str] = set()
    for folder, folders, files in os.walk(top, followlinks=True, onerror=failed):
        real = os.path.realpath(folder)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        yield from (str(Path(folder) / f) for f in sorted(files) if not f.startswith("."))


def missing(path: str, error: Exception) -> InputMissing:
    """Return the error for a path that can't be read, with the name that may have been meant."""
    shown = printable(path)
    if isinstance(error, FileNotFoundError):
        if Path(path).is_symlink():
            return InputMissing(f"'{shown}' is a link to a file that is not there. Mend the link, or remove it.")
        near = _near(path)
        return InputMissing(
            f"There is no file '{shown}'." + (f" Did you mean '{near}'?" if near else " Check the path.")
        )
    if isinstance(error, PermissionError):
        return InputMissing(f"'{shown}' may not be read. Check its permissions.")
    reason = getattr(error, "strerror", None) or str(error)
    return InputMissing(f"'{shown}' can't be read: {reason}. Check the path.")


def _near(path: str) -> str | None:
    wanted = Path(path)
    try:
        names = [p.name for p in islice(wanted.parent.iterdir(), 10_000)]
    except (OSError, ValueError):
        return None
    close = get_close_matches(wanted.name, names, n=1, cutoff=0.75)
    return printable(str(wanted.parent / close[0])) if close else None
