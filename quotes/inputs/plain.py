"""Plain text: the bytes of a file as one document."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.decoding import decode
from quotes.inputs.document import Document
from quotes.inputs.registry import Source
from quotes.inputs.streams import whole


def read(source: Source) -> Iterator[Document]:
    """Yield the one document of a text."""
    yield Document(source.name, decode(whole(source), name=source.name), {}, source.name)
