"""HTML to text by trafilatura: the article, its headline, and what the page says about itself."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from quotes.decoding import decode
from quotes.inputs.document import Document, printable
from quotes.inputs.registry import Source
from quotes.inputs.streams import whole
from quotes.text import scrub

NO_ARTICLE = "no article text found in this HTML page"
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_QUOTED = re.compile(r"<(/?)q(?:\s[^>]*)?>", re.IGNORECASE)
_META = {"title": "title", "author": "author", "date": "date", "sitename": "site", "url": "url"}


def decode_page(data: bytes, *, name: str) -> str:
    """Return the source of a page: as UTF-8 if it is that, else by the charset it declares, else by its bytes."""
    declared = _CHARSET.search(data[:4096])
    if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            encoding = declared[1].decode("ascii", "replace").lower()
            encoding = "cp1252" if encoding in ("iso-8859-1", "latin1", "us-ascii", "ascii", "utf-8") else encoding
            try:
                return data.decode(encoding)
            except (LookupError, UnicodeError):
                pass
    return decode(data, name=name)


def read(source: Source) -> Iterator[Document]:
    """Yield the one document of a page."""
    page = decode_page(whole(source), name=source.name)
    yield read_page(page, id=source.name, source=source.name)


def read_page(page: str, *, id: str, source: str) -> Document:
    """Return the document of an HTML page; without an article it is empty, with a `warning` in its `meta`."""
    found = _extract(_QUOTED.sub(lambda m: "”" if m[1] else "“", scrub(page)))
    text = _paragraphs(getattr(found, "text", None) or "")
    meta = {ours: printable(str(v)) for theirs, ours in _META.items() if (v := getattr(found, theirs, None))}
    if not text:
        return Document(id, "", meta | {"warning": NO_ARTICLE}, source)
    return Document(id, _with_title(meta.get("title", ""), text), meta, source)


def _extract(page: str) -> Any:
    from lxml.etree import LxmlError  # type: ignore[import-untyped,unused-ignore]
    from trafilatura import bare_extraction

    with _silence():
        try:
            return bare_extraction(
                page, favor_recall=True, include_comments=False, include_tables=False, with_metadata=True
            )
        except (LxmlError, ValueError, TypeError, AttributeError, LookupError, RecursionError):
            return None


@contextmanager
def _silence() -> Iterator[None]:
    """Keep trafilatura's log lines off a user's terminal."""
    loggers = [logging.getLogger(n) for n in ("trafilatura", "htmldate", "courlan")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)


def _paragraphs(text: str) -> str:
    return "\n\n".join(line.strip() for line in text.splitlines() if line.strip())


def _with_title(title: str, text: str) -> str:
    title = " ".join(title.split())
    return text if not title or title in text[: len(title) + 300] else f"{title}\n\n{text}"
