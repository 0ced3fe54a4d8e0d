"""Word documents: the paragraphs of the body, those in tables and text boxes among them (extra `docx`)."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from quotes.errors import Damaged, in_short
from quotes.inputs.document import Document, printable
from quotes.inputs.registry import Source
from quotes.inputs.streams import whole

OLD = b"\xd0\xcf\x11\xe0"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "\u2011"}


def read(source: Source) -> Iterator[Document]:
    """Yield the one document of a file, tracked changes accepted; notes, headers and comments are left out."""
    from docx import Document as open_docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    data = whole(source)
    if data.startswith(OLD):
        raise Damaged(
            f"'{source.name}' is protected by a password, or an old .doc. Save it as .docx without a password."
        )
    try:
        file = open_docx(BytesIO(data))
        text = "\n\n".join(filter(None, (_words(p).strip() for p in _paragraphs(file.element.body))))
        meta = _meta(file.core_properties)
    except (OpcError, BadZipFile, LxmlError, KeyError, ValueError, AttributeError, EOFError) as error:
        raise Damaged(
            f"'{source.name}' is not a whole Word document ({in_short(error)}). Save it again as .docx."
        ) from error
    yield Document(source.name, text, meta, source.name)


def _paragraphs(body: Any) -> Iterator[Any]:
    for paragraph in body.iter(f"{_W}p"):
        if not any(above.tag == _FALLBACK for above in paragraph.iterancestors()):
            yield paragraph


def _words(paragraph: Any) -> str:
    """Return the text of a paragraph without that of a text box in it, which has paragraphs of its own."""
    out: list[str] = []
    for child in paragraph:
        if child.tag == f"{_W}p" or child.tag in (f"{_W}txbxContent", f"{_W}del", f"{_W}moveFrom", _FALLBACK):
            continue
        out.append(_SIGNS.get(child.tag) or ((child.text or "") if child.tag == f"{_W}t" else _words(child)))
    return "".join(out)


def _meta(properties: Any) -> dict[str, str]:
    created = properties.created
    found = {
        "title": properties.title,
        "author": properties.author if properties.author != "python-docx" else "",
        "date": created.date().isoformat() if created else "",
    }
    return {key: printable(value) for key, value in found.items() if value}
