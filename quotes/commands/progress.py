"""A counter line on stderr, for a person who waits; nothing where stderr is not a terminal."""

from __future__ import annotations

import sys
import time

EVERY = 0.2
ERASE = "\r\x1b[K"


class Progress:
    """Shows how far a run is, at most five times a second, and takes its line away when something else is said."""

    def __init__(self, *, wanted: bool) -> None:
        self.on = wanted and sys.stderr.isatty()
        self.shown = False
        self.last = 0.0

    def show(self, words: str) -> None:
        """Write the line anew."""
        now = time.monotonic()
        if self.on and now - self.last >= EVERY:
            sys.stderr.write(f"{ERASE}{words}")
            sys.stderr.flush()
            self.shown, self.last = True, now

    def clear(self) -> None:
        """Take the line away."""
        if self.shown:
            sys.stderr.write(ERASE)
            sys.stderr.flush()
            self.shown = False
