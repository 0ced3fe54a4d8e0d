"""Answers as JSON: what went well, and errors with a code and words."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from quotes.review.values import dumps


def answer(value: Any, status: int = 200) -> Response:
    """Return a value as JSON."""
    return Response(dumps(value), status, media_type="application/json")


def problem(status: int, code: str, message: str, **extra: Any) -> Response:
    """Return an error: a stable code for programs, words for people."""
    return answer({"error": {"code": code, "message": message}, **extra}, status)
