"""Counts of quotations, and the record's outlet and month."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate
from urllib.parse import urlsplit

from quotes.schema import QuoteRecord

OUTLETS = ("outlet", "site", "sitename", "publisher", "source")
DATES = ("date", "published", "date_published", "datePublished", "crawled")
NONE = "(none)"
_MONTH = re.compile(r"\s*(\d{4})[-/](\d{1,2})(?!\d)|\s*(\d{4})(\d{2})\d{2}(?!\d)")


@dataclass(slots=True)
class Counts:
    """How many quotations, of which type, how many words, in how many documents. `documents` is counted by `seen`."""

    quotes: int = 0
    words: int = 0
    types: Counter[str] = field(default_factory=Counter)
    documents: int = 0

    def add(self, quote: QuoteRecord) -> None:
        """Count a quotation."""
        self.quotes += 1
        self.types[quote.type] += 1
        self.words += words_in(quote)

    def take(self, other: Counts) -> None:
        """Add the counts of another, as if its documents were others."""
        self.quotes += other.quotes
        self.words += other.words
        self.types += other.types
        self.documents += other.documents


def words_in(quote: QuoteRecord) -> int:
    """Return the number of words that a quotation reports."""
    return sum(len(span.text.split()) for span in quote.content)


def outlet_of(meta: Mapping[str, str], keys: Sequence[str] = OUTLETS) -> str:
    """Return who published a document, else the host of its URL, else `(none)`."""
    named = next((meta[k].strip() for k in keys if meta.get(k, "").strip()), None)
    if named:
        return named
    try:
        host = urlsplit(meta.get("url", "")).hostname
    except ValueError:
        host = None
    return host.removeprefix("www.") if host else NONE


def month_of(meta: Mapping[str, str], keys: Sequence[str] = DATES) -> str:
    """Return the month of a document as `2026-03`, `(none)` where no date of a known form is given."""
    for key in keys:
        text = meta.get(key, "")
        found = _MONTH.match(text)
        if found:
            year, month = int(found[1] or found[3]), int(found[2] or found[4])
            if 1 <= month <= 12:
                return f"{year:04}-{month:02}"
        parsed = parsedate(text) if text else None
        if parsed:
            return f"{parsed[0]:04}-{parsed[1]:02}"
    return NONE
