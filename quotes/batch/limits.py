"""One document to one record within limits: what is too long, too slow or breaks the reader is flagged, never lost."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import Any

from quotes.batch.job import Limits, Reader
from quotes.errors import DocumentFailed
from quotes.ids import text_hash
from quotes.inputs import Document
from quotes.schema import DocumentRecord, WarningRecord

TOO_LONG, TOO_SLOW, POISON, BROKEN = "W201", "W202", "W203", "W204"
FAILURES = frozenset({TOO_LONG, TOO_SLOW, POISON, BROKEN})


class TimedOut(BaseException):
    """Raised inside the reader when a document's time is over; no `except Exception` on the way may keep it."""


def read_one(document: Document, reader: Reader, limits: Limits, *, poison: bool = False) -> DocumentRecord:
    """Return the record of a document; an empty one with a warning of `FAILURES` where it could not be read."""
    length = len(document.text)
    if poison:
        return failed(document, reader, POISON, "it killed its worker each time it was read")
    if length > limits.max_chars:
        words = f"it has {length:,} characters, more than the {limits.max_chars:,} of --max-chars"
        return failed(document, reader, TOO_LONG, words)
    try:
        with time_limit(limits.timeout):
            return reader.read(document)
    except TimedOut:
        disarm()
        return failed(document, reader, TOO_SLOW, f"it took longer than the {limits.timeout:g} s of --timeout")
    except MemoryError:
        return failed(document, reader, BROKEN, "there was not enough memory for it")
    except Exception as error:  # noqa: BLE001 - whatever one document does, the others are read
        return failed(document, reader, BROKEN, f"the reader raised {type(error).__name__}: {error}")


def failed(document: Document, reader: Reader, code: str, words: str) -> DocumentRecord:
    """Return the record of a document that was not read."""
    return DocumentRecord(
        id=document.id,
        text_sha256=text_hash(document.text),
        meta=dict(document.meta),
        model=reader.model,
        warnings=(WarningRecord(code=code, message=f"Not read: {words}."),),
    )


def failure(record: Mapping[str, Any]) -> DocumentFailed | None:
    """Return the error of a record (as data) that only says why its document was not read, else None."""
    for warning in record["warnings"]:
        if warning["code"] in FAILURES:
            return DocumentFailed(f"{record['id']}: {warning['message']} Try again with `quotes batch retry`.")
    return None


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `TimedOut` in the block after some seconds; only in the main thread and where there is SIGALRM."""
    if seconds <= 0 or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _time_is_over)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    finally:
        disarm()
        signal.signal(signal.SIGALRM, before)


def disarm() -> None:
    """Stop the timer, which goes off again each second in case its exception is swallowed on the way."""
    signal.setitimer(signal.ITIMER_REAL, 0)


def _time_is_over(number: int, frame: FrameType | None) -> None:
    raise TimedOut
