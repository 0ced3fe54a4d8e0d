"""PDF: the text layer of its pages, the lines of a paragraph joined (extra `pdf`)."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from quotes.errors import Damaged, ExtraMissing, in_short
from quotes.inputs.document import Document, printable
from quotes.inputs.registry import Source
from quotes.inputs.streams import whole
from quotes.inputs.unwrap import unwrap


def read(source: Source) -> Iterator[Document]:
    """Yield the one document of a file. Raises `Damaged` for one with a password, or without a text layer."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    data = whole(source)
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        file = PdfReader(BytesIO(data))
        if file.is_encrypted and not file.decrypt(""):
            raise Damaged(f"'{source.name}' is protected by a password. Save a copy without it.")
        pages = [page.extract_text() for page in file.pages]
        meta = _meta(file.metadata)
    except DependencyError as error:
        raise ExtraMissing(f"Reading an encrypted PDF needs more: {error}. `pip install 'quotedesk[pdf]'`.") from error
    except _failures(PyPdfError) as error:
        raise Damaged(f"'{source.name}' is not a whole PDF ({in_short(error)}). Get or save it again.") from error
    text = unwrap(pages)
    if not text and pages:
        raise Damaged(
            f"'{source.name}' has no text in its {len(pages)} page(s): a scan. Run OCR on it, e.g. `ocrmypdf`."
        )
    yield Document(source.name, text, meta, source.name)


def _failures(own: type[Exception]) -> tuple[type[Exception], ...]:
    """Return what a reader of damaged files raises, beside its own errors."""
    return (
        own,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        ArithmeticError,
        RecursionError,
        NotImplementedError,
    )


def _meta(found: Any) -> dict[str, str]:
    if not found:
        return {}
    try:
        date = found.creation_date
    except (ValueError, TypeError):
        date = None
    values = {"title": found.title, "author": found.author, "date": date.date().isoformat() if date else None}
    return {key: printable(str(value)) for key, value in values.items() if value and str(value).strip()}
