"""Small files of every kind of input, made in memory: PDF, Word, WARC, Parquet."""

from __future__ import annotations

import gzip
import io
from pathlib import Path
from typing import Any

from quotes.errors import InputError
from quotes.inputs import Document, read_inputs

SPOKEN = "“We won 😀,” Mayor Ann Lee told CNN on Monday."


def read(*paths: Path | str, **options: Any) -> tuple[list[Document], list[InputError]]:
    """Return the documents and the errors of inputs."""
    errors: list[InputError] = []
    found = read_inputs([str(p) for p in paths], on_error=lambda e, _: errors.append(e), **options)
    return list(found), errors


def put(path: Path, content: str | bytes) -> Path:
    """Write a file."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def pdf(*pages: list[str]) -> bytes:
    """Return a PDF with lines of Latin-1 text on its pages; a page without lines is like a scan."""
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for lines in pages:
        shown = "".join(f"({line.translate(_ESCAPED)}) Tj T* " for line in lines)
        stream = f"BT /F1 10 Tf 14 TL 40 780 Td {shown}ET".encode("latin-1")
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
        needs = "/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>"
        objects.append(f"<</Type/Page/Parent 2 0 R/Contents {len(objects)} 0 R{needs}>>".encode())
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>".encode()
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R>>"
    return out + f"{end}\nstartxref\n{len(out)}\n%%EOF\n".encode()


_ESCAPED = str.maketrans({"(": "\\(", ")": "\\)", "\\": "\\\\"})


def locked(data: bytes, password: str) -> bytes:
    """Return a PDF encrypted so that a reader needs the password ("" for an owner's password alone)."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(password, "the owner's", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def page(words: str, title: str = "News") -> bytes:
    """Return an HTML page with an article."""
    return f"<html><head><title>{title}</title></head><body><article><p>{words}</p></article></body></html>".encode()


def warc_record(
    number: int,
    body: bytes,
    *,
    medium: str = "text/html; charset=utf-8",
    status: int = 200,
    more: str = "",
    http: str = "",
) -> bytes:
    """Return a response record of a WARC file; `more` are headers of the record, `http` of the answer."""
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {medium}\r\n{http}Content-Length: {len(body)}\r\n\r\n"
    answer = head.encode() + body
    return (
        (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
            f"WARC-Date: 2026-01-0{number + 1}T00:00:00Z\r\nWARC-Target-URI: https://example.org/{number}\r\n{more}"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        ).encode()
        + answer
        + b"\r\n\r\n"
    )


def warc_gz(*records: bytes) -> bytes:
    """Return records as a `.warc.gz` file has them: each a gzip member of its own."""
    return b"".join(gzip.compress(record, mtime=0) for record in records)


def parquet(path: Path, columns: dict[str, Any], row_group_size: int | None = None) -> Path:
    """Write a Parquet file."""
    import pyarrow
    import pyarrow.parquet

    pyarrow.parquet.write_table(pyarrow.table(columns), path, row_group_size=row_group_size)
    return path
