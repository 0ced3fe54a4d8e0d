"""Gold data: JSON Lines to documents, documents to spaCy and back, records to predictions of the same format."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from quotes.errors import BadGold, DataMissing
from quotes.types import QuoteType, Range

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from quotes.schema import DocumentRecord, SpanRecord

ROLES = ("content", "cue", "source")
_QUOTE_KEYS = frozenset((*ROLES, "id", "type", "speaker", "speaker_aliases"))
_TYPES = ("direct", "mixed", "indirect")


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """An annotated quotation; ranges are end-exclusive characters (code points) of the text."""

    id: str
    type: QuoteType
    content: tuple[Range, ...]
    cue: tuple[Range, ...] = ()
    source: tuple[Range, ...] = ()
    speaker: str | None = None
    speaker_aliases: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return the quotation in the form of the file."""
        spans = {role: [list(span) for span in getattr(self, role)] for role in ROLES}
        names = {"speaker": self.speaker, "speaker_aliases": list(self.speaker_aliases)}
        return {"id": self.id, "type": self.type, **spans, **names, **self.extra}


@dataclass(frozen=True, slots=True)
class GoldDoc:
    """An annotated text; `extra` are the further fields of its line."""

    id: str
    text: str
    quotes: tuple[GoldQuote, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return the document in the form of the file, which the scores take."""
        return {"id": self.id, "text": self.text, "quotes": [q.as_dict() for q in self.quotes], **self.extra}


def read_gold(path: str | Path) -> Iterator[GoldDoc]:
    """Yield the documents of a `.jsonl` or `.jsonl.gz` file.

    Raises `DataMissing` where there is no such file, `BadGold` (with file, line and quotation) where a line is not a
    gold document or an offset does not lie in its text.
    """
    for line, where in gold_lines(path):
        yield parse_document(line, where)


def gold_lines(path: str | Path) -> Iterator[tuple[str, str]]:
    """Yield each line of a gold file that is not empty, and where it stands, for messages.

    Raises `DataMissing` where there is no such file, `BadGold` where it can't be read on.
    """
    path = Path(path)
    if not path.is_file():
        raise DataMissing(f"There is no file {path}. Check the path; it must be .jsonl or .jsonl.gz.")
    number = 0
    try:
        with open_lines(path) as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield line, f"{path}, line {number}"
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise BadGold(f"{path}, after line {number}: can't be read as UTF-8 JSON Lines ({error}).") from error


def open_lines(path: Path) -> IO[str]:
    """Open a `.jsonl` or `.jsonl.gz` file as text."""
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")


def parse_line(line: str, where: str) -> Any:
    """Return the JSON value of a line. Raises `BadGold`."""
    try:
        return json.loads(line)
    except ValueError as error:
        raise BadGold(f"{where}: not JSON ({error}). Each line must be one object.") from error


def parse_document(line: str, where: str) -> GoldDoc:
    """Return the document of one line; `where` names it in the message of a `BadGold`."""
    data = parse_line(line, where)
    if not isinstance(data, dict) or not isinstance(data.get("text"), str) or "id" not in data:
        raise BadGold(f"{where}: not a gold document. Each line must be an object with `id`, `text` and `quotes`.")
    rows = data.get("quotes") or []
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadGold(f"{where}: `quotes` must be a list of objects.")
    quotes = tuple(_quote(row, number, len(data["text"]), where) for number, row in enumerate(rows))
    extra = {key: value for key, value in data.items() if key not in ("id", "text", "quotes")}
    return GoldDoc(str(data["id"]), data["text"], quotes, extra)


def _quote(row: Mapping[str, Any], number: int, length: int, where: str) -> GoldQuote:
    key = str(row.get("id", f"q{number}"))
    kind = row.get("type") or "indirect"
    if kind not in _TYPES:
        raise BadGold(f"{where}, quote {key}: no such type {kind!r}. Use one of: {', '.join(_TYPES)}.")
    content, cue, source = (_spans(row.get(role), length, f"{where}, quote {key}, {role}") for role in ROLES)
    return GoldQuote(
        id=key,
        type=cast(QuoteType, kind),
        content=content,
        cue=cue,
        source=source,
        speaker=row.get("speaker") or None,
        speaker_aliases=tuple(row.get("speaker_aliases") or ()),
        extra={name: value for name, value in row.items() if name not in _QUOTE_KEYS},
    )


def _spans(value: Any, length: int, where: str) -> tuple[Range, ...]:
    if not isinstance(value or [], list):
        raise BadGold(f"{where}: {value!r} is not a list of [start, end] pairs.")
    return tuple(_span(item, length, where) for item in value or [])


def _span(item: Any, length: int, where: str) -> Range:
    numbers = isinstance(item, list) and len(item) == 2 and all(type(x) is int for x in item)
    if not numbers or not 0 <= item[0] < item[1] <= length:
        raise BadGold(
            f"{where}: {item!r} is not a span of a text of {length} characters. "
            "Offsets are [start, end], end-exclusive, in code points."
        )
    return item[0], item[1]


def to_prediction(record: DocumentRecord) -> dict[str, Any]:
    """Return a document record in the format of the gold files, with the confidence of each quotation."""
    return {"id": record.id, "quotes": [_prediction(quote) for quote in record.quotes]}


def _prediction(quote: Any) -> dict[str, Any]:
    spans = {role: _pairs(getattr(quote, role)) for role in ROLES}
    return {
        "id": quote.id,
        "type": quote.type,
        **spans,
        "speaker": quote.speaker,
        "confidence": quote.confidence,
    }


def _pairs(spans: Iterable[SpanRecord]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def to_doc(nlp: Language, gold: GoldDoc) -> Doc:
    """Return a tokenised Doc with the gold quotations on it (see `set_gold`)."""
    return set_gold(nlp.make_doc(gold.text), gold)


def set_gold(doc: Doc, gold: GoldDoc) -> Doc:
    """Write gold quotations to `doc.spans["quotes"]`, `["quote_cues"]`, `["quote_sources"]`, joined by `span.id_`.

    The ids are those of gold, the order is that of the text. A span that ends within a token is widened to all of it.
    """
    from spacy.tokens import SpanGroup

    from quotes.spans import CUES, QUOTES, SOURCES

    if doc.text != gold.text:
        raise BadGold(f"The text of the Doc differs from the gold text of '{gold.id}'. Make the Doc from that text.")
    ordered = sorted(gold.quotes, key=lambda q: q.content)
    facts = {q.id: {"score": 1.0, "evidence": ["gold"], "flags": [], "by": "gold"} for q in gold.quotes}
    for key, role in zip((QUOTES, CUES, SOURCES), ROLES, strict=True):
        rows = [(q, span) for q in ordered for span in getattr(q, role)]
        spans = [
            doc.char_span(s, e, label=q.type if role == "content" else role, span_id=q.id, alignment_mode="expand")
            for q, (s, e) in rows
        ]
        attrs = {"facts": facts} if key == QUOTES else {}
        doc.spans[key] = SpanGroup(doc, name=key, attrs=attrs, spans=[span for span in spans if span is not None])
    return doc


def from_doc(doc: Doc, *, id: str = "doc") -> GoldDoc:
    """Return the quotations that stand on a Doc as a gold document, without speakers."""
    from quotes.spans import CUES, QUOTES, SOURCES

    contents, cues, sources = (_characters(doc, key) for key in (QUOTES, CUES, SOURCES))
    types = {span.id_: span.label_ for span in doc.spans.get(QUOTES, ())}
    quotes = tuple(
        GoldQuote(key, types[key], content, cues.get(key, ()), sources.get(key, ()))
        for key, content in contents.items()
    )
    return GoldDoc(id, doc.text, quotes)


def _characters(doc: Doc, key: str) -> dict[str, tuple[Range, ...]]:
    found: dict[str, tuple[Range, ...]] = {}
    for span in doc.spans.get(key, ()):
        found[span.id_] = tuple(sorted({*found.get(span.id_, ()), (span.start_char, span.end_char)}))
    return found
