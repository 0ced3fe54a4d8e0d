"""What a request can do wrong: each with a code for programs, words for people, and an HTTP status."""

from __future__ import annotations

from typing import Any


class DeskError(Exception):
    """A request that can't be done; nothing was changed. `extra` goes into the answer beside the error."""

    def __init__(self, code: str, message: str, status: int = 422, **extra: Any) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
        self.extra = extra


def not_found(what: str) -> DeskError:
    """Return the error for something that does not exist."""
    return DeskError("not_found", f"There is no such {what}.", 404)
