"""WARC and WET: the pages of a web archive, one document a record (extra `warc`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from quotes.decoding import decode
from quotes.errors import Damaged, InputError, TooLong
from quotes.inputs.document import Document, printable
from quotes.inputs.html import decode_page, read_page
from quotes.inputs.registry import Source
from quotes.inputs.streams import too_long

PAGES = ("text/html", "application/xhtml+xml")
FINE = 200
CUT = "the archive keeps only the beginning of this page"


def read(source: Source) -> Iterator[Document]:
    """Yield the pages and plain texts that were answered with status 200; other records and other media are no news.

    The id of a document is that of its record; `url` and the day of the crawl stand in its `meta`.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    kinds = WarcRecordType.response | WarcRecordType.conversion | WarcRecordType.resource
    stream: Any = _Pieces(source.stream)
    try:
        for record in ArchiveIterator(stream, record_types=kinds, parse_http=True, auto_decode="all"):
            if _wanted(record):
                yield from _documents(record, source)
    except OSError as error:
        raise Damaged(
            f"'{source.name}' is not a whole WARC file ({error}). Get the file again; what came before is done."
        ) from error


class _Pieces:
    """A stream that gives what is there, so that the records before a fault are read before it is met."""

    def __init__(self, stream: Any) -> None:
        self.stream, self.at = stream, 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, which may be fewer than asked for."""
        data: bytes = self.stream.read1(size)
        self.at += len(data)
        return data

    def tell(self) -> int:
        """Return how many bytes have been given."""
        return self.at


def _wanted(record: Any) -> bool:
    status = record.http_headers.status_code if record.http_headers else FINE
    return status == FINE and _medium(record) in (*PAGES, "text/plain")


def _medium(record: Any) -> str:
    found = record.http_content_type if record.http_headers else record.headers.get("Content-Type")
    return (found or "").partition(";")[0].strip().lower()


def _documents(record: Any, source: Source) -> Iterator[Document]:
    id, url = _id(record), record.headers.get("WARC-Target-URI") or ""
    where = f"{source.name}, record {id}"
    try:
        data = record.reader.read(source.most + 1)
        if len(data) > source.most:
            raise TooLong(f"{where}: the page {too_long(source.most)}")
        if _is_short(record, data):
            raise Damaged(f"{where}: the file ends within this record. Get the file again; what came before is done.")
        document = _document(record, data, id, where)
    except InputError as error:
        source.on_error(error, source.name)
        return
    meta = {**document.meta, "url": printable(url), "crawled": record.headers.get("WARC-Date") or ""}
    if record.headers.get("WARC-Truncated"):
        meta["warning"] = CUT
    yield replace(document, meta={k: v for k, v in meta.items() if v}, source=source.name)


def _document(record: Any, data: bytes, id: str, where: str) -> Document:
    if _medium(record) not in PAGES:
        return Document(id, decode(data, name=where))
    return read_page(decode_page(data, name=where), id=id, source="")


def _is_short(record: Any, data: bytes) -> bool:
    coded = record.http_headers and any(
        record.http_headers.get(name) for name in ("Content-Encoding", "Transfer-Encoding")
    )
    return not coded and len(data) < record.content_length


def _id(record: Any) -> str:
    return printable(str(record.record_id or record.headers.get("WARC-Target-URI") or "").strip("<>"))
