"""The texts of records that were stored without them, found by their hash in files, folders or tables."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.errors import TextMissing
from quotes.ids import text_hash
from quotes.inputs import Document
from quotes.schema import DocumentRecord


class Texts:
    """A stream of documents in which the texts of records are looked up.

    Where both have the same order, one text is in memory at a time; else those that were passed over are kept.
    """

    def __init__(self, documents: Iterator[Document]) -> None:
        self.documents = documents
        self.waiting: dict[str, str] = {}
        self.last = ("", "")
        self.hashes: dict[str, str] = {}

    def find(self, record: DocumentRecord) -> str | None:
        """Return the text of a record, None where no document has it. Raises `TextMissing` for one that has changed."""
        wanted = record.text_sha256
        if self.last[0] == wanted:
            return self.last[1]
        if wanted in self.waiting:
            return self._found(wanted, self.waiting.pop(wanted))
        for document in self.documents:
            sha256 = text_hash(document.text)
            self.hashes[document.id] = sha256
            if sha256 == wanted:
                return self._found(wanted, document.text)
            self.waiting[sha256] = document.text
        if self.hashes.get(record.id, wanted) != wanted:
            raise TextMissing(f"{record.id}: its text is not the one that was read then. Extract it again.")
        return None

    def _found(self, sha256: str, text: str) -> str:
        self.last = (sha256, text)
        return text
