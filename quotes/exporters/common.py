"""What several formats need: texts that any file can hold, names of files, names of documents as IRIs."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from urllib.parse import quote, urlsplit

from quotes.inputs.registry import by_extension
from quotes.output.cells import spaced
from quotes.schema import DocumentRecord, QuoteRecord, SpanRecord

_LONE = re.compile("[\ud800-\udfff]")
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_NAME = re.compile(r"[^\w.-]+")
_MARKS = {'"': '"', "“": "”", "„": "“”", "«": "»", "‘": "’", "'": "'", "”": "”"}
_SINGLE = "‘'"
LONGEST_NAME = 80


def utf8(text: str) -> str:
    """Return a text that is valid UTF-8, character by character: a lone surrogate becomes U+FFFD."""
    return _LONE.sub("\ufffd", text)


def xml_text(text: str) -> str:
    """Return a text that XML 1.0 can hold, character by character: what it can't becomes U+FFFD."""
    return NO_XML.sub("\ufffd", text)


class Names:
    """Names of files for documents: readable, safe on every system, and never the same twice."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def name_for(self, id: str) -> str:
        """Return a name without ending for a document's id."""
        known = by_extension(id) is not None
        stem = str(Path(id).with_suffix("")) if known else id
        name = _NO_NAME.sub("_", utf8(stem)).strip("._-")[-LONGEST_NAME:].strip("._-") or "document"
        number, chosen = 0, name
        while chosen.casefold() in self.taken:
            number += 1
            chosen = f"{name}-{hashlib.sha256(f'{id}|{number}'.encode('utf-8', 'replace')).hexdigest()[:8]}"
        self.taken.add(chosen.casefold())
        return chosen


def address(record: DocumentRecord) -> str | None:
    """Return the web address of a document, if its `meta` has one."""
    url = record.meta.get("url", "")
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return (
        quote(utf8(url), safe=":/?#[]@!$&'()*+,;=%~-._") if parts.scheme in ("http", "https") and parts.netloc else None
    )


def iri(record: DocumentRecord) -> str:
    """Return an IRI for a document: its address, else the name of its text by its hash (RFC 6920)."""
    try:
        digest = bytes.fromhex(record.text_sha256)
    except ValueError:
        digest = hashlib.sha256(record.text_sha256.encode()).digest()
    named = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    return address(record) or f"ni:///sha-256;{named}"


def bare(quote: QuoteRecord, gap: str) -> str:
    """Return what was said without the quotation marks around each part, the parts joined by `gap`."""
    return gap.join(spaced(utf8(_without_marks(s.text) if quote.type != "indirect" else s.text)) for s in quote.content)


def _without_marks(text: str) -> str:
    text = text.strip()
    closing = _MARKS.get(text[:1], "")
    both = len(text) > 1 and closing != "" and text[-1] in closing
    if both:
        return text[1:-1]
    if closing and text[0] not in _SINGLE:
        return text[1:]
    return text[:-1] if text[-1:] in ("”", "»", '"') else text


def parts(quote: QuoteRecord) -> list[tuple[str, SpanRecord]]:
    """Return the spans of a quotation with their roles: content, cue, source."""
    roles = (("content", quote.content), ("cue", quote.cue), ("source", quote.source))
    return [(role, span) for role, spans in roles for span in spans]
