"""Jobs, inputs and a stand-in for the pipeline, for the tests of archive runs."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from quotes.batch.job import Job, Limits, Reader
from quotes.ids import quote_id, text_hash
from quotes.inputs import Document
from quotes.schema import DocumentRecord, ModelRecord, QuoteRecord, SpanRecord

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PROGRAM = [sys.executable, str(HERE / "batch_stand_in.py"), "batch"]
WAIT = 240
Done = subprocess.CompletedProcess[str]
Batch = Callable[..., Done]

MODEL = ModelRecord(program="0", spacy="0", pipeline="rules")
OPTIONS: dict[str, Any] = {
    "from": "auto",
    "text_key": "text",
    "id_key": "id",
    "url_for": None,
    "max_mb": 64,
    "gzip": False,
    "with_text": False,
}


def read(document: Document) -> DocumentRecord:
    """Return a record with the first word of a text as its quotation."""
    sha, word = text_hash(document.text), document.text.partition(" ")[0] or "-"
    quote = QuoteRecord(
        id=quote_id(sha, [(0, len(word))]),
        type="direct",
        content=(SpanRecord(start=0, end=len(word), text=word),),
        reason="no_source",
        confidence=0.5,
    )
    return DocumentRecord(id=document.id, text_sha256=sha, meta=document.meta, model=MODEL, quotes=(quote,))


READER = Reader(read, MODEL)


def a_job(folder: Path, **more: Any) -> Job:
    """Return a job on a folder; limits are given by name, everything else is an option."""
    limits = Limits(more.pop("timeout", 5.0), more.pop("max_chars", 10_000))
    return Job(str(folder), str(Path.cwd()), OPTIONS | more, {"quotes": "0"}, limits)


def lines(path: Path, texts: list[str], *, ids: bool = True) -> Path:
    """Write texts as JSON Lines."""
    rows = ({"id": f"d{n}", "text": t} if ids else {"text": t} for n, t in enumerate(texts))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def page(number: int) -> str:
    """Return an HTML page with an article."""
    words = f"“Number {number} is the one,” Ann Lee said. " * 8
    return f"<html><head><title>Page {number}</title></head><body><article><p>{words}</p></article></body></html>"


def warc(path: Path, count: int) -> Path:
    """Write a WARC file of pages, packed record by record where its name ends in .gz."""
    with path.open("wb") as file:
        for number in range(count):
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page(number).encode()
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:08}>\r\n"
                f"WARC-Target-URI: https://news.example/{number}\r\nWARC-Date: 2026-03-0{number % 9 + 1}T00:00:00Z\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
            ).encode()
            record = head + http + b"\r\n\r\n"
            file.write(gzip.compress(record, mtime=0) if path.suffix == ".gz" else record)
    return path
