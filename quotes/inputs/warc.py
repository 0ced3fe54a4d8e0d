"""WARC and WET: the pages of a web archive, one document a record (extra `warc`)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from quotes.decoding import decode
from quotes.errors import Damaged, InputError, TooLong, in_short
from quotes.inputs.document import Document, printable
from quotes.inputs.html import decode_page, read_page
from quotes.inputs.registry import Source
from quotes.inputs.streams import too_long

PAGES = ("text/html", "application/xhtml+xml")
CODINGS = ("Content-Encoding", "Transfer-Encoding")
ENDS = (b"\r\n\r\n", b"\n\n")
FINE = 200
CUT = "the archive keeps only the beginning of this page"


def read(source: Source) -> Iterator[Document]:
    """Yield the pages and plain texts that were answered with status 200; other records and other media are no news.

    The id of a document is that of its record; `url` and the day of the crawl stand in its `meta`. A page that can't be
    decoded is reported and the archive goes on.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    kinds = WarcRecordType.response | WarcRecordType.conversion | WarcRecordType.resource
    stream: Any = _Pieces(source.stream)
    told = False
    try:
        for record in ArchiveIterator(stream, record_types=kinds, parse_http=True, auto_decode="none"):
            if not _wanted(record):
                continue
            try:
                document = _page(record, source)
            except InputError as error:
                source.on_error(error, source.name)
                told = isinstance(error, Damaged)
            else:
                told = False
                yield document
    except OSError as error:
        raise Damaged(
            f"'{source.name}' is not a whole WARC file ({error}). Get the file again; what came before is done."
        ) from error
    if stream.tail and not stream.tail.endswith(ENDS) and not told:
        raise Damaged(f"'{source.name}' ends within a record. Get the file again; what came before is done.")


class _Pieces:
    """A stream that gives what is there, so that the records before a fault are read before it is met."""

    def __init__(self, stream: Any) -> None:
        self.stream, self.at, self.tail = stream, 0, b""

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, which may be fewer than asked for."""
        data: bytes = self.stream.read1(size)
        self.at += len(data)
        self.tail = (self.tail + data[-4:])[-4:]
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


def _page(record: Any, source: Source) -> Document:
    """Return the document of a record. Raises `InputError`."""
    id, url = _id(record), record.headers.get("WARC-Target-URI") or ""
    where = f"{source.name}, record {id}"
    data = record.reader.read(source.most + 1)
    if len(data) < min(record.content_length, source.most + 1):
        raise Damaged(f"{where}: the file ends within this record. Get the file again; what came before is done.")
    coded = {name: value for name in CODINGS if record.http_headers and (value := record.http_headers.get(name))}
    if coded and len(data) <= source.most:
        data = _decoded(data, coded, where, source.most)
    if len(data) > source.most:
        raise TooLong(f"{where}: the page {too_long(source.most)}")
    document = _document(record, data, id, where)
    meta = {**document.meta, "url": printable(url), "crawled": record.headers.get("WARC-Date") or ""}
    if record.headers.get("WARC-Truncated"):
        meta["warning"] = CUT
    return replace(document, meta={k: v for k, v in meta.items() if v}, source=source.name)


def _decoded(data: bytes, coded: dict[str, str], where: str, most: int) -> bytes:
    """Return what the codings of an answer hide, at most `most` bytes and one. Raises `Damaged`.

    It is read as an archive of its own: fastwarc can't go on in one in which decoding has failed. Crawlers that store
    pages decoded may keep the header.
    """
    from fastwarc.warc import ArchiveIterator

    answer = "".join(["HTTP/1.1 200 OK\r\n", *(f"{k}: {v}\r\n" for k, v in coded.items()), "\r\n"]).encode() + data
    head = "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
    alone = f"{head}Content-Length: {len(answer)}\r\n\r\n".encode() + answer + ENDS[0]
    try:
        record: Any = next(iter(ArchiveIterator(io.BytesIO(alone), parse_http=True, auto_decode="all")))
        return bytes(record.reader.read(most + 1))
    except OSError as error:
        if data.lstrip().startswith(b"<"):
            return data
        raise Damaged(f"{where}: the page can't be decoded ({in_short(error, 80)}). It is left out.") from error


def _document(record: Any, data: bytes, id: str, where: str) -> Document:
    if _medium(record) not in PAGES:
        return Document(id, decode(data, name=where))
    return read_page(decode_page(data, name=where), id=id, source="")


def _id(record: Any) -> str:
    return printable(str(record.record_id or record.headers.get("WARC-Target-URI") or "").strip("<>"))
