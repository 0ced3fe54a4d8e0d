"""From annotated Docs to records: the last step, where token ranges become offsets into the text as given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc

from quotes.attribution import Verdict, read_verdicts
from quotes.clusters import read_clusters
from quotes.evidence import in_words
from quotes.ids import quote_id, speaker_id, text_hash
from quotes.inputs import Document
from quotes.regions import aside_spans
from quotes.schema import (
    AsideRecord,
    CandidateRecord,
    DocumentRecord,
    EvidenceRecord,
    MentionRecord,
    ModelRecord,
    QuoteRecord,
    SpanRecord,
    SpeakerRecord,
    WarningRecord,
)
from quotes.spans import read_readings
from quotes.text import Text
from quotes.types import Cluster, Range, Reading

CONTEXT = 32


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a document: the range `start` to `end` of its clean text; `last` closes the document."""

    document: Document
    text: Text
    start: int
    end: int
    last: bool = True


@dataclass(slots=True)
class Draft:
    """A document record in the making, filled piece by piece."""

    piece: Piece
    sha256: str
    speakers: dict[str, SpeakerRecord] = field(default_factory=dict)
    quotes: list[QuoteRecord] = field(default_factory=list)
    asides: list[AsideRecord] = field(default_factory=list)
    unclosed: int = 0

    def add(self, doc: Doc, piece: Piece) -> None:
        """Add what was found in one more piece."""
        self.piece = piece
        clusters, verdicts, readings = read_clusters(doc), read_verdicts(doc), read_readings(doc)
        ids = {i: self._quote_id(doc, r) for i, r in readings.items()}
        used = {v.cluster for v in verdicts.values()} | {c for v in verdicts.values() for c, _ in v.candidates}
        names = {n: self._speaker(doc, clusters[n]) for n in sorted(n for n in used if n is not None)}
        for key, reading in readings.items():
            self.quotes.append(self._quote(doc, reading, verdicts.get(key, Verdict()), ids[key], names, ids))
        for start, end, flag in aside_spans(doc):
            if flag == "unclosed":
                self.unclosed += 1
            else:
                self.asides.append(AsideRecord(span=self._span(doc, (start, end)), flag=flag))

    def _quote_id(self, doc: Doc, reading: Reading) -> str:
        return quote_id(self.sha256, (self._offsets(doc, r) for r in reading.content))

    def _offsets(self, doc: Doc, tokens: Range) -> Range:
        start, last = doc[tokens[0]], doc[tokens[1] - 1]
        return self.piece.text.to_raw(self.piece.start + start.idx, self.piece.start + last.idx + len(last))

    def _span(self, doc: Doc, tokens: Range) -> SpanRecord:
        start, end = self._offsets(doc, tokens)
        return SpanRecord(start=start, end=end, text=self.piece.text.raw[start:end])

    def _speaker(self, doc: Doc, cluster: Cluster) -> tuple[str, str]:
        key = speaker_id(self.sha256, cluster.name, cluster.kind)
        mentions = tuple(
            MentionRecord(**self._span(doc, (m.start, m.end)).model_dump(), form=m.form) for m in cluster.mentions
        )
        known = self.speakers.get(key)
        aliases = cluster.aliases if known is None else (*known.aliases, *cluster.aliases)
        self.speakers[key] = SpeakerRecord(
            id=key,
            name=cluster.name,
            aliases=tuple(dict.fromkeys(a for a in aliases if a != cluster.name)),
            kind=cluster.kind,
            role=cluster.role or (known.role if known else None),
            mentions=(*(known.mentions if known else ()), *mentions),
        )
        return key, cluster.name

    def _quote(
        self,
        doc: Doc,
        reading: Reading,
        verdict: Verdict,
        key: str,
        names: dict[int, tuple[str, str]],
        ids: dict[str, str],
    ) -> QuoteRecord:
        content = tuple(self._span(doc, r) for r in reading.content)
        speaker = names[verdict.cluster] if verdict.cluster is not None else (None, None)
        raw = self.piece.text.raw
        codes = tuple(dict.fromkeys((*reading.evidence, *verdict.evidence)))
        return QuoteRecord(
            id=key,
            type=reading.type,
            content=content,
            cue=tuple(self._span(doc, r) for r in reading.cue),
            source=tuple(self._span(doc, r) for r in reading.source),
            speaker_id=speaker[0],
            speaker=speaker[1],
            reason=verdict.reason,
            confidence=round(min(1.0, reading.score), 3),
            speaker_confidence=round(min(1.0, verdict.confidence), 3) if speaker[0] else None,
            candidates=tuple(
                CandidateRecord(speaker_id=names[n][0], name=names[n][1], confidence=round(min(p, 1.0), 3))
                for n, p in verdict.candidates
            ),
            evidence=tuple(EvidenceRecord(code=c, words=in_words(c)) for c in codes),
            flags=tuple(dict.fromkeys((*reading.flags, *verdict.flags))),
            repeats=ids.get(verdict.repeats) if verdict.repeats else None,
            prefix=raw[max(0, content[0].start - CONTEXT) : content[0].start],
            suffix=raw[content[-1].end : content[-1].end + CONTEXT],
        )

    def record(self, model: ModelRecord, *, with_text: bool) -> DocumentRecord:
        """Return the finished record."""
        document = self.piece.document
        unclosed = f"{self.unclosed} quotation mark(s) are never closed; each ends with its paragraph."
        return DocumentRecord(
            id=document.id,
            text_sha256=self.sha256,
            text=document.text if with_text else None,
            meta=dict(document.meta),
            model=model,
            speakers=tuple(self.speakers.values()),
            quotes=tuple(sorted(self.quotes, key=lambda q: q.content[0].start)),
            asides=tuple(self.asides),
            warnings=(WarningRecord(code="W101", message=unclosed),) if self.unclosed else (),
        )


class Assembler:
    """Puts the annotated pieces of documents, which come in order, together to one record per document."""

    def __init__(self, model: ModelRecord, *, with_text: bool = False) -> None:
        self.model = model
        self.with_text = with_text
        self.draft: Draft | None = None

    def add(self, doc: Doc, piece: Piece) -> DocumentRecord | None:
        """Take one more piece; return the record of its document where it is the last one."""
        self.draft = self.draft or Draft(piece, text_hash(piece.text.raw))
        self.draft.add(doc, piece)
        if not piece.last:
            return None
        draft, self.draft = self.draft, None
        return draft.record(self.model, with_text=self.with_text)


def assemble(
    stream: Iterable[tuple[Doc, Piece]], model: ModelRecord, *, with_text: bool = False
) -> Iterator[DocumentRecord]:
    """Yield one record per document from a stream of annotated pieces."""
    assembler = Assembler(model, with_text=with_text)
    for doc, piece in stream:
        record = assembler.add(doc, piece)
        if record is not None:
            yield record


def quotes_of(doc: Doc) -> tuple[QuoteRecord, ...]:
    """Return the quotation records of a Doc, offsets into `doc.text`."""
    text = Text(doc.text, doc.text)
    piece = Piece(Document(id="doc", text=doc.text), text, 0, len(doc.text))
    draft = Draft(piece, text_hash(doc.text))
    draft.add(doc, piece)
    return tuple(draft.quotes)
